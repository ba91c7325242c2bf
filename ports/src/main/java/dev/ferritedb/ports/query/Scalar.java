package dev.ferritedb.ports.query;

import dev.ferritedb.ports.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;

/// What a comparison sees of a value. Truth is 1 or 0, a list or document is its JSON text. Numbers come before
/// text, and text compares by code point.
public sealed interface Scalar {

    /// No value at all: a related record that is not there, JSON's null, what the request does not have.
    enum Missing implements Scalar {
        MISSING
    }

    record Whole(long number) implements Scalar {}

    /// A number that is no [Whole]: it has a fraction or lies beyond 64 bits.
    record Real(double number) implements Scalar {}

    record Text(String text) implements Scalar {
        public static final Text EMPTY = new Text("");

        public Text {
            Objects.requireNonNull(text);
        }
    }

    Missing MISSING = Missing.MISSING;
    Scalar ONE = new Whole(1);
    Scalar ZERO = new Whole(0);

    /// @param value no list and no document: those come as their JSON text
    static Scalar of(Value value) {
        return switch (value) {
            case Value.Nothing _ -> MISSING;
            case Value.Text text -> text(text.text());
            case Value.Number number -> number(number.number());
            case Value.Exact exact -> number(exact.number());
            case Value.Truth truth -> truth(truth.truth());
            case Value.Items _, Value.Members _, Value.Json _ ->
                throw new IllegalArgumentException(
                        "no scalar: " + value.getClass().getSimpleName());
        };
    }

    static Scalar text(String text) {
        return text.isEmpty() ? Text.EMPTY : new Text(text);
    }

    static Scalar truth(boolean truth) {
        return truth ? ONE : ZERO;
    }

    static Scalar number(double number) {
        long whole = (long) number;
        boolean fits = whole == number && whole > Long.MIN_VALUE && whole < Long.MAX_VALUE;
        return fits ? new Whole(whole) : new Real(number);
    }

    private static Scalar number(BigDecimal number) {
        if (number.precision() - number.scale() > MAX_DIGITS
                || number.stripTrailingZeros().scale() > 0) {
            return new Real(number.doubleValue());
        }
        return number.compareTo(MAX_WHOLE) <= 0 && number.compareTo(MIN_WHOLE) >= 0
                ? new Whole(number.longValue())
                : new Real(number.doubleValue());
    }

    /// Whether it is missing or the empty text.
    default boolean isEmpty() {
        return switch (this) {
            case Missing _ -> true;
            case Text text -> text.text.isEmpty();
            case Whole _, Real _ -> false;
        };
    }

    /// @return the number a text spells, blanks around it allowed; anything else as it is
    default Scalar asNumber() {
        return this instanceof Text text ? Spelling.numberOf(text) : this;
    }

    /// @return the text of a number; anything else as it is
    default Scalar asText() {
        return switch (this) {
            case Whole whole -> new Text(Long.toString(whole.number));
            case Real real -> new Text(Spelling.of(real.number));
            case Text _, Missing _ -> this;
        };
    }

    BigDecimal MAX_WHOLE = BigDecimal.valueOf(Long.MAX_VALUE);
    BigDecimal MIN_WHOLE = BigDecimal.valueOf(Long.MIN_VALUE);
    int MAX_DIGITS = 19;
}

/// Numbers as text and back. A number with a fraction, or beyond 64 bits, is spelt with 15 digits at the most and
/// always with a point, so that `0.1 + 0.2` reads `0.3`.
final class Spelling {
    private static final MathContext FIFTEEN_DIGITS = new MathContext(15, RoundingMode.HALF_UP);

    private Spelling() {}

    static String of(double number) {
        if (Double.isInfinite(number)) return number > 0 ? "Inf" : "-Inf";
        BigDecimal rounded = new BigDecimal(number).round(FIFTEEN_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < FIFTEEN_DIGITS.getPrecision()) {
            String plain = rounded.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = rounded.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return (number < 0 ? "-" : "") + digits.charAt(0) + "." + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
    }

    static Scalar numberOf(Scalar.Text text) {
        String spelt = text.text();
        int end = spelt.length();
        int start = 0;
        while (start < end && blank(spelt.charAt(start))) start++;
        while (end > start && blank(spelt.charAt(end - 1))) end--;
        int at = start;
        if (at < end && (spelt.charAt(at) == '-' || spelt.charAt(at) == '+')) at++;
        int whole = digits(spelt, at, end);
        int after = at + whole;
        int fraction = 0;
        boolean isWhole = true;
        if (after < end && spelt.charAt(after) == '.') {
            isWhole = false;
            fraction = digits(spelt, after + 1, end);
            after += 1 + fraction;
        }
        if (whole + fraction == 0) return text;
        if (after < end && (spelt.charAt(after) == 'e' || spelt.charAt(after) == 'E')) {
            isWhole = false;
            int sign = after + 1 < end && (spelt.charAt(after + 1) == '-' || spelt.charAt(after + 1) == '+') ? 1 : 0;
            int exponent = digits(spelt, after + 1 + sign, end);
            if (exponent == 0) return text;
            after += 1 + sign + exponent;
        }
        if (after != end) return text;
        if (isWhole && whole < 19) return new Scalar.Whole(Long.parseLong(spelt, start, end, 10));
        if (isWhole && whole < 40) {
            return Scalar.of(new Value.Exact(new BigDecimal(spelt.substring(start, end))));
        }
        return Scalar.number(Double.parseDouble(spelt.substring(start, end)));
    }

    private static int digits(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
        return at - from;
    }

    private static boolean blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
