package dev.ferritedb.kernel.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One step from the time given to `strftime` to the one it writes.
sealed interface TimeModifier {

    /// @return empty when there is no such moment, and so no answer
    Optional<SqliteMoment> applyTo(SqliteMoment moment);

    enum Span {
        DAY,
        MONTH,
        YEAR
    }

    /// What a number given as the time counts. Only the first modifier can say it.
    enum Counting implements TimeModifier {
        UNIXEPOCH,
        JULIANDAY,
        AUTO;

        Optional<SqliteMoment> count(double number) {
            return switch (this) {
                case UNIXEPOCH -> SqliteMoment.ofUnixSeconds(number);
                case JULIANDAY -> SqliteMoment.ofJulianDay(number);
                case AUTO -> SqliteMoment.ofDaysOrSeconds(number);
            };
        }

        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            return Optional.empty();
        }
    }

    /// Whether a day beyond the end of its month falls back to the last one.
    enum MonthEnd implements TimeModifier {
        FLOOR,
        CEILING;

        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            return switch (this) {
                case FLOOR -> moment.floor();
                case CEILING -> moment.withoutOvershoot();
            };
        }
    }

    /// Milliseconds in the seconds since 1970.
    record Subseconds() implements TimeModifier {
        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            return Optional.of(moment);
        }
    }

    record StartOf(Span span) implements TimeModifier {
        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            return moment.startOf(span);
        }
    }

    /// @param weekday from 0, Sunday, to 6
    /// @param back whether to the last such day, not to the next one, unless it is one already
    record Weekday(int weekday, boolean back) implements TimeModifier {
        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            return moment.toWeekday(weekday, back);
        }
    }

    /// @param seconds of one; a fraction of a month is one of 30 days, of a year one of 365
    /// @param months that a whole one moves in the calendar
    /// @param limit that an amount stays below
    enum Unit {
        SECOND(1, 0, 464_269_992_787_968L),
        MINUTE(60, 0, 7_737_900_007_424L),
        HOUR(3_600, 0, 128_969_998_336L),
        DAY(86_400, 0, 5_373_485),
        MONTH(2_592_000, 1, 176_546),
        YEAR(31_536_000, 12, 14_713);

        private final double seconds;
        private final int months;
        private final double limit;

        Unit(double seconds, int months, double limit) {
            this.seconds = seconds;
            this.months = months;
            this.limit = limit;
        }

        boolean allows(double amount) {
            return amount > -limit && amount < limit;
        }
    }

    record Shift(double amount, Unit unit) implements TimeModifier {
        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            if (unit.months == 0) return moment.withoutOvershoot().flatMap(counted -> rest(counted, amount));
            if (!moment.isCountable()) return Optional.empty();
            long whole = (long) amount;
            return moment.inUtc().plusMonths(whole * unit.months).flatMap(moved -> rest(moved, amount - whole));
        }

        private Optional<SqliteMoment> rest(SqliteMoment moment, double rest) {
            return moment.plus((long) (rest * 1000.0 * unit.seconds + (amount < 0 ? -0.5 : 0.5)));
        }
    }

    /// The two have the same sign.
    record DateShift(int months, int days) implements TimeModifier {
        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            return moment.plusMonths(months).flatMap(moved -> moved.plus(days * SqliteMoment.MILLIS_A_DAY));
        }
    }

    record ClockShift(long millis) implements TimeModifier {
        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            return moment.plus(millis);
        }
    }

    record Both(TimeModifier first, TimeModifier second) implements TimeModifier {
        @Override
        public Optional<SqliteMoment> applyTo(SqliteMoment moment) {
            return first.applyTo(moment).flatMap(second::applyTo);
        }
    }

    /// @throws IllegalArgumentException with the reason, when there is no such modifier
    static TimeModifier of(String text) {
        return Reading.read(text).orElseThrow(() -> new IllegalArgumentException(Reading.reason(text)));
    }
}

/// A modifier's text. ASCII letters may be capital ones.
final class Reading {
    private static final Pattern WORD =
            pattern("(start of )?(day|month|year)|unixepoch|julianday|auto|floor|ceiling|" + "(subsec(?:ond)?)");
    private static final Pattern ZONE = pattern("localtime|utc");
    private static final Pattern WEEKDAY = pattern("weekday (.*)");
    private static final Pattern SHIFT =
            pattern("([+-]?[0-9][^ \\t\\n\\x0B\\f\\r:]*|[+-]\\.[0-9][^ \\t\\n\\x0B\\f\\r:]*)[ \\t\\n\\x0B\\f\\r]+"
                    + "(second|minute|hour|day|month|year)s?");
    private static final Pattern DATE_SHIFT = pattern("([+-])([0-9]{4,5})-([0-9]{2})-([0-9]{2})(?: ([0-9].*))?");
    private static final Pattern CLOCK_SHIFT = pattern("([+-]?)([0-9].*)");
    private static final int LAST_YEARS = 14_712;

    private Reading() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    static Optional<TimeModifier> read(String text) {
        Matcher word = WORD.matcher(text);
        if (word.matches()) return word(text.toUpperCase(Locale.ROOT), word);
        Matcher weekday = WEEKDAY.matcher(text);
        if (weekday.matches()) return weekday(TimeText.number(weekday.group(1)));
        Matcher dateShift = DATE_SHIFT.matcher(text);
        if (dateShift.matches()) return dateShift(dateShift);
        Matcher shift = SHIFT.matcher(text);
        if (shift.matches()) return shift(TimeText.number(shift.group(1)), shift.group(2));
        Matcher clockShift = CLOCK_SHIFT.matcher(text);
        return clockShift.matches()
                ? clockShift(clockShift.group(2), clockShift.group(1).equals("-"))
                : Optional.empty();
    }

    private static Optional<TimeModifier> word(String text, Matcher word) {
        if (word.group(3) != null) return Optional.of(new TimeModifier.Subseconds());
        String span = word.group(2);
        if (span != null) {
            return word.group(1) == null
                    ? Optional.empty()
                    : Optional.of(new TimeModifier.StartOf(TimeModifier.Span.valueOf(span.toUpperCase(Locale.ROOT))));
        }
        return Optional.of(
                text.equals("FLOOR") || text.equals("CEILING")
                        ? TimeModifier.MonthEnd.valueOf(text)
                        : TimeModifier.Counting.valueOf(text));
    }

    private static Optional<TimeModifier> weekday(OptionalDouble number) {
        double weekday = number.orElse(7);
        return weekday > -7 && weekday < 7 && weekday == (int) weekday
                ? Optional.of(new TimeModifier.Weekday(Math.abs((int) weekday), Math.copySign(1, weekday) < 0))
                : Optional.empty();
    }

    private static Optional<TimeModifier> shift(OptionalDouble number, String unitName) {
        TimeModifier.Unit unit = TimeModifier.Unit.valueOf(unitName.toUpperCase(Locale.ROOT));
        double amount = number.orElse(Double.MAX_VALUE);
        return unit.allows(amount) ? Optional.of(new TimeModifier.Shift(amount, unit)) : Optional.empty();
    }

    private static Optional<TimeModifier> dateShift(Matcher parts) {
        int years = Integer.parseInt(parts.group(2));
        int months = Integer.parseInt(parts.group(3));
        int days = Integer.parseInt(parts.group(4));
        if (years > LAST_YEARS || months > 11 || days > 30) return Optional.empty();
        boolean back = parts.group(1).equals("-");
        int sign = back ? -1 : 1;
        var date = new TimeModifier.DateShift(sign * (years * 12 + months), sign * days);
        String clock = parts.group(5);
        return clock == null
                ? Optional.of(date)
                : clockShift(clock, back).map(time -> new TimeModifier.Both(date, time));
    }

    /// No more than a day: 24:00 is none.
    private static Optional<TimeModifier> clockShift(String text, boolean back) {
        return TimeText.clock(text).map(clock -> {
            long millis = Math.floorMod(clock.millis(), SqliteMoment.MILLIS_A_DAY);
            return new TimeModifier.ClockShift(back ? -millis : millis);
        });
    }

    static String reason(String text) {
        return ZONE.matcher(text).matches()
                ? "strftime does not take '" + text + "': its answer must not depend on the server's time zone"
                : "strftime has no modifier '" + text + "'";
    }
}
