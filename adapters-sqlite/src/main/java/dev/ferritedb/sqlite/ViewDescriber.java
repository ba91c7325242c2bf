package dev.ferritedb.sqlite;

import dev.ferritedb.ports.persistence.ViewOutcome;
import dev.ferritedb.ports.persistence.ViewOutcome.Column;
import dev.ferritedb.ports.persistence.ViewOutcome.Columns;
import dev.ferritedb.ports.persistence.ViewOutcome.Refused;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Tells what a view's query yields, by preparing it only: it is never run here.
final class ViewDescriber {
    private final Session session;
    private final CollectionCatalog catalog;

    ViewDescriber(Session session, CollectionCatalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    ViewOutcome describe(String query) throws SQLException {
        Optional<String> form = ViewQuery.refusal(query);
        if (form.isPresent()) return new Refused(form.get());
        try {
            Optional<String> foreign = foreignTable(query);
            return foreign.isPresent()
                    ? new Refused("the table " + foreign.get() + " can't be read")
                    : describe(ViewQuery.parse(query, catalog), columnNames(query));
        } catch (SQLException e) {
            if (Failures.mayEndTransaction(e)) throw e;
            return new Refused(Failures.reason(e));
        }
    }

    private static ViewOutcome describe(ViewQuery query, List<String> names) {
        if (names.size() != query.columns()) return new Refused("its columns can't be told apart");
        var columns = new ArrayList<Column>();
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i).toLowerCase(Locale.ROOT))) {
                return new Refused("the column " + names.get(i) + " comes twice");
            }
            columns.add(query.column(i, names.get(i)));
        }
        if (!names.contains("id")) return new Refused("a column id is needed");
        return new Columns(columns);
    }

    /// Of the bare query: within another one SQLite numbers those of the same name.
    private List<String> columnNames(String query) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(Views.query(query))) {
            ResultSetMetaData columns = statement.getMetaData();
            var names = new ArrayList<String>();
            for (int i = 1; i <= columns.getColumnCount(); i++) names.add(columns.getColumnName(i));
            return names;
        }
    }

    /// The compiled program opens each table by its root page; only those of collections may be opened.
    /// @return a table of another kind
    private Optional<String> foreignTable(String query) throws SQLException {
        Set<Long> roots = new HashSet<>();
        session.rows("EXPLAIN " + wrapped(query), List.of(), row -> {
            if (row.text(1).equals("OpenRead")) roots.add(row.whole(3));
        });
        for (long root : roots) {
            String table = session.first(
                    "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?",
                    List.of(root),
                    row -> row.text(0),
                    "sqlite_schema");
            if (catalog.named(table).filter(this::isTable).isEmpty()) return Optional.of(table);
        }
        return Optional.empty();
    }

    private boolean isTable(CollectionSchema collection) {
        return !collection.isView();
    }

    private static String wrapped(String query) {
        return "SELECT * FROM (" + Views.query(query) + "\n)";
    }
}
