package dev.ferritedb.distribution;

import dev.ferritedb.ports.events.ChangeListener;
import dev.ferritedb.ports.metering.Meters;
import dev.ferritedb.ports.persistence.MigrationState;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A store whose writes and reads are timed: `database_write` and `database_read`, by outcome.
final class MeteredStore implements RecordStore {
    private final RecordStore store;
    private final Meters meters;

    MeteredStore(RecordStore store, Meters meters) {
        this.store = store;
        this.meters = meters;
    }

    @Override
    public CollectionCatalog catalog() {
        return store.catalog();
    }

    @Override
    public Optional<Value.Members> settings() {
        return store.settings();
    }

    @Override
    public <T> T read(ReadBody<T> body) {
        return timed("database_read", () -> store.read(body));
    }

    @Override
    public <T> T readLong(ReadBody<T> body) {
        return timed("database_read", () -> store.readLong(body));
    }

    @Override
    public <T> T write(WriteBody<T> body) {
        return timed("database_write", () -> store.write(body));
    }

    @Override
    public <T> T write(Duration atMost, WriteBody<T> body) {
        return timed("database_write", () -> store.write(atMost, body));
    }

    private <T> T timed(String name, Supplier<T> work) {
        long start = System.nanoTime();
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            meters.time(name, Duration.ofNanos(System.nanoTime() - start), "outcome", done ? "done" : "undone");
        }
    }

    @Override
    public void onCommit(ChangeListener listener) {
        store.onCommit(listener);
    }

    @Override
    public void onOtherWriter(Runnable listener) {
        store.onOtherWriter(listener);
    }

    @Override
    public void onCatalog(Consumer<CollectionCatalog> listener) {
        store.onCatalog(listener);
    }

    @Override
    public List<MigrationState> migrations() {
        return store.migrations();
    }

    @Override
    public List<String> migrate() {
        return store.migrate();
    }

    @Override
    public List<String> revert(int count) {
        return store.revert(count);
    }

    @Override
    public void probe() {
        store.probe();
    }

    @Override
    public void close() {
        store.close();
    }
}
