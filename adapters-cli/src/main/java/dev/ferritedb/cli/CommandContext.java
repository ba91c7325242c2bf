package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.Terminal;
import java.util.function.Supplier;

/// What each command gets.
///
/// @param globalOptions as parsed; to be asked once the command runs
record CommandContext(Program program, Terminal terminal, Supplier<GlobalOptions> globalOptions) {
    Workspace openWorkspace() {
        return program.openWorkspace(globalOptions.get());
    }
}
