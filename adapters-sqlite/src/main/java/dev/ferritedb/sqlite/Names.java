package dev.ferritedb.sqlite;

/// Identifiers as SQL text. In back quotes: a double-quoted name that fits no column is, to SQLite, a text
/// literal, so that a statement written for a column that is gone would run on with the column's name for a
/// value.
final class Names {
    private Names() {}

    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
