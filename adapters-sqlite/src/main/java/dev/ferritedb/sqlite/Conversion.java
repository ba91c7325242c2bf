package dev.ferritedb.sqlite;

import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.schema.FieldType.Shape;

/// What becomes of a field's values when it takes another type: an SQL expression of its old column. Where the
/// old value says nothing of the new kind, it is the new type's zero value.
final class Conversion {
    private Conversion() {}

    static boolean isNeeded(Field old, Field field) {
        return kind(old.type()) != kind(field.type())
                || old.type().shape() != field.type().shape();
    }

    static String of(Field old, Field field) {
        String column = Names.quoted(old.name());
        if (!isNeeded(old, field)) return column;
        Shape from = old.type().shape();
        Shape to = field.type().shape();
        if (kind(old.type()) != kind(field.type()) && !isTellable(old.type(), field.type())) return Columns.zero(to);
        return switch (to) {
            case TEXT -> kind(field.type()) == Kind.DATE ? date(column, from) : text(column, from);
            case NUMBER -> number(column, from);
            case TRUTH -> truth(column, from);
            case LIST -> list(column, from);
            case JSON -> document(column, from);
            case POINT -> point(column, from);
        };
    }

    /// Types whose values are of one kind: a text is as good an e-mail address as the rule of the field says.
    private enum Kind {
        TEXT,
        DATE,
        NUMBER,
        TRUTH,
        SELECT,
        RELATION,
        FILE,
        DOCUMENT,
        HASH,
        POINT
    }

    private static Kind kind(FieldType type) {
        return switch (type) {
            case FieldType.Text _, FieldType.Email _, FieldType.Url _, FieldType.Editor _ -> Kind.TEXT;
            case FieldType.Date _, FieldType.Autodate _ -> Kind.DATE;
            case FieldType.Number _ -> Kind.NUMBER;
            case FieldType.Bool _ -> Kind.TRUTH;
            case FieldType.Select _ -> Kind.SELECT;
            case FieldType.Relation _ -> Kind.RELATION;
            case FieldType.File _ -> Kind.FILE;
            case FieldType.Json _ -> Kind.DOCUMENT;
            case FieldType.Password _ -> Kind.HASH;
            case FieldType.GeoPoint _ -> Kind.POINT;
        };
    }

    /// A password's hash must not come to light, nor a text become one; a relation or a file is not made of
    /// other values.
    private static boolean isTellable(FieldType from, FieldType to) {
        return kind(from) != Kind.HASH
                && switch (kind(to)) {
                    case HASH, RELATION, FILE -> false;
                    case TEXT, DATE, NUMBER, TRUTH, SELECT, DOCUMENT, POINT -> true;
                };
    }

    private static String text(String column, Shape from) {
        return switch (from) {
            case TEXT -> column;
            case NUMBER -> "CAST(" + column + " AS TEXT)";
            case TRUTH -> "CASE WHEN " + column + " THEN 'true' ELSE 'false' END";
            case LIST -> "COALESCE(CAST(json_extract(" + column + ", '$[#-1]') AS TEXT), '')";
            case JSON ->
                "CASE json_type(" + column + ") WHEN 'text' THEN json_extract(" + column + ", '$') ELSE COALESCE("
                        + column + ", '') END";
            case POINT -> "''";
        };
    }

    private static String date(String column, Shape from) {
        String digits = "[0-9][0-9]";
        String form = digits + digits + "-" + digits + "-" + digits + " " + digits + ":" + digits + ":" + digits + "."
                + digits + "[0-9]Z";
        String text = text(column, from);
        return switch (from) {
            case TEXT, JSON, LIST -> "CASE WHEN " + text + " GLOB '" + form + "' THEN " + text + " ELSE '' END";
            case NUMBER, TRUTH, POINT -> "''";
        };
    }

    private static String number(String column, Shape from) {
        return switch (from) {
            case TEXT, JSON ->
                "CASE WHEN json_valid(" + column + ") AND json_type(" + column + ") IN ('integer', 'real') THEN CAST("
                        + column + " AS NUMERIC) ELSE 0 END";
            case NUMBER -> column;
            case TRUTH -> "CASE WHEN " + column + " THEN 1 ELSE 0 END";
            case LIST, POINT -> "0";
        };
    }

    private static String truth(String column, Shape from) {
        return switch (from) {
            case TEXT, JSON -> "COALESCE(lower(" + column + ") IN ('true', '1'), FALSE)";
            case NUMBER -> column + " <> 0";
            case TRUTH -> column;
            case LIST, POINT -> "FALSE";
        };
    }

    private static String list(String column, Shape from) {
        return switch (from) {
            case TEXT -> "CASE " + column + " WHEN '' THEN '[]' ELSE json_array(" + column + ") END";
            case LIST -> column;
            case JSON ->
                "CASE WHEN json_type(" + column
                        + ") = 'array' THEN (SELECT json_group_array(value) FROM json_each(" + column
                        + ") WHERE type = 'text') WHEN json_type(" + column + ") = 'text' THEN json_array(json_extract("
                        + column + ", '$')) ELSE '[]' END";
            case NUMBER, TRUTH, POINT -> "'[]'";
        };
    }

    private static String document(String column, Shape from) {
        return switch (from) {
            case TEXT -> "CASE " + column + " WHEN '' THEN NULL ELSE json_quote(" + column + ") END";
            case NUMBER -> "json_quote(" + column + ")";
            case TRUTH -> "CASE WHEN " + column + " THEN 'true' ELSE 'false' END";
            case LIST, JSON, POINT -> column;
        };
    }

    private static String point(String column, Shape from) {
        return switch (from) {
            case JSON ->
                "CASE WHEN json_type(" + column + ", '$.lon') IN ('integer', 'real') AND json_type(" + column
                        + ", '$.lat') IN ('integer', 'real') THEN json_object('lon', json_extract(" + column
                        + ", '$.lon'), 'lat', json_extract(" + column + ", '$.lat')) ELSE '" + Columns.ORIGIN + "' END";
            case POINT -> column;
            case TEXT, NUMBER, TRUTH, LIST -> "'" + Columns.ORIGIN + "'";
        };
    }
}
