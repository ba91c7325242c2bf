package dev.ferritedb.sqlite;

import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome;
import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome.ViewRefused;
import dev.ferritedb.ports.persistence.ViewOutcome;
import dev.ferritedb.ports.record.RowVisitor;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.FieldType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The views of view collections. SQLite looks at a view only when it is used, so each is tried once it is
/// made.
final class Views {
    private final Session session;

    Views(Session session) {
        this.session = session;
    }

    /// Removes all views, so that what they stand on can change.
    void dropAll(CollectionCatalog catalog) throws SQLException {
        for (CollectionSchema collection : catalog.collections()) {
            if (collection.isView()) drop(collection);
        }
    }

    void drop(CollectionSchema view) throws SQLException {
        session.execute("DROP VIEW IF EXISTS " + Names.quoted(view.name()));
    }

    /// Makes all views of `catalog` that are not there.
    SchemaOutcome makeAll(CollectionCatalog catalog) throws SQLException {
        for (CollectionSchema collection : catalog.collections()) {
            if (!(collection.kind() instanceof CollectionKind.View view)) continue;
            Optional<String> refusal = create(catalog, collection, view.query());
            if (refusal.isPresent()) return new ViewRefused(collection.name(), refusal.get());
        }
        for (CollectionSchema collection : catalog.collections()) {
            if (!collection.isView()) continue;
            Optional<String> refusal = tryOut(collection);
            if (refusal.isPresent()) return new ViewRefused(collection.name(), refusal.get());
        }
        return SchemaOutcome.Made.MADE;
    }

    private Optional<String> create(CollectionCatalog catalog, CollectionSchema collection, String query)
            throws SQLException {
        Optional<String> refusal = ViewQuery.refusal(query);
        if (refusal.isPresent()) return refusal;
        return attempt("CREATE VIEW IF NOT EXISTS " + Names.quoted(collection.name()) + " AS "
                + select(catalog, collection, query));
    }

    private static String select(CollectionCatalog catalog, CollectionSchema collection, String query) {
        String columns = collection.fields().stream()
                .map(field -> field.name().equals("id") && !yieldsTextId(catalog, query)
                        ? "CAST(`id` AS TEXT) AS `id`"
                        : Names.quoted(field.name()))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM (" + query(query) + "\n)";
    }

    Optional<String> sample(CollectionCatalog catalog, CollectionSchema collection, int limit, RowVisitor visitor)
            throws SQLException {
        if (!(collection.kind() instanceof CollectionKind.View view))
            throw new IllegalArgumentException(collection + "");
        String sql = select(catalog, collection, view.query()) + " LIMIT " + limit;
        return attempt(() -> session.query(sql, List.of(), row -> visitor.visit(new SqliteRow(collection, row))));
    }

    /// The cast is left out where it can be: no index is used through it.
    private static boolean yieldsTextId(CollectionCatalog catalog, String query) {
        return ViewQuery.parse(query, catalog).column("id").stream().anyMatch(column -> switch (column) {
            case ViewOutcome.Copied copied ->
                catalog.named(copied.collectionName())
                        .flatMap(collection -> collection.field(copied.fieldName()))
                        .filter(field -> field.type().shape() == FieldType.Shape.TEXT)
                        .isPresent();
            case ViewOutcome.Computed computed -> computed.type() instanceof FieldType.Text;
        });
    }

    private Optional<String> tryOut(CollectionSchema collection) throws SQLException {
        return attempt("SELECT " + CollectionSql.names(collection).collect(Collectors.joining(", ")) + " FROM "
                + Names.quoted(collection.name()) + " LIMIT 0");
    }

    private Optional<String> attempt(String sql) throws SQLException {
        return attempt(() -> session.execute(sql));
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static Optional<String> attempt(Work work) throws SQLException {
        try {
            work.run();
            return Optional.empty();
        } catch (SQLException e) {
            if (Failures.mayEndTransaction(e)) throw e;
            return Optional.of(Failures.reason(e));
        }
    }

    /// The query without the semicolon that may end it.
    static String query(String query) {
        String stripped = query.strip();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}
