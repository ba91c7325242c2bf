package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Any;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.Condition.EveryRow;
import dev.ferritedb.ports.query.Condition.MissingOr;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.Condition.SomeRow;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Operand.Reading;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.schema.IndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A range that does not depend on the record in question but for one value: the record is then asked whether
/// that value is `IN` the range, which SQLite reads once and looks up with an index, in place of an EXISTS for
/// each record.
///
/// @param outer the value of the record
/// @param inner the value of the row
/// @param rest what a row must satisfy besides
record Membership(Operand outer, Operand inner, Condition rest) {

    /// Of `holds`, for some row of `rows`: one of its parts says that a row's value equals one of the record's.
    static Optional<Membership> linked(Rows rows, Condition holds) {
        if (!startsOutside(rows)) return Optional.empty();
        List<Condition> parts = holds instanceof All(List<Condition> all) ? all : List.of(holds);
        for (Condition part : parts) {
            if (!(part instanceof Comparison(Operand left, Operator operator, Operand right))
                    || operator != Operator.EQUAL) {
                continue;
            }
            boolean leftIsRow = isText(left) && of(left, rows);
            Operand row = leftIsRow ? left : right;
            Operand other = leftIsRow ? right : left;
            if (!isText(row) || !of(row, rows) || !isText(other) || of(other, rows)) continue;
            var rest = new ArrayList<>(parts);
            rest.remove(part);
            if (rest.stream().allMatch(one -> within(one, rows)) && isFew(rows, rest)) {
                return Optional.of(new Membership(other, row, Condition.all(rest)));
            }
        }
        return Optional.empty();
    }

    private static boolean startsOutside(Rows rows) {
        return switch (rows) {
            case Rows.Related(List<Hop> way) ->
                way.size() == 1
                        && switch (way.getFirst()) {
                            case Hop.Everything _, Hop.Sent _, Hop.BackToSent _ -> true;
                            case Hop.Forward _, Hop.Back _ -> false;
                        };
            case Rows.SentItems _ -> true;
            case Rows.Items _ -> false;
        };
    }

    private static boolean isText(Operand operand) {
        return switch (operand) {
            case Operand.Member(FieldPath path, Modifier modifier) ->
                modifier == Modifier.NONE && operand.reading() == Reading.AS_TEXT;
            case Operand.RequestValue value -> value.modifier() == Modifier.EACH;
            case Operand.Literal _, Operand.Moment _, Operand.Computed _, Operand.Call _ -> false;
        };
    }

    /// Whether it is the row's own value.
    private static boolean of(Operand operand, Rows rows) {
        return switch (operand) {
            case Operand.Member(FieldPath path, var _) ->
                rows instanceof Rows.Related(List<Hop> way)
                        && path.hops().size() == way.size()
                        && Hop.startsWith(path.hops(), way);
            case Operand.RequestValue value -> rows.same(new Rows.SentItems(value));
            case Operand.Literal _, Operand.Moment _, Operand.Computed _, Operand.Call _ -> false;
        };
    }

    /// Whether nothing in `condition` depends on more than the row of `rows`.
    private static boolean within(Condition condition, Rows rows) {
        return switch (condition) {
            case Constant _ -> true;
            case All(List<Condition> parts) -> parts.stream().allMatch(part -> within(part, rows));
            case Any(List<Condition> parts) -> parts.stream().allMatch(part -> within(part, rows));
            case Comparison(Operand left, var _, Operand right) -> within(left, rows) && within(right, rows);
            case SomeRow _, EveryRow _, MissingOr _ -> false;
        };
    }

    private static boolean within(Operand operand, Rows rows) {
        return switch (operand) {
            case Operand.Member(FieldPath path, Modifier modifier) ->
                modifier != Modifier.EACH
                        && rows instanceof Rows.Related(List<Hop> way)
                        && Hop.startsWith(path.hops(), way);
            case Operand.RequestValue value ->
                value.modifier() != Modifier.EACH || rows.same(new Rows.SentItems(value));
            case Operand.Call(var _, List<Operand> arguments) ->
                arguments.stream().allMatch(argument -> within(argument, rows));
            case Operand.Literal _, Operand.Moment _, Operand.Computed _ -> true;
        };
    }

    /// Whether `holds` picks few of the rows of `rows`, which point back at a record, and does so by itself.
    static boolean picksFew(Rows rows, Condition holds) {
        List<Condition> parts = holds instanceof All(List<Condition> all) ? all : List.of(holds);
        return rows instanceof Rows.Related(List<Hop> way)
                && way.getLast() instanceof Hop.Back(CollectionSchema target, Field relation, var _)
                && !relation.type().multiple()
                && MissingRows.reject(holds, rows)
                && within(holds, rows)
                && pickedByIndex(parts, rows, target);
    }

    private static boolean isFew(Rows rows, List<Condition> rest) {
        return !(rows instanceof Rows.Related(List<Hop> way)
                        && way.getFirst() instanceof Hop.Everything(CollectionSchema target, var _))
                || pickedByIndex(rest, rows, target);
    }

    /// Whether one of `parts` says which record a relation of the row leads to, and an index begins with that
    /// relation.
    private static boolean pickedByIndex(List<Condition> parts, Rows rows, CollectionSchema target) {
        return parts.stream()
                .anyMatch(part -> part instanceof Comparison(Operand left, Operator operator, Operand right)
                        && operator == Operator.EQUAL
                        && (isIndexedRelation(left, rows, target) && !right.stored()
                                || isIndexedRelation(right, rows, target) && !left.stored()));
    }

    private static boolean isIndexedRelation(Operand operand, Rows rows, CollectionSchema target) {
        return operand instanceof Operand.Member(FieldPath path, Modifier modifier)
                && modifier == Modifier.NONE
                && of(operand, rows)
                && path.field().type() instanceof FieldType.Relation relation
                && !relation.multiple()
                && leadsAnIndex(path.field(), target);
    }

    private static boolean leadsAnIndex(Field field, CollectionSchema target) {
        return target.indexes().stream()
                .map(IndexDefinition::parse)
                .flatMap(Optional::stream)
                .filter(index -> index.where().isEmpty())
                .map(index -> index.columns().getFirst())
                .anyMatch(column -> column.plain() && column.expression().equalsIgnoreCase(field.name()));
    }
}
