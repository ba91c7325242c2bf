package dev.ferritedb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountsTest {
    private static final CollectionSchema TAGS = new CollectionSchema(
            "c_tags",
            "tags",
            new CollectionKind.Base(),
            false,
            List.of(Notes.ID, Notes.TEXT),
            List.of(),
            AccessRules.CLOSED,
            "",
            "");

    @TempDir
    Path folder;

    private SqliteRecordStore store;

    @BeforeEach
    void open() {
        store = Notes.openWithNotes(folder.resolve("data.db"));
        store.write(writes -> writes.create(TAGS));
        Notes.insert(store, "a");
        Notes.insert(store, "b");
        insert(store, TAGS, "red");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void countsOnceWhatNobodyChanges() {
        for (int i = 0; i < 5; i++) assertThat(Notes.count(store)).isEqualTo(2);
        assertThat(store.counts().made()).isEqualTo(1);

        for (int i = 0; i < 5; i++) assertThat(count(store, textOf("a"))).isEqualTo(1);
        assertThat(store.counts().made()).isEqualTo(2);
    }

    @Test
    void countsAgainAfterEachWriteInTheCollection() {
        assertThat(count(store, textOf("a"))).isEqualTo(1);
        StoredRecord a = Notes.note("a");
        store.write(writes -> writes.update(a, a.with("text", Value.text("other"))));
        assertThat(count(store, textOf("a"))).isZero();
        assertThat(Notes.count(store)).isEqualTo(2);
        Notes.insert(store, "c");
        assertThat(Notes.count(store)).isEqualTo(3);
        store.write(writes -> {
            writes.delete(Notes.note("b"));
            return true;
        });
        assertThat(Notes.count(store)).isEqualTo(2);
    }

    @Test
    void keepsACountWhileOthersAreWrittenTo() {
        assertThat(Notes.count(store)).isEqualTo(2);
        for (int i = 0; i < 5; i++) {
            insert(store, TAGS, "tag" + i);
            assertThat(Notes.count(store)).isEqualTo(2);
        }
        assertThat(store.counts().made()).isEqualTo(1);
    }

    @Test
    void countsAgainWhenACollectionBehindItChanges() {
        CollectionSchema view = view(
                "tagged", "SELECT n.id FROM notes n JOIN tags t ON n.text = 'text of ' || substr(t.text, 9)", store);
        insert(store, TAGS, "a");
        assertThat(count(store, view)).isEqualTo(1);
        assertThat(count(store, view)).isEqualTo(1);
        assertThat(store.counts().made()).isEqualTo(1);

        insert(store, TAGS, "b");
        assertThat(count(store, view)).isEqualTo(2);
        store.write(writes -> {
            writes.delete(Notes.note("a"));
            return true;
        });
        assertThat(count(store, view)).isEqualTo(1);
    }

    @Test
    void keepsNoCountThatDependsOnMoreThanRecords() {
        for (String query : List.of(
                "SELECT id FROM notes WHERE random() > 0",
                "SELECT id FROM notes WHERE strftime('%s', 'now') > 0",
                "SELECT id FROM notes WHERE CURRENT_TIMESTAMP > text")) {
            CollectionSchema view = view("view" + store.counts().made(), query, store);
            long before = store.counts().made();
            count(store, view);
            count(store, view);
            assertThat(store.counts().made()).as(query).isEqualTo(before + 2);
        }
    }

    @Test
    void countsARenamedCollectionAnew() {
        assertThat(Notes.count(store)).isEqualTo(2);
        CollectionSchema renamed = new CollectionSchema(
                Notes.COLLECTION.id(),
                "remarks",
                new CollectionKind.Base(),
                false,
                List.of(Notes.ID, Notes.TEXT),
                List.of(),
                AccessRules.CLOSED,
                "",
                "");
        store.write(writes -> writes.change(Notes.COLLECTION, renamed));
        assertThat(count(store, renamed)).isEqualTo(2);
        insert(store, renamed, "c");
        assertThat(count(store, renamed)).isEqualTo(3);

        store.write(writes -> writes.drop(TAGS));
        CollectionSchema tags = TAGS;
        store.write(writes -> writes.create(tags));
        assertThat(count(store, tags)).isZero();
    }

    @Test
    void seesWhatAnotherProcessWroteAtOnce() {
        try (SqliteRecordStore theirs = Notes.open(folder.resolve("data.db"))) {
            for (int i = 0; i < 50; i++) {
                SqliteRecordStore writing = i % 3 == 0 ? store : theirs;
                Notes.insert(writing, "more" + i);
                assertThat(Notes.count(store)).isEqualTo(3 + i);
                assertThat(Notes.count(theirs)).isEqualTo(3 + i);
            }
        }
    }

    @Test
    void seesWhatAnotherProgramDidWithTheNextWrite() throws SQLException {
        assertThat(Notes.count(store)).isEqualTo(2);
        Notes.sql(folder.resolve("data.db"), "DELETE FROM notes");
        insert(store, TAGS, "blue");
        assertThat(Notes.count(store)).isZero();
    }

    @Test
    void keepsABoundedNumberOfCounts() {
        for (int i = 0; i < 1_200; i++) count(store, textOf("number " + i));
        assertThat(store.counts().kept()).isEqualTo(1_024);

        String first = "x".repeat(5_000);
        long before = store.counts().made();
        count(store, textOf(first));
        count(store, textOf(first));
        assertThat(store.counts().made()).isEqualTo(before);
        assertThat(store.counts().kept()).isEqualTo(1_024);
    }

    /// In one snapshot a count and the records themselves must agree, whoever writes meanwhile.
    @Test
    void agreesWithTheRecordsWhileSeveralWrite() throws Exception {
        long seed = System.nanoTime();
        System.out.println("CountsTest.agreesWithTheRecordsWhileSeveralWrite seed " + seed);
        var over = new AtomicBoolean();
        try (SqliteRecordStore theirs = Notes.open(folder.resolve("data.db"));
                var threads = Executors.newFixedThreadPool(6)) {
            List<Future<Long>> readers = List.of(
                    threads.submit(() -> comparisons(store, over)),
                    threads.submit(() -> comparisons(store, over)),
                    threads.submit(() -> comparisons(theirs, over)));
            List<Future<Boolean>> writers = List.of(
                    threads.submit(() -> writeAround(store, "ours", new Random(seed))),
                    threads.submit(() -> writeAround(store, "too", new Random(seed + 1))),
                    threads.submit(() -> writeAround(theirs, "theirs", new Random(seed + 2))));
            for (Future<Boolean> writer : writers) assertThat(writer.get()).isTrue();
            over.set(true);
            for (Future<Long> reader : readers) assertThat(reader.get()).isPositive();
        }
    }

    private static long comparisons(RecordStore store, AtomicBoolean over) {
        long compared = 0;
        while (!over.get()) {
            for (CollectionSchema collection : List.of(Notes.COLLECTION, TAGS)) {
                boolean countFirst = compared++ % 2 == 0;
                long[] both = store.read(reads -> {
                    long before = countFirst ? reads.count(all(collection)) : 0;
                    long seen = visited(reads, collection);
                    return new long[] {countFirst ? before : reads.count(all(collection)), seen};
                });
                assertThat(both[0]).isEqualTo(both[1]);
            }
        }
        return compared;
    }

    private static long visited(RecordReads reads, CollectionSchema collection) {
        return reads.visit(all(collection), _ -> {});
    }

    /// After each acknowledged write the writer's own marks are counted right.
    private static boolean writeAround(RecordStore store, String mark, Random random) {
        long marked = 0;
        for (int i = 0; i < 150; i++) {
            CollectionSchema collection = random.nextInt(4) == 0 ? TAGS : Notes.COLLECTION;
            StoredRecord record = StoredRecord.blank(collection)
                    .with("id", Value.text(mark + i))
                    .with("text", Value.text(mark));
            store.write(writes -> writes.insert(record));
            if (collection == Notes.COLLECTION) marked++;
            if (random.nextInt(3) == 0) {
                store.write(writes -> delete(writes, record));
                if (collection == Notes.COLLECTION) marked--;
            }
            assertThat(count(store, is(mark))).isEqualTo(marked);
        }
        return true;
    }

    private static boolean delete(RecordWrites writes, StoredRecord record) {
        writes.delete(record);
        return true;
    }

    private static Condition textOf(String id) {
        return is("text of " + id);
    }

    private static Condition is(String text) {
        return Condition.where(Notes.TEXT, Condition.Operator.EQUAL, Value.text(text));
    }

    private static RecordQuery all(CollectionSchema collection) {
        return RecordQuery.all(collection, Condition.Constant.ALWAYS, Givens.NONE);
    }

    private static long count(RecordStore store, Condition where) {
        return store.read(reads -> reads.count(RecordQuery.all(Notes.COLLECTION, where, Givens.NONE)));
    }

    private static long count(RecordStore store, CollectionSchema collection) {
        return store.read(reads -> reads.count(all(collection)));
    }

    private static void insert(RecordStore store, CollectionSchema collection, String id) {
        StoredRecord record =
                StoredRecord.blank(collection).with("id", Value.text(id)).with("text", Value.text("text of " + id));
        store.write(writes -> writes.insert(record));
    }

    private static CollectionSchema view(String name, String query, RecordStore store) {
        Field id = Notes.ID;
        var view = new CollectionSchema(
                "c_" + name,
                name,
                new CollectionKind.View(query),
                false,
                List.of(id),
                List.of(),
                AccessRules.CLOSED,
                "",
                "");
        store.write(writes -> writes.create(view));
        return view;
    }
}
