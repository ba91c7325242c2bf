package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// How comparisons see the values of records and requests: a list or document as its JSON text, what is inside
/// one as itself.
final class Scalars {
    private final JsonDocuments documents;

    Scalars(JsonDocuments documents) {
        this.documents = documents;
    }

    Scalar of(Value value) {
        return switch (value) {
            case Value.Json json -> ofDocument(json);
            case Value.Items _, Value.Members _ ->
                Scalar.text(documents.encode(value).encoded());
            case Value.Nothing _, Value.Text _, Value.Number _, Value.Exact _, Value.Truth _ -> Scalar.of(value);
        };
    }

    private Scalar ofDocument(Value.Json json) {
        String encoded = json.encoded();
        char first = encoded.isEmpty() ? ' ' : encoded.charAt(0);
        if (first == '{' || first == '[') return Scalar.text(encoded);
        return of(documents.decode(encoded));
    }

    /// What lies in `value` at the end of `way`: digits are a position, anything else a key.
    Value inside(Value value, List<String> way) {
        Value found = value;
        for (String step : way) {
            if (found instanceof Value.Json json) found = documents.decode(json.encoded());
            found = switch (found) {
                case Value.Members members -> position(step) ? Value.NOTHING : members.get(step);
                case Value.Items items -> item(items.items(), step);
                case Value.Nothing _, Value.Text _, Value.Number _, Value.Exact _, Value.Truth _, Value.Json _ ->
                    Value.NOTHING;
            };
        }
        return found;
    }

    /// A document as what it holds; anything else as it is.
    Value opened(Value value) {
        return value instanceof Value.Json json ? documents.decode(json.encoded()) : value;
    }

    /// What a JSON text holds.
    Value decoded(Value text) {
        return text instanceof Value.Text(String encoded) ? documents.decode(encoded) : Value.NOTHING;
    }

    /// A list as its JSON text; nothing when it is no list.
    Value listText(Value value) {
        return opened(value) instanceof Value.Items items
                ? Value.text(documents.encode(items).encoded())
                : Value.NOTHING;
    }

    private static Value item(List<Value> items, String step) {
        if (!position(step) || step.length() > 9) return Value.NOTHING;
        int position = Integer.parseInt(step);
        return position < items.size() ? items.get(position) : Value.NOTHING;
    }

    private static boolean position(String step) {
        return step.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// ASCII letters only, as the store does it.
    static Scalar lower(Scalar scalar) {
        if (!(scalar.asText() instanceof Scalar.Text(String text))) return Scalar.MISSING;
        if (text.chars().allMatch(c -> c < 128)) return Scalar.text(text.toLowerCase(Locale.ROOT));
        var lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') lower.setCharAt(i, (char) (c + ('a' - 'A')));
        }
        return Scalar.text(lower.toString());
    }

    /// How many items there are: none for nothing and for the empty text.
    static Scalar length(Value value) {
        return switch (value) {
            case Value.Items items -> new Scalar.Whole(items.items().size());
            case Value.Nothing _ -> Scalar.ZERO;
            case Value.Text text -> text.text().isEmpty() ? Scalar.ZERO : Scalar.ONE;
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Members _, Value.Json _ -> Scalar.ONE;
        };
    }

    static Value asValue(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Missing _ -> Value.NOTHING;
            case Scalar.Text text -> Value.text(text.text());
            case Scalar.Whole whole ->
                (long) (double) whole.number() == whole.number() && Math.abs(whole.number()) < 1L << 53
                        ? Value.number(whole.number())
                        : new Value.Exact(BigDecimal.valueOf(whole.number()));
            case Scalar.Real real -> Value.number(real.number());
        };
    }
}
