package dev.ferritedb.cli.transfer;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.json.JsonName;
import dev.ferritedb.ports.record.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// An object a line, or an array of them with one on each line.
final class JsonExporter implements Exporter {
    private final List<Column> columns;
    private final List<JsonName> names;
    private final boolean array;
    private final OutputStream out;
    private final JsonBuffer buffer = JsonBuffer.plain(1024);
    private boolean first = true;

    JsonExporter(List<Column> columns, boolean array, OutputStream out) {
        this.columns = columns;
        this.names = columns.stream()
                .map(column -> JsonName.of(column.field().name()))
                .toList();
        this.array = array;
        this.out = out;
    }

    @Override
    public void begin() throws IOException {
        if (array) write("[");
    }

    @Override
    public void record(Row row) throws IOException {
        if (array) write(first ? "\n" : ",\n");
        first = false;
        buffer.object();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            buffer.name(names.get(i));
            switch (column.field().type().shape()) {
                case TEXT -> buffer.text(row.text(column.position()));
                case NUMBER -> buffer.number(row.number(column.position()));
                case TRUTH -> buffer.truth(row.truth(column.position()));
                case LIST, JSON, POINT -> buffer.raw(row.json(column.position()));
            }
        }
        buffer.endObject();
        if (!array) buffer.newline();
        buffer.writeTo(out);
        buffer.clear();
    }

    @Override
    public void end() throws IOException {
        if (array) write("\n]\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
