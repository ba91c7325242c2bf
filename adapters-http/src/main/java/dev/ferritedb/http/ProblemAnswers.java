package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Problems as answers: the one place that knows status codes. Source of the shape: the wire contract, section 1.4,
/// with `code` and `requestId` after its own keys.
final class ProblemAnswers {
    private ProblemAnswers() {}

    static int status(Problem problem) {
        return switch (problem) {
            case Problem.Invalid _ -> 400;
            case Problem.Unauthenticated _ -> 401;
            case Problem.Forbidden _ -> 403;
            case Problem.NotFound _ -> 404;
            case Problem.Conflict _ -> 409;
            case Problem.Outdated _ -> 412;
            case Problem.TooLarge _ -> 413;
            case Problem.RateLimited _ -> 429;
            case Problem.Unavailable _ -> 503;
        };
    }

    /// Header lines that only some problems have.
    static String headers(Problem problem) {
        return switch (problem) {
            case Problem.RateLimited limited -> "Retry-After: " + Math.max(1, limited.retryAfterSeconds()) + "\r\n";
            case Problem.Unavailable _ -> "Retry-After: 1\r\n";
            case Problem.Invalid _,
                    Problem.Unauthenticated _,
                    Problem.Forbidden _,
                    Problem.NotFound _,
                    Problem.Conflict _,
                    Problem.Outdated _,
                    Problem.TooLarge _ -> "";
        };
    }

    static JsonBuffer body(Problem problem, String requestId) {
        return body(status(problem), problem.code(), problem.message(), fields(problem), requestId);
    }

    private static List<FieldProblem> fields(Problem problem) {
        return problem instanceof Problem.Invalid invalid ? invalid.fields() : List.of();
    }

    /// The same shape as part of another document.
    static void write(Problem problem, JsonBuffer out) {
        writeData(fields(problem), out);
        writeEnd(status(problem), problem.code(), problem.message(), "", out);
    }

    static JsonBuffer body(int status, String code, String message, List<FieldProblem> fields, String requestId) {
        JsonBuffer out = JsonBuffer.wire(256);
        writeData(fields, out);
        writeEnd(status, code, message, requestId, out);
        return out.newline();
    }

    private static void writeData(List<FieldProblem> fields, JsonBuffer out) {
        out.object().name("data").object();
        if (!fields.isEmpty()) writeTree(tree(fields), out);
        out.endObject();
    }

    /// What comes after `data`, to the end of the object.
    static void writeEnd(int status, String code, String message, String requestId, JsonBuffer out) {
        out.name("message").text(sentence(message));
        out.name("status").number(status);
        out.name("code").text(code);
        if (!requestId.isEmpty()) out.name("requestId").text(requestId);
        out.endObject();
    }

    private sealed interface Place {
        record Wrong(FieldProblem problem) implements Place {}

        record Inner(TreeMap<String, Place> places) implements Place {}
    }

    private static TreeMap<String, Place> tree(List<FieldProblem> fields) {
        var root = new TreeMap<String, Place>();
        for (FieldProblem field : fields) {
            TreeMap<String, Place> level = root;
            List<String> path = field.path();
            for (String step : path.subList(0, Math.max(0, path.size() - 1))) level = inner(level, step);
            if (!path.isEmpty()) level.putIfAbsent(path.getLast(), new Place.Wrong(field));
        }
        return root;
    }

    private static TreeMap<String, Place> inner(TreeMap<String, Place> level, String step) {
        if (level.get(step) instanceof Place.Inner(TreeMap<String, Place> places)) return places;
        var places = new TreeMap<String, Place>();
        level.put(step, new Place.Inner(places));
        return places;
    }

    private static void writeTree(TreeMap<String, Place> places, JsonBuffer out) {
        for (Map.Entry<String, Place> place : places.entrySet()) {
            out.name(place.getKey()).object();
            switch (place.getValue()) {
                case Place.Inner inner -> writeTree(inner.places, out);
                case Place.Wrong wrong -> writeProblem(wrong.problem, out);
            }
            out.endObject();
        }
    }

    private static void writeProblem(FieldProblem problem, JsonBuffer out) {
        out.name("code").text(problem.code());
        out.name("message").text(sentence(problem.message()));
        if (problem.params().isEmpty()) return;
        out.name("params").object();
        for (Map.Entry<String, Object> param : new TreeMap<>(problem.params()).entrySet()) {
            out.name(param.getKey());
            writeParam(param.getValue(), out);
        }
        out.endObject();
    }

    private static void writeParam(Object value, JsonBuffer out) {
        switch (value) {
            case Integer whole -> out.number(whole.longValue());
            case Long whole -> out.number(whole.longValue());
            case Number number -> out.number(number.doubleValue());
            case Boolean truth -> out.truth(truth);
            case List<?> items -> {
                out.array();
                for (Object item : items) writeParam(item, out);
                out.endArray();
            }
            default -> out.text(value.toString());
        }
    }

    /// Trimmed, the first letter in upper case, a full stop at the end unless it ends otherwise.
    static String sentence(String message) {
        String trimmed = message.strip();
        if (trimmed.isEmpty()) return trimmed;
        int first = trimmed.codePointAt(0);
        int upper = Character.toUpperCase(first);
        if (upper != first) trimmed = Character.toString(upper) + trimmed.substring(Character.charCount(first));
        char last = trimmed.charAt(trimmed.length() - 1);
        return last == '.' || last == '?' || last == '!' ? trimmed : trimmed + ".";
    }
}
