package dev.ferritedb.ports.persistence;

import static dev.ferritedb.ports.persistence.Samples.post;
import static dev.ferritedb.ports.persistence.Samples.posts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class MigrationsContract extends RecordStoreContract {

    @Test
    void appliesWhatIsMissingOnce() {
        List<String> names =
                store.migrations().stream().map(MigrationState::name).toList();

        assertThat(names).isNotEmpty().isSorted();
        assertThat(store.migrations()).allMatch(MigrationState::applied);
        assertThat(store.migrate()).isEmpty();
    }

    @Test
    void undoesTheNewestFirstAndAppliesThemAgain() {
        List<String> names =
                store.migrations().stream().map(MigrationState::name).toList();

        assertThat(store.revert(1)).containsExactly(names.getLast());
        assertThat(store.migrations().getLast().applied()).isFalse();
        assertThat(store.migrations().getFirst().applied()).isTrue();
        assertThat(store.migrate()).containsExactly(names.getLast());

        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));
        assertThat(find(posts, "a")).isPresent();
    }

    @Test
    void undoesTheirDataToo() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));
        int count = store.migrations().size();

        assertThat(store.revert(count + 1)).hasSize(count);
        assertThat(store.catalog().collections()).isEmpty();
        assertThat(store.migrate()).hasSize(count);

        create(posts);
        assertThat(all(posts)).isEmpty();
    }

    @Test
    void takesNoWorkBeforeItIsMigrated() {
        store.revert(1);

        assertThatThrownBy(() -> store.write(_ -> true)).isInstanceOf(PortFailure.class);
        assertThatThrownBy(() -> store.read(_ -> true)).isInstanceOf(PortFailure.class);
    }
}
