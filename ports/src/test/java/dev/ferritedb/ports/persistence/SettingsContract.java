package dev.ferritedb.ports.persistence;

import static dev.ferritedb.ports.persistence.Samples.post;
import static dev.ferritedb.ports.persistence.Samples.posts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public abstract class SettingsContract extends RecordStoreContract {

    private static Value.Members named(String name) {
        return new Value.Members(
                Map.of("meta", new Value.Members(Map.of("name", Value.text(name), "keep", Value.number(3)))));
    }

    private void keep(Value.Members settings) {
        store.write(writes -> {
            writes.keepSettings(settings);
            return true;
        });
    }

    @Test
    void hasNoSettingsAtFirst() {
        assertThat(store.settings()).isEmpty();
        assertThat(store.read(RecordReads::settings)).isEmpty();
    }

    @Test
    void givesTheLastSettingsOnceTheyAreKept() {
        keep(named("first"));
        assertThat(store.settings()).contains(named("first"));

        keep(named("second"));
        assertThat(store.settings()).contains(named("second"));
        assertThat(store.read(RecordReads::settings)).contains(named("second"));
    }

    @Test
    void showsTheBodyWhatItKept() {
        Optional<Value.Members> within = store.write(writes -> {
            writes.keepSettings(named("mine"));
            return writes.settings();
        });

        assertThat(within).contains(named("mine"));
    }

    @Test
    void forgetsSettingsThatWereUndone() {
        keep(named("first"));

        assertThatThrownBy(() -> store.write(writes -> {
                    writes.keepSettings(named("second"));
                    throw new IllegalArgumentException("undo");
                }))
                .hasMessage("undo");
        assertThat(store.settings()).contains(named("first"));
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));
        assertThat(store.settings()).contains(named("first"));
    }
}
