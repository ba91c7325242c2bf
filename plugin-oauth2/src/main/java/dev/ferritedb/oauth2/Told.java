package dev.ferritedb.oauth2;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a provider told, as JSON. A path leads through members and, by decimal positions, through lists:
/// `data.0.id`.
record Told(Value value) {
    static Told read(String json) throws IOException {
        try {
            String text = json.strip();
            if (!text.startsWith("{") && !text.startsWith("[")) throw new IOException("the answer is not JSON");
            return new Told(
                    text.startsWith("[")
                            ? items(JSONArrayUtils.parse(text))
                            : members(JSONObjectUtils.parse(text, AnswerReader.BODY_MAX_BYTES)));
        } catch (ParseException | ClassCastException notJson) {
            throw new IOException("the answer is not JSON", notJson);
        }
    }

    static Value.Members members(Map<String, Object> json) {
        var members = new LinkedHashMap<String, Value>();
        json.forEach((name, value) -> members.put(name, value(value)));
        return new Value.Members(members);
    }

    private static Value items(List<?> json) {
        var items = new ArrayList<Value>();
        for (Object item : json) items.add(value(item));
        return new Value.Items(items);
    }

    @SuppressWarnings("unchecked") // Nimbus makes no other maps of JSON.
    private static Value value(Object json) {
        return switch (json) {
            case null -> Value.NOTHING;
            case String text -> Value.text(text);
            case Boolean truth -> Value.truth(truth);
            case Number number -> number(number);
            case Map<?, ?> map -> members((Map<String, Object>) map);
            case List<?> list -> items(list);
            default -> Value.text(json.toString());
        };
    }

    /// Nimbus makes a long or a finite double of each number.
    private static Value number(Number number) {
        if (number instanceof Double fraction) return Value.number(fraction);
        double asDouble = number.doubleValue();
        var exact = new BigDecimal(number.toString());
        return new BigDecimal(asDouble).compareTo(exact) == 0 ? Value.number(asDouble) : new Value.Exact(exact);
    }

    /// @return an empty object when there is something else
    Value.Members members() {
        return value instanceof Value.Members members ? members : Value.Members.EMPTY;
    }

    /// @return nothing when there is no list
    List<Told> items() {
        return value instanceof Value.Items items
                ? items.items().stream().map(Told::new).toList()
                : List.of();
    }

    Told at(String path) {
        Value found = value;
        for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
            found = switch (found) {
                case Value.Members members -> members.get(step);
                case Value.Items list -> item(list.items(), step);
                case Value.Nothing _, Value.Text _, Value.Number _, Value.Exact _, Value.Truth _, Value.Json _ ->
                    Value.NOTHING;
            };
        }
        return new Told(found);
    }

    private static Value item(List<Value> items, String step) {
        boolean position = step.length() < 4 && step.chars().allMatch(c -> c >= '0' && c <= '9');
        return position && Integer.parseInt(step) < items.size() ? items.get(Integer.parseInt(step)) : Value.NOTHING;
    }

    /// Text and numbers as text, anything else as empty text.
    String text() {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Number number -> new BigDecimal(number.number()).toPlainString();
            case Value.Exact exact -> exact.number().toPlainString();
            case Value.Truth truth -> Boolean.toString(truth.truth());
            case Value.Nothing _, Value.Items _, Value.Members _, Value.Json _ -> "";
        };
    }

    boolean isTrue() {
        return Value.Truth.TRUE.equals(value);
    }

    @Override
    public String toString() {
        return "Told[]";
    }
}
