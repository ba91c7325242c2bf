package dev.ferritedb.kernel;

import dev.ferritedb.ports.events.ChangeListener;
import dev.ferritedb.ports.persistence.MigrationState;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Counts the reads that a store is asked for, and can let something happen after each.
public final class CountingStore implements RecordStore {
    private final RecordStore store;
    private final AtomicLong reads = new AtomicLong();
    private volatile Runnable afterARead = () -> {};

    public CountingStore(RecordStore store) {
        this.store = store;
    }

    public long reads() {
        return reads.get();
    }

    /// @param work runs once, when the next body has read and before its reader is told
    public void afterTheNextRead(Runnable work) {
        afterARead = () -> {
            afterARead = () -> {};
            work.run();
        };
    }

    @Override
    public <T> T read(ReadBody<T> body) {
        reads.incrementAndGet();
        T result = store.read(body);
        afterARead.run();
        return result;
    }

    @Override
    public <T> T readLong(ReadBody<T> body) {
        reads.incrementAndGet();
        return store.readLong(body);
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
    public <T> T write(WriteBody<T> body) {
        return store.write(body);
    }

    @Override
    public <T> T write(Duration atMost, WriteBody<T> body) {
        return store.write(atMost, body);
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
