package dev.ferritedb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ferritedb.ports.problem.PortFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each file is refused with two lines: what is wrong with it, and what to do.
class DamagedFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeOne() {
        file = folder.resolve("data.db");
        try (SqliteRecordStore store = Notes.openWithNotes(file)) {
            store.write(writes -> {
                for (int i = 0; i < 500; i++) writes.insert(Notes.note("note" + i));
                return true;
            });
        }
    }

    @Test
    void opensAWholeOne() {
        try (SqliteRecordStore store = Notes.open(file)) {
            assertThat(Notes.count(store)).isEqualTo(500);
        }
    }

    @Test
    void refusesWhatIsNoDatabase() throws IOException {
        Files.writeString(file, "These are not the bytes you are looking for. ".repeat(100));
        assertRefused("is not a database");
        Files.writeString(file, "short");
        assertRefused("is not a database");
        Files.write(file, new byte[8_192]);
        assertRefused("is not a database");
    }

    @Test
    void refusesAnotherProgramsDatabase() throws SQLException {
        file = folder.resolve("other.db");
        Notes.sql(file, "CREATE TABLE bookmarks (url TEXT)");
        assertRefused("belongs to another program");
        assertThat(Notes.sql(file, "SELECT count(*) FROM sqlite_schema")).isEqualTo("1");
    }

    @Test
    void refusesANewerFormat() throws SQLException {
        Notes.sql(file, "PRAGMA user_version = 2");
        assertRefused("newer FerriteDB");
    }

    @Test
    void refusesAMigrationItDoesNotKnow() throws SQLException {
        Notes.sql(file, "INSERT INTO _migrations VALUES ('9999_future', '2030-01-01 00:00:00.000Z')");
        assertRefused("9999_future");
    }

    @Test
    void refusesAFileThatWasCutShort() throws IOException {
        cutTo(Files.size(file) / 2);
        assertRefused("cut short");
    }

    @Test
    void refusesAFileWithAPageOfZeros() throws IOException {
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(4_096L * 5);
            opened.write(new byte[4_096]);
        }
        assertRefused("damaged", "can't be opened");
    }

    @Test
    void refusesAFileWithFlippedBits() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            for (long page = 1; page < opened.length() / 4_096; page++) {
                opened.seek(page * 4_096 + random.nextInt(8));
                int old = opened.read();
                opened.seek(opened.getFilePointer() - 1);
                opened.write(old ^ 0xa5);
            }
        }
        assertRefused("damaged", "can't be opened");
    }

    @Test
    void refusesAMissingFolder() {
        file = folder.resolve("nowhere").resolve("data.db");
        assertRefused("there is no folder");
    }

    @Test
    void refusesAFolderThatIsNotWritable() throws IOException {
        Path locked = Files.createDirectory(
                folder.resolve("locked"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeFalse(Files.isWritable(locked), "this account may write everywhere");
        file = locked.resolve("data.db");
        assertRefused("is not writable");
    }

    @Test
    void refusesAFolderInPlaceOfTheFile() throws IOException {
        file = Files.createDirectory(folder.resolve("folder.db"));
        assertRefused("is not a file");
    }

    @Test
    void letsNobodyElseReadANewFile() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void stopsWritingOnceTheFileFailsUnderIt() throws IOException, SQLException {
        try (SqliteRecordStore store = Notes.open(file)) {
            Notes.sql(file, "PRAGMA wal_checkpoint(TRUNCATE)");
            long size = Files.size(file);
            // Another connection's commit makes the store read its pages again.
            Notes.sql(file, "PRAGMA user_version = 1", "PRAGMA wal_checkpoint(PASSIVE)");
            try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
                opened.seek(4_096);
                opened.write(new byte[(int) (size - 4_096)]);
            }

            assertThatThrownBy(() -> Notes.insert(store, "first")).isInstanceOf(PortFailure.class);
            assertThatThrownBy(() -> Notes.insert(store, "later"))
                    .isInstanceOf(PortFailure.class)
                    .hasMessageContaining("stopped writing");
            assertThatThrownBy(store::probe).isInstanceOf(PortFailure.class);
        }
    }

    private void cutTo(long bytes) throws IOException {
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(bytes);
        }
    }

    private void assertRefused(String... anyOf) {
        assertThatThrownBy(() -> SqliteRecordStore.open(SqliteSettings.of(file)).close())
                .isInstanceOfSatisfying(PortFailure.class, failure -> {
                    assertThat(failure.getMessage().lines())
                            .as(failure.getMessage())
                            .hasSize(2);
                    assertThat(anyOf)
                            .anySatisfy(part -> assertThat(failure.getMessage()).contains(part));
                });
    }
}
