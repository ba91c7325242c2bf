package dev.ferritedb.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// The same tables, settings and statements as FerriteDB's, and nothing round them: a read connection a core with its
/// statements prepared, and one write connection.
final class BareStore implements AutoCloseable {
    static final String COLUMNS = "\"id\", \"title\", \"body\", \"count\", \"done\", \"created\", \"updated\"";

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS bench (
                id TEXT PRIMARY KEY NOT NULL,
                title TEXT DEFAULT '' NOT NULL,
                body TEXT DEFAULT '' NOT NULL,
                count NUMERIC DEFAULT 0 NOT NULL,
                done BOOLEAN DEFAULT FALSE NOT NULL,
                created TEXT DEFAULT '' NOT NULL,
                updated TEXT DEFAULT '' NOT NULL)""";
    private static final String CHANGES = """
            CREATE TABLE IF NOT EXISTS _changes (
                seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, collection TEXT NOT NULL, record TEXT NOT NULL,
                kind INTEGER NOT NULL, last TEXT)""";

    /// A row as it is stored.
    record Item(String id, String title, String body, double count, boolean done, String created, String updated) {}

    private final ArrayBlockingQueue<Reader> readers;
    private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(1_024);
    private final Object alone = new Object();
    private final Connection writer;
    private final PreparedStatement insert;
    private final PreparedStatement change;
    private final Statement control;
    private final Thread thread;
    private final AtomicLong sequence = new AtomicLong();

    private record Waiting(Item item, CompletableFuture<Boolean> done) {}

    BareStore(Path file, int readerCount) throws SQLException {
        writer = connection(file);
        control = writer.createStatement();
        control.execute("PRAGMA journal_mode = WAL");
        control.execute("PRAGMA synchronous = FULL");
        control.execute(TABLE);
        control.execute(CHANGES);
        insert = writer.prepareStatement("INSERT INTO bench (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)");
        change = writer.prepareStatement(
                "INSERT INTO _changes (seq, at, collection, record, kind, last) VALUES (?, ?, ?, ?, ?, ?)");
        readers = new ArrayBlockingQueue<>(readerCount);
        for (int i = 0; i < readerCount; i++) readers.add(new Reader(connection(file)));
        thread = Thread.ofPlatform().name("bare-writer").daemon().start(this::write);
    }

    private static Connection connection(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setGetGeneratedKeys(false);
        config.setBusyTimeout(5_000);
        config.setCacheSize(-4_096);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    Reader borrow() throws InterruptedException {
        return readers.take();
    }

    void giveBack(Reader reader) {
        readers.add(reader);
    }

    /// A transaction and a commit of its own.
    void createAlone(Item item) throws SQLException {
        synchronized (alone) {
            control.execute("BEGIN IMMEDIATE");
            insert(item);
            control.execute("COMMIT");
        }
    }

    /// Shares its commit with what waits beside it.
    void createInGroup(Item item) throws InterruptedException {
        var done = new CompletableFuture<Boolean>();
        queue.put(new Waiting(item, done));
        done.join();
    }

    private void write() {
        List<Waiting> group = new ArrayList<>();
        while (true) {
            try {
                group.add(queue.take());
                synchronized (alone) {
                    commit(group);
                }
                for (Waiting waiting : group) waiting.done().complete(true);
            } catch (SQLException e) {
                for (Waiting waiting : group) waiting.done().completeExceptionally(e);
            } catch (InterruptedException closed) {
                return;
            }
            group.clear();
        }
    }

    private void commit(List<Waiting> group) throws SQLException {
        control.execute("BEGIN IMMEDIATE");
        for (int i = 0; i < group.size(); i++) {
            control.execute("SAVEPOINT body");
            insert(group.get(i).item());
            control.execute("RELEASE body");
            if (i == group.size() - 1 && group.size() < 256) queue.drainTo(group, 256 - group.size());
        }
        control.execute("COMMIT");
    }

    private void insert(Item item) throws SQLException {
        insert.setString(1, item.id());
        insert.setString(2, item.title());
        insert.setString(3, item.body());
        insert.setDouble(4, item.count());
        insert.setBoolean(5, item.done());
        insert.setString(6, item.created());
        insert.setString(7, item.updated());
        insert.executeUpdate();
        change.setLong(1, sequence.incrementAndGet());
        change.setLong(2, System.currentTimeMillis());
        change.setString(3, "bench");
        change.setString(4, item.id());
        change.setInt(5, 1);
        change.setNull(6, Types.VARCHAR);
        change.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        thread.interrupt();
        for (Reader reader : readers) reader.connection.close();
        writer.close();
    }

    static final class Reader {
        private final Connection connection;
        final PreparedStatement find;
        final PreparedStatement list;
        final PreparedStatement total;

        Reader(Connection connection) throws SQLException {
            this.connection = connection;
            find = connection.prepareStatement("SELECT " + COLUMNS + " FROM bench WHERE \"id\" = ?");
            list = connection.prepareStatement("SELECT " + COLUMNS + " FROM bench ORDER BY rowid LIMIT ? OFFSET ?");
            total = connection.prepareStatement("SELECT count(*) FROM bench");
        }
    }
}
