package dev.ferritedb.kernel.schema;

import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.AccessRule;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.IndexDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Says what is wrong with a completed collection. Paths and codes are those of the wire contract, sections 6.3
/// and 16.
final class CollectionValidator {
    static final String NAME_EXISTS = "validation_collection_name_exists";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");
    private static final int COLLECTION_NAME_MAX = 255;
    private static final int FIELD_NAME_MAX = 100;
    private static final int FIELDS_MAX = 500;
    private static final Set<String> RESERVED_FIELD_NAMES =
            Set.of("null", "true", "false", "_rowid_", "rowid", "oid", "collectionid", "collectionname", "expand");
    private static final Set<String> RESERVED_AUTH_FIELD_NAMES = Set.of("passwordconfirm", "oldpassword");

    private final CollectionCatalog catalog;
    private final CollectionSchema collection;
    private final Optional<CollectionSchema> before;
    private final List<Field> sent;
    private final List<IdentityProvider> identityProviders;
    private final List<FieldProblem> problems = new ArrayList<>();

    /// @param sent the fields as the client listed them, whose positions problems name
    CollectionValidator(
            CollectionCatalog catalog,
            CollectionSchema collection,
            Optional<CollectionSchema> before,
            List<Field> sent,
            List<IdentityProvider> identityProviders) {
        this.catalog = catalog;
        this.collection = collection;
        this.before = before;
        this.sent = sent;
        this.identityProviders = identityProviders;
    }

    /// @return empty when nothing is wrong; rules are for [RuleValidator]
    List<FieldProblem> problems() {
        id();
        name();
        before.ifPresent(this::unchangeable);
        if (collection.isView()) view();
        fields();
        before.ifPresent(this::keptSystemFields);
        if (collection.auth().isPresent()) authFieldTypes();
        collection
                .auth()
                .ifPresent(options ->
                        problems.addAll(new AuthOptionsValidator(collection, options, identityProviders).problems()));
        problems.addAll(new IndexValidator(catalog, collection).problems());
        return List.copyOf(problems);
    }

    private void id() {
        if (before.isPresent()) return;
        boolean fits =
                NAME.matcher(collection.id()).matches() && collection.id().length() <= 100;
        if (!fits) {
            add("id", "validation_invalid_or_existing_id", "The id is invalid or in use.");
        }
    }

    private void name() {
        String name = collection.name();
        if (name.isEmpty()) {
            problems.add(FieldProblem.required("name"));
        } else if (name.length() > COLLECTION_NAME_MAX) {
            add("name", "validation_length_too_long", "The length must be no more than 255.");
        } else if (!NAME.matcher(name).matches()) {
            add("name", "validation_match_invalid", "Must be of letters, digits and underscores.");
        } else if (name.toLowerCase(Locale.ROOT).contains("_via_")) {
            add("name", "validation_found_via", "Must not contain _via_.");
        } else if (!collection.system() && isReserved(name)) {
            add("name", "validation_collection_name_invalid", "The name is kept for the system.");
        } else if (catalog.named(name).filter(this::isAnother).isPresent()) {
            add("name", NAME_EXISTS, "The name is in use, in this or another case.");
        } else if (catalog.byId(name).filter(this::isAnother).isPresent()) {
            add("name", "validation_collection_name_id_duplicate", "The name is the id of another collection.");
        } else if (isNameOfIndex(name)) {
            add("name", "validation_collection_name_invalid", "The name is that of an index.");
        }
    }

    private static boolean isReserved(String name) {
        return name.startsWith("_") || name.toLowerCase(Locale.ROOT).startsWith("sqlite_");
    }

    /// Tables and indexes share their names.
    private boolean isNameOfIndex(String name) {
        return Stream.concat(catalog.collections().stream(), Stream.of(collection))
                .flatMap(other -> other.indexes().stream())
                .map(IndexDefinition::parse)
                .flatMap(Optional::stream)
                .anyMatch(index -> index.name().equalsIgnoreCase(name));
    }

    private boolean isAnother(CollectionSchema other) {
        return !other.id().equals(collection.id());
    }

    private void unchangeable(CollectionSchema old) {
        if (!old.kind().wireName().equals(collection.kind().wireName())) {
            add("type", "validation_collection_type_change", "The type of a collection can't be changed.");
        }
        if (!old.system()) return;
        if (!old.name().equals(collection.name())) {
            add("name", "validation_collection_system_name_change", "A system collection can't be renamed.");
        }
        Map<String, Boolean> kept = sameRules(old.rules(), collection.rules());
        kept.forEach((rule, same) -> {
            if (!same) add(rule, "validation_collection_system_rule_change", "A system collection's rules stay.");
        });
    }

    private static Map<String, Boolean> sameRules(AccessRules old, AccessRules now) {
        return Map.of(
                "listRule", old.list().equals(now.list()),
                "viewRule", old.view().equals(now.view()),
                "createRule", old.create().equals(now.create()),
                "updateRule", old.update().equals(now.update()),
                "deleteRule", old.delete().equals(now.delete()));
    }

    private void view() {
        AccessRules rules = collection.rules();
        closed("createRule", rules.create());
        closed("updateRule", rules.update());
        closed("deleteRule", rules.delete());
        if (!collection.indexes().isEmpty()) {
            add("indexes", "validation_indexes_not_supported", "A view has no indexes.");
        }
    }

    private void closed(String rule, AccessRule value) {
        if (value != AccessRule.LOCKED) add(rule, "validation_nil", "Must be null: a view is read-only.");
    }

    private void fields() {
        List<Field> fields = collection.fields();
        if (fields.size() > FIELDS_MAX) {
            add("fields", "validation_length_too_long", "There must be no more than 500 fields.");
            return;
        }
        Set<String> ids = new HashSet<>();
        Map<String, Integer> names = new HashMap<>();
        long primaryKeys = fields.stream().filter(Field::isPrimaryKey).count();
        if (primaryKeys == 0) add("fields", "validation_missing_primary_key", "There must be a primary key field, id.");
        if (primaryKeys > 1)
            add("fields", "validation_unsupported_composite_pk", "There must be one primary key field.");
        var options = new FieldOptionsValidator(collection, catalog);
        int inSent = 0;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            boolean wasSent = inSent < sent.size() && sent.get(inSent).name().equals(field.name());
            String position = Integer.toString(wasSent ? inSent++ : i);
            if (!ids.add(field.id())) {
                at(position, "id", "validation_duplicated_field_id", "Another field has this id.", Map.of());
            }
            fieldName(field, position, names);
            Optional<Field> old = before.flatMap(schema -> schema.fieldById(field.id()));
            if (old.isPresent()
                    && !old.get().type().wireName().equals(field.type().wireName())
                    && !collection.isView()) {
                at(position, "type", "validation_field_type_change", TYPE_STAYS, Map.of());
            }
            for (FieldProblem problem : options.problemsOf(field, old)) problems.add(problem.under("fields", position));
        }
    }

    private static final String TYPE_STAYS =
            "The type of a field can't be changed: add a field of the new type, or drop this one and use its name anew.";

    private void fieldName(Field field, String position, Map<String, Integer> names) {
        String name = field.name();
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            at(position, "name", "validation_required", "Cannot be blank.", Map.of());
        } else if (name.length() > FIELD_NAME_MAX) {
            at(
                    position,
                    "name",
                    "validation_length_too_long",
                    "The length must be no more than 100.",
                    Map.of("max", 100));
        } else if (!NAME.matcher(name).matches()) {
            String message = "Must be of letters, digits and underscores.";
            at(position, "name", "validation_match_invalid", message, Map.of());
        } else if (lower.contains("_via_")) {
            at(position, "name", "validation_found_via", "Must not contain _via_.", Map.of());
        } else if (RESERVED_FIELD_NAMES.contains(lower)
                || (collection.auth().isPresent() && RESERVED_AUTH_FIELD_NAMES.contains(lower))) {
            at(position, "name", "validation_reserved_field_name", "The name has a meaning of its own.", Map.of());
        } else if (names.putIfAbsent(lower, 0) != null) {
            String message = "Another field has this name, in this or another case.";
            at(position, "name", "validation_duplicated_field_name", message, Map.of("fieldName", name));
        }
    }

    private void keptSystemFields(CollectionSchema old) {
        if (collection.isView()) return;
        for (Field field : old.fields()) {
            if (!field.system()) continue;
            boolean kept = collection
                    .fieldById(field.id())
                    .filter(now -> now.name().equals(field.name()))
                    .isPresent();
            if (!kept) {
                String message = "The system field " + field.name() + " can't be removed or renamed.";
                add("fields", "validation_system_field_change", message);
            }
        }
    }

    private void authFieldTypes() {
        for (Field standard : Scaffolds.authFields(AccountPolicy.PASSWORD_MIN_LENGTH_DEFAULT)) {
            boolean right = collection
                    .field(standard.name())
                    .filter(field ->
                            field.type().wireName().equals(standard.type().wireName()))
                    .isPresent();
            if (!right) {
                String message = "The field " + standard.name() + " must be of type "
                        + standard.type().wireName() + ".";
                add("fields", "validation_missing_" + standard.name() + "_field", message);
            }
        }
    }

    private void at(String position, String option, String code, String message, Map<String, Object> params) {
        problems.add(new FieldProblem(List.of("fields", position, option), code, message, params));
    }

    private void add(String place, String code, String message) {
        problems.add(FieldProblem.at(place, code, message));
    }
}
