package dev.ferritedb.sqlite;

import java.time.Duration;
import org.sqlite.ProgressHandler;

/// Interrupts a query that has kept SQLite itself busy for too long. What the caller does between two rows does
/// not count, unless its whole body has a limit.
final class StepDeadline extends ProgressHandler {
    static final Duration LIMIT = Duration.ofSeconds(5);

    /// SQLite's virtual machine steps between two looks at the clock. A get by id takes about 20, so it never
    /// pays for one; a step over large text can take 10 ms, so that a look comes soon enough.
    static final int STEPS_BETWEEN = 2_000;

    private int running;
    private boolean fresh;
    private long seenNanos;
    private long spentNanos;
    private boolean limited;
    private long limitNanos;

    /// A query that starts while another one's row is being looked at shares its time.
    void start() {
        if (running++ > 0) return;
        fresh = true;
        spentNanos = 0;
    }

    /// The time from here to the next look is not SQLite's alone.
    void pause() {
        fresh = true;
    }

    void stop() {
        running--;
    }

    /// From here on, until [#unlimited], no query runs longer than `atMost` from now. Statements that write are let
    /// finish: SQLite would undo the whole transaction, others' part of it too.
    void limit(Duration atMost) {
        limited = true;
        limitNanos = System.nanoTime() + atMost.toNanos();
    }

    void unlimited() {
        limited = false;
    }

    boolean isLimitPassed() {
        return limited && System.nanoTime() - limitNanos >= 0;
    }

    @Override
    protected int progress() {
        if (running == 0) return 0;
        if (isLimitPassed()) return 1;
        long now = System.nanoTime();
        if (fresh) fresh = false;
        else spentNanos += now - seenNanos;
        seenNanos = now;
        return spentNanos > LIMIT.toNanos() ? 1 : 0;
    }
}
