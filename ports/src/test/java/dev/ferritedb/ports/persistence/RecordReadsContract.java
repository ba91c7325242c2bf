package dev.ferritedb.ports.persistence;

import static dev.ferritedb.ports.persistence.Samples.collection;
import static dev.ferritedb.ports.persistence.Samples.everything;
import static dev.ferritedb.ports.persistence.Samples.field;
import static dev.ferritedb.ports.persistence.Samples.filled;
import static dev.ferritedb.ports.persistence.Samples.post;
import static dev.ferritedb.ports.persistence.Samples.posts;
import static dev.ferritedb.ports.persistence.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

public abstract class RecordReadsContract extends RecordStoreContract {

    @Test
    void givesBackEachTypesValueAsItWasWritten() {
        CollectionSchema everything = create(everything());
        StoredRecord filled = filled(everything, 7);
        StoredRecord blank = StoredRecord.blank(everything).with("id", Value.text("blank0000000000"));

        insert(filled, blank);

        assertThat(find(everything, filled.id())).contains(filled);
        assertThat(find(everything, blank.id())).contains(blank);
        assertThat(all(everything)).containsExactly(filled, blank);
    }

    @Test
    void showsARowInTheReadersThatFitEachFieldsShape() {
        CollectionSchema everything = create(everything());
        insert(filled(everything, 7));
        var seen = new ArrayList<>();

        store.read(reads -> reads.visit(everything, "record000000007", Condition.Constant.ALWAYS, Givens.NONE, row -> {
            seen.add(row.collection());
            seen.add(row.text(everything.position("email")));
            seen.add(row.number(everything.position("number")));
            seen.add(row.truth(everything.position("bool")));
            seen.add(row.json(everything.position("selects")));
            seen.add(row.json(everything.position("json")));
            seen.add(row.json(everything.position("point")));
        }));

        assertThat(seen)
                .containsExactly(
                        everything,
                        "someone7@example.com",
                        7.25,
                        false,
                        "[\"a\",\"c\"]",
                        "{\"n\":7,\"deep\":[1.50,null]}",
                        "{\"lon\":7,\"lat\":-7}");
    }

    @Test
    void readsLongAsItReads() {
        CollectionSchema everything = create(everything());
        StoredRecord filled = filled(everything, 7);
        insert(filled);
        var refused = new IllegalStateException("the body's own");

        Optional<StoredRecord> found = store.readLong(reads -> reads.find(everything, filled.id()));
        assertThat(found).contains(filled);
        assertThatThrownBy(() -> store.readLong(_ -> {
                    throw refused;
                }))
                .isSameAs(refused);
    }

    @Test
    void readsHoweverManyLongReadsRun() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var waiting = new ArrayList<Thread>();
        for (int i = 0; i < 100; i++) {
            waiting.add(Thread.ofVirtual()
                    .start(() -> store.readLong(_ -> {
                        begun.countDown();
                        try {
                            return end.await(1, TimeUnit.MINUTES);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    })));
        }
        begun.await();
        assertThat(store.<Integer>read(_ -> 1)).isEqualTo(1);
        end.countDown();
        for (Thread thread : waiting) thread.join();
    }

    @Test
    void findsByAFieldAsItsUniqueIndexTellsValuesApart() {
        CollectionSchema plain =
                collection("tags", field("name", FieldType.Text.PLAIN), field("code", FieldType.Text.PLAIN));
        CollectionSchema tags = create(plain.withIndexes(List.of(
                "CREATE UNIQUE INDEX `idx_tags_name` ON `tags` (`name` COLLATE NOCASE)",
                "CREATE INDEX `idx_tags_code` ON `tags` (`code` COLLATE NOCASE)")));
        insert(
                StoredRecord.blank(tags)
                        .with("id", Value.text("a"))
                        .with("name", Value.text("Red"))
                        .with("code", Value.text("X")),
                StoredRecord.blank(tags)
                        .with("id", Value.text("b"))
                        .with("name", Value.text("Blue"))
                        .with("code", Value.text("X")));

        assertThat(by(tags, "name", "rED")).contains("a");
        assertThat(by(tags, "name", "r%")).isEmpty();
        assertThat(by(tags, "code", "X")).contains("a");
        assertThat(by(tags, "code", "x")).isEmpty();
        assertThat(by(tags, "id", "b")).contains("b");
    }

    private Optional<String> by(CollectionSchema collection, String field, String value) {
        return store.read(
                reads -> reads.findBy(collection, collection.field(field).orElseThrow(), value)
                        .map(StoredRecord::id));
    }

    @Test
    void visitsThoseWhoseIdOrRelationIsAmongTheGivenOnes() {
        CollectionSchema teams = create(collection(
                "teams",
                field("lead", new FieldType.Relation("people", false, 0, 1)),
                field("all", new FieldType.Relation("people", false, 0, 9)),
                field("open", new FieldType.Bool())));
        insert(
                StoredRecord.blank(teams).with("id", Value.text("a")).with("lead", Value.text("x")),
                StoredRecord.blank(teams).with("id", Value.text("b")).with("all", texts("x", "y")),
                StoredRecord.blank(teams)
                        .with("id", Value.text("c"))
                        .with("lead", Value.text("y"))
                        .with("all", texts("z"))
                        .with("open", Value.Truth.TRUE));
        Condition open = Condition.where(teams.field("open").orElseThrow(), Condition.Operator.EQUAL, Value.Truth.TRUE);

        assertThat(among(teams, "id", List.of("c", "a", "a", "nobody"), Condition.Constant.ALWAYS, 9))
                .containsExactly("a", "c");
        assertThat(among(teams, "lead", List.of("x", "y"), Condition.Constant.ALWAYS, 9))
                .containsExactly("a", "c");
        assertThat(among(teams, "lead", List.of("x", "y"), Condition.Constant.ALWAYS, 1))
                .containsExactly("a");
        assertThat(among(teams, "lead", List.of("x", "y"), open, 9)).containsExactly("c");
        assertThat(among(teams, "all", List.of("y", "x"), Condition.Constant.ALWAYS, 9))
                .containsExactly("b");
        assertThat(among(teams, "all", List.of("x", "z"), Condition.Constant.NEVER, 9))
                .isEmpty();
        assertThat(among(teams, "all", List.of(), Condition.Constant.ALWAYS, 9)).isEmpty();
    }

    private List<String> among(
            CollectionSchema collection, String field, List<String> ids, Condition where, int limit) {
        var seen = new ArrayList<String>();
        int visited = store.read(reads -> reads.visitAmong(
                collection,
                collection.field(field).orElseThrow(),
                ids,
                where,
                Givens.NONE,
                limit,
                row -> seen.add(row.text(collection.position("id")))));
        assertThat(visited).isEqualTo(seen.size());
        return seen;
    }

    @Test
    void keepsEveryNumberThatADoubleHolds() {
        CollectionSchema numbers = create(collection("numbers", field("n", FieldType.Number.PLAIN)));
        double[] values = {
            0,
            1,
            -1,
            0.1,
            1e-7,
            -2.5e-300,
            1e21,
            9007199254740991.0,
            -9007199254740992.0,
            9007199254740994.0,
            1234567890123456789.0,
            9223372036854775807.0,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            100000000000000000000.0
        };
        for (int i = 0; i < values.length; i++) {
            insert(StoredRecord.blank(numbers)
                    .with("id", Value.text("number" + i))
                    .with("n", Value.number(values[i])));
        }

        for (int i = 0; i < values.length; i++) {
            assertThat(find(numbers, "number" + i).orElseThrow().value("n")).isEqualTo(Value.number(values[i]));
        }
    }

    @Test
    void keepsAJsonDocumentLetterByLetter() {
        CollectionSchema documents = create(collection("documents", field("doc", new FieldType.Json(0))));
        List<String> encoded = List.of(
                "null",
                "true",
                "1.50",
                "-0",
                "1e5",
                "9007199254740993",
                "123456789012345678901234567890",
                "\"\"",
                "\"12\"",
                "\" 7 \"",
                "[]",
                "{\"b\":1,\"a\":2}");
        for (int i = 0; i < encoded.size(); i++) {
            insert(StoredRecord.blank(documents)
                    .with("id", Value.text("document" + i))
                    .with("doc", new Value.Json(encoded.get(i))));
        }

        for (int i = 0; i < encoded.size(); i++) {
            assertThat(find(documents, "document" + i).orElseThrow().value("doc"))
                    .isEqualTo(new Value.Json(encoded.get(i)));
        }
    }

    @Test
    void keepsTextThatLooksLikeANumber() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "one", "007.50"), post(posts, "two", " 1e3"));

        assertThat(find(posts, "one").orElseThrow().text("title")).isEqualTo("007.50");
        assertThat(find(posts, "two").orElseThrow().text("title")).isEqualTo(" 1e3");
    }

    @Test
    void findsNothingByAnUnknownId() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "one", "first"));

        assertThat(find(posts, "two")).isEmpty();
        assertThat(find(posts, "ONE")).isEmpty();
        assertThat(find(posts, "one' OR '1'='1")).isEmpty();
    }

    @Test
    void visitsARecordOnlyIfItSatisfiesTheCondition() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "one", "first"));

        assertThat(visits(posts, "one", titled("first"))).isTrue();
        assertThat(visits(posts, "one", titled("other"))).isFalse();
        assertThat(visits(posts, "one", Condition.Constant.NEVER)).isFalse();
        assertThat(visits(posts, "two", Condition.Constant.ALWAYS)).isFalse();
    }

    @Test
    void selectsInOrderWithLimitAndOffsetAndCountsWithoutThem() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "d", "x"), post(posts, "a", "y"), post(posts, "c", "x"), post(posts, "b", "x"));
        List<SortKey> byIdDown = List.of(new SortKey.By(FieldPath.own(Samples.ID), true));
        var query = new RecordQuery(posts, titled("x"), Givens.NONE, byIdDown, 2, 1);

        assertThat(select(query)).extracting(StoredRecord::id).containsExactly("c", "b");
        assertThat(store.<Long>read(reads -> reads.count(query))).isEqualTo(3);
        assertThat(all(posts)).extracting(StoredRecord::id).containsExactly("d", "a", "c", "b");
    }

    @Test
    void walksOnBehindAPositionWhateverBecameOfItsRecord() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "d", "x"), post(posts, "a", "y"), post(posts, "c", "x"), post(posts, "b", "x"));
        List<SortKey> byIdDown = List.of(new SortKey.By(FieldPath.own(Samples.ID), true));
        var query = new RecordQuery(posts, titled("x"), Givens.NONE, byIdDown, 2, 0);

        var ids = new ArrayList<String>();
        Position.Reached first = store.read(reads -> reads.walk(query, Optional.empty(), row -> ids.add(row.text(0))));
        assertThat(ids).containsExactly("d", "c");
        assertThat(first.more()).isTrue();
        insert(post(posts, "e", "x"), post(posts, "bb", "x"));
        store.write(writes -> {
            writes.delete(writes.find(posts, "c").orElseThrow());
            return "deleted";
        });
        Position.Reached second =
                store.read(reads -> reads.walk(query, Optional.of(first.last()), row -> ids.add(row.text(0))));
        assertThat(ids).containsExactly("d", "c", "bb", "b");
        assertThat(second.more()).isFalse();
    }

    @Test
    void tellsHowManyRowsWereVisited() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"), post(posts, "b", "y"));
        RecordQuery all = RecordQuery.all(posts, Condition.Constant.ALWAYS, Givens.NONE);

        assertThat(store.<Integer>read(reads -> reads.visit(all, _ -> {}))).isEqualTo(2);
    }

    @Test
    void tellsWhichIdsExist() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"), post(posts, "b", "y"));

        assertThat(store.<List<String>>read(reads -> reads.existing(posts, List.of("b", "no", "a", "\"]"))))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(store.<List<String>>read(reads -> reads.existing(posts, List.of())))
                .isEmpty();
    }

    @Test
    void findsTheRecordsThatReferToAnother() {
        CollectionSchema everything = create(everything());
        insert(filled(everything, 1), filled(everything, 2), filled(everything, 12));

        assertThat(referencing(everything, "relation", "post2", 10)).containsExactly("record000000002");
        assertThat(referencing(everything, "relations", "post2", 10))
                .containsExactly("record000000001", "record000000002");
        assertThat(referencing(everything, "relations", "post2", 1)).containsExactly("record000000001");
        assertThat(referencing(everything, "relations", "post", 10)).isEmpty();
        assertThat(referencing(everything, "relation", "post", 10)).isEmpty();
    }

    @Test
    void seesOneSnapshotThroughoutABody() throws InterruptedException {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));
        RecordQuery all = RecordQuery.all(posts, Condition.Constant.ALWAYS, Givens.NONE);

        List<Long> counts = store.read(reads -> {
            var seen = new ArrayList<Long>();
            seen.add((long) reads.existing(posts, List.of("b")).size());
            inAnotherThread(() -> insert(post(posts, "b", "y")));
            seen.add((long) reads.existing(posts, List.of("b")).size());
            seen.add(reads.count(all));
            return seen;
        });

        assertThat(counts).containsExactly(0L, 0L, 1L);
        assertThat(store.<Long>read(reads -> reads.count(all))).isEqualTo(2);
    }

    @Test
    void seesEveryWriteThatReturnedBefore() {
        CollectionSchema posts = create(posts());
        for (int i = 0; i < 200; i++) {
            insert(post(posts, "post" + i, "x"));
            assertThat(find(posts, "post" + i)).isPresent();
        }
    }

    @Test
    void letsWhatABodyThrowsComeOutAsItIs() {
        var thrown = new IllegalStateException("mine");

        assertThatThrownBy(() -> store.read(_ -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void refusesToBeUsedAfterTheBody() {
        CollectionSchema posts = create(posts());
        var kept = new AtomicReference<RecordReads>();
        store.read(reads -> {
            kept.set(reads);
            return true;
        });

        assertThatThrownBy(() -> kept.get().find(posts, "a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesEveryCharacterAsData() {
        CollectionSchema posts = create(posts());
        for (String text :
                List.of("'; DROP TABLE posts; --", "\"", "%_\\", "\u202e\u0001", "a\u0300", "x".repeat(100_000))) {
            String id = "id" + text.hashCode();
            insert(post(posts, id, text));
            assertThat(find(posts, id).orElseThrow().text("title")).isEqualTo(text);
            assertThat(visits(posts, id, titled(text))).isTrue();
        }
    }

    @Test
    void readsALongListOfItems() {
        CollectionSchema everything = create(everything());
        String[] many = new String[500];
        for (int i = 0; i < many.length; i++) many[i] = "item \" " + i;
        StoredRecord record = filled(everything, 1).with("selects", texts(many));

        insert(record);

        assertThat(find(everything, record.id())).contains(record);
    }

    private static Condition titled(String title) {
        return new Condition.Comparison(
                new Operand.Member(FieldPath.own(Samples.TITLE), Modifier.NONE),
                Condition.Operator.EQUAL,
                new Operand.Literal(Value.text(title)));
    }

    private boolean visits(CollectionSchema collection, String id, Condition where) {
        return store.read(reads -> reads.visit(collection, id, where, Givens.NONE, _ -> {}));
    }

    private List<String> referencing(CollectionSchema collection, String relation, String id, int limit) {
        return store.read(reads -> reads.referencing(collection, collection.position(relation), id, limit).stream()
                .map(StoredRecord::id)
                .toList());
    }

    private static void inAnotherThread(Runnable work) {
        Thread thread = Thread.ofVirtual().start(work);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
