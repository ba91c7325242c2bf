package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Operand.RequestValue;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.schema.FieldType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/// Writes the values that conditions compare.
final class OperandWriter {
    private final Map<Operand.Given, Integer> givens;
    private final FunctionWriter functions = new FunctionWriter(this);

    OperandWriter(Map<Operand.Given, Integer> givens) {
        this.givens = givens;
    }

    int position(Operand.Given given) {
        Integer position = givens.get(given);
        if (position == null) throw new IllegalStateException("not collected: " + given);
        return position;
    }

    /// A value that is not stored, read as the stored side asks.
    Fragment constant(Operand constant, Operand.Reading reading) {
        return bound(
                constant,
                scalar -> Template.sqlValue(reading.read(scalar)),
                position -> new Template.FromGiven(position, reading));
    }

    /// A value that is not stored, to be looked for in the JSON text of a list.
    Fragment within(Operand constant) {
        return bound(constant, Template::within, Template.Within::new);
    }

    /// A value that is not stored.
    ///
    /// @param written what is bound for a literal
    /// @param given what binds the given at a position
    Fragment bound(Operand constant, Function<Scalar, Object> written, IntFunction<Template.Bind> given) {
        return Fragment.bound(
                switch (constant) {
                    case Operand.Literal literal -> new Template.Fixed(written.apply(Scalar.of(literal.value())));
                    case Operand.Given open -> given.apply(position(open));
                    case Operand.Member _, Operand.Call _ ->
                        throw new IllegalStateException("a stored value is no constant");
                });
    }

    /// A stored value.
    Fragment stored(Operand operand, Place place) {
        return switch (operand) {
            case Operand.Member member -> Fragment.of(member(member, place));
            case RequestValue item -> Fragment.of(place.item(new Rows.SentItems(item)));
            case Operand.Call(var function, List<Operand> arguments) -> functions.call(function, arguments, place);
            case Operand.Literal _, Operand.Moment _, Operand.Computed _ ->
                throw new IllegalStateException("a constant is not stored");
        };
    }

    private static String member(Operand.Member member, Place place) {
        FieldPath path = member.path();
        if (member.modifier() == Modifier.EACH) return place.item(new Rows.Items(path.hops(), path.field()));
        String column = column(path, place);
        FieldType.Shape shape = path.field().type().shape();
        return switch (member.modifier()) {
            case NONE -> value(path, column);
            case LOWER -> "LOWER(" + spelt(value(path, column), shape) + ")";
            case LENGTH ->
                shape == FieldType.Shape.LIST
                        ? "CASE WHEN json_valid(" + column + ") THEN json_array_length(" + column + ") ELSE 0 END"
                        : "CASE WHEN " + column + " <> '' THEN 1 ELSE 0 END";
            case EACH, ISSET, CHANGED -> throw new IllegalStateException("no column: " + member.modifier());
        };
    }

    static String column(FieldPath path, Place place) {
        return place.alias(path.hops()) + "." + QueryWriter.quoted(path.field().name());
    }

    /// A column that holds a list, for `json_each`, which fails on anything else. Where a condition beside it
    /// says that the column equals some text, SQLite puts that text in its place.
    static String list(String column) {
        return "CASE WHEN json_valid(" + column + ") THEN " + column + " END";
    }

    private static String value(FieldPath path, String column) {
        if (!path.inside().isEmpty()) {
            return "CASE WHEN json_valid(" + column + ") THEN json_extract(" + column + ", '" + inside(path.inside())
                    + "') END";
        }
        if (path.field().type().shape() != FieldType.Shape.JSON) return column;
        return "CASE WHEN json_valid(" + column + ") THEN json_extract(" + column + ", '$') ELSE " + column + " END";
    }

    /// Beside a text column a document's number is compared as text.
    Fragment beside(Operand operand, Operand other, Place place) {
        boolean asText = operand.strict() && other.reading() == Operand.Reading.AS_TEXT;
        return asText ? spelt(operand, place) : stored(operand, place);
    }

    /// A stored value as text.
    Fragment spelt(Operand operand, Place place) {
        Fragment value = stored(operand, place);
        return switch (operand) {
            case Operand.Member member ->
                member.modifier() == Modifier.NONE
                        ? Fragment.of(
                                spelt(value.sql(), member.path().field().type().shape()))
                        : value;
            case Operand.Call _, Operand.Given _, Operand.Literal _ -> numbersSpelt(value);
        };
    }

    /// SQLite's own spelling of a float has 17 digits, and not always the nearest ones.
    private static String spelt(String value, FieldType.Shape shape) {
        return switch (shape) {
            case NUMBER, JSON, POINT -> numbersSpelt(Fragment.of(value)).sql();
            case TEXT, TRUTH, LIST -> value;
        };
    }

    private static Fragment numbersSpelt(Fragment value) {
        return Fragment.of("CASE typeof(")
                .add(value)
                .add(") WHEN 'real' THEN printf('%!.15g', ")
                .add(value)
                .add(") ELSE ")
                .add(value)
                .add(" END");
    }

    /// The way as SQLite spells it: digits are a position, anything else a key.
    static String inside(List<String> way) {
        var path = new StringBuilder("$");
        for (String step : way) {
            boolean position = step.chars().allMatch(c -> c >= '0' && c <= '9');
            if (position) path.append('[').append(step).append(']');
            else path.append(".\"").append(step.replace("'", "''")).append('"');
        }
        return path.toString();
    }
}
