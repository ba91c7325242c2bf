package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.schema.DateReading;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Turns what a client sent into what a field holds: loosely where nothing is lost (`"5"` is 5, `1` is true),
/// with a problem where something would be. Null and empty text are the field's zero value.
final class FieldCoercion {
    private static final Set<String> TRUE_TEXTS = Set.of("1", "t", "true");
    private static final Set<String> FALSE_TEXTS = Set.of("0", "f", "false");

    private final JsonDocuments json;

    FieldCoercion(JsonDocuments json) {
        this.json = json;
    }

    /// @return the zero value, and a problem, when `sent` can't be a value of `field`
    Value coerce(Field field, Value sent, Consumer<FieldProblem> problems) {
        Optional<Value> value = switch (field.type()) {
            case FieldType.Text _, FieldType.Email _, FieldType.Url _, FieldType.Editor _, FieldType.Password _ ->
                text(sent).map(Value::text);
            case FieldType.Number _ -> number(sent);
            case FieldType.Bool _ -> truth(sent);
            case FieldType.Date _, FieldType.Autodate _ -> date(sent);
            case FieldType.Select _, FieldType.Relation _, FieldType.File _ -> choice(field, sent);
            case FieldType.Json _ -> document(sent);
            case FieldType.GeoPoint _ -> point(field, sent);
        };
        if (value.isPresent()) return value.get();
        problems.accept(FieldProblem.at(field.name(), code(field.type()), message(field.type())));
        return field.zero();
    }

    private static String code(FieldType type) {
        return switch (type) {
            case FieldType.Number _ -> "validation_not_a_number";
            case FieldType.Json _ -> "validation_invalid_json";
            case FieldType.Date _, FieldType.Autodate _ -> "validation_invalid_date";
            case FieldType.Text _,
                    FieldType.Email _,
                    FieldType.Url _,
                    FieldType.Editor _,
                    FieldType.Password _,
                    FieldType.Bool _,
                    FieldType.Select _,
                    FieldType.Relation _,
                    FieldType.File _,
                    FieldType.GeoPoint _ -> "validation_invalid_value";
        };
    }

    private static String message(FieldType type) {
        return switch (type) {
            case FieldType.Text _, FieldType.Email _, FieldType.Url _, FieldType.Editor _, FieldType.Password _ ->
                "Must be text.";
            case FieldType.Number _ -> "Must be a number that a 64-bit float holds.";
            case FieldType.Bool _ -> "Must be true or false.";
            case FieldType.Date _, FieldType.Autodate _ -> "Must be a date, such as 2026-01-31 12:00:00.000Z.";
            case FieldType.Select _, FieldType.Relation _, FieldType.File _ -> "Must be text or a list of text.";
            case FieldType.Json _ -> "Must be a valid json value.";
            case FieldType.GeoPoint _ -> "Must be an object with the numbers lon and lat.";
        };
    }

    private static Optional<String> text(Value sent) {
        return switch (sent) {
            case Value.Text text -> Optional.of(text.text());
            case Value.Nothing _ -> Optional.of("");
            case Value.Number number -> Optional.of(plain(number.number()));
            case Value.Exact exact -> Optional.of(exact.number().toPlainString());
            case Value.Truth truth -> Optional.of(Boolean.toString(truth.truth()));
            case Value.Items _, Value.Members _, Value.Json _ -> Optional.empty();
        };
    }

    static String plain(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? Long.toString((long) number) : new BigDecimal(Double.toString(number)).toPlainString();
    }

    private static Optional<Value> number(Value sent) {
        return switch (sent) {
            case Value.Number number -> finite(number.number());
            case Value.Exact exact -> nearest(exact.number());
            case Value.Truth truth -> Optional.of(Value.number(truth.truth() ? 1 : 0));
            case Value.Nothing _ -> Optional.of(Value.Number.ZERO);
            case Value.Text text -> numeric(text.text().strip());
            case Value.Items _, Value.Members _, Value.Json _ -> Optional.empty();
        };
    }

    private static Optional<Value> numeric(String text) {
        if (text.isEmpty()) return Optional.of(Value.Number.ZERO);
        if (text.length() > 100 || !text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0))
            return Optional.empty();
        try {
            return nearest(new BigDecimal(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// A fraction is rounded to the nearest 64-bit float, as everywhere; of a whole number no digit is lost.
    private static Optional<Value> nearest(BigDecimal exact) {
        double number = exact.doubleValue();
        boolean whole = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
        boolean kept = Double.isFinite(number) && exact.compareTo(new BigDecimal(Double.toString(number))) == 0;
        return whole && !kept ? Optional.empty() : finite(number);
    }

    /// Of the two zeros a store keeps one: adding zero makes it that.
    private static Optional<Value> finite(double number) {
        return Double.isFinite(number) ? Optional.of(Value.number(number + 0.0)) : Optional.empty();
    }

    private static Optional<Value> truth(Value sent) {
        return switch (sent) {
            case Value.Truth truth -> Optional.of(truth);
            case Value.Nothing _ -> Optional.of(Value.Truth.FALSE);
            case Value.Number number -> Optional.of(Value.truth(number.number() != 0));
            case Value.Exact _ -> Optional.of(Value.Truth.TRUE);
            case Value.Text text -> {
                String lower = text.text().strip().toLowerCase(Locale.ROOT);
                if (TRUE_TEXTS.contains(lower)) yield Optional.of(Value.Truth.TRUE);
                yield lower.isEmpty() || FALSE_TEXTS.contains(lower)
                        ? Optional.of(Value.Truth.FALSE)
                        : Optional.empty();
            }
            case Value.Items _, Value.Members _, Value.Json _ -> Optional.empty();
        };
    }

    private static Optional<Value> date(Value sent) {
        return switch (sent) {
            case Value.Nothing _ -> Optional.of(Value.Text.EMPTY);
            case Value.Text text ->
                text.text().isBlank()
                        ? Optional.of(Value.Text.EMPTY)
                        : DateReading.read(text.text()).map(Value::text);
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Items _, Value.Members _, Value.Json _ ->
                Optional.empty();
        };
    }

    /// One value or many; a field for one keeps the last. Empty and repeated values are dropped.
    private Optional<Value> choice(Field field, Value sent) {
        Optional<List<String>> texts = texts(sent);
        if (texts.isEmpty()) return Optional.empty();
        List<String> distinct = List.copyOf(new LinkedHashSet<>(
                texts.get().stream().filter(text -> !text.isEmpty()).toList()));
        if (field.type().multiple()) return Optional.of(items(distinct));
        return Optional.of(distinct.isEmpty() ? Value.Text.EMPTY : Value.text(distinct.getLast()));
    }

    private Optional<List<String>> texts(Value sent) {
        if (sent instanceof Value.Text text && text.text().stripLeading().startsWith("[")) {
            Optional<Value> list = decoded(text.text()).filter(Value.Items.class::isInstance);
            if (list.isPresent()) return texts(list.get());
        }
        if (!(sent instanceof Value.Items items)) return text(sent).map(List::of);
        var texts = new ArrayList<String>();
        for (Value item : items.items()) {
            Optional<String> text = text(item);
            if (text.isEmpty()) return Optional.empty();
            texts.add(text.get());
        }
        return Optional.of(texts);
    }

    static Value items(List<String> texts) {
        return new Value.Items(texts.stream().map(Value::text).toList());
    }

    /// Text that looks like JSON and is, is taken as the document it spells; other text becomes a JSON string.
    private Optional<Value> document(Value sent) {
        return switch (sent) {
            case Value.Nothing _ -> Optional.of(Value.Json.NULL);
            case Value.Json document -> Optional.of(document);
            case Value.Text text -> {
                String stripped = text.text().strip();
                boolean looksLikeJson = Set.of("null", "true", "false").contains(stripped)
                        || (!stripped.isEmpty() && "0123456789-\"[{".indexOf(stripped.charAt(0)) >= 0);
                yield Optional.of((looksLikeJson ? decoded(stripped) : Optional.<Value>empty())
                        .map(json::encode)
                        .orElseGet(() -> json.encode(text)));
            }
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Items _, Value.Members _ ->
                Optional.of(json.encode(sent));
        };
    }

    private Optional<Value> point(Field field, Value sent) {
        return switch (sent) {
            case Value.Nothing _ -> Optional.of(field.zero());
            case Value.Members members -> {
                Optional<Value> lon = number(members.get("lon"));
                Optional<Value> lat = number(members.get("lat"));
                if (lon.isEmpty() || lat.isEmpty()) yield Optional.empty();
                var point = new LinkedHashMap<String, Value>();
                point.put("lon", lon.get());
                point.put("lat", lat.get());
                yield Optional.of(new Value.Members(point));
            }
            case Value.Text text ->
                text.text().isBlank()
                        ? Optional.of(field.zero())
                        : decoded(text.text())
                                .filter(Value.Members.class::isInstance)
                                .flatMap(members -> point(field, members));
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Items _, Value.Json _ -> Optional.empty();
        };
    }

    private Optional<Value> decoded(String text) {
        try {
            return Optional.of(json.decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
