package dev.ferritedb.distribution.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// For people: time, level, where, message; a stack trace below. Control characters are made visible, so that no input
/// can draw lines of its own.
final class PrettyLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord event) {
        var line = new StringBuilder(128)
                .append(TIME.format(event.getInstant()))
                .append(' ')
                .append(levelName(event.getLevel()))
                .append(' ')
                .append(shortName(event.getLoggerName()))
                .append(": ");
        appendVisible(line, formatMessage(event));
        line.append('\n');
        if (event.getThrown() != null) {
            var trace = new StringWriter();
            event.getThrown().printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(each -> {
                appendVisible(line, each.replace("\t", "    "));
                line.append('\n');
            });
        }
        return line.toString();
    }

    /// Five letters, so that lines align.
    static String levelName(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) return "ERROR";
        if (level.intValue() >= Level.WARNING.intValue()) return "WARN ";
        if (level.intValue() >= Level.INFO.intValue()) return "INFO ";
        if (level.intValue() >= Level.FINE.intValue()) return "DEBUG";
        return "TRACE";
    }

    private static String shortName(String logger) {
        if (logger == null) return "";
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static void appendVisible(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) line.append(String.format("\\u%04x", (int) c));
            else line.append(c);
        }
    }
}
