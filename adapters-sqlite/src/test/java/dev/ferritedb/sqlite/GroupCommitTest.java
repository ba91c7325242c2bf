package dev.ferritedb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
    @TempDir
    Path folder;

    @Test
    void commitsWhatWaitsInOneTransaction() throws InterruptedException, ExecutionException {
        try (SqliteRecordStore store = Notes.openWithNotes(file());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new Gate(store, threads);
            List<Future<?>> writes = submit(store, threads, 200);
            long before = store.commits();

            gate.open();
            for (Future<?> write : writes) write.get();

            assertThat(Notes.count(store)).isEqualTo(200);
            assertThat(store.commits() - before).as("commits for 200 bodies").isBetween(1L, 50L);
        }
    }

    @Test
    void commitsForEachBodyWhenTheyComeOneByOne() {
        try (SqliteRecordStore store = Notes.openWithNotes(file())) {
            long before = store.commits();

            for (int i = 0; i < 20; i++) Notes.insert(store, "note" + i);

            assertThat(store.commits() - before).isEqualTo(20);
        }
    }

    @Test
    void undoesOneBodyOfAGroupAlone() throws InterruptedException {
        try (SqliteRecordStore store = Notes.openWithNotes(file());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new Gate(store, threads);
            Future<?> first = threads.submit(() -> Notes.insert(store, "first"));
            Future<?> thrown = threads.submit(() -> store.write(writes -> {
                writes.insert(Notes.note("undone"));
                throw new IllegalArgumentException("undo");
            }));
            Future<?> last = threads.submit(() -> Notes.insert(store, "last"));

            gate.open();

            assertThat(first).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(last).succeedsWithin(10, TimeUnit.SECONDS);
            assertThatThrownBy(thrown::get).hasCauseInstanceOf(IllegalArgumentException.class);
            assertThat(Notes.has(store, "first")).isTrue();
            assertThat(Notes.has(store, "last")).isTrue();
            assertThat(Notes.has(store, "undone")).isFalse();
        }
    }

    @Test
    void refusesMoreThanTheQueueHolds() throws InterruptedException {
        Notes.openWithNotes(file()).close();
        try (SqliteRecordStore store = Notes.openImpatient(file());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new Gate(store, threads);
            List<Future<?>> writes = submit(store, threads, 1_100);
            assertThat(writes)
                    .anySatisfy(write -> assertThatThrownBy(() -> write.get(5, TimeUnit.SECONDS))
                            .hasCauseInstanceOf(Refusal.class));

            gate.open();

            int written = 0;
            for (Future<?> write : writes) {
                try {
                    write.get();
                    written++;
                } catch (ExecutionException e) {
                    assertThat(((Refusal) e.getCause()).problem()).isInstanceOf(Problem.Unavailable.class);
                }
            }
            assertThat(written).isBetween(1_000, 1_099);
            assertThat(Notes.count(store)).isEqualTo(written);
        }
    }

    @Test
    void finishesTheWriteOfAnInterruptedCallerAndKeepsTheInterrupt() throws InterruptedException {
        try (SqliteRecordStore store = Notes.openWithNotes(file());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new Gate(store, threads);
            var stillInterrupted = new AtomicBoolean();
            Thread caller = Thread.ofVirtual().start(() -> {
                Notes.insert(store, "note");
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
            while (caller.getState() != Thread.State.WAITING) Thread.onSpinWait();
            caller.interrupt();

            gate.open();
            caller.join();

            assertThat(Notes.has(store, "note")).isTrue();
            assertThat(stillInterrupted).isTrue();
        }
    }

    @Test
    void finishesWhatWaitsWhenItIsClosedAndTakesNothingAfter() throws InterruptedException {
        SqliteRecordStore store = Notes.openWithNotes(file());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new Gate(store, threads);
            List<Future<?>> writes = submit(store, threads, 50);
            gate.open();
            for (Future<?> write : writes) assertThat(write).succeedsWithin(10, TimeUnit.SECONDS);
            store.close();
        }

        assertThatThrownBy(() -> Notes.insert(store, "late")).isInstanceOf(PortFailure.class);
        try (SqliteRecordStore again = Notes.open(file())) {
            assertThat(Notes.count(again)).isEqualTo(50);
        }
    }

    private Path file() {
        return folder.resolve("data.db");
    }

    private static List<Future<?>> submit(SqliteRecordStore store, ExecutorService threads, int count) {
        var futures = new ArrayList<Future<?>>();
        for (int i = 0; i < count; i++) {
            String id = "note" + i;
            futures.add(threads.submit(() -> Notes.insert(store, id)));
        }
        return futures;
    }

    /// Holds the writer in a body of its own, so that others gather behind it.
    private static final class Gate {
        private final CountDownLatch opened = new CountDownLatch(1);

        Gate(SqliteRecordStore store, ExecutorService threads) throws InterruptedException {
            var entered = new CountDownLatch(1);
            threads.submit(() -> store.write(_ -> {
                entered.countDown();
                try {
                    return opened.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            entered.await();
        }

        void open() {
            opened.countDown();
        }
    }
}
