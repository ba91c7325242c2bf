package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Operand.DateMacro;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/// The date macros of one moment, in UTC. Source: the wire contract, section 15.4.
final class DateMacros {
    private static final LocalTime LAST_MOMENT = LocalTime.of(23, 59, 59, 999_000_000);

    private DateMacros() {}

    static Value at(OffsetDateTime now, DateMacro macro) {
        LocalDate today = now.toLocalDate();
        return switch (macro) {
            case NOW -> text(now);
            case YESTERDAY -> text(now.minusDays(1));
            case TOMORROW -> text(now.plusDays(1));
            case TODAY_START -> start(today);
            case TODAY_END -> end(today);
            case MONTH_START -> start(today.with(TemporalAdjusters.firstDayOfMonth()));
            case MONTH_END -> end(today.with(TemporalAdjusters.lastDayOfMonth()));
            case YEAR_START -> start(today.with(TemporalAdjusters.firstDayOfYear()));
            case YEAR_END -> end(today.with(TemporalAdjusters.lastDayOfYear()));
            case SECOND -> Value.number(now.getSecond());
            case MINUTE -> Value.number(now.getMinute());
            case HOUR -> Value.number(now.getHour());
            case DAY -> Value.number(now.getDayOfMonth());
            case MONTH -> Value.number(now.getMonthValue());
            case WEEKDAY -> Value.number(now.getDayOfWeek().getValue() % 7);
            case YEAR -> Value.number(now.getYear());
        };
    }

    /// The moment that [DateMacro#NOW] was.
    static Instant instant(Value now) {
        return now instanceof Value.Text(String text) ? Instant.parse(text.replace(' ', 'T')) : Instant.EPOCH;
    }

    private static Value start(LocalDate day) {
        return text(day.atStartOfDay().atOffset(ZoneOffset.UTC));
    }

    private static Value end(LocalDate day) {
        return text(day.atTime(LAST_MOMENT).atOffset(ZoneOffset.UTC));
    }

    private static Value text(OffsetDateTime moment) {
        return Value.text(DateText.of(moment.toInstant()));
    }
}
