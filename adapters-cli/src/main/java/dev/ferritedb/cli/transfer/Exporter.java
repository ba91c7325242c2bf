package dev.ferritedb.cli.transfer;

import dev.ferritedb.ports.record.Row;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Writes records down as they come. Holds one record at a time.
public interface Exporter {
    void begin() throws IOException;

    void record(Row row) throws IOException;

    void end() throws IOException;

    /// @param fields those to write, in this order
    /// @param harmlessCells whether cells that a spreadsheet would take for formulas are disarmed (CSV only)
    static Exporter of(
            Format format, CollectionSchema collection, List<Field> fields, boolean harmlessCells, OutputStream out) {
        List<Column> columns = fields.stream()
                .map(field -> new Column(field, collection.position(field.name())))
                .toList();
        return switch (format) {
            case JSON -> new JsonExporter(columns, true, out);
            case NDJSON -> new JsonExporter(columns, false, out);
            case CSV -> new CsvExporter(columns, harmlessCells, out);
        };
    }

    /// @param position of the field in its collection
    record Column(Field field, int position) {}
}
