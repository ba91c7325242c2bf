package dev.ferritedb.cli.terminal;

/// What the process answers.
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /// Ended by Ctrl-C. Source: the shells' 128 + signal number.
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
