package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.schema.Field;
import java.util.List;
import java.util.Optional;

/// What a list must hold, as JSON text, for one of its items to satisfy a condition. To look for a text in it costs
/// a fraction of what taking it apart does, so that only the few lists that hold the text are taken apart.
///
/// @param holder the way to the record that has the list
/// @param list the field that holds it
/// @param wanted equals the item
record ListSieve(List<Hop> holder, Field list, Operand wanted) {

    /// For a condition on some row of `rows`.
    static Optional<ListSieve> of(Rows rows, Condition condition) {
        return switch (rows) {
            case Rows.Items(List<Hop> holder, Field list) -> sieve(holder, list, rows, condition);
            case Rows.Related(List<Hop> way)
            when way.getLast() instanceof Hop.Forward(Field list, var _) ->
                sieve(way.subList(0, way.size() - 1), list, rows, condition);
            case Rows.Related _, Rows.SentItems _ -> Optional.empty();
        };
    }

    private static Optional<ListSieve> sieve(List<Hop> holder, Field list, Rows rows, Condition condition) {
        List<Condition> parts = condition instanceof All(List<Condition> all) ? all : List.of(condition);
        for (Condition part : parts) {
            if (part instanceof Comparison(Operand left, Operator operator, Operand right)
                    && operator == Operator.EQUAL
                    && isItem(left, rows)
                    && isText(right)) {
                return Optional.of(new ListSieve(holder, list, right));
            }
        }
        return Optional.empty();
    }

    private static boolean isItem(Operand operand, Rows rows) {
        return operand instanceof Operand.Member(FieldPath path, Modifier modifier)
                && switch (rows) {
                    case Rows.Items _ ->
                        modifier == Modifier.EACH && rows.same(new Rows.Items(path.hops(), path.field()));
                    case Rows.Related(List<Hop> way) ->
                        modifier == Modifier.NONE
                                && path.field().name().equals("id")
                                && path.hops().size() == way.size()
                                && Hop.startsWith(path.hops(), way);
                    case Rows.SentItems _ -> false;
                };
    }

    private static boolean isText(Operand constant) {
        return switch (constant) {
            case Operand.Literal literal -> Scalar.of(literal.value()) instanceof Scalar.Text text && !text.isEmpty();
            case Operand.Given given -> !given.stored() && !given.strict();
            case Operand.Member _, Operand.Call _ -> false;
        };
    }
}
