package dev.ferritedb.cli;

import dev.ferritedb.json.JsonBuffer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/// Answers for scripts: one JSON document and a line end.
final class Documents {
    private Documents() {}

    static void print(PrintStream out, Consumer<JsonBuffer> document) {
        JsonBuffer buffer = JsonBuffer.plain(512);
        document.accept(buffer);
        try {
            buffer.newline().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void printTexts(PrintStream out, List<String> texts) {
        print(out, buffer -> {
            buffer.array();
            texts.forEach(buffer::text);
            buffer.endArray();
        });
    }
}
