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
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.query.Scalar;
import java.util.List;

/// Whether a missing row can make a difference. In doubt it can.
final class MissingRows {
    private MissingRows() {}

    /// Whether `condition` can't hold where the row of `rows` is missing.
    static boolean reject(Condition condition, Rows rows) {
        return switch (condition) {
            case Constant constant -> constant == Constant.NEVER;
            case All(List<Condition> parts) -> parts.stream().anyMatch(part -> reject(part, rows));
            case Any(List<Condition> parts) -> parts.stream().allMatch(part -> reject(part, rows));
            case Comparison(Operand left, var operator, Operand right) ->
                switch (operator) {
                    case EQUAL ->
                        !left.strict()
                                && !right.strict()
                                && (isConstant(right, false) && nullOf(left, rows)
                                        || isConstant(left, false) && nullOf(right, rows));
                    case NOT_EQUAL ->
                        !left.strict()
                                && !right.strict()
                                && (isConstant(right, true) && nullOf(left, rows)
                                        || isConstant(left, true) && nullOf(right, rows));
                    case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, LIKE, NOT_LIKE ->
                        nullOf(left, rows) || nullOf(right, rows);
                };
            case SomeRow(Rows within, Condition inner) ->
                reject(inner, rows) || startsFrom(within, rows) && reject(inner, within);
            case EveryRow _, MissingOr _ -> false;
        };
    }

    /// A comparison with it is decided by SQL's NULL, or by emptiness.
    private static boolean isConstant(Operand operand, boolean empty) {
        return !operand.stored()
                && empty
                        == (operand instanceof Operand.Literal(var value)
                                && Scalar.of(value).isEmpty());
    }

    /// Whether the operand is NULL where the row of `rows` is missing.
    private static boolean nullOf(Operand operand, Rows rows) {
        return switch (operand) {
            case Operand.Member(var path, Modifier modifier) ->
                switch (modifier) {
                    case NONE, LOWER -> rows instanceof Rows.Related(List<Hop> way) && Hop.startsWith(path.hops(), way);
                    case EACH ->
                        rows.same(new Rows.Items(path.hops(), path.field()))
                                || rows instanceof Rows.Related(List<Hop> way) && Hop.startsWith(path.hops(), way);
                    case LENGTH, ISSET, CHANGED -> false;
                };
            case Operand.RequestValue value -> rows.same(new Rows.SentItems(value));
            case Operand.Literal _, Operand.Moment _, Operand.Computed _, Operand.Call _ -> false;
        };
    }

    private static boolean startsFrom(Rows within, Rows rows) {
        if (!(rows instanceof Rows.Related(List<Hop> way))) return false;
        return switch (within) {
            case Rows.Related(List<Hop> longer) -> Hop.startsWith(longer, way);
            case Rows.Items(List<Hop> longer, var _) -> Hop.startsWith(longer, way);
            case Rows.SentItems _ -> false;
        };
    }

    /// Whether the test may fail for a missing row. What also asks that some row satisfies the test, and so does
    /// all but `!=`, need not look at one that stands for no rows: one range alone has a missing row only where
    /// it has no other, but that of a list of ids, of which some may lead nowhere.
    static boolean mayFail(EveryRow every) {
        boolean alone = !isNotEqual(every.test())
                && every.rows().size() == 1
                && switch (every.rows().getFirst()) {
                    case Rows.Related(List<Hop> way) ->
                        switch (way.getLast()) {
                            case Hop.Back _, Hop.Everything _, Hop.BackToSent _ -> true;
                            case Hop.Forward _, Hop.Sent _ -> false;
                        };
                    case Rows.Items _, Rows.SentItems _ -> true;
                };
        return !alone && mayFail(every.test());
    }

    private static boolean isNotEqual(Condition test) {
        return test instanceof Comparison comparison && comparison.operator() == Operator.NOT_EQUAL;
    }

    private static boolean mayFail(Condition test) {
        return switch (test) {
            case Constant _ -> false;
            case All(List<Condition> parts) -> parts.stream().anyMatch(MissingRows::mayFail);
            case Any(List<Condition> parts) -> parts.stream().anyMatch(MissingRows::mayFail);
            case Comparison(Operand left, var operator, Operand right) ->
                left.strict()
                        || right.strict()
                        || left.stored() && right.stored()
                        || !isColumn(left) && !isColumn(right)
                        || switch (operator) {
                            case NOT_EQUAL -> isConstant(left, true) || isConstant(right, true);
                            case EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, LIKE, NOT_LIKE -> false;
                        };
            case SomeRow _, EveryRow _, MissingOr _ -> true;
        };
    }

    private static boolean isColumn(Operand operand) {
        return switch (operand) {
            case Operand.Member(var _, Modifier modifier) -> modifier != Modifier.LENGTH;
            case Operand.RequestValue value -> value.modifier() == Modifier.EACH;
            case Operand.Literal _, Operand.Moment _, Operand.Computed _, Operand.Call _ -> false;
        };
    }
}
