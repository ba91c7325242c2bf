package dev.ferritedb.kernel.schema;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.AuthOptions.TokenOptions;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.schema.IndexDefinition;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Makes a draft whole: ids, system fields, secrets, the indexes that sign-in needs. It judges nothing.
final class CollectionCompletion {
    private static final AutogeneratePattern SECRET = AutogeneratePattern.of("[a-zA-Z0-9]{50}");

    private final CollectionCatalog catalog;
    private final RandomGenerator random;
    private final int passwordMinLength;

    CollectionCompletion(CollectionCatalog catalog, RandomGenerator random, int passwordMinLength) {
        this.catalog = catalog;
        this.random = random;
        this.passwordMinLength = passwordMinLength;
    }

    CollectionSchema created(CollectionSchema draft, String now) {
        String id = draft.id().isEmpty() ? freshId(draft) : draft.id();
        return completed(draft, Optional.empty(), id, draft.created().isEmpty() ? now : draft.created(), now);
    }

    /// Of the name, unless a collection that once had it took that id along.
    private String freshId(CollectionSchema draft) {
        String stem = CollectionIds.ofCollection(draft.kind().wireName(), draft.name());
        String id = stem;
        for (int suffix = 2; isOfAnother(id, draft.name()); suffix++) id = stem + "_" + suffix;
        return id;
    }

    private boolean isOfAnother(String id, String name) {
        return catalog.byId(id)
                .filter(other -> !other.name().equalsIgnoreCase(name))
                .isPresent();
    }

    CollectionSchema changed(CollectionSchema before, CollectionSchema draft, String now) {
        return completed(draft, Optional.of(before), before.id(), before.created(), now);
    }

    private CollectionSchema completed(
            CollectionSchema draft, Optional<CollectionSchema> before, String id, String created, String now) {
        CollectionKind kind = kind(draft, before);
        List<Field> fields = switch (kind) {
            case CollectionKind.View _ -> draft.fields();
            case CollectionKind.Base _ -> fields(withSystemFields(draft.fields(), before, List.of()), before);
            case CollectionKind.Auth _ ->
                fields(withSystemFields(draft.fields(), before, Scaffolds.authFields(passwordMinLength)), before);
        };
        boolean system = before.map(CollectionSchema::system).orElse(draft.system());
        List<Field> targeted = targeted(fields, draft.name(), id);
        return withIndexes(new CollectionSchema(
                id,
                draft.name(),
                mappingWhatIsThere(kind, fields),
                system,
                targeted,
                draft.indexes(),
                draft.rules(),
                created,
                now));
    }

    /// What identity providers tell is kept in fields that there are; another name is as good as none.
    private static CollectionKind mappingWhatIsThere(CollectionKind kind, List<Field> fields) {
        return switch (kind) {
            case CollectionKind.Auth(AuthOptions options) -> {
                var mapped = new LinkedHashMap<>(options.oauth2().mappedFields().members());
                mapped.replaceAll((_, name) -> fields.stream()
                                .anyMatch(field -> Value.text(field.name()).equals(name))
                        ? name
                        : Value.text(""));
                yield new CollectionKind.Auth(options.withWays(
                        options.passwordAuth(),
                        new AuthOptions.OAuth2(
                                options.oauth2().enabled(), options.oauth2().providers(), new Value.Members(mapped))));
            }
            case CollectionKind.Base _, CollectionKind.View _ -> kind;
        };
    }

    private CollectionKind kind(CollectionSchema draft, Optional<CollectionSchema> before) {
        return switch (draft.kind()) {
            case CollectionKind.Base base -> base;
            case CollectionKind.View view -> view;
            case CollectionKind.Auth auth -> {
                boolean ruleChanged = before.flatMap(CollectionSchema::auth)
                        .filter(old -> !old.authRule().equals(auth.options().authRule()))
                        .isPresent();
                AuthOptions options =
                        draft.name().equals(Caller.SUPERUSERS) ? signingInByPassword(auth.options()) : auth.options();
                yield new CollectionKind.Auth(withSecrets(options, ruleChanged));
            }
        };
    }

    /// Superusers can't lock themselves out, no outside provider makes one, and no mailed code alone lets one in.
    private static AuthOptions signingInByPassword(AuthOptions options) {
        AuthOptions.Mfa mfa = options.otp().enabled()
                ? new AuthOptions.Mfa(
                        true, options.mfa().durationSeconds(), options.mfa().rule())
                : options.mfa();
        return options.withMfa(mfa)
                .withWays(
                        new AuthOptions.PasswordAuth(
                                true, options.passwordAuth().identityFields()),
                        new AuthOptions.OAuth2(
                                false,
                                options.oauth2().providers(),
                                options.oauth2().mappedFields()));
    }

    /// A changed auth rule must judge every session anew, so the old tokens end.
    private AuthOptions withSecrets(AuthOptions options, boolean newAuthSecret) {
        AuthOptions.Tokens tokens = options.tokens();
        TokenOptions auth = newAuthSecret ? new TokenOptions("", tokens.auth().durationSeconds()) : tokens.auth();
        return options.withTokens(new AuthOptions.Tokens(
                withSecret(auth),
                withSecret(tokens.passwordReset()),
                withSecret(tokens.emailChange()),
                withSecret(tokens.verification()),
                withSecret(tokens.file())));
    }

    private TokenOptions withSecret(TokenOptions token) {
        return token.secret().isEmpty() ? new TokenOptions(SECRET.generate(random), token.durationSeconds()) : token;
    }

    /// Those that are missing come first, in their order; a system field can't lose its flags.
    private static List<Field> withSystemFields(
            List<Field> drafted, Optional<CollectionSchema> before, List<Field> authFields) {
        var wanted = new ArrayList<Field>();
        wanted.add(Scaffolds.idField());
        wanted.addAll(authFields);
        var fields = new ArrayList<>(drafted);
        int insertAt = 0;
        for (Field standard : wanted) {
            int found = positionOf(fields, standard);
            if (found < 0) {
                Field kept =
                        before.flatMap(schema -> schema.field(standard.name())).orElse(standard);
                fields.add(insertAt++, kept);
            } else {
                Field field = fields.get(found).asSystem();
                if (standard.hidden()) field = field.asHidden();
                if (standard.isPrimaryKey()) field = field.asRequired();
                fields.set(found, field);
                insertAt = Math.max(insertAt, found + 1);
            }
        }
        return fields;
    }

    private static int positionOf(List<Field> fields, Field standard) {
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            boolean sameId = field.id().equals(standard.id()) && !field.id().isEmpty();
            if (field.name().equals(standard.name()) || sameId) return i;
        }
        return -1;
    }

    private List<Field> fields(List<Field> drafted, Optional<CollectionSchema> before) {
        Map<String, String> idsByName = new HashMap<>();
        before.ifPresent(schema -> schema.fields().forEach(field -> idsByName.put(field.name(), field.id())));
        Set<String> taken = new HashSet<>();
        drafted.forEach(field -> taken.add(field.id()));
        var fields = new ArrayList<Field>();
        for (Field field : drafted) {
            Field whole = field;
            if (field.id().isEmpty()) {
                String id = idsByName.getOrDefault(field.name(), "");
                boolean free = !id.isEmpty() && taken.add(id);
                whole = field.withId(free ? id : freshId(field, taken));
            }
            fields.add(whole);
        }
        return fields;
    }

    private static String freshId(Field field, Set<String> taken) {
        String stem = CollectionIds.ofField(field.type().wireName(), field.name());
        String id = stem;
        for (int suffix = 2; !taken.add(id); suffix++) id = stem + suffix;
        return id;
    }

    /// A relation may name its target, which may be the collection itself; what is kept is the id.
    private List<Field> targeted(List<Field> fields, String ownName, String ownId) {
        return fields.stream()
                .map(field -> field.type() instanceof FieldType.Relation relation
                        ? field.withType(withTargetId(relation, ownName, ownId))
                        : field)
                .toList();
    }

    private FieldType withTargetId(FieldType.Relation relation, String ownName, String ownId) {
        String target = relation.collectionId();
        if (target.isEmpty() || catalog.byId(target).isPresent()) return relation;
        String id = target.equalsIgnoreCase(ownName)
                ? ownId
                : catalog.named(target).map(CollectionSchema::id).orElse(target);
        return new FieldType.Relation(id, relation.cascadeDelete(), relation.minSelect(), relation.maxSelect());
    }

    private static CollectionSchema withIndexes(CollectionSchema collection) {
        String name = collection.name();
        var indexes = new ArrayList<String>();
        for (String statement : collection.indexes()) {
            indexes.add(IndexDefinition.parse(statement)
                    .map(index -> index.on(name).statement())
                    .orElse(statement));
        }
        if (collection.auth().isPresent()) {
            if (collection.uniqueIndexesOn("tokenKey").isEmpty()) indexes.add(tokenKeyIndex(name, collection.id()));
            if (collection.uniqueIndexesOn("email").isEmpty()) indexes.add(emailIndex(name, collection.id()));
        }
        return collection.withIndexes(indexes);
    }

    private static String tokenKeyIndex(String name, String id) {
        return "CREATE UNIQUE INDEX `idx_tokenKey_" + id + "` ON `" + name + "` (`tokenKey`)";
    }

    private static String emailIndex(String name, String id) {
        return "CREATE UNIQUE INDEX `idx_email_" + id + "` ON `" + name + "` (`email`) WHERE `email` != ''";
    }
}
