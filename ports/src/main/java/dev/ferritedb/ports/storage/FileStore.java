package dev.ferritedb.ports.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Keeps the bytes of files by key. Every adapter passes `FileStoreContract`. Safe for concurrent use. Blocks.
/// Throws [dev.ferritedb.ports.problem.PortFailure] when the storage fails.
public interface FileStore extends AutoCloseable {
    /// Durable when it returns; a key that fails half-way is not there. An existing key is replaced whole.
    /// @return bytes stored
    long put(FileKey key, InputStream bytes) throws IOException;

    /// @return empty when there is no such key; the caller closes the stream
    Optional<InputStream> open(FileKey key);

    /// @return size in bytes, empty when there is no such key
    Optional<Long> size(FileKey key);

    /// @return whether it was there
    boolean delete(FileKey key);

    /// Proves that the storage takes a file and gives it back.
    void probe();

    @Override
    void close();
}
