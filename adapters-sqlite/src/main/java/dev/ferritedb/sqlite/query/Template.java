package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.LikePattern;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;

/// SQL, and where each of its binds comes from.
record Template(String sql, List<Bind> binds) {
    Template {
        binds = List.copyOf(binds);
    }

    sealed interface Bind {}

    record Fixed(Object value) implements Bind {}

    /// The given at `position`, read as the stored side asks; NULL when it is missing.
    record FromGiven(int position, Operand.Reading reading) implements Bind {}

    /// The given at `position` as the pattern of a `~`.
    record PatternOf(int position) implements Bind {}

    /// The given at `position` as it is, NULL when it is missing.
    record OrNull(int position) implements Bind {}

    /// The given at `position` as text, empty when it is missing.
    record TextOf(int position) implements Bind {}

    /// The given at `position` as it stands within a JSON text, empty where that would spell it otherwise.
    record Within(int position) implements Bind {}

    enum Slot implements Bind {
        ID,
        LIMIT,
        OFFSET
    }

    CompiledQuery bind(Scalar[] givens, String id, long limit, long offset) {
        var values = new ArrayList<Object>(binds.size());
        for (Bind bind : binds) {
            values.add(
                    switch (bind) {
                        case Fixed fixed -> fixed.value;
                        case FromGiven(int position, Operand.Reading reading) -> orNull(reading.read(givens[position]));
                        case PatternOf(int position) -> pattern(givens[position]);
                        case OrNull(int position) -> orNull(givens[position]);
                        case TextOf(int position) -> text(givens[position]);
                        case Within(int position) -> within(givens[position]);
                        case Slot slot ->
                            switch (slot) {
                                case ID -> id;
                                case LIMIT -> limit;
                                case OFFSET -> offset;
                            };
                    });
        }
        return new CompiledQuery(sql, values);
    }

    static Object sqlValue(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text text -> text.text();
            case Scalar.Whole whole -> whole.number();
            case Scalar.Real real -> real.number();
            case Scalar.Missing _ -> throw new IllegalStateException("a missing value is never bound");
        };
    }

    static Object orNull(Scalar scalar) {
        return scalar == Scalar.MISSING ? Value.NOTHING : sqlValue(scalar);
    }

    static String text(Scalar scalar) {
        return scalar.asText() instanceof Scalar.Text text ? text.text() : "";
    }

    static String within(Scalar scalar) {
        if (!(scalar instanceof Scalar.Text(String text))) return "";
        return text.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\') ? text : "";
    }

    static String pattern(Scalar given) {
        return LikePattern.of(text(given));
    }
}
