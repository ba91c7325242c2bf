package dev.ferritedb.distribution;

import dev.ferritedb.cli.GlobalOptions;
import dev.ferritedb.cli.Program;
import dev.ferritedb.cli.ServerLauncher;
import dev.ferritedb.cli.Workspace;
import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.distribution.configuration.Configuration;
import dev.ferritedb.distribution.configuration.Configuration.CommandLine;
import dev.ferritedb.distribution.configuration.ConfigurationError;
import dev.ferritedb.distribution.configuration.Secret;
import dev.ferritedb.distribution.logging.LogSetup;
import dev.ferritedb.distribution.plugin.PluginError;
import dev.ferritedb.distribution.plugin.Plugins;
import dev.ferritedb.identity.Argon2idCost;
import dev.ferritedb.identity.Argon2idHasher;
import dev.ferritedb.identity.CommonPasswordList;
import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.KernelPorts;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.kernel.mail.MailRoutes;
import dev.ferritedb.mail.MailQueue;
import dev.ferritedb.mail.RoutedMailer;
import dev.ferritedb.ports.audit.AuditLog;
import dev.ferritedb.ports.metering.Meters;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteAuditLog;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The composition root: reads the configuration, loads the plug-ins, and puts store, kernel and adapters together.
final class Assembly implements Program {
    private static final System.Logger LOG = System.getLogger("dev.ferritedb.FerriteDB");

    private final Map<String, String> environment;
    private final Path workingFolder;
    private final Optional<Path> home;
    private volatile int exitCode;

    /// @param home the folder of the distribution, which holds `plugins/`; empty for a program without plug-ins
    Assembly(Map<String, String> environment, Path workingFolder, Optional<Path> home) {
        this.environment = Map.copyOf(environment);
        this.workingFolder = workingFolder;
        this.home = home;
    }

    /// The settings and the plug-ins that have read theirs.
    record Prepared(Configuration configuration, Plugins plugins) {}

    /// Tells what the command came to, before the process ends by itself.
    void endsWith(int newExitCode) {
        exitCode = newExitCode;
    }

    /// Zero while the command is at work: a server that is told to stop has done what it was told.
    int exitCode() {
        return exitCode;
    }

    @Override
    public String version() {
        return Optional.ofNullable(Assembly.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public RecordStore openStore(GlobalOptions options) {
        Prepared prepared = prepare(options);
        prepared.plugins().close();
        return store(prepared.configuration());
    }

    @Override
    public Workspace openWorkspace(GlobalOptions options) {
        return open(prepare(options));
    }

    @Override
    public ServerLauncher server() {
        return new Server(this);
    }

    @Override
    public List<Setting> settings(GlobalOptions options) {
        Configuration configuration = read(options);
        try (Plugins plugins = load(configuration)) {
            plugins.failed().forEach(configuration::leaveOut);
            return configuration.entries().stream()
                    .map(entry -> new Setting(entry.key(), entry.value(), entry.origin()))
                    .toList();
        }
    }

    @Override
    public List<String> configurationProblems(GlobalOptions options) {
        try {
            Configuration configuration = readUnchecked(options);
            try (Plugins plugins = Plugins.load(pluginFolder(), configuration::ofPlugin, "")) {
                plugins.failed().forEach(configuration::leaveOut);
                return problems(configuration, plugins);
            }
        } catch (ConfigurationError error) {
            return error.problems();
        } catch (PluginError contradiction) {
            return List.of(String.valueOf(contradiction.getMessage()));
        }
    }

    /// Opens everything but the port; the result closes the plug-ins too. What was opened is closed again when a
    /// later part fails.
    Workspace open(Prepared prepared) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        opened.push(prepared.plugins());
        try {
            Configuration configuration = prepared.configuration();
            RecordStore store = store(configuration);
            opened.push(store);
            List<String> migrated = List.of();
            if (configuration.database().autoMigrate()) {
                migrated = store.migrate();
            } else if (store.migrations().stream().anyMatch(migration -> !migration.applied())) {
                throw new CommandFailure("the database is not migrated: run 'ferritedb migrate run', or let"
                        + " database.auto_migrate be true");
            }
            AuditLog audit = SqliteAuditLog.open(configuration.auditFile());
            opened.push(audit);
            var passwords = new Argon2idHasher(cost(configuration), new SecureRandom());
            opened.push(passwords);
            Value.Members fixedSettings = FixedSettings.of(configuration);
            var mailer = new RoutedMailer(
                    new MailRoutes(store, fixedSettings),
                    configuration.dataFolder().resolve("mails"),
                    InstantSource.system());
            opened.push(mailer);
            var outbox = new MailQueue(mailer, MailQueue.Limits.USUAL);
            opened.push(outbox);
            Meters meters = prepared.plugins().meters();
            var kernel = Kernel.start(new KernelPorts(
                            meters == Meters.NONE ? store : new MeteredStore(store, meters),
                            passwords,
                            new CommonPasswordList(),
                            policy(configuration),
                            new NimbusTokenCodec(InstantSource.system()),
                            new Json(),
                            InstantSource.system(),
                            new SecureRandom(),
                            prepared.plugins().hooks())
                    .withMails(outbox, fixedSettings)
                    .withAudit(audit)
                    .withIdentityProviders(prepared.plugins().identityProviders()));
            for (String name : migrated) {
                LOG.log(System.Logger.Level.DEBUG, "applied migration " + name);
                kernel.audit().note(Request.ofOperator(), AuditAction.MIGRATION, "database", name, AuditDetails.NONE);
            }
            return new OpenWorkspace(kernel, passwords, opened);
        } catch (Throwable failure) {
            OpenWorkspace.closeAll(opened);
            throw failure;
        }
    }

    /// Reads and checks the configuration, sets the log up, loads the plug-ins, makes the data folder.
    ///
    /// @throws CommandFailure with everything that is wrong
    Prepared prepare(GlobalOptions options) {
        Configuration configuration = read(options);
        LogSetup.apply(configuration.logging());
        Plugins plugins = load(configuration);
        plugins.failed().forEach(configuration::leaveOut);
        List<String> problems = problems(configuration, plugins);
        if (!problems.isEmpty()) {
            plugins.close();
            throw wrong(problems);
        }
        for (String problem : plugins.problems()) LOG.log(System.Logger.Level.ERROR, problem);
        for (String key : configuration.withoutEffect()) {
            LOG.log(System.Logger.Level.WARNING, key + " is set, but has no effect in this version");
        }
        try {
            DataFolder.prepare(configuration.dataFolder());
        } catch (CommandFailure unusable) {
            plugins.close();
            throw unusable;
        }
        return new Prepared(configuration, plugins);
    }

    private static List<String> problems(Configuration configuration, Plugins plugins) {
        return Stream.concat(configuration.problems().stream(), plugins.settingProblems().stream())
                .toList();
    }

    private static CommandFailure wrong(List<String> problems) {
        return new CommandFailure(String.join("; ", problems));
    }

    private Configuration read(GlobalOptions options) {
        try {
            return readUnchecked(options);
        } catch (ConfigurationError error) {
            throw wrong(error.problems());
        }
    }

    private Configuration readUnchecked(GlobalOptions options) {
        var settings = new HashMap<>(options.settings());
        if (options.debug()) settings.put("logging.level", "debug");
        return Configuration.read(
                new CommandLine(options.configFile(), options.dataFolder(), settings), environment, workingFolder);
    }

    private Plugins load(Configuration configuration) {
        try {
            return Plugins.load(pluginFolder(), configuration::ofPlugin, "");
        } catch (PluginError contradiction) {
            throw new CommandFailure(String.valueOf(contradiction.getMessage()), contradiction);
        }
    }

    private Path pluginFolder() {
        return home.map(folder -> folder.resolve("plugins")).orElse(workingFolder.resolve("no-plugins"));
    }

    private static RecordStore store(Configuration configuration) {
        Configuration.Database database = configuration.database();
        return SqliteRecordStore.open(new SqliteSettings(
                database.file(),
                database.synchronousFull() ? SqliteSettings.Synchronous.FULL : SqliteSettings.Synchronous.NORMAL,
                database.readConnections(),
                database.connectionTimeout(),
                InstantSource.system()));
    }

    private static AccountPolicy policy(Configuration configuration) {
        Configuration.Accounts accounts = configuration.accounts();
        return new AccountPolicy(
                accounts.passwordMinLength(),
                accounts.signInFailuresPerMinute(),
                accounts.signInsLimited(),
                sessions(configuration));
    }

    private static SessionPolicy sessions(Configuration configuration) {
        Configuration.Sessions sessions = configuration.sessions();
        String secret =
                sessions.secret().map(Secret::value).orElseGet(() -> SessionSecret.in(configuration.dataFolder()));
        return new SessionPolicy(sessions.accessLifetime(), sessions.refreshLifetime(), sessions.lifetime(), secret);
    }

    private static Argon2idCost cost(Configuration configuration) {
        Configuration.Passwords passwords = configuration.passwords();
        return new Argon2idCost(
                passwords.argon2MemoryKib(), passwords.argon2Iterations(), passwords.argon2Parallelism());
    }
}
