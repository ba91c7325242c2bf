package dev.ferritedb.sqlite;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.sql.SQLException;

/// A field's column: its declared type, and its values there and back.
final class Columns {
    static final String EMPTY_LIST = "[]";
    static final String EMPTY_JSON = "null";
    static final String ORIGIN = "{\"lon\":0,\"lat\":0}";

    private Columns() {}

    /// Source: the wire contract, section 5. A json field's column is TEXT besides, for JSON alone has numeric
    /// affinity: SQLite would turn the document `1.50` into the number 1.5.
    static String declaration(Field field) {
        if (field.isPrimaryKey()) return "TEXT PRIMARY KEY NOT NULL";
        return switch (field.type().shape()) {
            case TEXT -> "TEXT DEFAULT '' NOT NULL";
            case NUMBER -> "NUMERIC DEFAULT 0 NOT NULL";
            case TRUTH -> "BOOLEAN DEFAULT FALSE NOT NULL";
            case LIST -> "JSON DEFAULT '[]' NOT NULL";
            case JSON -> "JSON TEXT DEFAULT NULL";
            case POINT -> "JSON DEFAULT '" + ORIGIN + "' NOT NULL";
        };
    }

    /// The SQL literal of the zero value.
    static String zero(FieldType.Shape shape) {
        return switch (shape) {
            case TEXT -> "''";
            case NUMBER -> "0";
            case TRUTH -> "FALSE";
            case LIST -> "'[]'";
            case JSON -> "NULL";
            case POINT -> "'" + ORIGIN + "'";
        };
    }

    /// @return what [Prepared#bind] takes
    /// @throws IllegalArgumentException when the value is not of the field's shape
    static Object bound(Field field, Value value) {
        return switch (field.type().shape()) {
            case TEXT -> value instanceof Value.Text text ? text.text() : unfit(field, value);
            case NUMBER -> value instanceof Value.Number number ? finite(field, number) : unfit(field, value);
            case TRUTH -> value instanceof Value.Truth truth ? truth.truth() : unfit(field, value);
            case LIST ->
                value instanceof Value.Items items
                        ? items.items().isEmpty() ? EMPTY_LIST : Json.write(items)
                        : unfit(field, value);
            case JSON -> value instanceof Value.Json json ? document(json) : unfit(field, value);
            case POINT -> value instanceof Value.Members point ? Json.write(point) : unfit(field, value);
        };
    }

    /// As [#bound], and with what the column's affinity makes of it: a float without a fraction is an integer.
    static Object asStored(Field field, Value value) {
        Object bound = bound(field, value);
        return bound instanceof Double number && Scalar.number(number) instanceof Scalar.Whole(long whole)
                ? whole
                : bound;
    }

    /// @param column from 0
    static Value value(Prepared row, int column, FieldType.Shape shape, boolean foreign) throws SQLException {
        return switch (shape) {
            case TEXT -> Value.text(row.text(column));
            case NUMBER -> Value.number(row.number(column));
            case TRUTH -> Value.truth(row.whole(column) != 0);
            case LIST -> items(json(row, column, shape, foreign));
            case JSON -> document(json(row, column, shape, foreign));
            case POINT -> Json.read(json(row, column, shape, foreign));
        };
    }

    /// @param foreign whether the column may hold what we did not write: a view's does
    static String json(Prepared row, int column, FieldType.Shape shape, boolean foreign) throws SQLException {
        if (foreign && shape == FieldType.Shape.JSON) return computed(row, column);
        String text = row.text(column);
        if (!text.isEmpty()) return text;
        return switch (shape) {
            case LIST -> EMPTY_LIST;
            case POINT -> ORIGIN;
            case JSON, TEXT, NUMBER, TRUTH -> EMPTY_JSON;
        };
    }

    /// An expression's result is a document as it is if it is one, and else a JSON string.
    private static String computed(Prepared row, int column) throws SQLException {
        if (row.isNull(column)) return EMPTY_JSON;
        String text = row.text(column);
        if (!row.isText(column)) return text;
        try {
            Json.read(text);
            return text;
        } catch (IllegalArgumentException _) {
            return Json.write(Value.text(text));
        }
    }

    private static Value items(String encoded) {
        return encoded.equals(EMPTY_LIST) ? Value.Items.EMPTY : Json.read(encoded);
    }

    private static Value.Json document(String encoded) {
        return encoded.equals(EMPTY_JSON) ? Value.Json.NULL : new Value.Json(encoded);
    }

    private static Object document(Value.Json json) {
        return json.encoded().equals(EMPTY_JSON) ? Value.NOTHING : json.encoded();
    }

    private static Object finite(Field field, Value.Number number) {
        if (!Double.isFinite(number.number())) return unfit(field, number);
        return number.number();
    }

    private static Object unfit(Field field, Value value) {
        throw new IllegalArgumentException(
                "field " + field.name() + " is " + field.type().wireName() + ", it can't hold a "
                        + value.getClass().getSimpleName());
    }
}
