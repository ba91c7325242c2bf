package dev.ferritedb.sqlite;

import dev.ferritedb.ports.audit.AuditEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The thread that writes an audit log. While the disk refuses, what comes waits in the queue and the write is
/// tried again; what no longer fits is lost, and counted.
final class AuditWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());

    /// A few MiB of entries.
    private static final int QUEUE_MAX = 8_192;

    private static final int BATCH_MAX = 512;
    private static final long IDLE_MILLIS = 200;
    private static final long RETRY_MILLIS = 500;

    /// How long a reader waits for the entries that were appended before it came.
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Session session;
    private final ArrayBlockingQueue<AuditEntry> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread thread;
    private final Object counting = new Object();
    private long taken;
    private long settled;
    private long lost;
    private long lostTold;
    private volatile String trouble = "";
    private volatile boolean dead;
    private volatile boolean closing;

    /// @param session also the monitor for whoever else uses it
    AuditWriter(Session session) {
        this.session = session;
        this.thread = Thread.ofPlatform().name("ferrite-audit").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    void append(AuditEntry entry) {
        synchronized (counting) {
            boolean kept = !closing && !dead && queue.offer(entry);
            if (kept) taken++;
            else lost++;
        }
    }

    /// Waits until what was appended so far is written, while all goes well.
    void awaitWritten() {
        long deadline = System.nanoTime() + CATCH_UP_NANOS;
        synchronized (counting) {
            long upTo = taken;
            while (settled < upTo && trouble.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) return;
                try {
                    TimeUnit.NANOSECONDS.timedWait(counting, left);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    /// Writes what waits, then ends the thread. The session is the caller's to close.
    @Override
    public void close() {
        synchronized (counting) {
            closing = true;
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void work() {
        var batch = new ArrayList<AuditEntry>(BATCH_MAX);
        try {
            while (gather(batch)) write(batch);
        } catch (InterruptedException _) {
            die("its writer was interrupted");
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "the writer of the audit log died", e);
            die("its writer failed");
        } finally {
            lose(batch.size() + queue.size());
            queue.clear();
            tellLost();
        }
    }

    /// @return false when nothing is left to do
    private boolean gather(List<AuditEntry> batch) throws InterruptedException {
        while (batch.isEmpty()) {
            AuditEntry first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) batch.add(first);
            else if (closing) return false;
            else if (trouble.isEmpty()) tellLost();
        }
        queue.drainTo(batch, BATCH_MAX - batch.size());
        return true;
    }

    private void write(List<AuditEntry> batch) throws InterruptedException {
        try {
            synchronized (session) {
                commit(batch);
            }
            settle(batch.size());
            batch.clear();
            recover();
        } catch (SQLException e) {
            complain(e);
            if (Failures.isFatal(e) || closing) {
                lose(batch.size());
                batch.clear();
            }
            if (Failures.isFatal(e)) die(String.valueOf(e.getMessage()));
            else if (!closing) TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
        if (dead) discard();
    }

    private void commit(List<AuditEntry> batch) throws SQLException {
        session.run("BEGIN IMMEDIATE");
        try {
            AuditTable.insert(session, batch);
            session.run("COMMIT");
        } catch (SQLException e) {
            try {
                session.execute("ROLLBACK");
            } catch (SQLException _) {
                // SQLite has ended the transaction by itself: there is nothing left to undo.
            }
            throw e;
        }
    }

    private void complain(SQLException e) {
        boolean fresh = trouble.isEmpty();
        trouble = String.valueOf(e.getMessage());
        if (fresh) LOG.log(System.Logger.Level.ERROR, "the audit log can't be written", e);
        synchronized (counting) {
            counting.notifyAll();
        }
    }

    private void recover() {
        if (trouble.isEmpty()) return;
        trouble = "";
        LOG.log(System.Logger.Level.WARNING, "the audit log is written again");
        tellLost();
    }

    /// After an error of the disk nothing that is written can be trusted to be there.
    private void die(String reason) {
        synchronized (counting) {
            dead = true;
            trouble = reason;
            counting.notifyAll();
        }
    }

    private void discard() {
        var waiting = new ArrayList<AuditEntry>();
        queue.drainTo(waiting);
        lose(waiting.size());
        tellLost();
    }

    private void settle(int count) {
        synchronized (counting) {
            settled += count;
            counting.notifyAll();
        }
    }

    private void lose(int count) {
        synchronized (counting) {
            lost += count;
            settled += count;
            counting.notifyAll();
        }
    }

    private void tellLost() {
        long count;
        synchronized (counting) {
            count = lost - lostTold;
            lostTold = lost;
        }
        if (count > 0) LOG.log(System.Logger.Level.ERROR, "entries of the audit log that were lost: " + count);
    }
}
