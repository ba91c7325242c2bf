package dev.ferritedb.cli.terminal;

/// A command can't be carried out; the message is one line that says why and what to do.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    public CommandFailure(String message) {
        this(message, ExitCode.FAILED);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = ExitCode.FAILED;
    }

    private CommandFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /// The command was used wrongly.
    public static CommandFailure usage(String message) {
        return new CommandFailure(message, ExitCode.USAGE);
    }

    public int exitCode() {
        return exitCode;
    }
}
