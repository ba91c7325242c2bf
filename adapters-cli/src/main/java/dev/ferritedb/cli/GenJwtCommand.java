package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "gen-jwt",
        description =
                "Prints an access token of an account, for tests. Whoever has it is that account until it expires.",
        footer = {
            "  ferritedb gen-jwt alice@example.com --expires 3600",
            "  curl -H \"Authorization: $(ferritedb gen-jwt admin@example.com --collection _superusers)\" …"
        })
final class GenJwtCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "USER", description = "Id or e-mail of the account.")
    private String user = "";

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            defaultValue = "users",
            description = "Auth collection it is in (default: ${DEFAULT-VALUE}).")
    private String collection = "";

    @Option(
            names = "--expires",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "How long it is good for (default: as long as the collection says).")
    private long expiresSeconds;

    @Option(names = "--json", description = "Answer with {\"token\": …}.")
    private boolean json;

    GenJwtCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (expiresSeconds < 0) throw CommandFailure.usage("--expires must be 1 second or more");
        try (Workspace workspace = context.openWorkspace()) {
            String token = workspace
                    .kernel()
                    .accounts()
                    .signIn()
                    .tokenFor(collection, user, Duration.ofSeconds(expiresSeconds));
            var out = context.terminal().out();
            if (json)
                Documents.print(
                        out, buffer -> buffer.object().name("token").text(token).endObject());
            else out.println(token);
            return ExitCode.DONE;
        }
    }
}
