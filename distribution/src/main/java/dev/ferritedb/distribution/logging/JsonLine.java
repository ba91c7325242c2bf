package dev.ferritedb.distribution.logging;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// For machines: one JSON object a line with time, level, logger, message and, if something was thrown, error.
final class JsonLine extends Formatter {
    @Override
    public String format(LogRecord event) {
        var members = new LinkedHashMap<String, Value>();
        members.put("time", Value.text(event.getInstant().toString()));
        members.put("level", Value.text(PrettyLine.levelName(event.getLevel()).strip()));
        members.put("logger", Value.text(event.getLoggerName() == null ? "" : event.getLoggerName()));
        members.put("message", Value.text(formatMessage(event)));
        if (event.getThrown() != null) {
            var trace = new StringWriter();
            event.getThrown().printStackTrace(new PrintWriter(trace));
            members.put("error", Value.text(trace.toString()));
        }
        return Json.write(new Value.Members(members)) + "\n";
    }
}
