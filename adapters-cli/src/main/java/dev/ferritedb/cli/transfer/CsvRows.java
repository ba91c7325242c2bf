package dev.ferritedb.cli.transfer;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// CSV whose first line names the fields. An empty cell is not set, one with quotes (`""`) is the empty text.
final class CsvRows implements Rows {
    private final CsvReader reader;
    private final List<String> names;
    private final List<Optional<Field>> fields;
    private long count;

    private CsvRows(CsvReader reader, List<String> names, CollectionSchema collection) {
        this.reader = reader;
        this.names = names;
        this.fields = names.stream().map(collection::field).toList();
    }

    static CsvRows open(InputStream in, CollectionSchema collection) throws IOException {
        var reader = new CsvReader(in);
        List<String> names = header(reader);
        if (names.isEmpty())
            throw new CommandFailure("the file is empty: a CSV file starts with a line of field names");
        if (names.contains(""))
            throw new CommandFailure("line 1 of a CSV file names the fields; here one name is empty");
        if (new HashSet<>(names).size() < names.size()) {
            throw new CommandFailure("line 1 of the CSV file names a field twice");
        }
        return new CsvRows(reader, names, collection);
    }

    private static List<String> header(CsvReader reader) throws IOException {
        try {
            List<Optional<String>> cells = reader.next().orElse(List.of());
            return cells.stream().map(cell -> cell.orElse("").strip()).toList();
        } catch (CsvReader.Malformed e) {
            throw new CommandFailure("line 1 is no line of a CSV file: " + e.reason(), e);
        } catch (CharacterCodingException e) {
            throw new CommandFailure("the file is not UTF-8", e);
        }
    }

    @Override
    public Optional<Row> next() throws IOException {
        count++;
        try {
            Optional<List<Optional<String>>> cells = reader.next();
            return cells.map(this::row);
        } catch (CsvReader.Malformed e) {
            return Optional.of(new Row.Unreadable(count, reader.recordLine(), e.reason(), true));
        } catch (CharacterCodingException _) {
            return Optional.of(new Row.Unreadable(count, reader.recordLine(), "not UTF-8", true));
        }
    }

    private Row row(List<Optional<String>> cells) {
        if (cells.size() != names.size()) {
            String reason = cells.size() + " cells where the first line has " + names.size();
            return new Row.Unreadable(count, reader.recordLine(), reason, false);
        }
        var members = new LinkedHashMap<String, Value>();
        for (int i = 0; i < names.size(); i++) {
            Optional<String> cell = cells.get(i);
            if (cell.isPresent()) members.put(names.get(i), CsvCell.read(cell.get(), fields.get(i)));
        }
        return new Row.Read(count, reader.recordLine(), new Value.Members(members));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
