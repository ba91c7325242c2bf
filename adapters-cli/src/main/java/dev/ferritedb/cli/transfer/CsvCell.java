package dev.ferritedb.cli.transfer;

import dev.ferritedb.json.Json;
import dev.ferritedb.json.JsonInvalid;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.Optional;

/// One cell of a CSV file. Lists, json values and points are JSON in it; everything else is plain text.
final class CsvCell {
    private CsvCell() {}

    /// @param field empty when the column is no field of the collection
    static Value read(String cell, Optional<Field> field) {
        if (field.isEmpty()) return Value.text(cell);
        return switch (field.get().type().shape()) {
            case TEXT, NUMBER, TRUTH -> Value.text(cell);
            case LIST -> cell.startsWith("[") ? document(cell) : Value.text(cell);
            case JSON, POINT -> document(cell);
        };
    }

    /// What is no JSON is taken as the text it is; whether the field takes that is seen later.
    private static Value document(String cell) {
        try {
            return Json.read(cell);
        } catch (JsonInvalid _) {
            return Value.text(cell);
        }
    }

    /// @return `cell` with quotes where the format asks for them
    static String quoted(String cell) {
        boolean plain = !cell.isEmpty() && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /// @return `cell` so that no spreadsheet takes it for a formula: a leading apostrophe says it is text
    static String harmless(String cell) {
        if (cell.isEmpty()) return cell;
        return switch (cell.charAt(0)) {
            case '=', '+', '-', '@', '\t', '\r' -> "'" + cell;
            default -> cell;
        };
    }
}
