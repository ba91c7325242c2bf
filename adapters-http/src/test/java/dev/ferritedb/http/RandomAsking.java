package dev.ferritedb.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What a curious client may ask of lists: filters, sorts, expansions and fields that follow a schema, and
/// mutations of them that follow nothing.
final class RandomAsking {
    /// @param target the collection that it relates to, empty when it does not
    record Named(String name, String target) {}

    private static final List<String> OPERATORS =
            List.of("=", "!=", "~", "!~", ">", ">=", "<", "<=", "?=", "?!=", "?~", "?!~", "?>", "?>=", "?<", "?<=");
    private static final List<String> MODIFIERS = List.of("each", "length", "lower");
    private static final List<String> ODD = List.of(
            "'",
            "\"",
            "\\",
            "(",
            ")",
            "[",
            "]",
            ",",
            "&&",
            "||",
            "!",
            "!!",
            "?",
            "?=",
            "=",
            "==",
            "~",
            ":",
            ":each",
            ":isset",
            ".",
            "..",
            "@",
            "@now",
            "@request.auth.id",
            "@collection.people.id",
            "%",
            "\u0000",
            "\u202e",
            "\ud83d\ude00",
            "//",
            "/*",
            "--",
            ";",
            "null",
            "1e999",
            "-",
            "+",
            "0x1F",
            "99999999999999999999999",
            "in",
            "in [",
            "size(",
            "strftime(",
            "geoDistance(",
            "'; DROP TABLE posts; --",
            "' OR 1=1 --",
            "_via_",
            "posts_via_author",
            "$",
            "*",
            "{",
            "}",
            "\n",
            "\t",
            "\r",
            "é",
            "\uffff",
            "rowid",
            "sqlite_master");

    private final Random random;
    private final Map<String, List<Named>> schema;
    private final List<String> values;

    /// @param schema what each collection's fields are called
    /// @param values texts that records hold
    RandomAsking(long seed, Map<String, List<Named>> schema, List<String> values) {
        this.random = new Random(seed);
        this.schema = schema;
        this.values = values;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String collection() {
        return oneOf(List.copyOf(schema.keySet()));
    }

    /// @return the parameters of a list of `collection`, encoded
    String query(String collection) {
        var parameters = new LinkedHashMap<String, String>();
        if (chance(75)) parameters.put("filter", filter(collection, 0));
        if (chance(40)) parameters.put("sort", sort(collection));
        if (chance(30)) parameters.put("expand", expand(collection));
        if (chance(15)) parameters.put("fields", fields(collection));
        if (chance(30)) parameters.put("perPage", String.valueOf(1 + upTo(7)));
        if (chance(10)) parameters.put("page", String.valueOf(1 + upTo(3)));
        if (chance(15)) parameters.put("skipTotal", chance(50) ? "1" : "0");
        if (chance(10) && !parameters.containsKey("page")) parameters.put("cursor", "");
        return encoded(parameters);
    }

    /// As [#query], the one or other value broken.
    String mutatedQuery(String collection) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("filter", mutated(filter(collection, 0)));
        if (chance(40)) parameters.put("sort", mutated(sort(collection)));
        if (chance(40)) parameters.put("expand", mutated(expand(collection)));
        if (chance(30)) parameters.put("fields", mutated(fields(collection) + ":excerpt(5,true)"));
        if (chance(20)) parameters.put("cursor", mutated(chance(50) ? "" : "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        if (chance(10)) parameters.put("perPage", mutated("10"));
        if (chance(10)) parameters.put("page", mutated("1"));
        if (chance(10)) parameters.put("skipTotal", mutated("true"));
        return encoded(parameters);
    }

    private static String encoded(Map<String, String> parameters) {
        var query = new ArrayList<String>();
        parameters.forEach((name, value) -> query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", query);
    }

    String filter(String collection, int depth) {
        int parts = depth > 2 ? 1 : 1 + upTo(3);
        var filter = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            if (i > 0) filter.append(chance(50) ? " && " : " || ");
            if (chance(15) && depth < 3)
                filter.append('(').append(filter(collection, depth + 1)).append(')');
            else filter.append(condition(collection));
        }
        return filter.toString();
    }

    private String condition(String collection) {
        if (chance(5)) return (chance(50) ? "!" : "") + path(collection);
        if (chance(5)) return (chance(50) ? "!" : "") + truth(collection);
        if (chance(8)) return operand(collection) + " in [" + operand(collection) + ", " + operand(collection) + "]";
        String left = chance(85) ? path(collection) + modifier() : operand(collection);
        return left + " " + oneOf(OPERATORS) + " " + operand(collection);
    }

    private String modifier() {
        return chance(20) ? ":" + oneOf(MODIFIERS) : "";
    }

    private String operand(String collection) {
        if (chance(25)) return path(collection) + modifier();
        if (chance(10)) return function(collection);
        return literal();
    }

    private String literal() {
        return switch (upTo(8)) {
            case 0 -> String.valueOf(upTo(14));
            case 1 -> oneOf(List.of("true", "false", "null", "''", "1.5", "-1", "@now", "@todayStart", "@year"));
            case 2 -> "'%" + part(oneOf(values)) + "%'";
            case 3 -> "'" + part(oneOf(values)) + "'";
            default -> "'" + oneOf(values) + "'";
        };
    }

    private String part(String text) {
        int from = upTo(text.length());
        return text.substring(from, from + 1 + upTo(text.length() - from));
    }

    private String function(String collection) {
        return switch (upTo(4)) {
            case 0 -> "size(" + path(collection) + ")";
            case 1 -> "strftime('%Y-%m', " + path(collection) + ")";
            case 2 -> "geoDistance(" + path(collection) + ", " + upTo(90) + ", " + path(collection) + ", 0)";
            default -> truth(collection);
        };
    }

    private String truth(String collection) {
        return oneOf(List.of("contains", "startsWith", "endsWith")) + "(" + path(collection) + ", " + literal() + ")";
    }

    private String path(String collection) {
        String at = collection;
        var path = new StringBuilder();
        for (int hop = 0; hop < 4 && chance(45); hop++) {
            Named step = step(at);
            if (step.target.isEmpty()) break;
            path.append(step.name).append('.');
            at = step.target;
        }
        path.append(chance(3) ? "nothing" : oneOf(schema.get(at)).name);
        if (chance(4)) path.append(oneOf(List.of(".a", ".0", ".a.b", ".lat", ".lon", ".id")));
        return path.toString();
    }

    /// Through a relation of `collection`, or back through one that leads to it.
    private Named step(String collection) {
        var steps = new ArrayList<Named>();
        for (Named field : schema.get(collection)) if (!field.target.isEmpty()) steps.add(field);
        schema.forEach((other, fields) -> {
            for (Named field : fields) {
                if (field.target.equals(collection)) steps.add(new Named(other + "_via_" + field.name, other));
            }
        });
        return steps.isEmpty() ? new Named("", "") : oneOf(steps);
    }

    private String sort(String collection) {
        var keys = new ArrayList<String>();
        for (int i = 0; i <= upTo(3); i++) {
            keys.add(oneOf(List.of("", "-", "+")) + (chance(7) ? "@rowid" : path(collection)));
        }
        return String.join(",", keys);
    }

    private String expand(String collection) {
        var paths = new ArrayList<String>();
        for (int i = 0; i <= upTo(2); i++) {
            String at = collection;
            var path = new ArrayList<String>();
            for (int hop = 0; hop <= upTo(4); hop++) {
                Named step = step(at);
                if (step.target.isEmpty()) break;
                path.add(step.name);
                at = step.target;
            }
            paths.add(String.join(".", path));
        }
        return String.join(",", paths);
    }

    private String fields(String collection) {
        return oneOf(List.of("*", "id,", "expand.*.*,", "expand.*.expand.*.*,")) + ","
                + oneOf(schema.get(collection)).name + "," + path(collection);
    }

    String mutated(String text) {
        var mutant = new StringBuilder(text);
        for (int i = 0; i <= upTo(3); i++) {
            int at = upTo(mutant.length() + 1);
            switch (upTo(5)) {
                case 0 -> mutant.insert(at, oneOf(ODD));
                case 1 -> mutant.delete(at, Math.min(mutant.length(), at + 1 + upTo(4)));
                case 2 -> mutant.insert(at, mutant.substring(0, Math.min(mutant.length(), 1 + upTo(30))));
                case 3 -> mutant.insert(at, (char) (1 + upTo(300)));
                default -> mutant.insert(at, oneOf(ODD).repeat(1 + upTo(20)));
            }
        }
        return mutant.toString();
    }
}
