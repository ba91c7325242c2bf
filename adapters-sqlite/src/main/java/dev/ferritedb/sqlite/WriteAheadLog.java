package dev.ferritedb.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/// Keeps the write-ahead log small. SQLite moves it into the database by itself, but starts it anew only at a
/// moment without readers in it; under steady reading that moment may not come, so beyond a size it is brought
/// about.
final class WriteAheadLog {
    /// 4 MiB of pages: what SQLite lets gather before it moves them.
    static final int CHECKPOINT_PAGES = 1_000;

    /// What the file is cut to once it is moved.
    static final long KEPT_BYTES = 8L << 20;

    /// A quarter of the bound of 256 MiB, so that one large write still fits.
    private static final long PRESSED_BYTES = 64L << 20;

    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path log;
    private long lookedNanos = System.nanoTime();

    WriteAheadLog(Path database) {
        this.log = database.resolveSibling(database.getFileName() + "-wal");
    }

    /// Waits for the readers in the log, up to the busy timeout, if it has grown too large.
    void restrain(Session session) throws SQLException {
        long now = System.nanoTime();
        if (now - lookedNanos < LOOK_EVERY_NANOS) return;
        lookedNanos = now;
        if (bytes() > PRESSED_BYTES) session.text("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private long bytes() {
        try {
            return Files.size(log);
        } catch (IOException _) {
            return 0;
        }
    }
}
