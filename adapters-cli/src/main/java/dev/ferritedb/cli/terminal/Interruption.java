package dev.ferritedb.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets work that is under way end cleanly when the process is told to stop: it asks [#requested] between two steps,
/// and the process waits for [#close].
public final class Interruption implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;
    private final Thread hook = Thread.ofPlatform().name("interruption").unstarted(this::requestAndWait);

    private Interruption() {}

    /// Requested by Ctrl-C or a termination signal.
    public static Interruption ofProcess() {
        var interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /// Requested by [#request] alone, for programs that embed the commands.
    public static Interruption manual() {
        return new Interruption();
    }

    public boolean requested() {
        return requested;
    }

    public void request() {
        requested = true;
    }

    @Override
    public void close() {
        ended.countDown();
        if (requested) return;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process stops already: the hook runs and finds the work ended.
        }
    }

    private void requestAndWait() {
        requested = true;
        try {
            boolean _ = ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
