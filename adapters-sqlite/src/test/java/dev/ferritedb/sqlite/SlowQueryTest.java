package dev.ferritedb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome.Made;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowQueryTest {
    @TempDir
    Path folder;

    private static final CollectionSchema ENDLESS = new CollectionSchema(
            "c_endless",
            "endless",
            new CollectionKind.View("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                    + " SELECT CAST(x AS TEXT) AS id FROM n WHERE x < 0"),
            false,
            List.of(Notes.ID),
            List.of(),
            AccessRules.CLOSED,
            "",
            "");

    @Test
    void cutsAQueryThatTakesTooLongAndServesTheNextOne() {
        try (SqliteRecordStore store = Notes.openWithNotes(folder.resolve("data.db"))) {
            assertThat(store.<Object>write(writes -> writes.create(ENDLESS))).isEqualTo(Made.MADE);
            Notes.insert(store, "a");
            long started = System.nanoTime();

            assertThatThrownBy(() -> store.read(
                            reads -> reads.count(RecordQuery.all(ENDLESS, Condition.Constant.ALWAYS, Givens.NONE))))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.problem().code()).isEqualTo("query_too_slow"));

            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(StepDeadline.LIMIT.minusSeconds(1), StepDeadline.LIMIT.plusSeconds(10));
            assertThat(Notes.has(store, "a")).isTrue();
            Notes.insert(store, "b");
        }
    }

    @Test
    void cutsAQueryOfALimitedWriteAndLeavesTheWritesBesideItAlone() {
        try (SqliteRecordStore store = Notes.openWithNotes(folder.resolve("data.db"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(store.<Object>write(writes -> writes.create(ENDLESS))).isEqualTo(Made.MADE);
            long started = System.nanoTime();
            var beside = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> Notes.insert(store, "beside" + i)))
                    .toList();

            assertThatThrownBy(() -> store.write(Duration.ofMillis(100), writes -> {
                        writes.insert(Notes.note("mine"));
                        return writes.count(RecordQuery.all(ENDLESS, Condition.Constant.ALWAYS, Givens.NONE));
                    }))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.Invalid.TOO_LONG));

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(StepDeadline.LIMIT);
            assertThat(beside).allSatisfy(done -> assertThat(done).succeedsWithin(Duration.ofSeconds(10)));
            assertThat(Notes.count(store)).isEqualTo(20);
        }
    }

    @Test
    void cutsTheSameQueryAgainInsteadOfFailingForGood() {
        try (SqliteRecordStore store = Notes.openWithNotes(folder.resolve("data.db"))) {
            assertThat(store.<Object>write(writes -> writes.create(ENDLESS))).isEqualTo(Made.MADE);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.write(
                                Duration.ofMillis(50),
                                writes ->
                                        writes.count(RecordQuery.all(ENDLESS, Condition.Constant.ALWAYS, Givens.NONE))))
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal -> assertThat(refusal.problem()).isEqualTo(Problem.Invalid.TOO_LONG));
            }
        }
    }

    @Test
    void readsWhileAllPlacesForLongReadsAreTaken() {
        SqliteSettings settings = SqliteSettings.of(folder.resolve("data.db"));
        try (SqliteRecordStore store = Notes.openWithNotes(settings.file());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(store.<Object>write(writes -> writes.create(ENDLESS))).isEqualTo(Made.MADE);
            Notes.insert(store, "a");
            var slow = IntStream.range(0, settings.readers())
                    .mapToObj(_ -> threads.submit(() -> store.readLong(
                            reads -> reads.count(RecordQuery.all(ENDLESS, Condition.Constant.ALWAYS, Givens.NONE)))))
                    .toList();
            int readMeanwhile = 0;
            while (slow.stream().noneMatch(Future::isDone)) {
                assertThat(threads.submit(() -> Notes.has(store, "a")))
                        .succeedsWithin(Duration.ofSeconds(1))
                        .isEqualTo(true);
                readMeanwhile++;
            }
            assertThat(readMeanwhile).isGreaterThan(100);
            assertThat(slow)
                    .allSatisfy(reading -> assertThat(reading)
                            .failsWithin(Duration.ofSeconds(10))
                            .withThrowableThat()
                            .withCauseInstanceOf(Refusal.class));
        }
    }
}
