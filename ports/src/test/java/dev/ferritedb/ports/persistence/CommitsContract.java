package dev.ferritedb.ports.persistence;

import static dev.ferritedb.ports.persistence.Samples.post;
import static dev.ferritedb.ports.persistence.Samples.posts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

public abstract class CommitsContract extends RecordStoreContract {

    @Test
    void tellsEachChangeOfACommitInOrder() {
        CollectionSchema posts = create(posts());
        var heard = hear();
        StoredRecord first = post(posts, "a", "x");
        StoredRecord second = post(posts, "a", "y");

        store.write(writes -> {
            writes.insert(first);
            writes.update(first, second);
            writes.delete(second);
            return true;
        });

        assertThat(heard).hasSize(3);
        assertThat(heard.get(0))
                .isInstanceOfSatisfying(
                        RecordChange.Created.class,
                        created -> assertThat(created.record()).isEqualTo(first));
        assertThat(heard.get(1)).isInstanceOfSatisfying(RecordChange.Updated.class, updated -> {
            assertThat(updated.before()).isEqualTo(first);
            assertThat(updated.after()).isEqualTo(second);
        });
        assertThat(heard.get(2))
                .isInstanceOfSatisfying(
                        RecordChange.Deleted.class,
                        deleted -> assertThat(deleted.before()).isEqualTo(second));
        assertThat(heard).extracting(RecordChange::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tellsNothingOfWhatWasUndone() {
        CollectionSchema posts = create(posts());
        var heard = hear();

        assertThatThrownBy(() -> store.write(writes -> {
                    writes.insert(post(posts, "a", "x"));
                    throw new IllegalArgumentException("undo");
                }))
                .hasMessage("undo");
        insert(post(posts, "b", "x"));
        store.write(writes -> writes.insert(post(posts, "b", "again")));

        assertThat(heard)
                .extracting(change -> ((RecordChange.Created) change).record().id())
                .containsExactly("b");
    }

    @Test
    void tellsWhatCanBeReadAlready() {
        CollectionSchema posts = create(posts());
        var found = new CopyOnWriteArrayList<Boolean>();
        store.onCommit(changes -> found.add(find(posts, "a").isPresent()));

        insert(post(posts, "a", "x"));

        assertThat(found).containsExactly(true);
    }

    @Test
    void numbersTheChangesOfManyWritersInCommitOrder() {
        CollectionSchema posts = create(posts());
        var heard = hear();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                String id = "post" + i;
                threads.submit(() -> insert(post(posts, id, "x")));
            }
        }

        assertThat(heard).hasSize(500);
        assertThat(heard).extracting(RecordChange::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void goesOnWhenAListenerThrows() {
        CollectionSchema posts = create(posts());
        store.onCommit(_ -> {
            throw new IllegalStateException("bad listener");
        });
        var heard = hear();

        insert(post(posts, "a", "x"));
        insert(post(posts, "b", "x"));

        assertThat(heard).hasSize(2);
    }

    @Test
    void tellsEachNewCatalogBeforeTheWriteReturns() {
        var heard = new CopyOnWriteArrayList<CollectionCatalog>();
        store.onCatalog(heard::add);

        CollectionSchema posts = create(posts());
        change(posts, posts.withUpdated("2026-03-03 00:00:00.000Z"));
        insert(post(posts, "a", "x"));

        assertThat(heard).hasSize(2);
        assertThat(heard.getLast()).isSameAs(store.catalog());
        assertThat(heard).extracting(CollectionCatalog::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void undoesAWriteThatTakesTooLong() {
        CollectionSchema posts = create(posts());
        var heard = hear();

        assertThatThrownBy(() -> store.write(Duration.ZERO, writes -> writes.insert(post(posts, "a", "x"))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.Invalid.TOO_LONG));
        assertThatThrownBy(() -> store.write(Duration.ofMillis(20), writes -> {
                    writes.insert(post(posts, "a", "x"));
                    while (true) writes.find(posts, "a");
                }))
                .isInstanceOf(Refusal.class);

        assertThat(find(posts, "a")).isEmpty();
        insert(post(posts, "b", "x"));
        assertThat(heard).hasSize(1);
    }

    @Test
    void keepsALimitedWriteThatIsDoneInTime() {
        CollectionSchema posts = create(posts());

        store.write(Duration.ofMinutes(1), writes -> writes.insert(post(posts, "a", "x")));

        assertThat(find(posts, "a")).isPresent();
    }

    private List<RecordChange> hear() {
        var heard = new CopyOnWriteArrayList<RecordChange>();
        store.onCommit(heard::addAll);
        return heard;
    }
}
