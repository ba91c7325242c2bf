package dev.ferritedb.sqlite;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome;
import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome.Made;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionDocuments.Secrets;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes, changes and drops collections within the transaction under way. What was done before a refusal stays
/// done until the body that asked for it throws.
final class SchemaChanges {
    private final Session session;
    private final Tables tables;
    private final Indexes indexes;
    private final Views views;

    SchemaChanges(Session session) {
        this.session = session;
        this.tables = new Tables(session);
        this.indexes = new Indexes(session);
        this.views = new Views(session);
    }

    record Result(SchemaOutcome outcome, CollectionCatalog catalog) {}

    Result create(CollectionCatalog catalog, CollectionSchema collection) throws SQLException {
        CollectionCatalog after = next(catalog, collections -> {
            collections.add(collection);
            return collections;
        });
        session.change(
                "INSERT INTO _collections (id, name, position, document)"
                        + " VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM _collections), ?)",
                List.of(collection.id(), collection.name(), document(collection)));
        if (collection.isView()) return new Result(views.makeAll(after), after);
        tables.create(collection);
        return new Result(indexes.make(collection, List.of()), after);
    }

    Result change(CollectionCatalog catalog, CollectionSchema before, CollectionSchema after) throws SQLException {
        if (!before.id().equals(after.id()) || before.isView() != after.isView()) {
            throw new IllegalArgumentException(before + " can't become " + after);
        }
        CollectionCatalog changed = next(catalog, collections -> {
            collections.replaceAll(old -> old.id().equals(after.id()) ? after : old);
            return collections;
        });
        session.change(
                "UPDATE _collections SET name = ?, document = ? WHERE id = ?",
                List.of(after.name(), document(after), after.id()));
        boolean ground = after.isView() ? viewDiffers(before, after) : Tables.differs(before, after);
        if (ground) views.dropAll(catalog);
        SchemaOutcome outcome = after.isView() ? Made.MADE : changeTable(before, after, ground);
        if (outcome == Made.MADE && ground) outcome = views.makeAll(changed);
        return new Result(outcome, changed);
    }

    Result drop(CollectionCatalog catalog, CollectionSchema collection) throws SQLException {
        CollectionCatalog after = next(catalog, collections -> {
            collections.removeIf(other -> other.id().equals(collection.id()));
            return collections;
        });
        session.change("DELETE FROM _collections WHERE id = ?", List.of(collection.id()));
        views.dropAll(catalog);
        if (!collection.isView()) tables.drop(collection);
        return new Result(views.makeAll(after), after);
    }

    private SchemaOutcome changeTable(CollectionSchema before, CollectionSchema after, boolean ground)
            throws SQLException {
        List<String> kept = new ArrayList<>();
        if (!ground || Tables.keepsColumns(before, after)) {
            kept.addAll(before.indexes());
            kept.retainAll(after.indexes());
        }
        indexes.remove(before, kept);
        if (ground) tables.change(before, after);
        return indexes.make(after, kept);
    }

    private static boolean viewDiffers(CollectionSchema before, CollectionSchema after) {
        return !before.kind().equals(after.kind())
                || !before.name().equals(after.name())
                || !CollectionSql.names(before)
                        .toList()
                        .equals(CollectionSql.names(after).toList());
    }

    private CollectionCatalog next(CollectionCatalog catalog, UnaryOperator<List<CollectionSchema>> change)
            throws SQLException {
        session.change("UPDATE _catalog SET version = version + 1", List.of());
        return new CollectionCatalog(catalog.version() + 1, change.apply(new ArrayList<>(catalog.collections())));
    }

    private static String document(CollectionSchema collection) {
        return Json.write(CollectionDocuments.write(collection, Secrets.SHOWN));
    }
}
