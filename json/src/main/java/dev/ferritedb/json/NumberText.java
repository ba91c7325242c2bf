package dev.ferritedb.json;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as JSON text in their shortest spelling that reads back the same: decimals from 1e-6 up to below 1e21,
/// `1e-7` and `1e+21` beyond. JavaScript and Go's encoder spell them so.
final class NumberText {
    private static final double WHOLE_MAX = 1L << 53;

    private NumberText() {}

    /// @throws IllegalArgumentException for NaN and the infinities, which JSON has no text for
    static String of(double number) {
        if (!Double.isFinite(number)) throw new IllegalArgumentException("JSON has no text for " + number);
        if (number == Math.rint(number) && Math.abs(number) < WHOLE_MAX) {
            boolean negativeZero = number == 0 && 1 / number < 0;
            return negativeZero ? "-0" : Long.toString((long) number);
        }
        return spelled(number);
    }

    static String of(BigDecimal number) {
        return number.toString().replace('E', 'e');
    }

    private static String spelled(double number) {
        String shortest = Double.toString(Math.abs(number));
        int exponentMark = shortest.indexOf('E');
        String mantissa = exponentMark < 0 ? shortest : shortest.substring(0, exponentMark);
        int exponent = exponentMark < 0 ? 0 : Integer.parseInt(shortest.substring(exponentMark + 1));
        int point = mantissa.indexOf('.');
        String allDigits = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int first = 0;
        while (allDigits.charAt(first) == '0') first++;
        int end = allDigits.length();
        while (allDigits.charAt(end - 1) == '0') end--;
        String digits = allDigits.substring(first, end);
        int scientific = exponent + point - 1 - first;

        var text = new StringBuilder(26);
        if (number < 0) text.append('-');
        if (scientific < -6 || scientific >= 21) {
            appendScientific(text, shortened(digits, scientific, Math.abs(number)), scientific);
        } else if (scientific < 0) {
            text.append("0.").repeat('0', -scientific - 1).append(digits);
        } else if (digits.length() <= scientific + 1) {
            text.append(digits).repeat('0', scientific + 1 - digits.length());
        } else {
            text.append(digits, 0, scientific + 1).append('.').append(digits, scientific + 1, digits.length());
        }
        return text.toString();
    }

    private static void appendScientific(StringBuilder text, String digits, int exponent) {
        text.append(digits.charAt(0));
        if (digits.length() > 1) text.append('.').append(digits, 1, digits.length());
        text.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent));
    }

    /// [Double#toString] never gives fewer than two digits; at the end of the range one may do.
    private static String shortened(String digits, int exponent, double number) {
        if (digits.length() != 2) return digits;
        String rounded = new BigDecimal(digits)
                .movePointLeft(1)
                .setScale(0, RoundingMode.HALF_UP)
                .toPlainString();
        return rounded.length() == 1 && Double.parseDouble(rounded + "e" + exponent) == number ? rounded : digits;
    }
}
