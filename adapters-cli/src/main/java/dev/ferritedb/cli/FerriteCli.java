package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.ExitCode;
import dev.ferritedb.cli.terminal.Table;
import dev.ferritedb.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: finds the command, carries it out and answers with its exit code (0 done, 1 failed, 2 wrong
/// usage, 130 interrupted). Data goes to standard output, everything else to standard error; an error is one line
/// there.
@Command(
        name = "ferritedb",
        description = "A backend in one process: collections, records, access rules and realtime over HTTP.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        commandListHeading = "%nCommands:%n",
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ferritedb serve --demo",
            "  ferritedb admin create-collection notes --field title:text:required",
            "  ferritedb import notes notes.csv",
            "",
            "Help on a command: ferritedb COMMAND --help"
        })
public final class FerriteCli {
    private static final Set<String> TAKE_A_VALUE = Set.of("--config", "--data");

    private final Program program;
    private final Terminal terminal;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration file (else ./ferritedb.toml, ./ferritedb.dev.toml, DATA/ferritedb.toml).")
    private Optional<Path> configFile = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Data folder (default: ./ferritedb_data).")
    private Optional<Path> dataFolder = Optional.empty();

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log more, and show where an error comes from.")
    private boolean debug;

    public FerriteCli(Program program, Terminal terminal) {
        this.program = program;
        this.terminal = terminal;
    }

    /// Carries one command out.
    ///
    /// @return the exit code for the process
    public int run(String... arguments) {
        CommandLine line = commandLine(arguments);
        if (arguments.length == 0) {
            line.usage(terminal.err());
            return ExitCode.USAGE;
        }
        int code = line.execute(arguments);
        terminal.out().flush();
        if (code == ExitCode.DONE && terminal.out().checkError()) {
            terminal.err().println("ferritedb: standard output can't be written");
            return ExitCode.FAILED;
        }
        return code;
    }

    private CommandLine commandLine(String... arguments) {
        Map<String, Supplier<Object>> commands = commands();
        Set<String> wanted =
                named(arguments).filter(commands::containsKey).map(Set::of).orElse(commands.keySet());
        var line = new CommandLine(this);
        for (Map.Entry<String, Supplier<Object>> command : commands.entrySet()) {
            if (wanted.contains(command.getKey()))
                line.addSubcommand(command.getValue().get());
        }
        var out = new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8);
        var err = new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8);
        line.getCommandSpec().versionProvider(new Version(program));
        for (CommandLine each : withSubcommands(line)) each.getCommandSpec().versionProvider(new Version(program));
        return line.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((wrong, _) -> wrongUsage(wrong))
                .setExecutionExceptionHandler((failure, _, _) -> failed(failure));
    }

    private Map<String, Supplier<Object>> commands() {
        var context = new CommandContext(program, terminal, this::globalOptions);
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("serve", () -> new ServeCommand(context));
        commands.put("migrate", () -> new MigrateCommand(context));
        commands.put("admin", () -> new AdminCommand(context).withSubcommands());
        commands.put("audit", () -> new AuditCommand(context));
        commands.put("import", () -> new ImportCommand(context));
        commands.put("export", () -> new ExportCommand(context));
        commands.put("gen-jwt", () -> new GenJwtCommand(context));
        commands.put("seed", () -> new SeedCommand(context));
        commands.put("config", () -> new ConfigCommand(context));
        return commands;
    }

    /// The first argument that is no global option: most likely the command's name. Building the other commands
    /// takes longer than all else before the server starts, so it is left out when they can't be meant.
    private static Optional<String> named(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (TAKE_A_VALUE.contains(arguments[i])) i++;
            else if (!arguments[i].startsWith("-")) return Optional.of(arguments[i]);
        }
        return Optional.empty();
    }

    private static Set<CommandLine> withSubcommands(CommandLine line) {
        var all = new HashSet<>(Set.of(line));
        line.getSubcommands().values().forEach(each -> all.addAll(withSubcommands(each)));
        return all;
    }

    private GlobalOptions globalOptions() {
        return new GlobalOptions(configFile, dataFolder, debug, Map.of());
    }

    private int wrongUsage(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        String message = wrong instanceof UnmatchedArgumentException unmatched
                ? unmatched(command, unmatched.getUnmatched().getFirst())
                : ErrorLine.said(wrong);
        terminal.err().println("ferritedb: " + message + " (see '" + command.qualifiedName() + " --help')");
        return ExitCode.USAGE;
    }

    private static String unmatched(CommandSpec command, String argument) {
        String kind =
                argument.startsWith("-") ? "option" : command.subcommands().isEmpty() ? "argument" : "command";
        return "there is no " + kind + " '" + Table.printable(argument) + "'" + suggestion(command, argument);
    }

    private static String suggestion(CommandSpec command, String unmatched) {
        Set<String> known = unmatched.startsWith("-")
                ? command.optionsMap().keySet()
                : command.subcommands().keySet();
        return Suggestion.nearest(unmatched, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    private int failed(Exception failure) {
        terminal.out().flush();
        terminal.err().println("ferritedb: " + ErrorLine.of(failure));
        if (debug) failure.printStackTrace(terminal.err());
        return failure instanceof CommandFailure expected ? expected.exitCode() : ExitCode.FAILED;
    }

    private record Version(Program program) implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return List.of("ferritedb " + program.version()).toArray(String[]::new);
        }
    }

    private static final int HELP_WIDTH = 100;
}
