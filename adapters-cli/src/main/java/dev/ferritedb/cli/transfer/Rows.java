package dev.ferritedb.cli.transfer;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The rows of a file, one at a time.
interface Rows extends AutoCloseable {
    /// @return empty after the last row
    Optional<Row> next() throws IOException;

    @Override
    void close() throws IOException;

    /// `number` counts rows from 1; `line` is the one of the file where the row starts, from 1.
    sealed interface Row {
        long number();

        long line();

        record Read(long number, long line, Value.Members members) implements Row {}

        /// `reason` is a phrase. After `last` nothing more can be read.
        record Unreadable(long number, long line, String reason, boolean last) implements Row {}
    }

    /// @param pointer where in a JSON document the array is; empty for the document itself
    static Rows of(Format format, InputStream in, String pointer, CollectionSchema collection) throws IOException {
        return switch (format) {
            case JSON -> JsonRows.array(in, pointer);
            case NDJSON -> JsonRows.lines(in);
            case CSV -> CsvRows.open(in, collection);
        };
    }
}
