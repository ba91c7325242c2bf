package dev.ferritedb.cli;

import dev.ferritedb.cli.ServerLauncher.Address;
import dev.ferritedb.cli.ServerLauncher.Serving;
import dev.ferritedb.cli.demo.DemoAccount;
import dev.ferritedb.cli.demo.DemoSeeder;
import dev.ferritedb.cli.demo.DemoWarnings;
import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.ExitCode;
import dev.ferritedb.cli.terminal.Terminal;
import dev.ferritedb.kernel.account.FirstSuperuser;
import dev.ferritedb.kernel.settings.MailSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = "Starts the server. It stops on Ctrl-C, after the requests under way.",
        footer = {"  ferritedb serve --demo", "  ferritedb serve --host 0.0.0.0 --port 8080 --data /var/lib/ferritedb"})
final class ServeCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;

    private final CommandContext context;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on; 0.0.0.0 is every one of this machine (default: 127.0.0.1).")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on (default: 8090).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--demo",
            description = "Add demo content first. Its passwords are public: not for a server that others can reach.")
    private boolean demo;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        GlobalOptions options = context.globalOptions().get().with(settings());
        Serving serving = context.program().server().launch(options, this::prepare);
        tell(serving.addresses());
        tellSetUp(serving);
        warn(DemoWarnings.stillWithDemoPassword(
                serving.workspace().kernel(), serving.workspace().passwords()));
        serving.awaitStop();
        return ExitCode.DONE;
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        host.ifPresent(address -> settings.put("server.host", address));
        port.ifPresent(number -> {
            if (number < 0 || number > PORT_MAX) throw CommandFailure.usage("--port must be 0 to " + PORT_MAX);
            settings.put("server.port", number.toString());
        });
        return settings;
    }

    private void prepare(Workspace workspace) {
        if (demo) DemoSeeder.seed(workspace.kernel(), false);
    }

    private void tell(List<Address> addresses) {
        Terminal terminal = context.terminal();
        int width = addresses.stream()
                .mapToInt(address -> address.what().length())
                .max()
                .orElse(0);
        terminal.out().println("FerriteDB " + context.program().version() + " is serving");
        for (Address address : addresses) {
            terminal.out()
                    .println("  " + address.what()
                            + " ".repeat(width - address.what().length()) + "  " + address.uri());
        }
        if (demo) {
            terminal.out().println("Demo accounts");
            for (DemoAccount account : DemoAccount.ALL) {
                terminal.out().printf("  %-9s  %-20s  %s%n", account.kind(), account.email(), account.password());
            }
        }
        terminal.out().flush();
    }

    /// The link is for whoever sees this output and nobody else: it goes to no log.
    private void tellSetUp(Serving serving) {
        Optional<String> token =
                serving.workspace().kernel().accounts().firstSuperuser().open();
        if (token.isEmpty()) return;
        var out = context.terminal().out();
        Optional<Address> admin = serving.addresses().stream()
                .filter(address -> address.uri().getPath().startsWith("/admin"))
                .findFirst();
        if (admin.isEmpty()) {
            out.println("There is no superuser yet: make one with 'ferritedb admin create'.");
        } else {
            out.println("There is no superuser yet. Set the first one up with this link, good for "
                    + FirstSuperuser.LIFETIME.toMinutes() + " minutes and one time:");
            out.println("  " + base(serving, admin.get()) + "/_/#/pbinstall/" + token.get());
        }
        out.flush();
    }

    private static String base(Serving serving, Address admin) {
        String publicUrl = serving.workspace().kernel().settings().mail().appUrl();
        return publicUrl.equals(MailSettings.APP_URL_DEFAULT)
                ? admin.uri().resolve("/").toString().replaceFirst("/$", "")
                : publicUrl;
    }

    private void warn(List<DemoAccount> open) {
        if (open.isEmpty()) return;
        String names =
                String.join(", ", open.stream().map(DemoAccount::toString).toList());
        context.terminal()
                .err()
                .println("warning: still with the public demo password: " + names
                        + ". Change or delete these accounts before others can reach this server.");
    }
}
