package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.FieldPath.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.DateMacro;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Member;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the names of one text mean. The one place that decides whether a name may be used: a name that the
/// audience may not know is told apart from one that does not exist by nothing. Source: the wire contract,
/// sections 15.2 to 15.4 and 15.9.
final class NameResolver {
    /// Relations followed in one path.
    static final int HOPS_MAX = 6;

    private static final int POSITION_MAX_DIGITS = 9;

    private static final Map<String, DateMacro> MACROS = Arrays.stream(DateMacro.values())
            .collect(Collectors.toUnmodifiableMap(NameResolver::written, Function.identity()));

    private static final List<String> REQUEST_PARTS = List.of("auth", "body", "query", "headers", "method", "context");

    private final String source;
    private final CollectionSchema collection;
    private final CollectionCatalog catalog;
    private final Optional<Function<CollectionSchema, CompiledRule>> listRules;
    private final Map<List<String>, Condition> restrictions = new LinkedHashMap<>();

    /// @param guard what must hold besides wherever the operand is compared
    record Named(Operand operand, Condition guard) {
        Named(Operand operand) {
            this(operand, Condition.Constant.ALWAYS);
        }
    }

    private NameResolver(
            String source,
            CollectionSchema collection,
            CollectionCatalog catalog,
            Optional<Function<CollectionSchema, CompiledRule>> listRules) {
        this.source = source;
        this.collection = collection;
        this.catalog = catalog;
        this.listRules = listRules;
    }

    static NameResolver trusted(String source, CollectionSchema collection, CollectionCatalog catalog) {
        return new NameResolver(source, collection, catalog, Optional.empty());
    }

    static NameResolver forPublic(
            String source,
            CollectionSchema collection,
            CollectionCatalog catalog,
            Function<CollectionSchema, CompiledRule> listRules) {
        return new NameResolver(source, collection, catalog, Optional.of(listRules));
    }

    private boolean trusted() {
        return listRules.isEmpty();
    }

    Condition restriction() {
        return Condition.all(List.copyOf(restrictions.values()));
    }

    Named resolve(String written, int offset) {
        var name = new Written(written, offset);
        if (written.startsWith("@")) return new Named(special(name));
        Optional<Value> literal = literal(written);
        if (literal.isPresent()) return new Named(new Literal(literal.get()));
        List<String> parts = name.parts();
        if (parts.size() > 1 && collection.position(parts.getFirst()) < 0) {
            if (parts.getFirst().equals("record")) return member(name, parts.subList(1, parts.size()));
            if (parts.getFirst().equals("user") && trusted()) {
                var path = new ArrayList<>(parts);
                path.set(0, "auth");
                return new Named(request(name, path));
            }
        }
        return member(name, parts);
    }

    private static Optional<Value> literal(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(Value.Truth.TRUE);
            case "false" -> Optional.of(Value.Truth.FALSE);
            case "null" -> Optional.of(Value.NOTHING);
            default -> Optional.empty();
        };
    }

    /// A name as it stands in the text, its modifier taken off.
    private final class Written {
        private final String whole;
        private final String path;
        private final int offset;
        private final Modifier modifier;

        Written(String whole, int offset) {
            this.whole = whole;
            this.offset = offset;
            int colon = whole.lastIndexOf(':');
            boolean last = colon > whole.lastIndexOf('.');
            if (colon >= 0 && !last && !whole.startsWith("@collection.")) {
                throw error(offset + colon, "A modifier stands only at the end of a name");
            }
            this.path = last ? whole.substring(0, colon) : whole;
            this.modifier = last ? modifier(whole.substring(colon + 1), offset + colon + 1) : Modifier.NONE;
        }

        private Modifier modifier(String word, int at) {
            return switch (word) {
                case "isset" -> Modifier.ISSET;
                case "changed" -> Modifier.CHANGED;
                case "length" -> Modifier.LENGTH;
                case "each" -> Modifier.EACH;
                case "lower" -> Modifier.LOWER;
                default ->
                    throw error(
                            at,
                            "Unknown modifier ':" + Names.abbreviated(word)
                                    + "': expected isset, changed, length, each or lower");
            };
        }

        List<String> parts() {
            var parts = new ArrayList<String>();
            int start = 0;
            while (start <= path.length()) {
                int dot = path.indexOf('.', start);
                int end = dot < 0 ? path.length() : dot;
                if (end == start) throw error(offset + start, "Expected a name between the points");
                parts.add(path.substring(start, end));
                start = end + 1;
            }
            return parts;
        }

        InvalidExpression unknown(String suggestion) {
            return error(offset, "Unknown field '" + Names.abbreviated(path) + "'" + suggestion);
        }

        InvalidExpression wrong(String reason) {
            return error(offset, "'" + Names.abbreviated(whole) + "' " + reason);
        }
    }

    private Operand special(Written name) {
        List<String> parts = name.parts();
        return switch (parts.getFirst()) {
            case "@request" -> {
                if (!trusted()) throw name.unknown("");
                yield request(name, parts.subList(1, parts.size()));
            }
            case "@collection" -> {
                if (!trusted()) throw name.unknown("");
                throw name.wrong("is not supported here: other collections are reached through relations");
            }
            default -> macro(name);
        };
    }

    private Operand macro(Written name) {
        DateMacro macro = MACROS.get(name.path);
        if (macro == null) throw name.unknown(Names.suggestion("", name.path, MACROS.keySet()));
        if (name.modifier != Modifier.NONE) throw name.wrong("can have no modifier");
        return new Operand.Moment(macro);
    }

    /// `TODAY_START` is written `@todayStart`.
    private static String written(DateMacro macro) {
        String[] words = macro.name().toLowerCase(Locale.ROOT).split("_");
        var written = new StringBuilder("@").append(words[0]);
        for (int i = 1; i < words.length; i++) {
            written.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return written.toString();
    }

    private Operand request(Written name, List<String> path) {
        if (path.isEmpty()) throw name.wrong("names no value: expected a part such as @request.auth.id");
        boolean single = switch (path.getFirst()) {
            case "method", "context" -> true;
            case "auth", "body", "query", "headers" -> false;
            default -> throw name.unknown(Names.suggestion("@request.", path.getFirst(), REQUEST_PARTS));
        };
        if (single != (path.size() == 1)) {
            throw name.wrong(single ? "has no parts" : "names no value: expected a name after it");
        }
        switch (name.modifier) {
            case NONE, ISSET, LOWER -> {}
            case CHANGED -> bodyField(name, path);
            case LENGTH -> {
                switch (bodyField(name, path).type()) {
                    case FieldType.Select _, FieldType.Relation _, FieldType.File _ -> {}
                    case FieldType other -> throw name.wrong("has no length: the field is " + other.wireName());
                }
            }
            case EACH -> throw name.wrong("is not supported here: values can't be compared one by one");
        }
        return new Operand.RequestValue(path, name.modifier);
    }

    private Field bodyField(Written name, List<String> path) {
        if (path.size() != 2 || !path.getFirst().equals("body")) {
            throw name.wrong("needs a field of @request.body before the modifier");
        }
        return collection
                .field(path.get(1))
                .orElseThrow(() -> name.unknown(suggestion("@request.body.", collection, path.get(1))));
    }

    private Named member(Written name, List<String> parts) {
        var hops = new ArrayList<Hop>();
        CollectionSchema holder = collection;
        for (int at = 0; ; at++) {
            String part = parts.get(at);
            Field field = field(name, holder, parts, at);
            boolean last = at == parts.size() - 1;
            if (last) return named(name, new FieldPath(hops, field, List.of()), holder);
            switch (field.type()) {
                case FieldType.Relation relation -> {
                    if (relation.multiple()) {
                        throw name.wrong("is not supported here: '" + part + "' holds several records");
                    }
                    if (at == parts.size() - 2 && parts.getLast().equals("id")) {
                        return named(name, new FieldPath(hops, field, List.of()), holder);
                    }
                    if (hops.size() == HOPS_MAX) throw name.wrong("follows more than " + HOPS_MAX + " relations");
                    holder = target(name, relation);
                    hops.add(new Hop(field, holder));
                    restrict(name, hops);
                }
                case FieldType.Json _ -> {
                    return named(name, new FieldPath(hops, field, inside(name, parts, at + 1)), holder);
                }
                case FieldType.GeoPoint _ -> {
                    List<String> inside = parts.subList(at + 1, parts.size());
                    if (!inside.equals(List.of("lat")) && !inside.equals(List.of("lon"))) {
                        throw name.wrong("is nothing: a geoPoint has lat and lon");
                    }
                    return named(name, new FieldPath(hops, field, inside), holder);
                }
                case FieldType other -> {
                    String holding = "'" + part + "' is " + other.wireName() + ", which has no parts";
                    throw name.wrong("is nothing: " + holding);
                }
            }
        }
    }

    private Field field(Written name, CollectionSchema holder, List<String> parts, int at) {
        String part = parts.get(at);
        Optional<Field> field = holder.field(part).filter(this::visible);
        if (field.isPresent()) return field.get();
        if (part.contains("_via_")) {
            throw name.wrong("is not supported here: records that point back can't be followed");
        }
        String before = at == 0 ? "" : String.join(".", parts.subList(0, at)) + ".";
        throw name.unknown(at == parts.size() - 1 ? suggestion(before, holder, part) : "");
    }

    private String suggestion(String before, CollectionSchema holder, String part) {
        List<String> known =
                holder.fields().stream().filter(this::visible).map(Field::name).toList();
        return Names.suggestion(before, part, known);
    }

    private boolean visible(Field field) {
        return trusted() || !field.hidden();
    }

    private CollectionSchema target(Written name, FieldType.Relation relation) {
        if (relation.collectionId().equals(collection.id())) return collection;
        return catalog.byId(relation.collectionId())
                .orElseThrow(() -> name.wrong("leads to a collection that is gone"));
    }

    private List<String> inside(Written name, List<String> parts, int from) {
        List<String> inside = parts.subList(from, parts.size());
        for (String step : inside) {
            if (step.length() > POSITION_MAX_DIGITS && step.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw name.wrong("has a position beyond any list");
            }
        }
        return inside;
    }

    /// Whoever reaches another collection's records must be allowed to list them; a missing record shows nothing.
    private void restrict(Written name, List<Hop> hops) {
        if (trusted()) return;
        Hop last = hops.getLast();
        CompiledRule rule = listRules.orElseThrow().apply(last.target());
        switch (rule) {
            case CompiledRule.Locked _, CompiledRule.Broken _ -> throw name.unknown("");
            case CompiledRule.Open _ -> {}
            case CompiledRule.When when ->
                restrictions.computeIfAbsent(
                        hops.stream().map(hop -> hop.relation().name()).toList(),
                        _ -> missingOr(when.condition(), List.copyOf(hops)));
        }
    }

    private static Condition missingOr(Condition rule, List<Hop> hops) {
        Optional<Field> id = hops.getLast().target().field("id");
        if (id.isEmpty()) return Rebasing.rebased(rule, hops);
        var target = new Member(new FieldPath(hops, id.get(), List.of()), Modifier.NONE);
        var missing = new Comparison(target, Operator.EQUAL, false, new Literal(Value.Text.EMPTY));
        return Condition.any(List.of(missing, Rebasing.rebased(rule, hops)));
    }

    private Named named(Written name, FieldPath path, CollectionSchema holder) {
        var member = new Member(path, memberModifier(name, path));
        if (trusted() || holder.auth().isEmpty() || !path.field().name().equals("email")) return new Named(member);
        Field visibility = holder.field("emailVisibility").orElseThrow(() -> name.unknown(""));
        var shown = new Member(new FieldPath(path.hops(), visibility, List.of()), Modifier.NONE);
        return new Named(member, new Comparison(shown, Operator.EQUAL, false, new Literal(Value.Truth.TRUE)));
    }

    private Modifier memberModifier(Written name, FieldPath path) {
        boolean listed = switch (path.field().type()) {
            case FieldType.Select _, FieldType.Relation _, FieldType.File _ ->
                path.inside().isEmpty();
            case FieldType _ -> false;
        };
        return switch (name.modifier) {
            case NONE -> Modifier.NONE;
            case LOWER -> Modifier.LOWER;
            case LENGTH -> listed ? Modifier.LENGTH : Modifier.NONE;
            case EACH -> {
                if (path.field().type().multiple()) {
                    throw name.wrong("is not supported here: values can't be compared one by one");
                }
                yield Modifier.NONE;
            }
            case ISSET, CHANGED -> throw name.wrong("has a modifier that fits only @request values");
        };
    }

    private InvalidExpression error(int offset, String reason) {
        return new InvalidExpression(source, offset, reason);
    }
}
