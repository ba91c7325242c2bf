package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Any;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.FieldPath.Hop;
import dev.ferritedb.ports.query.Operand;
import java.util.ArrayList;
import java.util.List;

/// A condition on a record, asked of another record from which `hops` lead there.
final class Rebasing {
    private Rebasing() {}

    static Condition rebased(Condition condition, List<Hop> hops) {
        return switch (condition) {
            case Constant constant -> constant;
            case All all -> new All(rebased(all.parts(), hops));
            case Any any -> new Any(rebased(any.parts(), hops));
            case Comparison(Operand left, var operator, boolean some, Operand right) ->
                new Comparison(rebased(left, hops), operator, some, rebased(right, hops));
        };
    }

    private static List<Condition> rebased(List<Condition> parts, List<Hop> hops) {
        return parts.stream().map(part -> rebased(part, hops)).toList();
    }

    private static Operand rebased(Operand operand, List<Hop> hops) {
        return switch (operand) {
            case Operand.Literal literal -> literal;
            case Operand.RequestValue value -> value;
            case Operand.Moment moment -> moment;
            case Operand.Member(FieldPath path, var modifier) -> {
                var whole = new ArrayList<>(hops);
                whole.addAll(path.hops());
                yield new Operand.Member(new FieldPath(whole, path.field(), path.inside()), modifier);
            }
        };
    }
}
