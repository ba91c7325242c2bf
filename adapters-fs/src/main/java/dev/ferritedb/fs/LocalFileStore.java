package dev.ferritedb.fs;

import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.storage.FileKey;
import dev.ferritedb.ports.storage.FileStore;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Keeps files below one folder as `collection/record/name`. Bytes go to a temporary file first and get their place,
/// already on disk, by an atomic rename. Symbolic links below the folder are never followed: they count as absent.
public final class LocalFileStore implements FileStore {
    /// No key starts with a dot.
    private static final String TEMPORARY = ".tmp";

    /// Longer than any upload may take; a process beside this one may still be writing the younger ones.
    private static final Duration TEMPORARY_LIFE = Duration.ofHours(1);

    /// A delete in the same record's folder may take the empty folder away in between.
    private static final int TRIES = 100;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path base;
    private final Path temporary;
    private final OwnerOnly ownerOnly;

    private LocalFileStore(Path base, OwnerOnly ownerOnly) {
        this.base = base;
        this.temporary = base.resolve(TEMPORARY);
        this.ownerOnly = ownerOnly;
    }

    /// Creates the folder if need be, for its owner alone, and sweeps what uploads that died have left.
    /// @throws PortFailure when the folder can't be used
    public static LocalFileStore open(Path folder, InstantSource clock) {
        try {
            var ownerOnly = OwnerOnly.on(folder);
            Files.createDirectories(folder, ownerOnly.folder());
            var store = new LocalFileStore(folder.toRealPath(), ownerOnly);
            Files.createDirectories(store.temporary, ownerOnly.folder());
            store.sweep(clock.instant().minus(TEMPORARY_LIFE));
            return store;
        } catch (IOException e) {
            throw new PortFailure("the storage folder " + folder + " can't be used: " + reason(e), e);
        }
    }

    @Override
    public long put(FileKey key, InputStream bytes) throws IOException {
        Path upload = temporary.resolve(UUID.randomUUID().toString());
        try {
            long count = write(bytes, upload);
            moveIntoPlace(upload, key);
            return count;
        } finally {
            deleteQuietly(upload);
        }
    }

    @Override
    public Optional<InputStream> open(FileKey key) {
        Place place = place(key);
        try {
            if (attributes(place).isEmpty()) return Optional.empty();
            return Optional.of(Files.newInputStream(place.file(), LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    @Override
    public Optional<Long> size(FileKey key) {
        try {
            return attributes(place(key)).map(BasicFileAttributes::size);
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    @Override
    public boolean delete(FileKey key) {
        Place place = place(key);
        try {
            if (attributes(place).isEmpty()) return false;
            boolean deleted = Files.deleteIfExists(place.file());
            if (deleteIfEmpty(place.record())) deleteIfEmpty(place.collection());
            return deleted;
        } catch (IOException e) {
            throw failure("delete", e);
        }
    }

    @Override
    public void probe() {
        String name = "probe-" + UUID.randomUUID();
        Path file = temporary.resolve(name);
        byte[] expected = name.getBytes(StandardCharsets.US_ASCII);
        try {
            try (FileChannel channel = create(file)) {
                channel.write(ByteBuffer.wrap(expected));
                channel.force(true);
            }
            if (!Arrays.equals(Files.readAllBytes(file), expected)) {
                throw new PortFailure("the storage folder gives back other bytes than it took");
            }
        } catch (IOException e) {
            throw failure("write", e);
        } finally {
            deleteQuietly(file);
        }
    }

    @Override
    public void close() {}

    private long write(InputStream bytes, Path upload) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long count = 0;
        try (FileChannel channel = createOrFail(upload)) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                append(channel, ByteBuffer.wrap(buffer, 0, read));
                count += read;
            }
            force(channel);
        }
        return count;
    }

    private FileChannel createOrFail(Path upload) {
        try {
            return create(upload);
        } catch (IOException e) {
            throw failure("create", e);
        }
    }

    private static void append(FileChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) channel.write(bytes);
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    private static void force(FileChannel channel) {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    private FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly.file());
    }

    private void moveIntoPlace(Path upload, FileKey key) {
        Place place = place(key);
        for (int attempt = 1; ; attempt++) {
            try {
                createFolder(place.collection(), base);
                createFolder(place.record(), place.collection());
                Files.move(upload, place.file(), StandardCopyOption.ATOMIC_MOVE);
                forceFolder(place.record());
                return;
            } catch (NoSuchFileException folderDeleted) {
                if (attempt == TRIES) throw failure("write", folderDeleted);
            } catch (IOException e) {
                throw failure("write", e);
            }
        }
    }

    private void createFolder(Path folder, Path parent) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return;
        if (Files.isSymbolicLink(folder)) throw new NotDirectoryException(folder.toString());
        try {
            Files.createDirectory(folder, ownerOnly.folder());
        } catch (FileAlreadyExistsException anotherUploadWasFirst) {
            return;
        }
        forceFolder(parent);
    }

    /// A rename is on disk when its folder is. Windows can't open folders and needs no such call.
    private static void forceFolder(Path folder) throws IOException {
        if (File.separatorChar == '\\') return;
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private record Place(Path collection, Path record, Path file) {}

    private Place place(FileKey key) {
        Path collection = base.resolve(key.collectionId());
        Path record = collection.resolve(key.recordId());
        return new Place(collection, record, record.resolve(key.name()));
    }

    /// @return empty unless `place` leads through real folders to a real file
    private static Optional<BasicFileAttributes> attributes(Place place) throws IOException {
        if (!Files.isDirectory(place.collection(), LinkOption.NOFOLLOW_LINKS)
                || !Files.isDirectory(place.record(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            var attributes = Files.readAttributes(place.file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(attributes) : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static boolean deleteIfEmpty(Path folder) throws IOException {
        try {
            return Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException inUse) {
            return false;
        }
    }

    private void sweep(Instant before) throws IOException {
        try (var leftovers = Files.newDirectoryStream(temporary)) {
            for (Path leftover : leftovers) {
                Instant modified = Files.getLastModifiedTime(leftover, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                if (modified.isBefore(before)) Files.deleteIfExists(leftover);
            }
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftForTheNextSweep) {
            System.getLogger(LocalFileStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "a temporary file stays behind", leftForTheNextSweep);
        }
    }

    private static PortFailure failure(String doing, IOException e) {
        return new PortFailure("the storage folder failed to " + doing + " a file: " + reason(e), e);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
