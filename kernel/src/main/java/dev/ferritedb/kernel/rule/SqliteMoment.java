package dev.ferritedb.kernel.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/// A moment as the store counts it: whole milliseconds since noon of 24 November of the year -4713, next to its
/// calendar fields. Fields that come from a text stay as written until a modifier moves the moment: 30 February is
/// still the 30th, and half a millisecond is still there.
///
/// @param overshoot the days by which [#day] was beyond the end of its month; `floor` takes them back
record SqliteMoment(
        long millis, int year, int month, int day, int hour, int minute, double second, int overshoot, Origin origin) {

    /// Where the calendar fields come from.
    enum Origin {
        COUNTED,
        WRITTEN,
        /// A date without a time.
        DATE,
        /// A time without a date that is not in UTC, or 24:00. What moves by the date first takes it for UTC.
        ELSEWHERE
    }

    static final long MILLIS_A_DAY = 86_400_000;
    private static final long MILLIS_OF_1970 = 210_866_760_000_000L;
    private static final long LAST_MILLI = 464_269_060_799_999L;
    private static final int FIRST_YEAR = -4713;
    private static final int LAST_YEAR = 9999;
    private static final double DAYS_END = 5_373_484.5;
    private static final double AUTO_FIRST_SECOND = -210_866_760_000.0;
    private static final double AUTO_LAST_SECOND = 253_402_300_799.0;

    /// @param day from 1 to 31, also in a shorter month
    static SqliteMoment written(int year, int month, int day, TimeText.Clock clock) {
        return fromText(year, month, day, clock, Origin.WRITTEN);
    }

    static SqliteMoment written(int year, int month, int day) {
        return fromText(year, month, day, TimeText.Clock.MIDNIGHT, Origin.DATE);
    }

    /// @param clock not in UTC, or 24:00
    static SqliteMoment elsewhere(int year, int month, int day, TimeText.Clock clock) {
        return fromText(year, month, day, clock, Origin.ELSEWHERE);
    }

    private static SqliteMoment fromText(int year, int month, int day, TimeText.Clock clock, Origin origin) {
        long days = LocalDate.of(year, month, 1).toEpochDay() + day - 1;
        long millis = days * MILLIS_A_DAY + MILLIS_OF_1970 + clock.millis();
        int overshoot = Math.max(0, day - YearMonth.of(year, month).lengthOfMonth());
        return new SqliteMoment(
                millis, year, month, day, clock.hour(), clock.minute(), clock.second(), overshoot, origin);
    }

    static SqliteMoment of(Instant instant) {
        return counted(instant.toEpochMilli() + MILLIS_OF_1970, 0);
    }

    /// @return empty beyond the days that can be counted
    static Optional<SqliteMoment> ofJulianDay(double days) {
        return days >= 0 && days < DAYS_END
                ? Optional.of(counted((long) (days * MILLIS_A_DAY + 0.5), 0))
                : Optional.empty();
    }

    /// @return empty beyond the seconds that can be counted
    static Optional<SqliteMoment> ofUnixSeconds(double seconds) {
        double millis = seconds * 1000.0 + MILLIS_OF_1970;
        return millis >= 0 && millis < LAST_MILLI + 1
                ? Optional.of(counted((long) (millis + 0.5), 0))
                : Optional.empty();
    }

    /// Days where those can be counted, else seconds since 1970.
    static Optional<SqliteMoment> ofDaysOrSeconds(double number) {
        Optional<SqliteMoment> day = ofJulianDay(number);
        if (day.isPresent()) return day;
        return number >= AUTO_FIRST_SECOND && number <= AUTO_LAST_SECOND ? ofUnixSeconds(number) : Optional.empty();
    }

    private static SqliteMoment counted(long millis, int overshoot) {
        long since1970 = millis - MILLIS_OF_1970;
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(since1970, MILLIS_A_DAY));
        int ofDay = Math.floorMod(since1970, (int) MILLIS_A_DAY);
        return new SqliteMoment(
                millis,
                date.getYear(),
                date.getMonthValue(),
                date.getDayOfMonth(),
                ofDay / 3_600_000,
                ofDay / 60_000 % 60,
                ofDay % 60_000 / 1000.0,
                overshoot,
                Origin.COUNTED);
    }

    boolean inRange() {
        return millis >= 0 && millis <= LAST_MILLI;
    }

    /// Whether its year, if written, is one that is counted. An earlier one may be written, but only its date
    /// moves.
    boolean isCountable() {
        return origin == Origin.COUNTED || (year >= FIRST_YEAR && year <= LAST_YEAR);
    }

    /// A moment that was counted out of the range has no date, but may be counted back.
    private boolean hasDate() {
        return origin != Origin.COUNTED || inRange();
    }

    Optional<SqliteMoment> plus(long moreMillis) {
        return isCountable() ? Optional.of(counted(millis + moreMillis, overshoot)) : Optional.empty();
    }

    Optional<SqliteMoment> withoutOvershoot() {
        return isCountable() ? Optional.of(counted(millis, 0)) : Optional.empty();
    }

    Optional<SqliteMoment> floor() {
        return plus(-overshoot * MILLIS_A_DAY);
    }

    /// The day is kept, however long the month that it ends up in.
    Optional<SqliteMoment> plusMonths(long months) {
        if (!hasDate() || (origin == Origin.DATE && !isCountable())) return Optional.empty();
        SqliteMoment from = asIfInUtc();
        long total = year * 12L + month - 1 + months;
        var moved = written((int) Math.floorDiv(total, 12L), Math.floorMod(total, 12) + 1, day, clock());
        if (!moved.isCountable()) return Optional.empty();
        return origin == Origin.ELSEWHERE ? moved.plus(millis - from.millis) : Optional.of(moved);
    }

    /// @param back whether to the last such day, not to the next one, unless it is one already
    Optional<SqliteMoment> toWeekday(int weekday, boolean back) {
        if (!hasDate()) return Optional.empty();
        SqliteMoment from = asIfInUtc();
        int days = weekday - from.weekday();
        if (back && days > 0) days -= 7;
        if (!back && days < 0) days += 7;
        return from.plus(days * MILLIS_A_DAY);
    }

    Optional<SqliteMoment> startOf(TimeModifier.Span span) {
        if (!hasDate()) return Optional.empty();
        var start = written(
                year,
                span == TimeModifier.Span.YEAR ? 1 : month,
                span == TimeModifier.Span.DAY ? day : 1,
                TimeText.Clock.MIDNIGHT);
        return Optional.of(
                new SqliteMoment(start.millis, start.year, start.month, start.day, 0, 0, 0, overshoot, Origin.WRITTEN));
    }

    private SqliteMoment asIfInUtc() {
        return origin == Origin.ELSEWHERE ? written(year, month, day, clock()) : this;
    }

    private TimeText.Clock clock() {
        return new TimeText.Clock(hour, minute, second, 0);
    }

    SqliteMoment inUtc() {
        return origin == Origin.ELSEWHERE ? counted(millis, overshoot) : this;
    }

    /// The date as the calendar has it: 30 February is a day in March. The time stays as it was written.
    SqliteMoment onCalendar() {
        SqliteMoment counted = counted(millis, overshoot);
        return new SqliteMoment(
                millis, counted.year, counted.month, counted.day, hour, minute, second, overshoot, origin);
    }

    double julianDay() {
        return millis / (double) MILLIS_A_DAY;
    }

    long unixSeconds() {
        return millis / 1000 - MILLIS_OF_1970 / 1000;
    }

    long unixMillis() {
        return millis - MILLIS_OF_1970;
    }

    /// The day by the calendar, whatever was written.
    LocalDate date() {
        return LocalDate.ofEpochDay(Math.floorDiv(unixMillis(), MILLIS_A_DAY));
    }

    /// From 0, Sunday, to 6; before the countable days from -6, as the store has it.
    int weekday() {
        return (int) ((millis + MILLIS_A_DAY / 2 + MILLIS_A_DAY) / MILLIS_A_DAY % 7);
    }
}
