package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.DateMacro;
import dev.ferritedb.ports.query.Operand.Function;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// What functions come to, as the store computes them.
final class Functions {
    private static final double EARTH_RADIUS_KM = 6371;

    private final StrftimeCalls strftimes = new StrftimeCalls();
    private final Scalars scalars;

    Functions(Scalars scalars) {
        this.scalars = scalars;
    }

    /// @param arguments what `operands` are
    Scalar result(Function function, List<Operand> operands, List<Value> arguments, Givens givens) {
        return switch (function) {
            case GEO_DISTANCE -> distance(arguments.stream().map(scalars::of).toList());
            case STRFTIME -> {
                Value now = givens.valueOf(new Operand.Moment(DateMacro.NOW));
                yield strftimes.of(operands).at(scalars.of(arguments.get(1)), DateMacros.instant(now));
            }
            case SIZE -> new Scalar.Whole(size(arguments.getFirst()));
            case CONTAINS -> {
                boolean noList = isList(operands.getFirst()) && arguments.getFirst() == Value.NOTHING;
                yield Scalar.truth(!noList && contains(arguments.getFirst(), arguments.get(1)));
            }
            case STARTS_WITH -> Scalar.truth(text(arguments.getFirst()).startsWith(text(arguments.get(1))));
            case ENDS_WITH -> Scalar.truth(text(arguments.getFirst()).endsWith(text(arguments.get(1))));
        };
    }

    private static Scalar distance(List<Scalar> degrees) {
        var radians = new double[degrees.size()];
        for (int i = 0; i < radians.length; i++) {
            switch (degrees.get(i)) {
                case Scalar.Whole(long number) -> radians[i] = number * (Math.PI / 180);
                case Scalar.Real(double number) -> radians[i] = number * (Math.PI / 180);
                case Scalar.Text _, Scalar.Missing _ -> {
                    return Scalar.MISSING;
                }
            }
        }
        double cosine = Math.cos(radians[1]) * Math.cos(radians[3]) * Math.cos(radians[2] - radians[0])
                + Math.sin(radians[1]) * Math.sin(radians[3]);
        if (Double.isNaN(cosine)) return Scalar.MISSING;
        double kilometres = EARTH_RADIUS_KM * Math.acos(Math.clamp(cosine, -1, 1));
        return Scalar.number(
                new BigDecimal(kilometres).setScale(3, RoundingMode.HALF_UP).doubleValue());
    }

    private static long size(Value value) {
        return switch (value) {
            case Value.Items(List<Value> items) -> items.size();
            case Value.Members members -> members.members().size();
            case Value.Text(String text) -> {
                int end = text.indexOf('\0');
                yield text.codePointCount(0, end < 0 ? text.length() : end);
            }
            case Value.Nothing _, Value.Number _, Value.Exact _, Value.Truth _, Value.Json _ -> 0;
        };
    }

    private static boolean isList(Operand operand) {
        return operand instanceof Operand.Member(var path, var modifier)
                && modifier == Operand.Modifier.NONE
                && path.field().type().shape() == FieldType.Shape.LIST;
    }

    private boolean contains(Value holder, Value wanted) {
        if (holder instanceof Value.Members) return false;
        if (!(holder instanceof Value.Items(List<Value> items))) {
            return text(holder).contains(text(wanted));
        }
        String sought = text(wanted);
        return items.stream().anyMatch(item -> item instanceof Value.Text(String text) && text.equals(sought));
    }

    private String text(Value value) {
        return scalars.of(value).asText() instanceof Scalar.Text(String text) ? text : "";
    }
}
