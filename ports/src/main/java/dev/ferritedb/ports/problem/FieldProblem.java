package dev.ferritedb.ports.problem;

import java.util.List;
import java.util.Map;

/// One wrong place of the input. `path` leads there: field names, and positions as decimal text (`fields`, `0`,
/// `name`). `params` are the figures the message speaks of (`min`, `max`): numbers and text, empty for most codes.
public record FieldProblem(List<String> path, String code, String message, Map<String, Object> params) {
    public FieldProblem {
        path = List.copyOf(path);
        params = Map.copyOf(params);
    }

    public static FieldProblem at(String field, String code, String message) {
        return new FieldProblem(List.of(field), code, message, Map.of());
    }

    public static FieldProblem at(String field, String code, String message, Map<String, Object> params) {
        return new FieldProblem(List.of(field), code, message, params);
    }

    public static FieldProblem required(String field) {
        return at(field, "validation_required", "Cannot be blank.");
    }

    /// The same problem, at `place` within its own.
    public FieldProblem at(String place) {
        var whole = new java.util.ArrayList<>(path);
        whole.add(place);
        return new FieldProblem(whole, code, message, params);
    }

    /// The same problem, seen from the object that holds `parent`.
    public FieldProblem under(String... parents) {
        var whole = new java.util.ArrayList<>(List.of(parents));
        whole.addAll(path);
        return new FieldProblem(whole, code, message, params);
    }
}
