package dev.ferritedb.cli.transfer;

import dev.ferritedb.json.JsonStream;
import dev.ferritedb.json.JsonStream.Element;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The elements of an array, or documents one a line.
final class JsonRows implements Rows {
    private final JsonStream elements;

    private JsonRows(JsonStream elements) {
        this.elements = elements;
    }

    static JsonRows array(InputStream in, String pointer) throws IOException {
        return new JsonRows(JsonStream.at(in, pointer));
    }

    static JsonRows lines(InputStream in) throws IOException {
        return new JsonRows(JsonStream.lines(in));
    }

    @Override
    public Optional<Row> next() throws IOException {
        return elements.next().map(JsonRows::row);
    }

    private static Row row(Element element) {
        return switch (element) {
            case Element.Bad(long ordinal, long line, String reason, boolean last) ->
                new Row.Unreadable(ordinal, line, reason, last);
            case Element.Good(long ordinal, long line, Value.Members members) -> new Row.Read(ordinal, line, members);
            case Element.Good(long ordinal, long line, Value _) ->
                new Row.Unreadable(ordinal, line, "not an object", false);
        };
    }

    @Override
    public void close() throws IOException {
        elements.close();
    }
}
