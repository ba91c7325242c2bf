package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Scalar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// `strftime(format, time, modifiers…)` as the store answers it. Source: the wire contract, section 15.5.
final class Strftime {
    private static final String SPECIFIERS = "defFgGHIjJklmMpPRsSTuUVwWY%";
    private static final MathContext SIXTEEN_DIGITS = new MathContext(16, RoundingMode.HALF_UP);
    private static final double LAST_SECOND = 59.999;

    private final String format;
    private final List<TimeModifier> modifiers;

    private Strftime(String format, List<TimeModifier> modifiers) {
        this.format = format;
        this.modifiers = modifiers;
    }

    /// @throws IllegalArgumentException with the reason, when the format or a modifier is not understood, or takes
    /// the server's time zone
    static Strftime of(String format, List<String> modifiers) {
        String upToEnd = upToNul(format);
        for (int i = upToEnd.indexOf('%'); i >= 0; i = upToEnd.indexOf('%', i + 2)) {
            if (i + 1 == upToEnd.length()) throw new IllegalArgumentException("strftime's format ends in a lone '%'");
            int specifier = upToEnd.codePointAt(i + 1);
            if (SPECIFIERS.indexOf(specifier) < 0) {
                throw new IllegalArgumentException("strftime has no '%" + Character.toString(specifier) + "'");
            }
        }
        return new Strftime(
                upToEnd,
                modifiers.stream().map(Strftime::upToNul).map(TimeModifier::of).toList());
    }

    private static String upToNul(String text) {
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    /// @return missing when `time` can't be read, or when it or what the modifiers make of it is beyond the year
    /// 9999 or the year -4713
    Scalar at(Scalar time, Instant now) {
        String text = time instanceof Scalar.Text(String spelt) ? upToNul(spelt) : "";
        Optional<SqliteMoment> moment = start(time, text, now);
        for (TimeModifier modifier : counting().isPresent() ? modifiers.subList(1, modifiers.size()) : modifiers) {
            moment = moment.flatMap(modifier::applyTo);
        }
        boolean subseconds = TimeText.asksForSubseconds(text)
                || modifiers.stream().anyMatch(modifier -> modifier instanceof TimeModifier.Subseconds);
        return moment.filter(SqliteMoment::inRange)
                .map(found -> modifiers.isEmpty() ? found.inUtc().onCalendar() : found.inUtc())
                .map(found -> Scalar.text(write(found, subseconds)))
                .orElse(Scalar.MISSING);
    }

    private Optional<SqliteMoment> start(Scalar time, String text, Instant now) {
        return switch (time) {
            case Scalar.Missing _ -> Optional.empty();
            case Scalar.Whole whole -> ofNumber(whole.number());
            case Scalar.Real real -> ofNumber(real.number());
            case Scalar.Text _ -> {
                OptionalDouble number = TimeText.number(text);
                if (number.isPresent()) yield ofNumber(number.getAsDouble());
                boolean countsNumbersOnly = counting()
                        .filter(counting -> counting != TimeModifier.Counting.AUTO)
                        .isPresent();
                yield countsNumbersOnly ? Optional.empty() : TimeText.moment(text, now);
            }
        };
    }

    private Optional<SqliteMoment> ofNumber(double number) {
        return counting().orElse(TimeModifier.Counting.JULIANDAY).count(number);
    }

    private Optional<TimeModifier.Counting> counting() {
        return !modifiers.isEmpty() && modifiers.getFirst() instanceof TimeModifier.Counting counting
                ? Optional.of(counting)
                : Optional.empty();
    }

    private String write(SqliteMoment moment, boolean subseconds) {
        var written = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%') written.append(part(format.charAt(++i), moment, subseconds));
            else written.append(c);
        }
        return written.toString();
    }

    private static String part(char specifier, SqliteMoment moment, boolean subseconds) {
        int hour12 = (moment.hour() + 11) % 12 + 1;
        return switch (specifier) {
            case 'd' -> padded("%02d", moment.day());
            case 'e' -> padded("%2d", moment.day());
            case 'f' -> seconds(moment.second());
            case 'F' -> year(moment.year()) + padded("-%02d", moment.month()) + padded("-%02d", moment.day());
            case 'g' -> padded("%02d", weekYear(moment) % 100);
            case 'G' -> year(weekYear(moment));
            case 'H' -> padded("%02d", moment.hour());
            case 'I' -> padded("%02d", hour12);
            case 'j' -> padded("%03d", moment.date().getDayOfYear());
            case 'J' -> sixteenDigits(moment.julianDay());
            case 'k' -> padded("%2d", moment.hour());
            case 'l' -> padded("%2d", hour12);
            case 'm' -> padded("%02d", moment.month());
            case 'M' -> padded("%02d", moment.minute());
            case 'p' -> moment.hour() < 12 ? "AM" : "PM";
            case 'P' -> moment.hour() < 12 ? "am" : "pm";
            case 'R' -> padded("%02d", moment.hour()) + padded(":%02d", moment.minute());
            case 's' ->
                subseconds
                        ? BigDecimal.valueOf(moment.unixMillis(), 3).toPlainString()
                        : Long.toString(moment.unixSeconds());
            case 'S' -> padded("%02d", (int) moment.second());
            case 'T' ->
                padded("%02d", moment.hour())
                        + padded(":%02d", moment.minute())
                        + padded(":%02d", (int) moment.second());
            case 'u' -> Integer.toString(moment.date().getDayOfWeek().getValue());
            case 'U' -> padded("%02d", (moment.date().getDayOfYear() + 6 - moment.weekday()) / 7);
            case 'V' -> padded("%02d", moment.date().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> Integer.toString(moment.weekday());
            case 'W' ->
                padded("%02d", (moment.date().getDayOfYear() + 7 - moment.date().get(ChronoField.DAY_OF_WEEK)) / 7);
            case 'Y' -> year(moment.year());
            case '%' -> "%";
            default -> throw new IllegalStateException("specifier " + specifier);
        };
    }

    private static String padded(String format, int number) {
        return String.format(Locale.ROOT, format, number);
    }

    private static String year(int year) {
        return padded("%04d", year);
    }

    private static int weekYear(SqliteMoment moment) {
        return moment.date().get(IsoFields.WEEK_BASED_YEAR);
    }

    private static String seconds(double second) {
        String text = new BigDecimal(Math.min(second, LAST_SECOND))
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
        return second < 10 ? "0" + text : text;
    }

    private static String sixteenDigits(double number) {
        BigDecimal rounded = new BigDecimal(number).round(SIXTEEN_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (rounded.signum() == 0 || exponent >= -4) return rounded.toPlainString();
        String digits = rounded.unscaledValue().toString();
        return digits.charAt(0)
                + (digits.length() == 1 ? "" : "." + digits.substring(1))
                + String.format(Locale.ROOT, "e-%02d", -exponent);
    }
}
