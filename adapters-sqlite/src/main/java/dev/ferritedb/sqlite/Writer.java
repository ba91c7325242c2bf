package dev.ferritedb.sqlite;

import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.CollectionCatalog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// The one thread that writes. Bodies wait in a queue; what waits is run in one transaction, each body undone
/// alone when it throws, and all are answered after the one commit they share.
final class Writer implements AutoCloseable {
    /// Callers beyond this many wait for room.
    private static final int QUEUE_MAX = 1_024;

    /// Bounds what one failing commit takes down, and with [#GROUP_NANOS_MAX] how long the first body of a
    /// group waits.
    private static final int GROUP_MAX = 256;

    private static final long GROUP_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(10);

    /// How often an idle writer looks for what another process changed.
    private static final long NOTICE_MILLIS = 400;

    private static final System.Logger LOG = System.getLogger(Writer.class.getName());

    private final SqliteSettings settings;
    private final Session session;
    private final CollectionSql.Book sql;
    private final Catalogs catalogs;
    private final ChangesLog changes;
    private final StoredSettings storedSettings;
    private final WriteAheadLog log;
    private final Statistics statistics = new Statistics();
    private final ArrayBlockingQueue<WriteTask<?>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread thread;
    private final List<WriteTask<?>> group = new ArrayList<>();
    private final WriteTask<?> nudge = new WriteTask<>(_ -> true);
    private final AtomicLong commits = new AtomicLong();
    /// Why nothing more is written; empty while all is well.
    private volatile String sickness = "";

    private volatile boolean closing;
    private volatile boolean stopped;

    Writer(
            SqliteSettings settings,
            Session session,
            CollectionSql.Book sql,
            Catalogs catalogs,
            ChangesLog changes,
            StoredSettings storedSettings) {
        this.settings = settings;
        this.session = session;
        this.sql = sql;
        this.catalogs = catalogs;
        this.changes = changes;
        this.storedSettings = storedSettings;
        this.log = new WriteAheadLog(settings.file());
        this.thread = Thread.ofPlatform().name("ferrite-writer").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /// Runs `body` in a transaction and returns once it is durable.
    <T> T write(Function<Writes, T> body) {
        if (Thread.currentThread() == thread) throw new IllegalStateException("a write inside a write never ends");
        requireHealthy();
        var task = new WriteTask<>(body);
        enqueue(task);
        return task.await();
    }

    /// How many transactions were committed.
    long commits() {
        return commits.get();
    }

    /// Lets what waits finish, then ends the thread. The connection is the caller's to close.
    @Override
    public void close() {
        closing = true;
        boolean noticed = queue.offer(nudge); // A full queue keeps the thread awake anyhow.
        LOG.log(System.Logger.Level.DEBUG, "the writer is told to end: {0}", noticed);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        failTheRest();
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void enqueue(WriteTask<?> task) {
        try {
            if (!queue.offer(task, settings.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refusal(new Problem.Unavailable(
                        "storage_busy", "Too many writes are waiting. Send the request again."));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new PortFailure("interrupted before the write began");
        }
        if (stopped) failTheRest();
    }

    private void requireHealthy() {
        if (closing) throw closed();
        if (!sickness.isEmpty()) throw sick(sickness);
    }

    private static PortFailure closed() {
        return new PortFailure("the store is closed");
    }

    private static PortFailure sick(String reason) {
        return new PortFailure("the store stopped writing: " + reason + "\nLook at the disk, then start again.");
    }

    private void work() {
        try {
            while (!closing || !queue.isEmpty()) {
                WriteTask<?> first = queue.poll(NOTICE_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) look();
                else if (first != nudge) serve(first);
            }
        } catch (InterruptedException _) {
            becomeSick("its writer was interrupted");
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "the writer died", e);
            becomeSick("its writer failed");
        } finally {
            stopped = true;
            failTheRest();
        }
    }

    private void look() {
        try {
            noticeOthers();
            if (!catalogs.migrated() || !sickness.isEmpty()) return;
            if (!statistics.due(changes.newest(), catalogs.current().version())) return;
            boolean refreshed = Statistics.refresh(session);
            LOG.log(System.Logger.Level.DEBUG, "statistics for the planner made anew: {0}", refreshed);
        } catch (SQLException | PortFailure e) {
            LOG.log(System.Logger.Level.WARNING, "the catalog or the tables can't be looked at", e);
        }
    }

    private void serve(WriteTask<?> first) {
        group.clear();
        group.add(first);
        try {
            if (!sickness.isEmpty()) throw sick(sickness);
            if (runGroup()) commit();
        } catch (SQLException e) {
            failGroup(e);
        } catch (RuntimeException e) {
            failGroup(e);
        }
        for (WriteTask<?> task : group) task.answer();
    }

    /// Runs what is in the group, and what comes while that runs.
    /// @return whether there is something to commit
    private boolean runGroup() throws SQLException {
        long started = System.nanoTime();
        boolean begun = false;
        for (int i = 0; i < group.size(); i++) {
            WriteTask<?> task = group.get(i);
            begun = begun ? runBeside(task) : runFirst(task);
            boolean full = group.size() >= GROUP_MAX || System.nanoTime() - started > GROUP_NANOS_MAX;
            if (!full && i == group.size() - 1) join(queue.poll());
        }
        return begun;
    }

    private void join(WriteTask<?> next) {
        if (next != null && next != nudge) group.add(next);
    }

    /// The transaction holds nothing else yet, so it is itself the body's savepoint.
    /// @return whether the transaction stays open
    private boolean runFirst(WriteTask<?> task) throws SQLException {
        begin();
        if (runBody(task)) return true;
        session.run("ROLLBACK");
        return false;
    }

    private void begin() throws SQLException {
        session.run("BEGIN IMMEDIATE");
        noticeOthers();
    }

    private void noticeOthers() throws SQLException {
        if (!catalogs.notice(session)) return;
        changes.tellOfOthers();
        if (!catalogs.migrated()) return;
        changes.resume(session);
        storedSettings.readAgain(session);
    }

    /// @return true: the transaction stays open
    private boolean runBeside(WriteTask<?> task) throws SQLException {
        session.run("SAVEPOINT body");
        if (!runBody(task)) session.run("ROLLBACK TO body");
        session.run("RELEASE body");
        return true;
    }

    private boolean runBody(WriteTask<?> task) throws SQLException {
        CollectionCatalog catalog = catalogs.pending();
        session.useCatalog(catalog.version());
        changes.mark();
        var writes = new Writes(session, sql, catalog, changes);
        boolean returned = task.run(writes);
        writes.end();
        session.unlimited();
        Optional<SQLException> broken = writes.broken();
        if (broken.isPresent()) throw broken.get();
        if (returned) {
            catalogs.propose(writes.catalog());
            writes.settingsKept().ifPresent(storedSettings::propose);
        } else {
            changes.undo();
        }
        return returned;
    }

    private void commit() throws SQLException {
        session.run("COMMIT");
        commits.incrementAndGet();
        catalogs.publishPending();
        storedSettings.publishPending();
        changes.publish();
        restrainLog();
    }

    /// What was committed stays so, whatever becomes of this.
    private void restrainLog() {
        try {
            log.restrain(session);
        } catch (SQLException e) {
            noteFailure(e);
        }
    }

    private void failGroup(SQLException e) {
        noteFailure(e);
        // What waits behind would wait as long again for the same lock.
        if (Failures.isBusy(e)) queue.drainTo(group);
        failGroup(Failures.of(e));
    }

    private void failGroup(RuntimeException reason) {
        for (WriteTask<?> task : group) {
            if (!task.threw()) task.fail(reason);
        }
        changes.forget();
        catalogs.forgetPending();
        storedSettings.forgetPending();
        try {
            session.execute("ROLLBACK");
        } catch (SQLException _) {
            // SQLite has ended the transaction by itself: there is nothing left to undo.
        }
    }

    private void noteFailure(SQLException e) {
        if (!Failures.isFatal(e)) return;
        LOG.log(System.Logger.Level.ERROR, "the database failed, no more writes are taken", e);
        becomeSick(String.valueOf(e.getMessage()));
    }

    private void becomeSick(String reason) {
        if (sickness.isEmpty()) sickness = reason;
    }

    private void failTheRest() {
        WriteTask<?> task = queue.poll();
        while (task != null) {
            task.fail(sickness.isEmpty() ? closed() : sick(sickness));
            task.answer();
            task = queue.poll();
        }
    }
}
