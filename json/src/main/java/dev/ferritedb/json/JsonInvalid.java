package dev.ferritedb.json;

import java.util.Locale;

/// A text is no JSON document, or not one within the limits of [Json]. The message says what is wrong and where, and
/// repeats nothing of the text, so that it may be shown and logged.
public final class JsonInvalid extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final long line;
    private final int column;

    JsonInvalid(String reason, long line, int column) {
        super(String.format(Locale.ROOT, "%s at line %d, column %d", reason, line, column));
        this.reason = reason;
        this.line = line;
        this.column = column;
    }

    /// What is wrong, without the place: a phrase, not a sentence.
    public String reason() {
        return reason;
    }

    /// From 1.
    public long line() {
        return line;
    }

    /// From 1, in bytes of the UTF-8 form for a document read from bytes, in UTF-16 units for one read from a string.
    public int column() {
        return column;
    }
}
