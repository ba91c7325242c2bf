package dev.ferritedb.identity;

import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Claims between our values and the token library's plain objects.
final class ClaimValues {
    private static final int DEPTH_MAX = 8;

    private ClaimValues() {}

    static Object toNimbus(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Number number -> wholeIfWhole(number.number());
            case Value.Exact exact -> exact.number();
            case Value.Truth truth -> truth.truth();
            case Value.Items items ->
                items.items().stream().map(ClaimValues::toNimbus).toList();
            case Value.Members members -> {
                var object = new LinkedHashMap<String, Object>();
                members.members().forEach((name, member) -> object.put(name, toNimbus(member)));
                yield object;
            }
            case Value.Nothing _ -> throw new IllegalArgumentException("a claim without a value");
            case Value.Json _ -> throw new IllegalArgumentException("a claim that is encoded already");
        };
    }

    private static Object wholeIfWhole(double number) {
        long whole = (long) number;
        if (whole == number) return whole;
        return number;
    }

    /// `claim` is null for JSON's null, as the token library has it.
    static Value fromNimbus(Object claim, int depth) {
        if (depth > DEPTH_MAX) throw new IllegalArgumentException("a claim nested too deep");
        return switch (claim) {
            case null -> Value.NOTHING;
            case String text -> Value.text(text);
            case Boolean truth -> Value.truth(truth);
            case Number number -> Value.number(number.doubleValue());
            case List<?> list -> {
                List<Value> items = new ArrayList<>();
                list.forEach(item -> items.add(fromNimbus(item, depth + 1)));
                yield new Value.Items(items);
            }
            case Map<?, ?> object -> {
                var members = new LinkedHashMap<String, Value>();
                object.forEach((name, member) -> members.put(String.valueOf(name), fromNimbus(member, depth + 1)));
                yield new Value.Members(members);
            }
            default -> throw new IllegalArgumentException("a claim of an unknown kind");
        };
    }
}
