package dev.ferritedb.ports.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Dates as records hold them: UTC, `yyyy-MM-dd HH:mm:ss.SSSZ` with a literal Z. It sorts as text.
public final class DateText {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private DateText() {}

    public static String of(Instant instant) {
        return FORM.format(instant);
    }

    /// @throws java.time.format.DateTimeParseException when `text` is not in that very form
    public static Instant instant(String text) {
        return Instant.from(FORM.parse(text));
    }
}
