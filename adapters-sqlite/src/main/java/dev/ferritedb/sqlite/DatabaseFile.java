package dev.ferritedb.sqlite;

import dev.ferritedb.ports.problem.PortFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;

/// Opens the database file, after a look at whether it is one that we can work with. Every refusal is a
/// [PortFailure] of two lines: what is wrong, and what to do.
final class DatabaseFile {
    /// "Ferr": marks a file as ours in SQLite's header.
    static final int APPLICATION_ID = 0x46657272;

    /// Grows when an older version could no longer read the file.
    static final int FORMAT = 1;

    /// Older ones lack fixes that the store relies on. Source: the security checklist.
    private static final int[] SQLITE_OLDEST = {3, 53, 2};

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;

    /// Up to this size the whole file is checked at start, which takes about 2 ms a MiB; beyond it, its header
    /// only.
    private static final long CHECKED_WHOLE_BYTES = 64L << 20;

    private static final int READER_CACHE_KIB = 4_096;
    private static final int WRITER_CACHE_KIB = 8_192;

    private DatabaseFile() {}

    static Session openWriter(SqliteSettings settings) {
        Path file = settings.file();
        prepare(file);
        try {
            var connection =
                    (SQLiteConnection) config(settings, WRITER_CACHE_KIB).createConnection(url(file));
            try {
                return writer(settings, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    static SQLiteConnection openReader(SqliteSettings settings) throws SQLException {
        var connection = (SQLiteConnection) readerConfig(settings).createConnection(url(settings.file()));
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
        }
        return connection;
    }

    static SQLiteConfig readerConfig(SqliteSettings settings) {
        SQLiteConfig config = config(settings, READER_CACHE_KIB);
        config.setReadOnly(true);
        return config;
    }

    private static SQLiteConfig config(SqliteSettings settings, int cacheKib) {
        var config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.enableLoadExtension(false);
        config.setGetGeneratedKeys(false);
        config.setBusyTimeout(Math.toIntExact(settings.connectionTimeout().toMillis()));
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-cacheKib);
        return config;
    }

    private static Session writer(SqliteSettings settings, SQLiteConnection connection) throws SQLException {
        requireVersion(connection.libversion());
        var session = new Session(connection);
        requireOurs(settings.file(), session);
        requireWhole(settings.file(), session);
        String mode = session.text("PRAGMA journal_mode = WAL");
        if (!mode.equals("wal")) {
            throw new PortFailure(
                    "the database " + settings.file()
                            + " can't keep a write-ahead log here\nPut the data folder on a local disk: network file systems lack what it needs.");
        }
        session.execute("PRAGMA synchronous = " + settings.synchronous());
        session.execute("PRAGMA trusted_schema = OFF");
        session.execute("PRAGMA cell_size_check = ON");
        session.execute("PRAGMA journal_size_limit = " + WriteAheadLog.KEPT_BYTES);
        session.execute("PRAGMA wal_autocheckpoint = " + WriteAheadLog.CHECKPOINT_PAGES);
        if (session.whole("PRAGMA application_id") == 0) {
            session.execute("PRAGMA application_id = " + APPLICATION_ID);
            session.execute("PRAGMA user_version = " + FORMAT);
        }
        return session;
    }

    private static void prepare(Path file) {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new PortFailure(
                    "there is no folder " + folder + " for the database\nMake the folder, or name another one.");
        }
        if (!Files.isWritable(folder)) {
            throw new PortFailure("the folder " + folder
                    + " is not writable\nGive the account that runs this process the right to write there.");
        }
        if (!Files.exists(file)) {
            create(file);
            return;
        }
        if (!Files.isRegularFile(file)) {
            throw new PortFailure(file + " is not a file\nMove it away, or name another database file.");
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw new PortFailure("the database " + file
                    + " is not readable and writable\nGive the account that runs this process the right to both.");
        }
        inspect(file);
    }

    private static void create(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException _) {
            inspect(file);
        } catch (IOException e) {
            throw new PortFailure(
                    "the database " + file + " can't be made: " + e.getMessage()
                            + "\nLook at the disk and its free space.",
                    e);
        }
    }

    private static void inspect(Path file) {
        try (var opened = new RandomAccessFile(file.toFile(), "r")) {
            long size = opened.length();
            if (size == 0) return;
            var header = new byte[(int) Math.min(HEADER_BYTES, size)];
            opened.readFully(header);
            if (size < HEADER_BYTES || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw new PortFailure(
                        file + " is not a database\nName another file, or restore this one from a backup.");
            }
            requireLength(file, ByteBuffer.wrap(header), size);
        } catch (IOException e) {
            throw new PortFailure(
                    "the database " + file + " can't be read: " + e.getMessage()
                            + "\nLook at the disk, or restore a backup.",
                    e);
        }
    }

    /// The header's page count holds when its two counters agree; with a write-ahead log the file itself may
    /// lag behind.
    private static void requireLength(Path file, ByteBuffer header, long size) throws IOException {
        int pageSize = Short.toUnsignedInt(header.getShort(16));
        if (pageSize == 1) pageSize = 65_536;
        long pages = Integer.toUnsignedLong(header.getInt(28));
        boolean counted = header.getInt(24) == header.getInt(92);
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (counted && pages * pageSize > size && !(Files.exists(log) && Files.size(log) > 0)) {
            throw new PortFailure("the database " + file + " is cut short: " + size + " of " + pages * pageSize
                    + " bytes are there\nRestore it from a backup.");
        }
    }

    private static void requireVersion(String version) {
        String[] parts = version.split("\\.");
        for (int i = 0; i < SQLITE_OLDEST.length; i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
            if (part > SQLITE_OLDEST[i]) return;
            if (part < SQLITE_OLDEST[i]) {
                throw new PortFailure("SQLite " + version
                        + " is too old, 3.53.2 or newer is needed\nUse the SQLite library that comes with FerriteDB.");
            }
        }
    }

    private static void requireOurs(Path file, Session session) throws SQLException {
        long application = session.whole("PRAGMA application_id");
        long format = session.whole("PRAGMA user_version");
        if (application == APPLICATION_ID) {
            if (format > FORMAT) {
                throw new PortFailure("the database " + file + " was written by a newer FerriteDB (format " + format
                        + ", this one knows " + FORMAT + ")\nStart the newer version, or restore an older backup.");
            }
            return;
        }
        if (application != 0 || format != 0 || session.whole("SELECT count(*) FROM sqlite_schema") > 0) {
            throw new PortFailure("the database " + file + " belongs to another program\nName another database file.");
        }
    }

    private static void requireWhole(Path file, Session session) throws SQLException {
        long bytes = session.whole("PRAGMA page_count") * session.whole("PRAGMA page_size");
        if (bytes > CHECKED_WHOLE_BYTES) return;
        String verdict = session.text("PRAGMA quick_check(1)");
        if (!verdict.equals("ok")) {
            throw new PortFailure("the database " + file + " is damaged: " + verdict.replace('\n', ' ')
                    + "\nRestore it from a backup.");
        }
    }

    private static PortFailure unreadable(Path file, SQLException e) {
        return new PortFailure(
                "the database " + file + " can't be opened: " + e.getMessage()
                        + "\nRestore it from a backup, or look at the disk.",
                e);
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }
}
