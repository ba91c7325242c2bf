package dev.ferritedb.cli;

import dev.ferritedb.cli.transfer.Exporter;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.Exposure;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.record.Row;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// All records of a collection that a filter lets through, a page at a time.
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

    /// Blocks. What `sink` throws comes through.
    ///
    /// @return how many there were
    long each(EachRow sink) {
        long count = 0;
        int inPage = ListQuery.PER_PAGE_MAX;
        for (int page = 1; inPage == ListQuery.PER_PAGE_MAX; page++) {
            inPage = page(page, sink);
            count += inPage;
        }
        return count;
    }

    /// How many there are now.
    long total() {
        var query = new ListQuery(1, 1, sort, filter, false);
        return kernel.records()
                .list(Request.ofOperator(), collection.name(), query, (_, _) -> {})
                .totalItems();
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

    private int page(int page, EachRow sink) {
        var count = new int[1];
        var query = new ListQuery(page, ListQuery.PER_PAGE_MAX, sort, filter, true);
        kernel.records().list(Request.ofOperator(), collection.name(), query, (row, _) -> {
            count[0]++;
            try {
                sink.row(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return count[0];
    }
}
