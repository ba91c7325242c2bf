package dev.ferritedb.http;

import dev.ferritedb.json.Json;
import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.json.JsonInvalid;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps of an answer only what the `fields` parameter names. Source: the wire contract, section 1.5.
final class FieldPicker {
    private static final int PATHS_MAX = 500;
    private static final int DEPTH_MAX = 32;
    private static final List<String> PAGE_KEYS = List.of("items", "page", "perPage", "totalItems", "totalPages");

    private final Node root;

    private FieldPicker(Node root) {
        this.root = root;
    }

    /// @return empty when everything is wanted
    static Optional<FieldPicker> of(String fields) {
        if (fields.isBlank()) return Optional.empty();
        var root = new Node();
        int count = 0;
        for (String path : paths(fields)) {
            if (++count > PATHS_MAX) break;
            Node node = root;
            int depth = 0;
            for (String step : withoutModifier(path).split("\\.", DEPTH_MAX)) {
                node = node.children.computeIfAbsent(step.strip(), _ -> new Node());
                depth++;
            }
            if (depth > 0) node.whole = true;
        }
        return Optional.of(new FieldPicker(root));
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
        return members.size() == PAGE_KEYS.size() && members.keySet().containsAll(PAGE_KEYS);
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
            if (child == null) others.ifPresent(all -> picked.put(name, all.whole ? value : pick(value, all)));
            else picked.put(name, child.whole ? value : pick(value, child));
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

    private static String withoutModifier(String path) {
        int colon = path.indexOf(':');
        return colon < 0 ? path : path.substring(0, colon);
    }

    private static final class Node {
        final Map<String, Node> children = new TreeMap<>();
        boolean whole;
    }
}
