package dev.ferritedb.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.storage.FileKey;
import dev.ferritedb.ports.storage.FileStore;
import dev.ferritedb.ports.storage.FileStoreContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileStoreTest extends FileStoreContract {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final FileKey KEY = new FileKey("collection", "record", "name.txt");

    @TempDir
    Path folder;

    @Override
    protected FileStore store() {
        return LocalFileStore.open(folder.resolve("a/b"), () -> NOW);
    }

    @Test
    void laysFilesOutAsCollectionRecordNameForTheOwnerAlone() throws IOException {
        store().put(KEY, hello());

        Path file = folder.resolve("a/b/collection/record/name.txt");
        assertThat(file).hasContent("hello");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        for (Path parent : new Path[] {file.getParent(), file.getParent().getParent(), folder.resolve("a/b")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void leavesNoTemporaryFileAndNoEmptyFolderBehind() throws IOException {
        FileStore store = store();
        store.put(KEY, hello());
        store.probe();
        assertThatThrownBy(() -> store.put(KEY, new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }
                }))
                .isInstanceOf(IOException.class);
        assertThat(below(folder)).containsExactly("a/b/collection/record/name.txt");

        store.delete(KEY);
        assertThat(folder.resolve("a/b/collection")).doesNotExist();
    }

    @Test
    void followsNoSymbolicLink() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path secret = Files.writeString(outside.resolve("name.txt"), "secret");
        FileStore store = store();
        Path base = folder.resolve("a/b");

        Files.createDirectories(base.resolve("collection/record"));
        Files.createSymbolicLink(base.resolve("collection/record/name.txt"), secret);
        Files.createSymbolicLink(base.resolve("collection/linked"), outside);
        Files.createSymbolicLink(base.resolve("linked"), folder.resolve("a/b/collection"));

        for (FileKey key : new FileKey[] {
            KEY, new FileKey("collection", "linked", "name.txt"), new FileKey("linked", "record", "name.txt")
        }) {
            assertThat(store.open(key)).isEmpty();
            assertThat(store.size(key)).isEmpty();
            assertThat(store.delete(key)).isFalse();
        }
        assertThatThrownBy(() -> store.put(new FileKey("collection", "linked", "new.txt"), hello()))
                .isInstanceOf(PortFailure.class);
        assertThatThrownBy(() -> store.put(new FileKey("linked", "record", "new.txt"), hello()))
                .isInstanceOf(PortFailure.class);
        assertThat(outside.resolve("new.txt")).doesNotExist();

        store.put(KEY, hello());
        assertThat(secret).hasContent("secret");
        assertThat(base.resolve("collection/record/name.txt")).isRegularFile().hasContent("hello");
    }

    @Test
    void sweepsTemporaryFilesOlderThanAnHour() throws IOException {
        store().close();
        Path old = Files.writeString(folder.resolve("a/b/.tmp/old"), "x");
        Path young = Files.writeString(folder.resolve("a/b/.tmp/young"), "x");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(3601)));
        Files.setLastModifiedTime(young, FileTime.from(NOW.minusSeconds(3599)));

        store().close();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void saysWhyTheFolderCanNotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> LocalFileStore.open(file.resolve("storage"), () -> NOW))
                .isInstanceOf(PortFailure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void failsTheProbeWhenTheFolderIsGone() throws IOException {
        FileStore store = store();
        Files.delete(folder.resolve("a/b/.tmp"));
        assertThatThrownBy(store::probe).isInstanceOf(PortFailure.class);
        assertThatThrownBy(() -> store.put(KEY, hello())).isInstanceOf(PortFailure.class);
    }

    private static InputStream hello() {
        return new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths
                    .filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .toList()
                    .stream();
        }
    }
}
