package dev.ferritedb.sqlite;

import dev.ferritedb.ports.audit.AuditEntry;
import dev.ferritedb.ports.audit.AuditLog;
import dev.ferritedb.ports.audit.AuditPage;
import dev.ferritedb.ports.audit.AuditQuery;
import dev.ferritedb.ports.problem.PortFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Keeps the audit log in an SQLite file of its own. One thread writes what waits in a queue, many entries in one
/// transaction; several processes may have the file open at the same time.
public final class SqliteAuditLog implements AuditLog {
    /// How long another process may keep the file busy before that counts as trouble.
    private static final Duration BUSY_MAX = Duration.ofSeconds(2);

    private static final int DELETED_AT_ONCE = 5_000;

    private final Path file;
    private final Session writing;
    private final Session reading;
    private final AuditWriter writer;
    private boolean closed;

    private SqliteAuditLog(Path file, Session writing, Session reading) {
        this.file = file;
        this.writing = writing;
        this.reading = reading;
        this.writer = new AuditWriter(writing);
        writer.start();
    }

    /// Opens the file, or makes it.
    /// @throws PortFailure with a line of advice when the file is damaged, not ours, or can't be written
    public static SqliteAuditLog open(Path file) {
        return open(file, BUSY_MAX);
    }

    static SqliteAuditLog open(Path file, Duration busyMax) {
        var settings = new SqliteSettings(file, SqliteSettings.Synchronous.FULL, 1, busyMax, InstantSource.system());
        Session writing = DatabaseFile.openWriter(settings);
        try {
            AuditTable.make(writing);
            return new SqliteAuditLog(settings.file(), writing, new Session(DatabaseFile.openReader(settings)));
        } catch (SQLException e) {
            try {
                writing.close();
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw Failures.of(e);
        }
    }

    @Override
    public void append(AuditEntry entry) {
        writer.append(entry);
    }

    @Override
    public AuditPage find(AuditQuery query) {
        writer.awaitWritten();
        synchronized (reading) {
            if (closed) throw closed();
            try {
                return AuditTable.find(reading, query);
            } catch (SQLException e) {
                throw Failures.of(e);
            }
        }
    }

    @Override
    public long deleteBefore(Instant time) {
        writer.awaitWritten();
        long deleted = 0;
        int some = DELETED_AT_ONCE;
        while (some == DELETED_AT_ONCE) {
            some = deleteSome(time);
            deleted += some;
        }
        return deleted;
    }

    /// A part at a time, so that what is appended meanwhile gets its turn.
    private int deleteSome(Instant time) {
        synchronized (writing) {
            if (closed) throw closed();
            try {
                return AuditTable.deleteBefore(writing, time, DELETED_AT_ONCE);
            } catch (SQLException e) {
                throw Failures.of(e);
            }
        }
    }

    @Override
    public Optional<String> trouble() {
        return writer.trouble();
    }

    @Override
    public void close() {
        writer.close();
        synchronized (reading) {
            synchronized (writing) {
                if (closed) return;
                closed = true;
                closeSessions();
            }
        }
    }

    private void closeSessions() {
        try {
            reading.close();
            writing.text("PRAGMA wal_checkpoint(TRUNCATE)");
            writing.close();
        } catch (SQLException e) {
            throw new PortFailure("the audit log " + file + " can't be closed: " + e.getMessage(), e);
        }
    }

    private PortFailure closed() {
        return new PortFailure("the audit log " + file + " is closed");
    }
}
