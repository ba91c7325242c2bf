package dev.ferritedb.ports.schema;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Reads one object of a document member by member. A missing or null member is the default; one of another kind
/// is a problem.
final class DocumentReader {
    private final Value.Members document;
    private final List<String> path;
    private final List<FieldProblem> problems;

    DocumentReader(Value.Members document, List<String> path, List<FieldProblem> problems) {
        this.document = document;
        this.path = path;
        this.problems = problems;
    }

    String text(String name, String otherwise) {
        return switch (document.get(name)) {
            case Value.Text text -> text.text();
            case Value.Nothing _ -> otherwise;
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Items _, Value.Members _, Value.Json _ ->
                expected(name, "text", otherwise);
        };
    }

    boolean truth(String name, boolean otherwise) {
        return switch (document.get(name)) {
            case Value.Truth truth -> truth.truth();
            case Value.Nothing _ -> otherwise;
            case Value.Number _, Value.Exact _, Value.Text _, Value.Items _, Value.Members _, Value.Json _ ->
                expected(name, "true or false", otherwise);
        };
    }

    long whole(String name, long otherwise) {
        OptionalDouble number = number(name);
        if (number.isEmpty()) return otherwise;
        double value = number.getAsDouble();
        if (value != Math.rint(value) || Math.abs(value) > MAX_SAFE_WHOLE) {
            return expected(name, "a whole number", otherwise);
        }
        return (long) value;
    }

    int count(String name, int otherwise) {
        long whole = whole(name, otherwise);
        if (whole < 0 || whole > Integer.MAX_VALUE) return expected(name, "a number of 0 to 2147483647", otherwise);
        return (int) whole;
    }

    OptionalDouble number(String name) {
        return switch (document.get(name)) {
            case Value.Number number -> OptionalDouble.of(number.number());
            case Value.Exact exact -> OptionalDouble.of(exact.number().doubleValue());
            case Value.Nothing _ -> OptionalDouble.empty();
            case Value.Truth _, Value.Text _, Value.Items _, Value.Members _, Value.Json _ ->
                expected(name, "a number", OptionalDouble.empty());
        };
    }

    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        List<Value> items = items(name);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Value.Text text) texts.add(text.text());
            else at(List.of(name, Integer.toString(i)), "validation_invalid_value", "Must be text.");
        }
        return texts;
    }

    List<DocumentReader> objects(String name) {
        var objects = new ArrayList<DocumentReader>();
        List<Value> items = items(name);
        for (int i = 0; i < items.size(); i++) {
            String position = Integer.toString(i);
            if (items.get(i) instanceof Value.Members members) {
                objects.add(new DocumentReader(members, whole(name, position), problems));
            } else {
                at(List.of(name, position), "validation_invalid_value", "Must be an object.");
            }
        }
        return objects;
    }

    /// @return a reader of an empty object when there is none
    DocumentReader object(String name) {
        return new DocumentReader(members(name), whole(name), problems);
    }

    Value.Members members(String name) {
        return switch (document.get(name)) {
            case Value.Members members -> members;
            case Value.Nothing _ -> Value.Members.EMPTY;
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Items _, Value.Text _, Value.Json _ ->
                expected(name, "an object", Value.Members.EMPTY);
        };
    }

    AccessRule rule(String name, AccessRule otherwise) {
        return switch (document.get(name)) {
            case Value.Text text -> AccessRule.of(text.text());
            case Value.Nothing _ -> document.members().containsKey(name) ? AccessRule.LOCKED : otherwise;
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Items _, Value.Members _, Value.Json _ ->
                expected(name, "text or null", AccessRule.LOCKED);
        };
    }

    Value.Members document() {
        return document;
    }

    void problem(String name, String code, String message) {
        at(List.of(name), code, message);
    }

    private List<Value> items(String name) {
        return switch (document.get(name)) {
            case Value.Items items -> items.items();
            case Value.Nothing _ -> List.of();
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Text _, Value.Members _, Value.Json _ ->
                expected(name, "a list", List.of());
        };
    }

    private <T> T expected(String name, String kind, T otherwise) {
        problem(name, "validation_invalid_value", "Must be " + kind + ".");
        return otherwise;
    }

    private void at(List<String> names, String code, String message) {
        problems.add(new FieldProblem(whole(names.toArray(String[]::new)), code, message, Map.of()));
    }

    private List<String> whole(String... names) {
        var whole = new ArrayList<>(path);
        whole.addAll(List.of(names));
        return whole;
    }

    private static final double MAX_SAFE_WHOLE = 9007199254740991.0;
}
