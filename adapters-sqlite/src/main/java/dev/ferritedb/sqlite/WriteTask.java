package dev.ferritedb.sqlite;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// One body on its way through the writer, and the caller who waits for it.
final class WriteTask<T> {
    private static final System.Logger LOG = System.getLogger(WriteTask.class.getName());

    private final Function<Writes, T> body;
    private final Thread caller = Thread.currentThread();
    private Outcome<T> outcome = new Pending<>();
    private volatile boolean answered;

    private sealed interface Outcome<T> {}

    private record Pending<T>() implements Outcome<T> {}

    private record Returned<T>(T value) implements Outcome<T> {}

    private record Threw<T>(Throwable thrown) implements Outcome<T> {}

    WriteTask(Function<Writes, T> body) {
        this.body = Objects.requireNonNull(body);
    }

    /// On the writer: runs the body. What it throws is kept for the caller.
    /// @return whether it returned
    boolean run(Writes writes) {
        try {
            outcome = new Returned<>(body.apply(writes));
            return true;
        } catch (Failures.SchemaMoved moved) {
            LOG.log(System.Logger.Level.WARNING, "a write does not fit the schema: {0}", moved.getMessage());
            outcome = new Threw<>(Failures.moved());
            return false;
        } catch (Throwable thrown) {
            outcome = new Threw<>(thrown);
            return false;
        }
    }

    void fail(Throwable reason) {
        outcome = new Threw<>(reason);
    }

    /// Whether the body threw: then its caller is told that, whatever becomes of the others.
    boolean threw() {
        return outcome instanceof Threw;
    }

    /// On the writer: lets the caller go.
    void answer() {
        answered = true;
        LockSupport.unpark(caller);
    }

    /// An interrupt does not end the waiting: the write may be on its way to the disk already.
    T await() {
        boolean interrupted = false;
        while (!answered) {
            LockSupport.park(this);
            if (Thread.interrupted()) interrupted = true;
        }
        if (interrupted) Thread.currentThread().interrupt();
        return switch (outcome) {
            case Returned<T> returned -> returned.value;
            case Threw<T> threw -> throw WriteTask.<RuntimeException>asItIs(threw.thrown);
            case Pending<T> _ -> throw new IllegalStateException("answered without an outcome");
        };
    }

    @SuppressWarnings(
            "unchecked") // The body declares no checked exception, so `thrown` is none, or one it hid by itself.
    private static <E extends Throwable> RuntimeException asItIs(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
