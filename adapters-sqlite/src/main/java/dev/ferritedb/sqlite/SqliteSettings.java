package dev.ferritedb.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/// Where and how a [SqliteRecordStore] keeps its data.
///
/// @param file the database; its folder must exist and be writable
/// @param readers connections that read at the same time, 1 to 64; about one a core serves best
/// @param connectionTimeout how long a call waits for a free reader, for room in the writer's queue or for
/// another process's write before it is refused as unavailable
public record SqliteSettings(
        Path file, Synchronous synchronous, int readers, Duration connectionTimeout, InstantSource clock) {

    /// What a returned write has reached.
    public enum Synchronous {
        /// The disk: it outlives a power cut.
        FULL,
        /// The operating system: it outlives a killed process; a power cut may take the last writes, never the
        /// file's order.
        NORMAL
    }

    public static final Duration CONNECTION_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    private static final int READERS_MAX = 64;

    public SqliteSettings {
        Objects.requireNonNull(synchronous);
        Objects.requireNonNull(clock);
        file = file.toAbsolutePath().normalize();
        if (readers < 1 || readers > READERS_MAX) throw new IllegalArgumentException("readers " + readers);
        if (connectionTimeout.toMillis() < CONNECTION_TIMEOUT_MIN_MILLIS) {
            throw new IllegalArgumentException("connection timeout " + connectionTimeout);
        }
    }

    /// Full durability and a reader for each core.
    public static SqliteSettings of(Path file) {
        return new SqliteSettings(
                file,
                Synchronous.FULL,
                Math.clamp(Runtime.getRuntime().availableProcessors(), 2, READERS_MAX),
                CONNECTION_TIMEOUT_DEFAULT,
                InstantSource.system());
    }

    public SqliteSettings withClock(InstantSource newClock) {
        return new SqliteSettings(file, synchronous, readers, connectionTimeout, newClock);
    }

    /// The pool's own lower bound.
    private static final int CONNECTION_TIMEOUT_MIN_MILLIS = 250;
}
