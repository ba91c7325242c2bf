package dev.ferritedb.ports.persistence;

import static dev.ferritedb.ports.persistence.Samples.everything;
import static dev.ferritedb.ports.persistence.Samples.filled;
import static dev.ferritedb.ports.persistence.Samples.post;
import static dev.ferritedb.ports.persistence.Samples.posts;
import static dev.ferritedb.ports.persistence.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.persistence.RecordWrites.WriteOutcome;
import dev.ferritedb.ports.persistence.RecordWrites.WriteOutcome.Duplicate;
import dev.ferritedb.ports.persistence.RecordWrites.WriteOutcome.Written;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class RecordWritesContract extends RecordStoreContract {

    @Test
    void updatesEachFieldAndNoOtherRecord() {
        CollectionSchema everything = create(everything());
        StoredRecord one = filled(everything, 1);
        StoredRecord two = filled(everything, 2);
        insert(one, two);
        StoredRecord changed = filled(everything, 3).with("id", Value.text(one.id()));

        assertThat(update(one, changed)).isEqualTo(Written.WRITTEN);

        assertThat(find(everything, one.id())).contains(changed);
        assertThat(find(everything, two.id())).contains(two);
    }

    @Test
    void leavesTheFieldsAloneThatAnUpdateDoesNotChange() {
        CollectionSchema everything = create(everything());
        StoredRecord one = filled(everything, 1);
        insert(one);
        StoredRecord retagged = one.with("selects", texts("b"));

        assertThat(update(one, retagged)).isEqualTo(Written.WRITTEN);
        assertThat(update(retagged, retagged)).isEqualTo(Written.WRITTEN);

        assertThat(find(everything, one.id())).contains(retagged);
    }

    @Test
    void deletesThatRecordOnly() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"), post(posts, "b", "y"));

        delete(post(posts, "a", "x"));

        assertThat(find(posts, "a")).isEmpty();
        assertThat(find(posts, "b")).isPresent();
    }

    @Test
    void doesNotUpdateOrDeleteWhatIsNotThere() {
        CollectionSchema posts = create(posts());
        StoredRecord missing = post(posts, "a", "x");

        assertThatThrownBy(() -> delete(missing)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> update(missing, post(posts, "a", "y"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void reportsAnIdThatIsTaken() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));

        assertThat(tryInsert(post(posts, "a", "y"))).isEqualTo(new Duplicate(List.of("id")));
        assertThat(find(posts, "a").orElseThrow().text("title")).isEqualTo("x");
    }

    @Test
    void reportsTheFieldsOfTheUniqueIndexWhoseValuesAreTaken() {
        CollectionSchema posts =
                create(posts().withIndexes(List.of("CREATE UNIQUE INDEX idx_tv ON posts (title, views)")));
        insert(post(posts, "a", "x"));

        assertThat(tryInsert(post(posts, "b", "x"))).isEqualTo(new Duplicate(List.of("title", "views")));
        assertThat(tryInsert(post(posts, "b", "x").with("views", Value.number(1))))
                .isEqualTo(Written.WRITTEN);
        assertThat(update(post(posts, "b", "x").with("views", Value.number(1)), post(posts, "b", "x")))
                .isEqualTo(new Duplicate(List.of("title", "views")));
    }

    @Test
    void reportsTheFieldsOfAUniqueIndexOnAnExpression() {
        CollectionSchema posts = create(posts().withIndexes(List.of(
                "CREATE UNIQUE INDEX `idx_lower` ON `posts` (lower(`title`), `views` DESC) WHERE `title` != ''")));
        insert(post(posts, "a", "Same"), post(posts, "e1", ""), post(posts, "e2", ""));

        assertThat(tryInsert(post(posts, "b", "sAME"))).isEqualTo(new Duplicate(List.of("title", "views")));
    }

    @Test
    void goesOnAfterADuplicateInTheSameBody() {
        CollectionSchema posts = create(posts());

        store.write(writes -> {
            assertThat(writes.insert(post(posts, "a", "x"))).isEqualTo(Written.WRITTEN);
            assertThat(writes.insert(post(posts, "a", "y"))).isInstanceOf(Duplicate.class);
            return writes.insert(post(posts, "b", "z"));
        });

        assertThat(all(posts)).extracting(StoredRecord::id).containsExactly("a", "b");
    }

    @Test
    void seesItsOwnWritesWithinTheBodyAndNobodyElseDoes() {
        CollectionSchema posts = create(posts());

        store.write(writes -> {
            writes.insert(post(posts, "a", "x"));
            assertThat(writes.find(posts, "a")).isPresent();
            assertThat(store.<Boolean>read(reads -> reads.find(posts, "a").isPresent()))
                    .isFalse();
            return true;
        });

        assertThat(find(posts, "a")).isPresent();
    }

    @Test
    void undoesAllOfABodyThatThrows() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "kept", "x"));
        var thrown = new IllegalArgumentException("mine");

        assertThatThrownBy(() -> store.write(writes -> {
                    writes.insert(post(posts, "a", "x"));
                    writes.delete(post(posts, "kept", "x"));
                    throw thrown;
                }))
                .isSameAs(thrown);

        assertThat(all(posts)).extracting(StoredRecord::id).containsExactly("kept");
    }

    @Test
    void undoesABodyThatThrowsAloneAmongItsNeighbours() throws InterruptedException, ExecutionException {
        CollectionSchema posts = create(posts());
        List<Callable<Boolean>> bodies = IntStream.range(0, 300)
                .<Callable<Boolean>>mapToObj(i -> () -> writeOrThrow(posts, i))
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = threads.invokeAll(bodies);
            for (int i = 0; i < outcomes.size(); i++)
                assertThat(outcomes.get(i).get()).isEqualTo(i % 3 != 0);
        }

        assertThat(all(posts))
                .extracting(StoredRecord::id)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 300)
                        .filter(i -> i % 3 != 0)
                        .mapToObj(i -> "post" + i)
                        .toList());
    }

    @Test
    void letsOneOfManyEqualUniqueValuesWin() throws InterruptedException, ExecutionException {
        CollectionSchema posts = create(posts().withIndexes(List.of("CREATE UNIQUE INDEX idx_title ON posts (title)")));
        List<Callable<WriteOutcome>> bodies = IntStream.range(0, 100)
                .<Callable<WriteOutcome>>mapToObj(i -> () -> tryInsert(post(posts, "post" + i, "same")))
                .toList();
        int written = 0;

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(bodies)) {
                if (outcome.get() == Written.WRITTEN) written++;
                else assertThat(outcome.get()).isEqualTo(new Duplicate(List.of("title")));
            }
        }

        assertThat(written).isEqualTo(1);
    }

    @Test
    void refusesAWriteWithinAWrite() {
        assertThatThrownBy(() -> store.write(_ -> store.write(_ -> true))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesBackWhatItsProbeWrote() {
        store.probe();
        store.probe();
    }

    private boolean writeOrThrow(CollectionSchema posts, int i) {
        try {
            return store.write(writes -> {
                writes.insert(post(posts, "post" + i, "x"));
                if (i % 3 == 0) throw new IllegalArgumentException("undo " + i);
                return true;
            });
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage("undo " + i);
            return false;
        }
    }

    private WriteOutcome tryInsert(StoredRecord record) {
        return store.write(writes -> writes.insert(record));
    }

    private WriteOutcome update(StoredRecord before, StoredRecord after) {
        return store.write(writes -> writes.update(before, after));
    }

    private void delete(StoredRecord record) {
        store.write(writes -> {
            writes.delete(record);
            return true;
        });
    }
}
