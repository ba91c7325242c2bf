package dev.ferritedb.sqlite;

import dev.ferritedb.ports.problem.PortFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Runs reads that may take long, a few at once, on threads of their own: SQLite keeps the thread it runs on, and a
/// virtual one would keep one of the few that all requests share.
final class LongReads implements AutoCloseable {
    private final Semaphore places;
    private final long patienceMillis;
    private final ExecutorService threads;

    LongReads(SqliteSettings settings) {
        this.places = new Semaphore(atOnce(settings), true);
        this.patienceMillis = settings.connectionTimeout().toMillis();
        this.threads = Executors.newFixedThreadPool(
                atOnce(settings),
                Thread.ofPlatform().daemon().name("ferrite-long-read-", 1).factory());
    }

    static int atOnce(SqliteSettings settings) {
        return settings.readers();
    }

    <T> T run(Supplier<T> read) {
        try {
            if (!places.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) throw Failures.busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortFailure("interrupted while waiting to read", e);
        }
        try {
            return result(threads.submit(read::get));
        } finally {
            places.release();
        }
    }

    /// Waits in any case: what the read hands its records to is the caller's.
    private static <T> T result(Future<T> reading) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reading.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Error error -> throw error;
                case Throwable other -> new PortFailure("the read failed: " + other.getMessage(), other);
            };
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
