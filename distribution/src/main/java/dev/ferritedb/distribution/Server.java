package dev.ferritedb.distribution;

import dev.ferritedb.cli.GlobalOptions;
import dev.ferritedb.cli.ServerLauncher;
import dev.ferritedb.cli.Workspace;
import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.distribution.Assembly.Prepared;
import dev.ferritedb.distribution.configuration.Configuration;
import dev.ferritedb.distribution.plugin.Plugins;
import dev.ferritedb.http.CannotListen;
import dev.ferritedb.http.HttpServer;
import dev.ferritedb.http.HttpSettings;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.mail.MailRoute;
import dev.ferritedb.ports.plugin.Extension.Job;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Starts the HTTP server on an open workspace, and stops both in order when the process is told to.
final class Server implements ServerLauncher {
    private static final System.Logger LOG = System.getLogger("dev.ferritedb.FerriteDB");

    private final Assembly assembly;

    Server(Assembly assembly) {
        this.assembly = assembly;
    }

    @Override
    public Serving launch(GlobalOptions options, Consumer<Workspace> beforePortsOpen) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Prepared prepared = assembly.prepare(options);
            Configuration configuration = prepared.configuration();
            Plugins plugins = prepared.plugins();
            opened.push(plugins);
            opened.push(DataFolder.lockForServer(configuration.dataFolder()));
            Workspace workspace = assembly.open(prepared);
            opened.push(workspace);
            beforePortsOpen.accept(workspace);
            opened.push(new Jobs(jobs(workspace.kernel(), configuration, plugins)));
            HttpServer http = HttpServer.start(
                    httpSettings(configuration), workspace.kernel(), plugins.meters(), plugins.endpoints());
            opened.push(http);
            if (!plugins.names().isEmpty()) {
                LOG.log(System.Logger.Level.INFO, "plug-ins: " + String.join(", ", plugins.names()));
            }
            tellWhereMailsGo(workspace, configuration);
            note(workspace.kernel(), AuditAction.START);
            return new Running(workspace, addresses(http, configuration, plugins.names()), opened);
        } catch (CannotListen taken) {
            OpenWorkspace.closeAll(opened);
            throw new CommandFailure(String.valueOf(taken.getMessage()), taken);
        } catch (Throwable failure) {
            OpenWorkspace.closeAll(opened);
            throw failure;
        }
    }

    private static void tellWhereMailsGo(Workspace workspace, Configuration configuration) {
        switch (workspace.kernel().settings().mail().route()) {
            case MailRoute.Server server ->
                LOG.log(System.Logger.Level.DEBUG, "mails go to " + server.host() + ":" + server.port());
            case MailRoute.Files _ ->
                LOG.log(
                        System.Logger.Level.WARNING,
                        "no mail server is set: mails are not sent but written to "
                                + configuration.dataFolder().resolve("mails"));
        }
    }

    private static HttpSettings httpSettings(Configuration configuration) {
        Configuration.Server server = configuration.server();
        return new HttpSettings(
                server.host(),
                server.port(),
                server.corsOrigins(),
                server.requestTimeout(),
                server.maxRequestSizeBytes(),
                configuration.adminEnabled(),
                HttpSettings.DRAIN_TIMEOUT_DEFAULT,
                server.trustedProxies());
    }

    private static List<Job> jobs(Kernel kernel, Configuration configuration, Plugins plugins) {
        var jobs = new ArrayList<>(plugins.jobs());
        jobs.add(kernel.accounts().sweep());
        jobs.add(new AuditSweep(kernel.audit(), configuration.auditKept()));
        return jobs;
    }

    private static void note(Kernel kernel, AuditAction action) {
        kernel.audit().note(Request.ofOperator(), action, "server", "", AuditDetails.NONE);
    }

    private static List<Address> addresses(HttpServer http, Configuration configuration, List<String> plugins) {
        var addresses = new ArrayList<Address>();
        for (String root : http.addresses()) {
            addresses.add(new Address("API", URI.create(root + "/api/")));
            if (configuration.adminEnabled()) addresses.add(new Address("Admin UI", URI.create(root + "/admin/")));
            addresses.add(new Address("Health", URI.create(root + "/healthz")));
            if (plugins.contains("metrics")) addresses.add(new Address("Metrics", URI.create(root + "/metrics")));
        }
        return addresses;
    }

    private final class Running implements Serving {
        private final Workspace workspace;
        private final List<Address> addresses;
        private final Deque<AutoCloseable> opened;
        private final CountDownLatch stopped = new CountDownLatch(1);

        Running(Workspace workspace, List<Address> addresses, Deque<AutoCloseable> opened) {
            this.workspace = workspace;
            this.addresses = List.copyOf(addresses);
            this.opened = opened;
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
        }

        /// The JVM by itself would end with 143 after a signal. What the command still had at work fails for want
        /// of what is closed here, which is no failure of the command.
        private void stop() {
            int exitCode = assembly.exitCode();
            LOG.log(System.Logger.Level.INFO, "stopping");
            note(workspace.kernel(), AuditAction.STOP);
            OpenWorkspace.closeAll(opened);
            LOG.log(System.Logger.Level.INFO, "stopped");
            stopped.countDown();
            Runtime.getRuntime().halt(exitCode);
        }

        @Override
        public List<Address> addresses() {
            return addresses;
        }

        @Override
        public Workspace workspace() {
            return workspace;
        }

        @Override
        public void awaitStop() {
            try {
                stopped.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
