package dev.ferritedb.cli;

import dev.ferritedb.cli.transfer.Exporter;
import dev.ferritedb.cli.transfer.Format;
import dev.ferritedb.ports.record.Row;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/// One record as a JSON document on a line.
record RecordDocument(CollectionSchema collection) {
    void print(Row row, PrintStream out) {
        try {
            Exporter.of(Format.NDJSON, collection, RecordSource.exportable(collection), false, out)
                    .record(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
