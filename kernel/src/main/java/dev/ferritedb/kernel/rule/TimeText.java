package dev.ferritedb.kernel.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts that the store reads as a time: `2026-05-01`, with ` 10:20`, `T10:20:30.5` or `10:20Z+02:00` behind
/// it, a time alone (of 1 January 2000), `now`, or the number of a julian day.
final class TimeText {
    static final String BLANKS = "[ \\t\\n\\x0B\\f\\r]*+";

    private static final Pattern CLOCK = Pattern.compile("(?<hour>[0-9]{2}):(?<minute>[0-9]{2})"
            + "(?::(?<second>[0-9]{2})(?:\\.(?<fraction>[0-9]++))?)?" + BLANKS
            + "(?:[zZ]|(?<sign>[+-])(?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2}))?" + BLANKS);
    private static final Pattern DATE =
            Pattern.compile("(?<sign>-?)(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})[T \\t\\n\\x0B\\f\\r]*+");
    private static final Pattern NUMBER = Pattern.compile(
            BLANKS + "(?<number>[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?)" + BLANKS);
    private static final Pattern NOW = Pattern.compile("now|subsec(ond)?", Pattern.CASE_INSENSITIVE);
    private static final int LAST_OFFSET_HOUR = 14;
    private static final double LARGEST_FRACTION = 0.999;

    private TimeText() {}

    /// @param second with its fraction, which is never more than 0.999
    /// @param offset minutes east of UTC
    record Clock(int hour, int minute, double second, int offset) {
        static final Clock MIDNIGHT = new Clock(0, 0, 0, 0);

        long millis() {
            return (hour * 60L + minute - offset) * 60_000 + (long) (second * 1000 + 0.5);
        }
    }

    /// @return empty when it is neither a date nor a time nor `now`
    static Optional<SqliteMoment> moment(String text, Instant now) {
        Matcher date = DATE.matcher(text);
        if (date.lookingAt()) {
            int month = Integer.parseInt(date.group("month"));
            int day = Integer.parseInt(date.group("day"));
            if (month < 1 || month > 12 || day < 1 || day > 31) return Optional.empty();
            int year = Integer.parseInt(date.group("year"));
            boolean negative = date.group("sign").equals("-");
            String rest = text.substring(date.end());
            return rest.isEmpty()
                    ? Optional.of(SqliteMoment.written(negative ? -year : year, month, day))
                    : clock(rest).flatMap(clock -> at(negative, year, month, day, clock));
        }
        if (NOW.matcher(text).matches()) return Optional.of(SqliteMoment.of(now));
        return clock(text).map(clock -> {
            boolean elsewhere = clock.offset != 0 || clock.hour == 24;
            return elsewhere ? SqliteMoment.elsewhere(2000, 1, 1, clock) : SqliteMoment.written(2000, 1, 1, clock);
        });
    }

    /// 24:00 is the next day, the year counted without its sign: the day after 31 December -0005 is in the year
    /// -0006.
    private static Optional<SqliteMoment> at(boolean negative, int year, int month, int day, Clock clock) {
        if (clock.hour == 24) {
            LocalDate next = LocalDate.of(year, month, 1).plusDays(day);
            var midnight = new Clock(0, 0, 0, clock.offset);
            return at(negative, next.getYear(), next.getMonthValue(), next.getDayOfMonth(), midnight);
        }
        var written = SqliteMoment.written(negative ? -year : year, month, day, clock);
        return clock.offset == 0 ? Optional.of(written) : written.plus(0);
    }

    static Optional<Clock> clock(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (!clock.matches()) return Optional.empty();
        int hour = Integer.parseInt(clock.group("hour"));
        int minute = Integer.parseInt(clock.group("minute"));
        int wholeSecond = part(clock, "second").map(Integer::parseInt).orElse(0);
        int offsetHour = part(clock, "offsetHour").map(Integer::parseInt).orElse(0);
        int offsetMinute = part(clock, "offsetMinute").map(Integer::parseInt).orElse(0);
        double second =
                wholeSecond + part(clock, "fraction").map(TimeText::fraction).orElse(0.0);
        if (Double.isNaN(second)) return Optional.empty();
        boolean past24 = hour == 24 && (minute > 0 || second > 0);
        if (hour > 24 || past24 || minute > 59 || wholeSecond > 59) return Optional.empty();
        if (offsetHour > LAST_OFFSET_HOUR || offsetMinute > 59) return Optional.empty();
        int offset = offsetHour * 60 + offsetMinute;
        boolean west = part(clock, "sign").filter("-"::equals).isPresent();
        return Optional.of(new Clock(hour, minute, second, west ? -offset : offset));
    }

    private static Optional<String> part(Matcher matcher, String name) {
        return Optional.ofNullable(matcher.group(name));
    }

    /// @return NaN for more than 300 digits, which the store does not read either
    private static double fraction(String digits) {
        double sum = 0;
        double scale = 1;
        for (int i = 0; i < digits.length(); i++) {
            sum = sum * 10 + (digits.charAt(i) - '0');
            scale *= 10;
        }
        return Math.min(sum / scale, LARGEST_FRACTION);
    }

    /// @return the number that the whole text spells, blanks around it allowed
    static OptionalDouble number(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.matches()
                ? OptionalDouble.of(Double.parseDouble(number.group("number")))
                : OptionalDouble.empty();
    }

    static boolean asksForSubseconds(String text) {
        return text.length() > 3 && NOW.matcher(text).matches();
    }
}
