package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Function;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Operand.RequestValue;
import dev.ferritedb.ports.schema.FieldType;
import java.util.List;

/// Writes calls of functions. Source of what they mean: [Operand.Function].
final class FunctionWriter {
    private static final String EARTH_RADIUS_KM = "6371";

    private final OperandWriter operands;

    FunctionWriter(OperandWriter operands) {
        this.operands = operands;
    }

    Fragment call(Function function, List<Operand> arguments, Place place) {
        return switch (function) {
            case GEO_DISTANCE -> distance(arguments, place);
            case STRFTIME -> strftime(arguments, place);
            case SIZE -> size(arguments.getFirst(), place);
            case CONTAINS -> contains(arguments.getFirst(), arguments.get(1), place);
            case STARTS_WITH ->
                Fragment.of("(instr(")
                        .add(text(arguments.getFirst(), place))
                        .add(", ")
                        .add(text(arguments.get(1), place))
                        .add(") = 1)");
            case ENDS_WITH -> endsWith(arguments.getFirst(), arguments.get(1), place);
        };
    }

    /// By way of a text, so that whole kilometres are an integer, as everywhere.
    private Fragment distance(List<Operand> arguments, Place place) {
        List<Fragment> degrees =
                arguments.stream().map(argument -> value(argument, place)).toList();
        var call = Fragment.of("CASE WHEN ");
        for (int i = 0; i < degrees.size(); i++) {
            call.add(i == 0 ? "typeof(" : " AND typeof(").add(degrees.get(i)).add(") IN ('integer', 'real')");
        }
        call.add(" THEN CAST(CAST(round(" + EARTH_RADIUS_KM + " * acos(min(1.0, max(-1.0, ");
        call.add("cos(").add(radians(degrees.get(1))).add(") * cos(").add(radians(degrees.get(3)));
        call.add(") * cos(").add(radians(degrees.get(2))).add(" - ").add(radians(degrees.get(0)));
        call.add(") + sin(").add(radians(degrees.get(1))).add(") * sin(").add(radians(degrees.get(3)));
        return call.add(")))), 3) AS TEXT) AS NUMERIC) END");
    }

    private static Fragment radians(Fragment degrees) {
        return Fragment.of("radians(").add(degrees).add(")");
    }

    private Fragment strftime(List<Operand> arguments, Place place) {
        var call = Fragment.of("strftime(");
        for (int i = 0; i < arguments.size(); i++) {
            call.add(i == 0 ? "" : ", ").add(value(arguments.get(i), place));
        }
        return call.add(")");
    }

    private Fragment size(Operand operand, Place place) {
        if (operand instanceof Operand.Member(FieldPath path, Modifier modifier)
                && modifier == Modifier.NONE
                && isDocument(path)) {
            String column = OperandWriter.column(path, place);
            String inside = inside(path);
            return Fragment.of("CASE WHEN json_valid(" + column + ") THEN CASE json_type(" + column + inside
                            + ") WHEN 'array' THEN json_array_length(" + column + inside
                            + ") WHEN 'object' THEN (SELECT COUNT(*) FROM json_each(" + column + inside
                            + ")) WHEN 'text' THEN length(")
                    .add(operands.stored(operand, place))
                    .add(") ELSE 0 END ELSE 0 END");
        }
        Fragment value = operands.stored(operand, place);
        return Fragment.of("CASE typeof(")
                .add(value)
                .add(") WHEN 'text' THEN length(")
                .add(value)
                .add(") ELSE 0 END");
    }

    private static boolean isDocument(FieldPath path) {
        FieldType.Shape shape = path.field().type().shape();
        return shape == FieldType.Shape.JSON
                || shape == FieldType.Shape.POINT
                || !path.inside().isEmpty();
    }

    private static String inside(FieldPath path) {
        return ", '" + OperandWriter.inside(path.inside()) + "'";
    }

    private Fragment contains(Operand holder, Operand wanted, Place place) {
        Fragment sought = text(wanted, place);
        Fragment inText = Fragment.of("(instr(")
                .add(text(holder, place))
                .add(", ")
                .add(sought)
                .add(") > 0)");
        return switch (holder) {
            case Operand.Member(FieldPath path, Modifier modifier)
            when modifier == Modifier.NONE && path.field().type().shape() == FieldType.Shape.LIST ->
                holds(Fragment.of(OperandWriter.list(OperandWriter.column(path, place))), sought);
            case Operand.Member(FieldPath path, Modifier modifier)
            when modifier == Modifier.NONE && isDocument(path) -> {
                String column = OperandWriter.column(path, place);
                yield Fragment.of("CASE CASE WHEN json_valid(" + column + ") THEN json_type(" + column + inside(path)
                                + ") END WHEN 'array' THEN ")
                        .add(holds(Fragment.of(column + inside(path)), sought))
                        .add(" WHEN 'object' THEN 0 ELSE ")
                        .add(inText)
                        .add(" END");
            }
            case RequestValue value
            when value.modifier() == Modifier.NONE -> {
                var list = new RequestValue(value.path(), Modifier.EACH);
                Fragment items = Fragment.bound(new Template.OrNull(operands.position(list)));
                yield Fragment.of("CASE WHEN ")
                        .add(items)
                        .add(" IS NULL THEN ")
                        .add(inText)
                        .add(" ELSE ")
                        .add(holds(items, sought))
                        .add(" END");
            }
            case Operand.Member _, Operand.Call _, Operand.Given _, Operand.Literal _ -> inText;
        };
    }

    private static Fragment holds(Fragment list, Fragment sought) {
        return Fragment.of("EXISTS (SELECT 1 FROM json_each(")
                .add(list)
                .add(") AS item WHERE item.type = 'text' AND item.value = ")
                .add(sought)
                .add(")");
    }

    /// By bytes: `length` ends at a NUL.
    private Fragment endsWith(Operand holder, Operand end, Place place) {
        Fragment sought = text(end, place);
        return Fragment.of("(")
                .add(sought)
                .add(" = '' OR substr(CAST(")
                .add(text(holder, place))
                .add(" AS BLOB), -octet_length(")
                .add(sought)
                .add(")) IS CAST(")
                .add(sought)
                .add(" AS BLOB))");
    }

    /// As it is, NULL when it is missing.
    private Fragment value(Operand operand, Place place) {
        return operand.stored()
                ? operands.stored(operand, place)
                : operands.bound(operand, Template::orNull, Template.OrNull::new);
    }

    /// As text, empty when it is missing.
    private Fragment text(Operand operand, Place place) {
        if (!operand.stored()) return operands.bound(operand, Template::text, Template.TextOf::new);
        return Fragment.of("CAST(COALESCE(").add(operands.spelt(operand, place)).add(", '') AS TEXT)");
    }
}
