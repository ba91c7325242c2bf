package dev.ferritedb.sqlite;

import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What one body writes, within the transaction that the writer began for it.
final class Writes extends Reads implements RecordWrites {
    private final ChangesLog changes;
    private final SchemaChanges schema;
    private Optional<SQLException> broken = Optional.empty();
    private Optional<Value.Members> settingsKept = Optional.empty();

    Writes(Session session, CollectionSql.Book sql, CollectionCatalog catalog, ChangesLog changes) {
        super(session, sql, catalog);
        this.changes = changes;
        this.schema = new SchemaChanges(session);
    }

    @Override
    public WriteOutcome insert(StoredRecord record) {
        requireTable(record.collection());
        return write(record.collection(), session -> {
            session.change(sql(record.collection()).insert(), values(record));
            changes.created(session, record);
        });
    }

    @Override
    public WriteOutcome update(StoredRecord before, StoredRecord after) {
        CollectionSchema collection = after.collection();
        requireTable(collection);
        return write(collection, session -> {
            if (updateColumns(session, before, after) == 0) throw notThere(before);
            changes.updated(session, before, after);
        });
    }

    @Override
    public void delete(StoredRecord record) {
        requireTable(record.collection());
        ask(session -> {
            if (session.change(sql(record.collection()).delete(), List.of(record.id())) == 0) throw notThere(record);
            changes.deleted(session, record);
            return true;
        });
    }

    @Override
    public void keepSettings(Value.Members settings) {
        ask(session -> {
            StoredSettings.keep(session, settings);
            settingsKept = Optional.of(settings);
            return true;
        });
    }

    @Override
    public SchemaOutcome create(CollectionSchema collection) {
        return shape(() -> schema.create(catalog(), collection));
    }

    @Override
    public SchemaOutcome change(CollectionSchema before, CollectionSchema after) {
        return shape(() -> schema.change(catalog(), before, after));
    }

    @Override
    public SchemaOutcome drop(CollectionSchema collection) {
        return shape(() -> schema.drop(catalog(), collection));
    }

    Optional<Value.Members> settingsKept() {
        return settingsKept;
    }

    /// The failure that may have ended the transaction under the body, if there was one.
    Optional<SQLException> broken() {
        return broken;
    }

    @Override
    RuntimeException failed(SQLException e) {
        if (Failures.mayEndTransaction(e)) broken = Optional.of(e);
        return super.failed(e);
    }

    @FunctionalInterface
    private interface Change {
        void apply(Session session) throws SQLException;
    }

    @FunctionalInterface
    private interface Shaping {
        SchemaChanges.Result run() throws SQLException;
    }

    private WriteOutcome write(CollectionSchema collection, Change change) {
        return ask(session -> {
            try {
                change.apply(session);
                return WriteOutcome.Written.WRITTEN;
            } catch (SQLException e) {
                if (!Failures.isUniqueClash(e)) throw e;
                return new WriteOutcome.Duplicate(UniqueClash.fields(collection, e));
            }
        });
    }

    private SchemaOutcome shape(Shaping shaping) {
        return ask(session -> {
            SchemaChanges.Result result = shaping.run();
            catalog(result.catalog());
            session.useCatalog(result.catalog().version());
            return result.outcome();
        });
    }

    private static List<Object> values(StoredRecord record) {
        List<Field> fields = record.collection().fields();
        var values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) values[i] = Columns.bound(fields.get(i), record.value(i));
        return Arrays.asList(values);
    }

    /// @return 0 when the record is not there
    private int updateColumns(Session session, StoredRecord before, StoredRecord after) throws SQLException {
        List<Field> fields = after.collection().fields();
        var assignments = new StringBuilder();
        var binds = new ArrayList<Object>();
        for (int i = 0; i < fields.size(); i++) {
            if (after.value(i).equals(before.value(i))) continue;
            assignments.append(assignments.isEmpty() ? "" : ", ");
            assignments.append(Names.quoted(fields.get(i).name())).append(" = ?");
            binds.add(Columns.bound(fields.get(i), after.value(i)));
        }
        if (binds.isEmpty()) return 1;
        binds.add(before.id());
        String table = sql(after.collection()).table();
        return session.change("UPDATE " + table + " SET " + assignments + " WHERE `id` = ?", binds);
    }

    private static IllegalStateException notThere(StoredRecord record) {
        return new IllegalStateException(record + " was not found in this transaction");
    }

    private static void requireTable(CollectionSchema collection) {
        if (collection.isView()) throw new IllegalArgumentException(collection.name() + " is a view");
    }
}
