package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/// Resolves `name+`, `+name` and `name-` of a body into plain values, each on the result of the one before. What
/// is no modifier of a field stays as it is.
final class BodyModifiers {
    private final FieldCoercion coercion;

    BodyModifiers(FieldCoercion coercion) {
        this.coercion = coercion;
    }

    /// @param stored the value a field has now
    Map<String, Value> resolved(
            CollectionSchema collection,
            Map<String, Value> body,
            java.util.function.Function<Field, Value> stored,
            Consumer<FieldProblem> problems) {
        if (body.keySet().stream().noneMatch(BodyModifiers::looksLikeModifier)) return body;
        var resolved = new LinkedHashMap<String, Value>();
        body.forEach((key, value) -> {
            if (target(collection, key).isEmpty()) resolved.put(key, value);
        });
        body.forEach((key, value) -> target(collection, key).ifPresent(field -> {
            Value now = resolved.containsKey(field.name())
                    ? coercion.coerce(field, resolved.get(field.name()), problems)
                    : stored.apply(field);
            resolved.put(field.name(), changed(field, key, now, value, problems));
        }));
        return resolved;
    }

    private static boolean looksLikeModifier(String key) {
        return key.endsWith("+") || key.startsWith("+") || key.endsWith("-");
    }

    private static Optional<Field> target(CollectionSchema collection, String key) {
        if (!looksLikeModifier(key) || key.length() < 2) return Optional.empty();
        String name = key.startsWith("+") ? key.substring(1) : key.substring(0, key.length() - 1);
        return collection.field(name).filter(field -> switch (field.type()) {
            case FieldType.Number _ -> !key.startsWith("+");
            case FieldType.Select _, FieldType.Relation _, FieldType.File _ -> true;
            case FieldType.Text _,
                    FieldType.Bool _,
                    FieldType.Email _,
                    FieldType.Url _,
                    FieldType.Editor _,
                    FieldType.Date _,
                    FieldType.Autodate _,
                    FieldType.Json _,
                    FieldType.Password _,
                    FieldType.GeoPoint _ -> false;
        });
    }

    private Value changed(Field field, String key, Value now, Value operand, Consumer<FieldProblem> problems) {
        if (field.type() instanceof FieldType.Number) {
            BinaryOperator<Double> sum = key.endsWith("-") ? (a, b) -> a - b : Double::sum;
            Value amount = coercion.coerce(field, operand, problems);
            return now instanceof Value.Number left && amount instanceof Value.Number right
                    ? coercion.coerce(field, Value.number(sum.apply(left.number(), right.number())), problems)
                    : now;
        }
        Value changes = coercion.coerce(field, operand, problems);
        List<String> given = Choices.of(changes);
        var texts = new ArrayList<>(Choices.of(now));
        if (key.endsWith("-")) {
            texts.removeAll(given);
        } else if (!field.type().multiple() && !given.isEmpty()) {
            return changes;
        } else {
            List<String> fresh =
                    given.stream().filter(text -> !texts.contains(text)).toList();
            texts.addAll(key.startsWith("+") ? 0 : texts.size(), fresh);
        }
        return FieldCoercion.items(texts);
    }
}
