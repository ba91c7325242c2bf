package dev.ferritedb.sqlite;

import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome;
import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome.IndexRefused;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.schema.IndexDefinition;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Makes and removes the indexes that a collection names.
final class Indexes {
    private final Session session;

    Indexes(Session session) {
        this.session = session;
    }

    /// Makes those of `collection` that are not among `kept`.
    SchemaOutcome make(CollectionSchema collection, List<String> kept) throws SQLException {
        keepIdsApart(collection);
        for (int position = 0; position < collection.indexes().size(); position++) {
            String sql = collection.indexes().get(position);
            if (kept.contains(sql)) continue;
            Optional<String> refusal = make(collection, sql);
            if (refusal.isPresent()) return new IndexRefused(position, refusal.get());
        }
        return SchemaOutcome.Made.MADE;
    }

    /// Removes those of `collection` that are not among `kept`.
    void remove(CollectionSchema collection, List<String> kept) throws SQLException {
        for (String sql : collection.indexes()) {
            if (kept.contains(sql)) continue;
            Optional<IndexDefinition> index = IndexDefinition.parse(sql);
            if (index.isPresent()) {
                session.execute(
                        "DROP INDEX IF EXISTS " + Names.quoted(index.get().name()));
            }
        }
    }

    private Optional<String> make(CollectionSchema collection, String sql) throws SQLException {
        Optional<IndexDefinition> parsed = IndexDefinition.parse(sql);
        if (parsed.isEmpty()) return Optional.of("not one CREATE INDEX statement");
        IndexDefinition index = parsed.get();
        if (!index.table().equalsIgnoreCase(collection.name())) {
            return Optional.of("the index is on " + index.table() + ", not on " + collection.name());
        }
        if (exists(index.name())) return Optional.of("there is already an index or table " + index.name());
        try {
            session.execute(sql);
        } catch (SQLException e) {
            if (Failures.mayEndTransaction(e)) throw e;
            return Optional.of(Failures.reason(e));
        }
        return Optional.empty();
    }

    /// Ids of one's own choice must differ in more than the case of letters: they name folders, too. The index's
    /// name is one that no collection and no other index can have.
    private void keepIdsApart(CollectionSchema collection) throws SQLException {
        boolean chosen = collection
                .field("id")
                .filter(id -> id.type() instanceof FieldType.Text text
                        && !text.pattern().equals(FieldType.Text.ID.pattern()))
                .isPresent();
        if (!chosen) return;
        session.execute("CREATE UNIQUE INDEX IF NOT EXISTS " + Names.quoted("ids of " + collection.id()) + " ON "
                + Names.quoted(collection.name()) + " (`id` COLLATE NOCASE)");
    }

    private boolean exists(String name) throws SQLException {
        return session.first(
                "SELECT 1 FROM sqlite_schema WHERE name = ? COLLATE NOCASE", List.of(name), _ -> true, false);
    }
}
