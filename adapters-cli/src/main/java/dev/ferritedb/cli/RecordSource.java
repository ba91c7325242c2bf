package dev.ferritedb.cli;

import dev.ferritedb.cli.transfer.Exporter;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.Exposure;
import dev.ferritedb.ports.record.Row;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.LongConsumer;

/// All records of a collection that a filter lets through.
record RecordSource(Kernel kernel, CollectionSchema collection, String filter, String sort) {

    @FunctionalInterface
    interface EachRow {
        void row(Row row) throws IOException;
    }

    /// All fields, hidden ones too; never a password's hash or a token key.
    static List<Field> exportable(CollectionSchema collection) {
        return collection.fields().stream()
                .filter(field -> Exposure.FULL.shows(collection, field, true))
                .toList();
    }

    /// Blocks; all rows are of one moment. What `sink` throws comes through.
    ///
    /// @param total hears how many rows there are, before the first one
    void each(LongConsumer total, EachRow sink) {
        kernel.records().listAll(Request.ofOperator(), collection.name(), sort, filter, total, (row, _) -> {
            try {
                sink.row(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void each(EachRow sink) {
        each(_ -> {}, sink);
    }

    void writeTo(Exporter exporter) {
        try {
            exporter.begin();
            each(exporter::record);
            exporter.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
