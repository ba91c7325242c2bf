package dev.ferritedb.sqlite;

import dev.ferritedb.ports.events.ChangeListener;
import dev.ferritedb.ports.persistence.MigrationState;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.value.Value;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps collections and records in one SQLite file: a table a collection, a column a field.
///
/// Writes go through one thread, which commits what waits in one transaction; reads run on their caller's
/// thread, on a few connections of their own. Several processes may have the file open at the same time. A
/// query that keeps SQLite busy for more than 5 seconds is refused as `query_too_slow`; when no connection or
/// room in the queue comes free in time, or another process holds the file, the call is refused as
/// `storage_busy`; a full disk is refused as `storage_full`. After an input/output error nothing more is
/// written: the store must be opened again.
public final class SqliteRecordStore implements RecordStore {
    private final SqliteSettings settings;
    private final Session writeSession;
    private final Catalogs catalogs;
    private final ChangesLog changes;
    private final StoredSettings storedSettings = new StoredSettings();
    private final Writer writer;
    private final ReadPool readers;
    private final LongReads longReads;
    private final Counts counts;
    private final Migrations migrations;

    private SqliteRecordStore(SqliteSettings settings, Session writeSession) throws SQLException {
        this.settings = settings;
        this.writeSession = writeSession;
        var sql = new CollectionSql.Book();
        this.catalogs = new Catalogs(sql);
        var changed = new ChangedTables();
        this.counts = new Counts(changed);
        this.changes = new ChangesLog(settings.clock(), changed);
        this.migrations = new Migrations(settings.clock());
        Migrations.requireKnown(settings.file(), writeSession);
        catalogs.notice(writeSession);
        if (catalogs.migrated()) goOnFrom(writeSession);
        this.readers = new ReadPool(settings, sql, catalogs, counts);
        this.longReads = new LongReads(settings);
        this.writer = new Writer(settings, writeSession, sql, catalogs, changes, storedSettings);
        writer.start();
    }

    /// Opens the file, or makes it. Applies no migrations: see [#migrate].
    /// @throws PortFailure with a line of advice when the file is damaged, not ours, or of a newer version, or
    /// can't be written
    public static SqliteRecordStore open(SqliteSettings settings) {
        Session session = DatabaseFile.openWriter(settings);
        try {
            return new SqliteRecordStore(settings, session);
        } catch (SQLException e) {
            closeAfter(session, e);
            throw Failures.of(e);
        } catch (RuntimeException e) {
            closeAfter(session, e);
            throw e;
        }
    }

    @Override
    public CollectionCatalog catalog() {
        return catalogs.current();
    }

    @Override
    public Optional<Value.Members> settings() {
        return storedSettings.current();
    }

    @Override
    public <T> T read(ReadBody<T> body) {
        requireMigrated();
        return readers.read(body);
    }

    @Override
    public <T> T readLong(ReadBody<T> body) {
        requireMigrated();
        return longReads.run(() -> readers.read(body));
    }

    @Override
    public <T> T write(WriteBody<T> body) {
        requireMigrated();
        return writer.write(body::run);
    }

    @Override
    public <T> T write(Duration atMost, WriteBody<T> body) {
        requireMigrated();
        return writer.write(writes -> {
            writes.limit(atMost);
            return body.run(writes);
        });
    }

    @Override
    public void onCommit(ChangeListener listener) {
        changes.listen(listener);
    }

    @Override
    public void onOtherWriter(Runnable listener) {
        changes.listenToOthers(listener);
    }

    @Override
    public void onCatalog(Consumer<CollectionCatalog> listener) {
        catalogs.listen(listener);
    }

    @Override
    public List<MigrationState> migrations() {
        return writer.write(writes -> writes.ask(Migrations::states));
    }

    @Override
    public List<String> migrate() {
        List<String> missing = writer.write(writes -> writes.ask(Migrations::missing));
        var applied = new ArrayList<String>();
        for (String name : missing) {
            if (writer.write(writes -> writes.ask(session -> migrations.apply(session, name)))) applied.add(name);
        }
        readAgain();
        return applied;
    }

    @Override
    public List<String> revert(int count) {
        var reverted = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            Optional<String> name = writer.write(writes -> writes.ask(migrations::revertNewest));
            if (name.isEmpty()) break;
            reverted.add(name.get());
        }
        readAgain();
        return reverted;
    }

    @Override
    public void probe() {
        long written = settings.clock().millis();
        long read = writer.write(writes -> writes.ask(session -> {
            session.execute("CREATE TABLE IF NOT EXISTS _probe (id INTEGER PRIMARY KEY, at INTEGER NOT NULL)");
            session.change("INSERT OR REPLACE INTO _probe (id, at) VALUES (1, ?)", List.of(written));
            return session.whole("SELECT at FROM _probe WHERE id = 1");
        }));
        if (read != written) throw new PortFailure("the database gave back another value than was written");
    }

    /// Finishes the writes that wait, moves the log into the database and lets go of the file.
    @Override
    public void close() {
        writer.close();
        longReads.close();
        readers.close();
        try {
            writeSession.text("PRAGMA wal_checkpoint(TRUNCATE)");
            writeSession.close();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /// How many transactions were committed, each with one sync of the disk.
    long commits() {
        return writer.commits();
    }

    Counts counts() {
        return counts;
    }

    private void readAgain() {
        writer.write(writes -> writes.ask(session -> {
            catalogs.readAgain(session);
            writes.catalog(catalogs.current());
            if (catalogs.migrated()) goOnFrom(session);
            return true;
        }));
    }

    private void goOnFrom(Session session) throws SQLException {
        changes.resume(session);
        storedSettings.readAgain(session);
    }

    private void requireMigrated() {
        if (!catalogs.migrated()) {
            throw new PortFailure("the database " + settings.file()
                    + " has migrations to run\nRun them first: ferritedb migrate run");
        }
    }

    private static void closeAfter(Session session, Exception reason) {
        try {
            session.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
