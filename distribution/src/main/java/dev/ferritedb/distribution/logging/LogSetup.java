package dev.ferritedb.distribution.logging;

import dev.ferritedb.distribution.configuration.Configuration.Logging;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Sends what is logged to standard error, one line an event.
public final class LogSetup {
    /// Loggers of libraries, which tell of their own affairs at INFO. Held, for the JDK forgets a logger nobody holds.
    private static final List<Logger> LIBRARIES =
            List.of("io.helidon", "com.zaxxer.hikari", "org.sqlite", "org.jline").stream()
                    .map(Logger::getLogger)
                    .toList();

    private LogSetup() {}

    /// Replaces whatever was set up before.
    public static void apply(Logging logging) {
        Level level = level(logging);
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(level);
        root.addHandler(new StandardError(logging.json() ? new JsonLine() : new PrettyLine()));
        Level ofLibraries = level.intValue() < Level.INFO.intValue() ? level : quieter(level);
        for (Logger library : LIBRARIES) library.setLevel(ofLibraries);
    }

    private static Level level(Logging logging) {
        return switch (logging.level()) {
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.FINER;
        };
    }

    private static Level quieter(Level level) {
        return level.intValue() < Level.WARNING.intValue() ? Level.WARNING : level;
    }

    private static final class StandardError extends Handler {
        private final PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);

        StandardError(Formatter formatter) {
            setFormatter(formatter);
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord event) {
            if (!isLoggable(event)) return;
            String line = getFormatter().format(event);
            synchronized (out) {
                out.print(line);
                out.flush();
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
