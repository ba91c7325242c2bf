package dev.ferritedb.ports.persistence;

import dev.ferritedb.ports.events.ChangeListener;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps collections and their records. Every adapter passes `RecordStoreContract`.
///
/// Safe for concurrent use. Blocks. Throws [dev.ferritedb.ports.problem.PortFailure] when the store fails; a failed
/// write happened whole or not at all. Whatever else a body throws comes out of [#read] and [#write] as it is.
public interface RecordStore extends AutoCloseable {

    /// The collections as last noticed: at once for changes of this process, within a second for those of another.
    CollectionCatalog catalog();

    /// The settings as last noticed: at once for changes of this process, within a second for those of another.
    /// Empty until some are kept. Costs nothing to ask.
    Optional<Value.Members> settings();

    /// Runs `body` on one consistent snapshot that holds every write that returned before.
    <T> T read(ReadBody<T> body);

    /// As [#read], for what may take long, such as a condition that a client made up: however many such bodies run,
    /// others are read meanwhile. They wait for each other instead, and are refused as unavailable when they have
    /// waited too long. May run on a thread of the store's own.
    <T> T readLong(ReadBody<T> body);

    /// Runs `body` alone: no other write sees it half done. Durable when this returns. When `body` throws, all
    /// that it did is undone and nothing else is. Must not be called inside a body.
    <T> T write(WriteBody<T> body);

    /// As [#write], for work that must not keep other writes waiting for long. Once `atMost` has passed since the
    /// body began, whatever it asks of the store is refused as
    /// [dev.ferritedb.ports.problem.Problem.Invalid#TOO_LONG], and a query that runs is broken off.
    <T> T write(Duration atMost, WriteBody<T> body);

    /// `listener` hears of each commit that starts after this returns.
    void onCommit(ChangeListener listener);

    /// `listener` runs whenever another process, such as a command on the same data, is noticed to have written,
    /// whatever it wrote: within a second, and before a later write of this process returns. Called on the writer's
    /// thread: it must return at once.
    void onOtherWriter(Runnable listener);

    /// `listener` gets each new catalog, whichever process changed it, before the write that made it returns.
    void onCatalog(Consumer<CollectionCatalog> listener);

    /// System migrations, oldest first: their names and whether they are applied.
    List<MigrationState> migrations();

    /// Applies what is missing, each in a transaction of its own.
    /// @return the names applied now
    List<String> migrate();

    /// Undoes the newest `count` applied migrations, data of theirs included.
    /// @return the names undone
    List<String> revert(int count);

    /// Proves that the store takes a write and gives it back.
    void probe();

    @Override
    void close();

    @FunctionalInterface
    interface ReadBody<T> {
        T run(RecordReads reads);
    }

    @FunctionalInterface
    interface WriteBody<T> {
        T run(RecordWrites writes);
    }
}
