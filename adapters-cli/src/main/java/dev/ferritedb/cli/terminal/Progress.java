package dev.ferritedb.cli.terminal;

import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How far long work got: a bar while a person watches, nothing otherwise.
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 79;
    private static final int REDRAW_MILLIS = 200;

    private final PrintStream err;
    private final Optional<ProgressBar> bar;

    private Progress(PrintStream err, Optional<ProgressBar> bar) {
        this.err = err;
        this.bar = bar;
    }

    /// @param total of `unit`s; -1 when not known
    public static Progress start(Terminal terminal, String task, String unit, long total) {
        if (!terminal.errIsTerminal()) return new Progress(terminal.err(), Optional.empty());
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
                .build();
        return new Progress(terminal.err(), Optional.of(bar));
    }

    /// The total is known by now.
    public void expect(long total) {
        bar.ifPresent(shown -> shown.maxHint(total));
    }

    public void reached(long done) {
        bar.ifPresent(shown -> shown.stepTo(done));
    }

    /// A line above the bar.
    public void say(String line) {
        if (bar.isPresent()) err.print("\r\u001b[2K");
        err.println(line);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
