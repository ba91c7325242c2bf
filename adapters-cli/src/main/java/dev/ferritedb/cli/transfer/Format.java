package dev.ferritedb.cli.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// How records are written down.
public enum Format {
    /// One array of objects.
    JSON,
    /// An object a line.
    NDJSON,
    /// A line of field names, then a line a record.
    CSV;

    private static final int LOOK_AHEAD_BYTES = 4096;

    /// @return what the end of the file's name says, if anything
    public static Optional<Format> of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) return Optional.of(JSON);
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) return Optional.of(NDJSON);
        if (name.endsWith(".csv")) return Optional.of(CSV);
        return Optional.empty();
    }

    /// Looks at the first character that is no blank; nothing of `in` is used up.
    public static Format of(BufferedInputStream in) throws IOException {
        in.mark(LOOK_AHEAD_BYTES);
        int first = firstCharacter(in);
        in.reset();
        return switch (first) {
            case '[' -> JSON;
            case '{' -> NDJSON;
            default -> CSV;
        };
    }

    private static int firstCharacter(InputStream in) throws IOException {
        for (int i = 0; i < LOOK_AHEAD_BYTES; i++) {
            int next = in.read();
            boolean passedOver = next == ' ' || next == '\t' || next == '\r' || next == '\n' || isByteOrderMark(next);
            if (!passedOver) return next;
        }
        return -1;
    }

    private static boolean isByteOrderMark(int next) {
        return next == 0xEF || next == 0xBB || next == 0xBF;
    }
}
