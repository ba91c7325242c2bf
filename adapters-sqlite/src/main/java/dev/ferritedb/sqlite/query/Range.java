package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.util.List;

/// The SELECT of an EXISTS: the rows that a condition ranges over.
final class Range {
    private final OperandWriter operands;
    private final From from;
    private final boolean orMissing;
    private final Fragment when = new Fragment();

    /// @param orMissing whether one missing row stands for none; else none is none, which an index serves better
    Range(OperandWriter operands, From from, boolean orMissing) {
        this.operands = operands;
        this.from = from;
        this.orMissing = orMissing;
        if (orMissing) from.tables().add("(SELECT 1)");
    }

    /// @return where the paths that begin with `rows` start from
    Place over(Rows rows, Place place) {
        return switch (rows) {
            case Rows.Related(List<Hop> way) -> {
                Hop hop = way.getLast();
                String alias = records(hop, way.subList(0, way.size() - 1), place);
                yield new Place.AtRow(
                        place, rows, alias, from, !orMissing && !hop.target().isView());
            }
            case Rows.Items(List<Hop> way, Field field) -> {
                String holder = place.alias(way);
                yield new Place.AtRow(place, rows, items(list(holder, field)), from, false);
            }
            case Rows.SentItems(var list) ->
                new Place.AtRow(
                        place, rows, items(Fragment.bound(new Template.OrNull(operands.position(list)))), from, false);
        };
    }

    private String records(Hop hop, List<Hop> before, Place place) {
        return switch (hop) {
            case Hop.Forward(Field relation, CollectionSchema target) -> {
                String id = items(list(place.alias(before), relation)) + ".value";
                yield table(target, alias -> Fragment.of(alias + ".\"id\" = " + id));
            }
            case Hop.Sent(var ids, CollectionSchema target) -> {
                String id = items(Fragment.bound(new Template.OrNull(operands.position(ids)))) + ".value";
                yield table(target, alias -> Fragment.of(alias + ".\"id\" = " + id));
            }
            case Hop.Back(CollectionSchema target, Field relation, var _) -> {
                Fragment id = anchor(before, place);
                yield table(target, alias -> names(alias, relation, id));
            }
            case Hop.BackToSent(var sent, CollectionSchema target, Field relation) -> {
                Fragment id = Fragment.of("NULLIF(")
                        .bind(new Template.OrNull(operands.position(sent)))
                        .add(", '')");
                yield table(target, alias -> names(alias, relation, id));
            }
            case Hop.Everything(CollectionSchema target, var _) -> table(target, alias -> new Fragment());
        };
    }

    /// The id of the record at the end of `way`: of one that a relation names, as it stands there.
    private static Fragment anchor(List<Hop> way, Place place) {
        if (!isNamed(way, place)) return Fragment.of(place.alias(way) + ".\"id\"");
        String holder = place.alias(way.subList(0, way.size() - 1));
        return Fragment.of("NULLIF(").add(column(holder, named(way))).add(", '')");
    }

    private static Fragment names(String alias, Field relation, Fragment id) {
        if (!relation.type().multiple())
            return column(alias, relation).add(" = ").add(id);
        return Fragment.of("EXISTS (SELECT 1 FROM json_each(")
                .add(list(alias, relation))
                .add(") AS named WHERE named.value = ")
                .add(id)
                .add(")");
    }

    private static Fragment column(String alias, Field field) {
        return Fragment.of(alias + "." + QueryWriter.quoted(field.name()));
    }

    private static Fragment list(String alias, Field field) {
        return Fragment.of(OperandWriter.list(alias + "." + QueryWriter.quoted(field.name())));
    }

    private String items(Fragment list) {
        String alias = from.next("i");
        join();
        from.tables().add("json_each(").add(list).add(") AS ").add(alias);
        return alias;
    }

    @FunctionalInterface
    private interface Joining {
        Fragment on(String alias);
    }

    private String table(CollectionSchema target, Joining joining) {
        String alias = from.next("e");
        boolean first = join();
        from.tables().add(QueryWriter.quoted(target.name())).add(" AS ").add(alias);
        Fragment on = joining.on(alias);
        if (on.isEmpty()) return alias;
        if (first) when.add(on).add(" AND ");
        else from.tables().add(" ON ").add(on);
        return alias;
    }

    /// @return whether it is the first table
    private boolean join() {
        boolean first = from.tables().isEmpty();
        if (!first) from.tables().add(orMissing ? " LEFT JOIN " : " JOIN ");
        return first;
    }

    /// Records that point back, read by themselves.
    ///
    /// @param anchor the value of the record that they point at
    /// @param column which of theirs points
    record Pointing(String anchor, String column, Place place) {}

    /// @param rows led to back by a single relation
    Pointing pointing(Rows rows, Place place) {
        if (!(rows instanceof Rows.Related(List<Hop> way))
                || !(way.getLast() instanceof Hop.Back(CollectionSchema target, Field relation, var _))) {
            throw new IllegalArgumentException("not led to back");
        }
        List<Hop> before = way.subList(0, way.size() - 1);
        String anchor = isNamed(before, place)
                ? column(place.alias(before.subList(0, before.size() - 1)), named(before))
                        .sql()
                : place.alias(before) + ".\"id\"";
        String alias = table(target, own -> column(own, relation).add(" <> ''"));
        var at = new Place.AtRow(place, rows, alias, from, !target.isView());
        return new Pointing(anchor, column(alias, relation).sql(), at);
    }

    private static boolean isNamed(List<Hop> way, Place place) {
        return !way.isEmpty()
                && way.getLast() instanceof Hop.Forward
                && place.start(way).length() < way.size();
    }

    private static Field named(List<Hop> way) {
        return ((Hop.Forward) way.getLast()).relation();
    }

    /// @param value what is selected of each row
    /// @param condition asked of a row, or of one of each range
    Fragment select(Fragment value, Fragment condition) {
        return Fragment.of("(SELECT ")
                .add(value)
                .add(" FROM ")
                .add(from.tables())
                .add(" WHERE ")
                .add(when)
                .add(condition)
                .add(")");
    }
}
