package dev.ferritedb.sqlite;

import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out which tables a statement reads, views and their own views unfolded: SQLite's program for it says so.
final class ReadTables {
    /// Functions whose value depends on nothing but their arguments. Another one may read a clock or make up a
    /// value.
    private static final Set<String> PURE = Set.of(
            "abs",
            "acos",
            "asin",
            "atan",
            "atan2",
            "ceil",
            "coalesce",
            "concat",
            "cos",
            "degrees",
            "floor",
            "format",
            "glob",
            "hex",
            "ifnull",
            "iif",
            "instr",
            "json",
            "json_array",
            "json_array_length",
            "json_extract",
            "json_object",
            "json_quote",
            "json_type",
            "json_valid",
            "length",
            "like",
            "lower",
            "ltrim",
            "max",
            "min",
            "mod",
            "nullif",
            "pi",
            "pow",
            "power",
            "printf",
            "radians",
            "replace",
            "round",
            "rtrim",
            "sign",
            "sin",
            "sqrt",
            "substr",
            "substring",
            "tan",
            "trim",
            "typeof",
            "unicode",
            "upper",
            "->",
            "->>");

    private final Set<Long> rootPages = new HashSet<>();
    private boolean pure = true;
    private boolean virtual;

    private ReadTables() {}

    /// @return the ids of collections; empty when the statement's answer depends on more than their records
    static Optional<Set<String>> of(Session session, String sql, CollectionCatalog catalog) throws SQLException {
        var found = new ReadTables();
        session.rowsOnce("EXPLAIN " + sql, row -> found.instruction(row.text(1), row.whole(3), row.text(5)));
        if (!found.pure || found.virtual && readsView(sql, catalog)) return Optional.empty();
        var ids = new HashSet<String>();
        for (long page : found.rootPages) {
            String table = session.first(
                    "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?", List.of(page), row -> row.text(0), "");
            Optional<CollectionSchema> collection = catalog.named(table);
            if (collection.isEmpty()) return Optional.empty();
            ids.add(collection.get().id());
        }
        return Optional.of(Set.copyOf(ids));
    }

    /// @param second what SQLite calls P2, `fourth` P4. Source: sqlite.org/opcode.html.
    private void instruction(String opcode, long second, String fourth) {
        switch (opcode) {
            case "OpenRead", "ReopenIdx" -> rootPages.add(second);
            case "VOpen" -> virtual = true;
            case "Function", "PureFunc" -> pure &= PURE.contains(fourth.replaceAll("\\(.*", ""));
            default -> {}
        }
    }

    /// Of our own making only `json_each` is virtual; a view may read others.
    private static boolean readsView(String sql, CollectionCatalog catalog) {
        return catalog.collections().stream()
                .filter(CollectionSchema::isView)
                .anyMatch(view -> sql.contains(view.name()));
    }
}
