package dev.ferritedb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.audit.AuditLog;
import dev.ferritedb.ports.audit.AuditLogContract;
import dev.ferritedb.ports.audit.AuditQuery;
import dev.ferritedb.ports.problem.PortFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditLogTest extends AuditLogContract {
    @TempDir
    Path folder;

    @Override
    protected AuditLog open() {
        return SqliteAuditLog.open(folder.resolve("audit.db"), Duration.ofMillis(250));
    }

    private Connection another() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("audit.db"));
    }

    @Test
    void itsFileIsForItsOwnerAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("audit.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Path other = Files.writeString(folder.resolve("other.db"), "not a database, but long enough to be read as one");

        assertThatThrownBy(() -> SqliteAuditLog.open(other)).isInstanceOf(PortFailure.class);
    }

    @Test
    void twoProcessesShareOneFile() {
        try (AuditLog second = SqliteAuditLog.open(folder.resolve("audit.db"))) {
            log.append(entry("guest", "login", "first"));
            assertThat(log.find(AuditQuery.NEWEST).total()).isEqualTo(1);
            second.append(entry("operator", "start", "second"));

            assertThat(second.find(AuditQuery.NEWEST).total()).isEqualTo(2);
            assertThat(log.find(AuditQuery.NEWEST).total()).isEqualTo(2);
        }
    }

    @Test
    @Timeout(30)
    void tellsOfTroubleWithoutHoldingAnyoneUpAndKeepsWhatWaitedOnceItIsOver() throws Exception {
        var said = new Said();
        try (Connection other = another()) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            log.append(entry("guest", "login", "waiting"));
            while (log.trouble().isEmpty()) Thread.onSpinWait();

            long started = System.nanoTime();
            for (int i = 0; i < 1000; i++) log.append(entry("guest", "login", "n" + i));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(200));
            assertThat(log.find(AuditQuery.NEWEST).total()).isZero();

            other.createStatement().execute("ROLLBACK");
        }
        while (log.trouble().isPresent()) Thread.onSpinWait();

        assertThat(log.find(AuditQuery.NEWEST).total()).isEqualTo(1001);
        assertThat(said.lines()).anyMatch(line -> line.contains("the audit log can't be written"));
        assertThat(said.lines()).anyMatch(line -> line.contains("the audit log is written again"));
        assertThat(said.lines()).noneMatch(line -> line.contains("lost"));
    }

    @Test
    @Timeout(30)
    void countsWhatItLosesWhenTheDiskStaysAway() throws Exception {
        var said = new Said();
        try (Connection other = another()) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            for (int i = 0; i < 10_000; i++) log.append(entry("guest", "login", "n" + i));
            while (log.trouble().isEmpty()) Thread.onSpinWait();
            other.createStatement().execute("ROLLBACK");
        }
        while (log.trouble().isPresent()) Thread.onSpinWait();
        long kept = log.find(AuditQuery.NEWEST).total();
        log.close();

        assertThat(kept).isBetween(8_192L, 9_999L);
        assertThat(said.lines()).contains("entries of the audit log that were lost: " + (10_000 - kept));
    }

    @Test
    @Timeout(30)
    void doesNotHangWhenItIsClosedInTrouble() throws Exception {
        var said = new Said();
        try (Connection other = another()) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            log.append(entry("guest", "login", "lost"));
            log.close();
            other.createStatement().execute("ROLLBACK");
        }

        assertThat(said.lines()).contains("entries of the audit log that were lost: 1");
        assertThatThrownBy(() -> log.find(AuditQuery.NEWEST)).isInstanceOf(PortFailure.class);
        assertThatThrownBy(() -> log.deleteBefore(java.time.Instant.EPOCH)).isInstanceOf(PortFailure.class);
    }

    /// What the writer logs from now on.
    private static final class Said extends Handler {
        private final List<String> lines = new ArrayList<>();
        private final Logger logger = Logger.getLogger(AuditWriter.class.getName());

        Said() {
            logger.addHandler(this);
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public synchronized void publish(LogRecord event) {
            lines.add(event.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
