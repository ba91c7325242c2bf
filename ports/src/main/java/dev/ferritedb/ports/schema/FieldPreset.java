package dev.ferritedb.ports.schema;

import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Optional;

/// A field's `default`: what a new record holds when its creator leaves the field out.
///
/// Text, e-mail, URL, editor and date fields take text, numbers a number, bools true or false, selects one or
/// several of their values, json fields a number, true, false, `[]` or `{}`. The other types take none.
final class FieldPreset {
    private FieldPreset() {}

    static Value write(Value preset) {
        if (!(preset instanceof Value.Json json)) return preset;
        return switch (json.encoded()) {
            case "[]" -> Value.Items.EMPTY;
            case "{}" -> Value.Members.EMPTY;
            case "true" -> Value.Truth.TRUE;
            case "false" -> Value.Truth.FALSE;
            default -> Value.number(Double.parseDouble(json.encoded()));
        };
    }

    static Value read(FieldType type, DocumentReader reader) {
        Value given = reader.document().get("default");
        if (given == Value.NOTHING) return Value.NOTHING;
        Optional<Value> preset = switch (type) {
            case FieldType.Text _, FieldType.Email _, FieldType.Url _, FieldType.Editor _, FieldType.Date _ ->
                given instanceof Value.Text ? Optional.of(given) : Optional.empty();
            case FieldType.Number _ -> given instanceof Value.Number ? Optional.of(given) : Optional.empty();
            case FieldType.Bool _ -> given instanceof Value.Truth ? Optional.of(given) : Optional.empty();
            case FieldType.Select select -> ofSelect(select, given);
            case FieldType.Json _ -> ofJson(given);
            case FieldType.Autodate _,
                    FieldType.Relation _,
                    FieldType.File _,
                    FieldType.Password _,
                    FieldType.GeoPoint _ -> Optional.empty();
        };
        if (preset.isEmpty()) {
            reader.problem(
                    "default",
                    "validation_invalid_value",
                    "Is no possible default of a " + type.wireName() + " field.");
        }
        return preset.orElse(Value.NOTHING);
    }

    private static Optional<Value> ofSelect(FieldType.Select select, Value given) {
        List<Value> chosen = given instanceof Value.Items items ? items.items() : List.of(given);
        boolean allowed = chosen.size() <= Math.max(1, select.maxSelect())
                && chosen.stream()
                        .allMatch(one -> one instanceof Value.Text text
                                && select.values().contains(text.text()));
        if (!allowed || chosen.isEmpty()) return Optional.empty();
        return Optional.of(select.maxSelect() > 1 ? new Value.Items(chosen) : chosen.getFirst());
    }

    private static Optional<Value> ofJson(Value given) {
        return switch (given) {
            case Value.Truth truth -> Optional.of(new Value.Json(Boolean.toString(truth.truth())));
            case Value.Number number -> Optional.of(new Value.Json(shortest(number.number())));
            case Value.Items items when items.items().isEmpty() -> Optional.of(new Value.Json("[]"));
            case Value.Members members when members.members().isEmpty() -> Optional.of(new Value.Json("{}"));
            case Value.Items _, Value.Members _, Value.Exact _, Value.Text _, Value.Json _, Value.Nothing _ ->
                Optional.empty();
        };
    }

    private static String shortest(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
