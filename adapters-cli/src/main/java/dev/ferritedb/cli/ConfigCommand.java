package dev.ferritedb.cli;

import dev.ferritedb.cli.Program.Setting;
import dev.ferritedb.cli.terminal.ExitCode;
import dev.ferritedb.cli.terminal.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "config",
        description = "Shows and checks the configuration.",
        footer = {"  ferritedb config show", "  ferritedb config check --config ./ferritedb.toml"})
final class ConfigCommand {
    private final CommandContext context;

    ConfigCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "show",
            description = "Lists every setting, its value and where that comes from. Secrets are never shown.",
            footer = {"  ferritedb config show", "  FERRITEDB_SERVER_PORT=9000 ferritedb config show --json"})
    int show(@Option(names = "--json", description = "Answer with a JSON array.") boolean json) {
        List<Setting> settings =
                context.program().settings(context.globalOptions().get());
        if (json) {
            Documents.print(context.terminal().out(), buffer -> {
                buffer.array();
                for (Setting setting : settings) {
                    buffer.object().name("key").text(setting.key());
                    buffer.name("value").text(setting.value());
                    buffer.name("origin").text(setting.origin()).endObject();
                }
                buffer.endArray();
            });
        } else {
            var table = new Table("SETTING", "VALUE", "FROM");
            settings.forEach(setting -> table.row(setting.key(), setting.value(), setting.origin()));
            table.printTo(context.terminal().out());
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "check",
            description = "Says what is wrong with the configuration; exits 1 if anything is.",
            footer = "  ferritedb config check --config ./ferritedb.toml")
    int check(@Option(names = "--json", description = "Answer with the problems as a JSON array.") boolean json) {
        List<String> problems =
                context.program().configurationProblems(context.globalOptions().get());
        if (json) Documents.printTexts(context.terminal().out(), problems);
        else if (problems.isEmpty()) context.terminal().err().println("The configuration is in order.");
        else
            problems.forEach(problem -> context.terminal().err().println("ferritedb: " + ErrorLine.firstLine(problem)));
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
