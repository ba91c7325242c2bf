package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.identity.Argon2idCost;
import dev.ferritedb.identity.Argon2idHasher;
import dev.ferritedb.identity.CommonPasswordList;
import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.KernelPorts;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.sqlite.SqliteAuditLog;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A program on a data folder: real store, real kernel, cheap password hashes, and a server without a port.
final class TestProgram implements Program {
    private final Path folder;
    private final List<String> problems;
    private final List<GlobalOptions> launched = new ArrayList<>();

    TestProgram(Path folder, String... problems) {
        this.folder = folder;
        this.problems = List.of(problems);
    }

    List<GlobalOptions> launched() {
        return launched;
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public RecordStore openStore(GlobalOptions options) {
        Path data = options.dataFolder().orElse(folder);
        if (!Files.isDirectory(data)) throw new CommandFailure("there is no folder " + data);
        return SqliteRecordStore.open(SqliteSettings.of(data.resolve("ferritedb.db")));
    }

    @Override
    public Workspace openWorkspace(GlobalOptions options) {
        RecordStore store = openStore(options);
        store.migrate();
        var audit = SqliteAuditLog.open(options.dataFolder().orElse(folder).resolve("ferritedb_audit.db"));
        var passwords = new Argon2idHasher(new Argon2idCost(64, 1, 1), new SecureRandom());
        var kernel = Kernel.start(new KernelPorts(
                        store,
                        passwords,
                        new CommonPasswordList(),
                        AccountPolicy.DEFAULT,
                        new NimbusTokenCodec(InstantSource.system()),
                        new Json(),
                        InstantSource.system(),
                        new SecureRandom(),
                        List.of())
                .withAudit(audit));
        return new Workspace() {
            @Override
            public Kernel kernel() {
                return kernel;
            }

            @Override
            public PasswordHasher passwords() {
                return passwords;
            }

            @Override
            public void close() {
                kernel.close();
                passwords.close();
                store.close();
                audit.close();
            }
        };
    }

    @Override
    public ServerLauncher server() {
        return this::launch;
    }

    private ServerLauncher.Serving launch(GlobalOptions options, Consumer<Workspace> beforePortsOpen) {
        if (options.settings().getOrDefault("server.port", "").equals("1")) {
            throw new CommandFailure("port 1 is taken: choose another with --port");
        }
        launched.add(options);
        Workspace workspace = openWorkspace(options);
        beforePortsOpen.accept(workspace);
        return new ServerLauncher.Serving() {
            @Override
            public List<ServerLauncher.Address> addresses() {
                return List.of(
                        new ServerLauncher.Address("API", URI.create("http://127.0.0.1:8090/api/")),
                        new ServerLauncher.Address("Admin UI", URI.create("http://127.0.0.1:8090/admin")));
            }

            @Override
            public Workspace workspace() {
                return workspace;
            }

            @Override
            public void awaitStop() {
                workspace.close();
            }
        };
    }

    @Override
    public List<Setting> settings(GlobalOptions options) {
        return List.of(
                new Setting("server.port", "8090", "default"), new Setting("auth.jwt_secret", "…", "ferritedb.toml"));
    }

    @Override
    public List<String> configurationProblems(GlobalOptions options) {
        return problems;
    }
}
