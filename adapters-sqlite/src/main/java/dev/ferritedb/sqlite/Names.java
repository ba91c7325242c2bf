package dev.ferritedb.sqlite;

/// Identifiers as SQL text.
final class Names {
    private Names() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
