package dev.ferritedb.distribution.configuration;

import dev.ferritedb.http.HttpSettings;
import dev.ferritedb.ports.plugin.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The settings in force. Each has a default, so that no file is needed.
public final class Configuration {
    static final String FILE = "ferritedb.toml";
    private static final String DATA_FOLDER = "ferritedb_data";

    private final Sources sources;
    private final Optional<Path> file;
    private final Path dataFolder;
    private final Server server;
    private final Database database;
    private final Passwords passwords;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Storage storage;
    private final Mail mail;
    private final Logging logging;
    private final boolean adminEnabled;
    private final Duration auditKept;
    private final List<String> problems;
    private final List<String> withoutEffect;

    /// @param publicOrigins other origins whose pages may call, `*` for all
    public record Server(
            String host,
            int port,
            List<String> corsOrigins,
            Duration requestTimeout,
            long maxRequestSizeBytes,
            List<String> trustedProxies) {}

    /// @param readConnections how many reads may run at once
    public record Database(
            Path file, int readConnections, Duration connectionTimeout, boolean autoMigrate, boolean synchronousFull) {}

    public record Passwords(int argon2MemoryKib, int argon2Iterations, int argon2Parallelism) {}

    /// @param passwordMinLength of new auth collections, in characters
    /// @param signInFailuresPerMinute from one address
    public record Accounts(int passwordMinLength, int signInFailuresPerMinute, boolean signInsLimited) {}

    /// @param secret empty for the one that is made at the first start
    /// @param refreshLifetime how long a session lasts that nobody refreshes
    /// @param lifetime how long a session lasts at the most
    public record Sessions(
            Optional<Secret> secret, Duration accessLifetime, Duration refreshLifetime, Duration lifetime) {}

    /// @param backend `local`, or the plug-in that keeps the files
    public record Storage(String backend, Path basePath, long maxFileSizeBytes) {}

    /// What is set of it goes before the settings of the running server; empty text is not set.
    ///
    /// @param publicUrl where those who get mails reach this server
    public record Mail(
            String publicUrl,
            String smtpHost,
            int smtpPort,
            String smtpUsername,
            Secret smtpPassword,
            boolean smtpTls,
            String senderName,
            String senderAddress) {}

    public record Logging(Level level, boolean json) {
        public enum Level {
            ERROR,
            WARN,
            INFO,
            DEBUG,
            TRACE
        }
    }

    /// @param configFile `--config`, which must exist
    /// @param dataFolder `--data`
    /// @param flags a setting's key and the text given for it on the command line
    public record CommandLine(Optional<Path> configFile, Optional<Path> dataFolder, Map<String, String> flags) {
        public CommandLine {
            flags = Map.copyOf(flags);
        }
    }

    private Configuration(Sources sources, Optional<Path> file, Path workingFolder, Path dataFolder) {
        this.sources = sources;
        this.file = file;
        this.dataFolder = dataFolder;
        var reader = new Reader(sources);
        this.server = server(reader);
        this.database = database(reader, workingFolder, dataFolder);
        this.passwords = passwords(reader);
        this.accounts = accounts(reader);
        this.sessions = SessionReading.read(reader);
        this.storage = storage(reader, workingFolder, dataFolder);
        this.mail = MailReading.read(reader);
        this.logging = new Logging(
                Logging.Level.valueOf(reader.oneOf("logging.level", List.of("info", "error", "warn", "debug", "trace"))
                        .toUpperCase(Locale.ROOT)),
                reader.oneOf("logging.format", List.of("pretty", "json")).equals("json"));
        this.adminEnabled = reader.truth("admin.enabled", true);
        this.auditKept = reader.duration("retention.audit", Duration.ofDays(365), Duration.ofHours(1));
        this.withoutEffect = settingsOfLaterVersions(reader);
        this.problems = reader.problems();
    }

    /// Looks for `--config`, else `./ferritedb.toml`, else `./ferritedb.dev.toml`, else the file in the data
    /// folder.
    ///
    /// @param workingFolder absolute; what relative paths start from
    /// @throws ConfigurationError when the file is missing or is no TOML; wrong settings wait for [#refuseProblems]
    public static Configuration read(CommandLine given, Map<String, String> environment, Path workingFolder) {
        Path dataFolder = given.dataFolder()
                .or(() -> Optional.ofNullable(environment.get("FERRITEDB_DATA")).map(Path::of))
                .map(workingFolder::resolve)
                .orElse(workingFolder.resolve(DATA_FOLDER))
                .normalize();
        Optional<Path> named = given.configFile()
                .or(() ->
                        Optional.ofNullable(environment.get("FERRITEDB_CONFIG")).map(Path::of))
                .map(workingFolder::resolve);
        if (named.isPresent() && !Files.isRegularFile(named.get())) {
            throw new ConfigurationError(List.of(named.get() + ": there is no such configuration file"));
        }
        Optional<Path> file = named.or(() -> Stream.of(
                        workingFolder.resolve(FILE),
                        workingFolder.resolve("ferritedb.dev.toml"),
                        dataFolder.resolve(FILE))
                .filter(Files::isRegularFile)
                .findFirst());
        var sources =
                new Sources(given.flags(), environment, file.map(TomlFile::read).orElse(Map.of()));
        return new Configuration(sources, file, workingFolder, dataFolder);
    }

    private static Server server(Reader reader) {
        return new Server(
                reader.text("server.host", "127.0.0.1"),
                (int) reader.whole("server.port", 8090, 0, 65535),
                reader.list("server.cors_origins"),
                reader.duration("server.request_timeout", Duration.ofSeconds(30), Duration.ofSeconds(1)),
                reader.whole("server.max_request_size", 10_485_760, 1024, 1L << 40),
                reader.list("server.trusted_proxies", HttpSettings::isProxy, "addresses or networks"));
    }

    private static Database database(Reader reader, Path workingFolder, Path dataFolder) {
        String url = reader.text("database.url", "sqlite:" + dataFolder.resolve("ferritedb.db"));
        String path = url.startsWith("sqlite:") ? url.substring("sqlite:".length()) : url;
        return new Database(
                workingFolder
                        .resolve(path.startsWith("//") ? path.substring(2) : path)
                        .normalize(),
                (int) reader.whole(
                        "database.max_connections", Runtime.getRuntime().availableProcessors(), 1, 64),
                reader.duration("database.connection_timeout", Duration.ofSeconds(30), Duration.ofMillis(250)),
                reader.truth("database.auto_migrate", true),
                reader.oneOf("database.synchronous", List.of("full", "normal")).equals("full"));
    }

    private static Passwords passwords(Reader reader) {
        return new Passwords(
                (int) reader.whole("auth.argon2_memory", 19_456, 512, 1 << 20),
                (int) reader.whole("auth.argon2_iterations", 2, 1, 64),
                (int) reader.whole("auth.argon2_parallelism", 1, 1, 64));
    }

    private static Accounts accounts(Reader reader) {
        return new Accounts(
                (int) reader.whole("auth.password_min_length", 8, 1, 256),
                (int) reader.whole("server.rate_limit.auth", 30, 1, 1_000_000),
                reader.truth("server.rate_limit.enabled", true));
    }

    private static Storage storage(Reader reader, Path workingFolder, Path dataFolder) {
        return new Storage(
                reader.text("storage.backend", "local"),
                workingFolder
                        .resolve(reader.text(
                                "storage.local.base_path",
                                dataFolder.resolve("storage").toString()))
                        .normalize(),
                reader.whole("storage.max_file_size", 52_428_800, 1, 1L << 40));
    }

    /// Known settings that this version doesn't act on: accepted, so that a file can be prepared, and told of.
    private static List<String> settingsOfLaterVersions(Reader reader) {
        var set = new ArrayList<String>();
        reader.later(set, "server.rate_limit.requests_per_minute", "server.rate_limit.burst_size");
        reader.later(set, "server.rate_limit.upload");
        reader.later(set, "storage.backend", "storage.local.base_path", "storage.max_file_size");
        reader.later(set, "retention.request_log", "retention.changes", "retention.orphan_files");
        return set;
    }

    public Server server() {
        return server;
    }

    public Database database() {
        return database;
    }

    public Passwords passwords() {
        return passwords;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Sessions sessions() {
        return sessions;
    }

    /// Whether a secret could be guessed.
    public static boolean isWeakSecret(String secret) {
        return SessionReading.isWeak(secret);
    }

    public Storage storage() {
        return storage;
    }

    public Mail mail() {
        return mail;
    }

    public Logging logging() {
        return logging;
    }

    public boolean adminEnabled() {
        return adminEnabled;
    }

    /// Absolute.
    public Path dataFolder() {
        return dataFolder;
    }

    public Path auditFile() {
        return dataFolder.resolve("ferritedb_audit.db");
    }

    /// How long the audit log keeps what happened.
    public Duration auditKept() {
        return auditKept;
    }

    /// The file that was read, if any.
    public Optional<Path> file() {
        return file;
    }

    /// The section of a plug-in. What it leaves unread counts as unknown in [#refuseProblems].
    public Settings ofPlugin(String name) {
        return new Section(sources, sectionOf(name));
    }

    /// Lets the section of a plug-in that did not start stand unread.
    public void leaveOut(String plugin) {
        sources.leaveOut(sectionOf(plugin));
    }

    private static String sectionOf(String plugin) {
        return plugin.equals("s3") ? "storage.s3." : "plugins." + plugin + ".";
    }

    /// Keys that are set and that this version doesn't act on.
    public List<String> withoutEffect() {
        return withoutEffect;
    }

    /// What is wrong, each a line; to be asked once the plug-ins have read their sections.
    public List<String> problems() {
        return Stream.concat(problems.stream(), sources.unused().stream()).toList();
    }

    /// @throws ConfigurationError with everything that is wrong
    public void refuseProblems() {
        List<String> wrong = problems();
        if (!wrong.isEmpty()) throw new ConfigurationError(wrong);
    }

    /// Every setting as it is in force, secrets masked.
    public List<Entry> entries() {
        return sources.shown();
    }
}
