package dev.ferritedb.distribution;

import dev.ferritedb.cli.FerriteCli;
import dev.ferritedb.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Optional;

/// Where the program starts: the commands, over the one place that puts the parts together.
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        var home = Optional.ofNullable(System.getProperty("ferritedb.home")).map(Path::of);
        var program = new Assembly(System.getenv(), Path.of("").toAbsolutePath(), home);
        int exitCode = new FerriteCli(program, Terminal.ofProcess()).run(arguments);
        program.endsWith(exitCode);
        System.exit(exitCode);
    }
}
