package dev.ferritedb.cli;

import dev.ferritedb.cli.demo.DemoSeeder;
import dev.ferritedb.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "seed",
        description = {
            "Adds demo content: the collections users and posts, five accounts, five posts. What is there already is kept.",
            "",
            "The demo passwords are public: use them on a machine that nobody else can reach."
        },
        footer = {"  ferritedb seed --data ./demo_data", "  ferritedb seed --force"})
final class SeedCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--force",
            description = "Bring the demo's own rules, accounts, passwords and posts back to how they were at first.")
    private boolean force;

    @Option(names = "--json", description = "Answer with {\"created\", \"changed\", \"kept\"}.")
    private boolean json;

    SeedCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Workspace workspace = context.openWorkspace()) {
            DemoSeeder.Outcome outcome = DemoSeeder.seed(workspace.kernel(), force);
            if (json) {
                Documents.print(context.terminal().out(), buffer -> {
                    buffer.object().name("created").number(outcome.created());
                    buffer.name("changed").number(outcome.changed());
                    buffer.name("kept").number(outcome.kept()).endObject();
                });
            } else {
                context.terminal()
                        .err()
                        .println("demo content: created " + outcome.created() + ", changed " + outcome.changed()
                                + ", kept " + outcome.kept());
            }
            return ExitCode.DONE;
        }
    }
}
