package dev.ferritedb.http;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The parameters after the question mark, or of a form. Names and values are decoded.
final class Query {
    static final int PARAMETERS_MAX = 1000;
    static final Query NONE = new Query(Map.of());

    private final Map<String, List<String>> parameters;

    private Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /// Refuses with `Invalid` (`invalid_query`) what is no query.
    static Query of(String raw) {
        if (raw.isEmpty()) return NONE;
        var parameters = new LinkedHashMap<String, List<String>>();
        int count = 0;
        for (int from = 0; from <= raw.length(); ) {
            int to = raw.indexOf('&', from);
            if (to < 0) to = raw.length();
            if (to > from) {
                if (++count > PARAMETERS_MAX) throw invalid("There are more than " + PARAMETERS_MAX + " parameters.");
                int equals = raw.indexOf('=', from);
                boolean hasValue = equals >= 0 && equals < to;
                String name = decoded(raw.substring(from, hasValue ? equals : to));
                String value = hasValue ? decoded(raw.substring(equals + 1, to)) : "";
                parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
            }
            from = to + 1;
        }
        return new Query(parameters);
    }

    private static String decoded(String encoded) {
        String text = PercentText.decode(encoded, true)
                .orElseThrow(() -> invalid("A parameter is not percent-encoded UTF-8 text."));
        if (text.indexOf(0) >= 0) throw invalid("A parameter holds a NUL character.");
        return text;
    }

    private static Refusal invalid(String message) {
        return new Refusal(Problem.Invalid.of("invalid_query", message));
    }

    /// The first value of each parameter.
    Map<String, String> firstValues() {
        var first = new LinkedHashMap<String, String>();
        parameters.forEach((name, values) -> first.put(name, values.getFirst()));
        return first;
    }

    Map<String, List<String>> all() {
        return parameters;
    }

    /// The first value, empty when there is none.
    String text(String name) {
        List<String> values = parameters.get(name);
        return values == null ? "" : values.getFirst();
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    /// Refuses with `Invalid` (`invalid_query`) what is no 32-bit integer; an empty value counts as absent.
    OptionalInt whole(String name) {
        String text = text(name);
        if (text.isEmpty()) return OptionalInt.empty();
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException notAnInteger) {
            throw invalid("The parameter " + name + " must be a whole number.");
        }
    }

    /// Refuses with `Invalid` (`invalid_query`) what Go does not take as a boolean; an empty value counts as
    /// absent.
    boolean truth(String name) {
        String text = text(name);
        if (text.isEmpty()) return false;
        return goTruth(text).orElseThrow(() -> invalid("The parameter " + name + " must be true or false."));
    }

    static Optional<Boolean> goTruth(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
            case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
