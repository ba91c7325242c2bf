package dev.ferritedb.cli.transfer;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.record.Row;
import dev.ferritedb.ports.schema.FieldType.Shape;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A line of field names, then a line a record. What is not set is an empty cell, unless the field has a default: then
/// an import would set that, so the empty value is written out.
final class CsvExporter implements Exporter {
    private final List<Column> columns;
    private final boolean harmlessCells;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();
    private boolean startOfLine = true;

    CsvExporter(List<Column> columns, boolean harmlessCells, OutputStream out) {
        this.columns = columns;
        this.harmlessCells = harmlessCells;
        this.out = out;
    }

    @Override
    public void begin() throws IOException {
        for (Column column : columns) cell(column.field().name());
        endLine();
    }

    @Override
    public void record(Row row) throws IOException {
        for (Column column : columns) {
            switch (column.field().type().shape()) {
                case TEXT -> unlessUnset(column, row.text(column.position()), "");
                case NUMBER -> cell(Json.write(Value.number(row.number(column.position()))));
                case TRUTH -> cell(Boolean.toString(row.truth(column.position())));
                case LIST -> unlessUnset(column, row.json(column.position()), "[]");
                case JSON -> unlessUnset(column, row.json(column.position()), "null");
                case POINT -> cell(row.json(column.position()));
            }
        }
        endLine();
    }

    @Override
    public void end() {
        // A line a record: nothing closes the file.
    }

    private void unlessUnset(Column column, String value, String unset) {
        boolean leftOut = value.equals(unset) && column.field().preset() == Value.NOTHING && columns.size() > 1;
        boolean text = column.field().type().shape() == Shape.TEXT;
        if (leftOut) separate();
        else cell(text && harmlessCells ? CsvCell.harmless(value) : value);
    }

    private void cell(String value) {
        separate();
        line.append(CsvCell.quoted(value));
    }

    private void separate() {
        if (!startOfLine) line.append(',');
        startOfLine = false;
    }

    private void endLine() throws IOException {
        out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        line.setLength(0);
        startOfLine = true;
    }
}
