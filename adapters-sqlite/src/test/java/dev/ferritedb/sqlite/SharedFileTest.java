package dev.ferritedb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two stores on one file stand for two processes: nothing is shared but the file.
class SharedFileTest {
    @TempDir
    Path folder;

    private SqliteRecordStore ours;
    private SqliteRecordStore theirs;

    @BeforeEach
    void open() {
        ours = Notes.openWithNotes(folder.resolve("data.db"));
        theirs = Notes.open(folder.resolve("data.db"));
    }

    @AfterEach
    void close() {
        ours.close();
        theirs.close();
    }

    @Test
    void noticesTheOthersSchemaChangeWithinASecond() throws InterruptedException {
        BlockingQueue<CollectionCatalog> heard = new LinkedBlockingQueue<>();
        ours.onCatalog(heard::add);
        CollectionSchema longer = longer();

        theirs.write(writes -> writes.change(Notes.COLLECTION, longer));
        CollectionCatalog noticed = heard.poll(1, TimeUnit.SECONDS);

        assertThat(noticed).isNotNull();
        assertThat(noticed.collections()).containsExactly(longer);
        assertThat(ours.catalog()).isSameAs(noticed);
    }

    @Test
    void knowsTheOthersSchemaBeforeAnyWriteRuns() {
        for (int i = 0; i < 5; i++) {
            Field field = Field.of("more" + i, FieldType.Text.PLAIN).withId("f_more" + i);
            CollectionSchema before = theirs.catalog().named("notes").orElseThrow();
            var fields = new ArrayList<>(before.fields());
            fields.add(field);
            theirs.write(writes -> writes.change(before, before.withFields(fields)));

            assertThat(ours.<Boolean>write(writes -> writes.catalog()
                            .named("notes")
                            .orElseThrow()
                            .field(field.name())
                            .isPresent()))
                    .isTrue();
            ours.write(writes -> {
                CollectionSchema notes = writes.catalog().named("notes").orElseThrow();
                return writes.insert(StoredRecord.blank(notes)
                        .with("id", Value.text(field.name()))
                        .with(field.name(), Value.text("written")));
            });
        }
        assertThat(Notes.count(theirs)).isEqualTo(5);
    }

    @Test
    void readsAgainWhenTheOtherDroppedAColumn() {
        Notes.insert(ours, "a");
        CollectionSchema shorter = Notes.COLLECTION.withFields(List.of(Notes.ID));
        theirs.write(writes -> writes.change(Notes.COLLECTION, shorter));

        StoredRecord found = ours.read(reads ->
                reads.find(reads.catalog().named("notes").orElseThrow(), "a").orElseThrow());

        assertThat(found.collection()).isEqualTo(shorter);
    }

    @Test
    void refusesWorkOnACollectionThatIsGone() {
        Notes.insert(ours, "a");
        theirs.write(writes -> writes.drop(Notes.COLLECTION));

        assertThatThrownBy(() -> Notes.insert(ours, "b"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo("collection_changed"));
        assertThatThrownBy(() -> Notes.has(ours, "a"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo("collection_changed"));
    }

    @Test
    void givesNoNumberOfAChangeTwice() {
        var sequences = new ArrayList<Long>();
        ours.onCommit(changes -> changes.forEach(change -> sequences.add(change.sequence())));
        theirs.onCommit(changes -> changes.stream().map(RecordChange::sequence).forEach(sequences::add));

        for (int i = 0; i < 50; i++) Notes.insert(i % 3 == 0 ? theirs : ours, "note" + i);

        assertThat(sequences).hasSize(50).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void goesOnWithNumbersThatWereNoticedWhileIdle() throws InterruptedException {
        BlockingQueue<CollectionCatalog> heard = new LinkedBlockingQueue<>();
        ours.onCatalog(heard::add);
        theirs.write(writes -> {
            for (int i = 0; i < 3; i++) writes.insert(Notes.note("theirs" + i));
            return writes.change(Notes.COLLECTION, longer());
        });
        CollectionCatalog noticed = heard.poll(5, TimeUnit.SECONDS);
        assertThat(noticed).isNotNull();

        StoredRecord own = StoredRecord.blank(noticed.collections().getFirst()).with("id", Value.text("own"));
        assertThat(ours.<RecordWrites.WriteOutcome>write(writes -> writes.insert(own)))
                .isEqualTo(RecordWrites.WriteOutcome.Written.WRITTEN);
    }

    @Test
    void tellsThatTheOtherWroteWithinASecondAndNothingOfOwnWrites() throws InterruptedException {
        var told = new Semaphore(0);
        ours.onOtherWriter(told::release);
        Notes.insert(ours, "own");
        assertThat(told.tryAcquire()).isFalse();

        Notes.insert(theirs, "theirs");

        assertThat(told.tryAcquire(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsThatTheOtherWroteBeforeTheNextOwnWriteReturns() {
        var told = new Semaphore(0);
        ours.onOtherWriter(() -> {
            throw new IllegalStateException("bad listener");
        });
        ours.onOtherWriter(told::release);

        for (int i = 1; i <= 20; i++) {
            Notes.insert(theirs, "theirs" + i);
            Notes.insert(ours, "ours" + i);
            assertThat(told.tryAcquire()).isTrue();
        }
    }

    @Test
    void noticesTheOthersSettings() {
        var settings = new Value.Members(Map.of("name", Value.text("theirs")));
        theirs.write(writes -> {
            writes.keepSettings(settings);
            return settings;
        });

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (ours.settings().isEmpty() && System.nanoTime() < deadline) LockSupport.parkNanos(1_000_000);

        assertThat(ours.settings()).contains(settings);
    }

    @Test
    void waitsForTheOthersWriteAndRefusesWhenItTakesTooLong() throws SQLException {
        try (SqliteRecordStore impatient = Notes.openImpatient(folder.resolve("data.db"))) {
            try (var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data.db"));
                    var statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");

                assertThatThrownBy(() -> Notes.insert(impatient, "a"))
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.Unavailable.class));
                assertThat(Notes.has(impatient, "a")).isFalse();
                statement.execute("ROLLBACK");
            }
            Notes.insert(impatient, "a");
            assertThat(Notes.has(ours, "a")).isTrue();
        }
    }

    private static CollectionSchema longer() {
        return Notes.COLLECTION.withFields(List.of(
                Notes.ID, Notes.TEXT, Field.of("more", FieldType.Number.PLAIN).withId("f_more")));
    }
}
