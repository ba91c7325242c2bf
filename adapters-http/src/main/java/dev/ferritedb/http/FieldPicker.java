package dev.ferritedb.http;

import dev.ferritedb.json.Json;
import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.json.JsonInvalid;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps of an answer only what the `fields` parameter names. Source: the wire contract, section 1.5.
final class FieldPicker {
    private static final int DEPTH_MAX = 32;
    private static final List<String> PAGE_KEYS = List.of("items", "page", "perPage", "totalItems", "totalPages");
    private static final Pattern EXCERPT = Pattern.compile("excerpt\\s*\\(\\s*\\+?([0-9]+)\\s*(?:,\\s*(\\w*)\\s*)?\\)");

    private final Node root;

    private FieldPicker(Node root) {
        this.root = root;
    }

    /// Refuses with `Invalid` (`invalid_fields`) an unknown modifier.
    ///
    /// @return empty when everything is wanted
    static Optional<FieldPicker> of(String fields) {
        if (fields.isBlank()) return Optional.empty();
        List<String> paths = paths(fields);
        if (paths.isEmpty()) return Optional.empty();
        var root = new Node();
        for (String path : paths) {
            int colon = path.indexOf(':');
            Node node = root;
            for (String step : (colon < 0 ? path : path.substring(0, colon)).split("\\.", DEPTH_MAX)) {
                node = node.children.computeIfAbsent(step.strip(), _ -> new Node());
            }
            node.whole = true;
            node.excerpt = colon < 0 ? Optional.empty() : Optional.of(excerpt(path.substring(colon + 1)));
        }
        return Optional.of(new FieldPicker(root));
    }

    private static HtmlExcerpt excerpt(String modifier) {
        Matcher called = EXCERPT.matcher(modifier.strip());
        if (!called.matches()) throw invalid("Unknown modifier ':" + Problem.abbreviated(modifier.strip()) + "'");
        int max;
        try {
            max = Integer.parseInt(called.group(1));
        } catch (NumberFormatException beyondAnyText) {
            max = Integer.MAX_VALUE;
        }
        if (max == 0) throw invalid("An excerpt has at least one character");
        return new HtmlExcerpt(
                max,
                Query.goTruth(called.group(2) == null ? "" : called.group(2)).orElse(false));
    }

    private static Refusal invalid(String message) {
        return Refusal.invalid(
                "invalid_fields", message, FieldProblem.at("fields", "validation_invalid_value", message));
    }

    /// Refuses with `Invalid` (`fields_unpickable`) an answer that is nested deeper than a document may be.
    JsonBuffer pick(JsonBuffer answer) {
        Value value;
        try {
            value = Json.read(answer.backing(), 0, answer.length());
        } catch (JsonInvalid tooDeep) {
            throw new Refusal(
                    Problem.Invalid.of("fields_unpickable", "The answer is nested too deeply to pick fields from it."));
        }
        return JsonBuffer.wire(answer.length()).value(pickAnswer(value));
    }

    private Value pickAnswer(Value value) {
        if (!(value instanceof Value.Members(Map<String, Value> members)) || !isPage(members)) return pick(value, root);
        var page = new TreeMap<>(members);
        page.put("items", pick(page.getOrDefault("items", Value.Items.EMPTY), root));
        return new Value.Members(page);
    }

    private static boolean isPage(Map<String, Value> members) {
        int others = members.containsKey("nextCursor") ? 1 : 0;
        return members.size() == PAGE_KEYS.size() + others && members.keySet().containsAll(PAGE_KEYS);
    }

    private static Value pick(Value value, Node node) {
        return switch (value) {
            case Value.Items items ->
                new Value.Items(
                        items.items().stream().map(item -> pick(item, node)).toList());
            case Value.Members members -> pickMembers(members, node);
            case Value.Text _, Value.Number _, Value.Exact _, Value.Truth _, Value.Nothing _, Value.Json _ -> value;
        };
    }

    private static Value pickMembers(Value.Members members, Node node) {
        Optional<Node> others = Optional.ofNullable(node.children.get("*"));
        var picked = new TreeMap<String, Value>();
        members.members().forEach((name, value) -> {
            Node child = node.children.get(name);
            if (child == null) others.ifPresent(all -> picked.put(name, all.pick(value)));
            else picked.put(name, child.pick(value));
        });
        return new Value.Members(picked);
    }

    /// Cuts at the commas outside of brackets.
    private static List<String> paths(String fields) {
        var paths = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= fields.length(); i++) {
            char c = i < fields.length() ? fields.charAt(i) : ',';
            if (c == '(') depth++;
            else if (c == ')' && depth > 0) depth--;
            if (i < fields.length() && (c != ',' || depth > 0)) continue;
            String path = fields.substring(from, i).strip();
            if (!path.isEmpty()) paths.add(path);
            from = i + 1;
        }
        return paths;
    }

    private static final class Node {
        final Map<String, Node> children = new TreeMap<>();
        boolean whole;
        Optional<HtmlExcerpt> excerpt = Optional.empty();

        /// What is left of a value below this.
        Value pick(Value value) {
            if (!whole) return FieldPicker.pick(value, this);
            if (excerpt.isEmpty() || !(value instanceof Value.Text(String text))) return value;
            return Value.text(excerpt.get().of(text));
        }
    }
}
