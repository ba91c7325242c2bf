package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.record.DateText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/// Reads the spellings of dates that clients send: RFC 3339, the wire's own, and common shorter ones. What names no
/// zone is UTC.
public final class DateReading {
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd[ ]['T']HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private DateReading() {}

    /// @return the date text records hold; empty when `text` is no date of the years 0 to 9999
    public static Optional<String> read(String text) {
        String stripped = text.strip();
        if (isInUse(stripped)) return Optional.of(stripped);
        return instant(stripped).filter(DateReading::hasFourDigitYear).map(DateText::of);
    }

    private static boolean isInUse(String text) {
        if (text.length() != 24 || text.charAt(10) != ' ' || text.charAt(23) != 'Z') return false;
        try {
            return DateText.of(DateText.instant(text)).equals(text);
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            if (text.length() <= 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            var parsed = DATE_TIME.parseBest(
                    text.replace('t', 'T').replace('z', 'Z'), OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    parsed instanceof OffsetDateTime zoned
                            ? zoned.toInstant()
                            : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static boolean hasFourDigitYear(Instant instant) {
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        return year >= 0 && year <= 9999;
    }
}
