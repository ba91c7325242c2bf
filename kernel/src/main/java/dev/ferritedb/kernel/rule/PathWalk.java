package dev.ferritedb.kernel.rule;

import dev.ferritedb.kernel.rule.NameResolver.ListRules;
import dev.ferritedb.kernel.rule.NameResolver.Named;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Member;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Follows a path of names from a record to a field: through relations, back through relations that point at the
/// record, into documents. Who may not list what lies on the way is refused, or restricted to what he may list.
final class PathWalk {
    /// Relations followed in one path.
    static final int HOPS_MAX = 6;

    private static final Named NOTHING = new Named(new Literal(Value.NOTHING));
    private static final int POSITION_MAX_DIGITS = 9;

    private final CollectionSchema collection;
    private final CollectionCatalog catalog;
    private final Optional<ListRules> listRules;
    private final Map<List<String>, Condition.MissingOr> restrictions = new LinkedHashMap<>();

    PathWalk(CollectionSchema collection, CollectionCatalog catalog, Optional<ListRules> listRules) {
        this.collection = collection;
        this.catalog = catalog;
        this.listRules = listRules;
    }

    private boolean trusted() {
        return listRules.isEmpty();
    }

    List<Condition.MissingOr> restrictions() {
        return List.copyOf(restrictions.values());
    }

    /// @param from the steps that led to records of `holder`
    /// @throws InvalidExpression when there is no such field
    Named member(WrittenName name, List<Hop> from, CollectionSchema holder, List<String> parts) {
        return walk(name, from, holder, parts, false);
    }

    /// As [#member]; what is unknown is nothing.
    Named memberOrNothing(WrittenName name, List<Hop> from, CollectionSchema holder, List<String> parts) {
        return walk(name, from, holder, parts, true);
    }

    private Named walk(
            WrittenName name, List<Hop> from, CollectionSchema holder, List<String> parts, boolean orNothing) {
        var hops = new ArrayList<>(from);
        CollectionSchema at = holder;
        for (int i = 0; ; i++) {
            String part = parts.get(i);
            boolean last = i == parts.size() - 1;
            Optional<Field> known = at.field(part).filter(this::visible);
            if (known.isEmpty()) {
                Optional<Hop.Back> back = last ? Optional.empty() : back(at, part);
                if (back.isEmpty() && orNothing) return NOTHING;
                if (back.isEmpty()) throw unknown(name, at, parts, i);
                follow(name, hops, back.get());
                at = back.get().target();
                continue;
            }
            Field field = known.get();
            if (last) return named(name, new FieldPath(hops, field, List.of()), at);
            switch (field.type()) {
                case FieldType.Relation relation -> {
                    boolean id = i == parts.size() - 2 && parts.getLast().equals("id");
                    if (id && !relation.multiple()) {
                        return named(name, new FieldPath(hops, field, List.of()), at);
                    }
                    at = target(name, relation);
                    follow(name, hops, new Hop.Forward(field, at));
                }
                case FieldType.Json _ -> {
                    return named(name, new FieldPath(hops, field, inside(name, parts, i + 1)), at);
                }
                case FieldType.GeoPoint _ -> {
                    List<String> inside = parts.subList(i + 1, parts.size());
                    if (!inside.equals(List.of("lat")) && !inside.equals(List.of("lon"))) {
                        if (orNothing) return NOTHING;
                        throw name.wrong("is nothing: a geoPoint has lat and lon");
                    }
                    return named(name, new FieldPath(hops, field, inside), at);
                }
                case FieldType other -> {
                    if (orNothing) return NOTHING;
                    String holding = "'" + part + "' is " + other.wireName() + ", which has no parts";
                    throw name.wrong("is nothing: " + holding);
                }
            }
        }
    }

    private void follow(WrittenName name, List<Hop> hops, Hop next) {
        if (hops.size() == HOPS_MAX) throw name.wrong("follows more than " + HOPS_MAX + " relations");
        hops.add(next);
        restrict(name, hops);
    }

    /// The step that `part`, such as `posts_via_author`, names from a record of `holder`.
    Optional<Hop.Back> back(CollectionSchema holder, String part) {
        return BackRelation.named(part, holder, this::named, this::visible)
                .map(back -> new Hop.Back(back.source(), back.relation(), !atMostOne(back.source(), back.relation())));
    }

    private static boolean atMostOne(CollectionSchema source, Field relation) {
        return !relation.type().multiple() && source.isUnique(relation.name());
    }

    /// The collection being checked may not be in the catalog yet, or there in an older shape.
    private Optional<CollectionSchema> named(String name) {
        return collection.name().equals(name) ? Optional.of(collection) : catalog.named(name);
    }

    CollectionSchema target(WrittenName name, FieldType.Relation relation) {
        if (relation.collectionId().equals(collection.id())) return collection;
        return catalog.byId(relation.collectionId())
                .orElseThrow(() -> name.wrong("leads to a collection that is gone"));
    }

    private InvalidExpression unknown(WrittenName name, CollectionSchema holder, List<String> parts, int at) {
        if (at < parts.size() - 1) return name.unknown("");
        String before = at == 0 ? "" : String.join(".", parts.subList(0, at)) + ".";
        List<String> known =
                holder.fields().stream().filter(this::visible).map(Field::name).toList();
        return name.unknown(Names.suggestion(before, parts.get(at), known));
    }

    private boolean visible(Field field) {
        return trusted() || !field.hidden();
    }

    private static List<String> inside(WrittenName name, List<String> parts, int from) {
        List<String> inside = parts.subList(from, parts.size());
        for (String step : inside) {
            if (step.length() > POSITION_MAX_DIGITS && step.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw name.wrong("has a position beyond any list");
            }
        }
        return inside;
    }

    /// Whoever reaches another collection's records must be allowed to list them; a missing record shows nothing.
    private void restrict(WrittenName name, List<Hop> hops) {
        if (trusted()) return;
        CompiledRule rule = listRules.orElseThrow().of(hops.getLast().target());
        switch (rule) {
            case CompiledRule.Locked _, CompiledRule.Broken _ -> throw name.unknown("");
            case CompiledRule.Open _ -> {}
            case CompiledRule.When when ->
                restrictions.computeIfAbsent(
                        hops.stream().map(Hop::name).toList(), _ -> new Condition.MissingOr(hops, when.condition()));
        }
    }

    private Named named(WrittenName name, FieldPath path, CollectionSchema holder) {
        var member = new Member(path, modifier(name, path));
        if (trusted() || holder.auth().isEmpty() || !path.field().name().equals("email")) return new Named(member);
        Field visibility = holder.field("emailVisibility").orElseThrow(() -> name.unknown(""));
        var shown = new Member(new FieldPath(path.hops(), visibility, List.of()), Modifier.NONE);
        return new Named(member, new Comparison(shown, Operator.EQUAL, new Literal(Value.Truth.TRUE)));
    }

    private static Modifier modifier(WrittenName name, FieldPath path) {
        boolean whole = path.inside().isEmpty();
        boolean listed = switch (path.field().type()) {
            case FieldType.Select _, FieldType.Relation _, FieldType.File _ -> whole;
            case FieldType _ -> false;
        };
        return switch (name.modifier()) {
            case NONE -> Modifier.NONE;
            case LOWER -> Modifier.LOWER;
            case LENGTH -> listed ? Modifier.LENGTH : Modifier.NONE;
            case EACH -> whole && path.field().type().multiple() ? Modifier.EACH : Modifier.NONE;
            case ISSET, CHANGED -> throw name.wrong("has a modifier that fits only @request values");
        };
    }
}
