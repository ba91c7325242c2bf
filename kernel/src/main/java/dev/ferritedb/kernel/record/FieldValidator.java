package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.schema.BoundedPattern;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Judges one value against the options of its field. Codes are those of the wire contract, section 16. Empty
/// values are only asked whether they may be.
final class FieldValidator {
    private static final Pattern RESERVED_ID = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])");
    private static final String FORBIDDEN_IN_IDS = "./\\|\"'`<>:?*%$";
    private static final int PATTERNS_MAX = 1000;

    private final Map<String, BoundedPattern> patterns = new ConcurrentHashMap<>();

    void validate(Field field, Value value, Consumer<FieldProblem> problems) {
        if (isEmpty(field.type(), value)) {
            if (field.required()) problems.accept(FieldProblem.required(field.name()));
            return;
        }
        var check = new Check(field.name(), problems);
        switch (field.type()) {
            case FieldType.Text text -> text(check, text, text(value));
            case FieldType.Password password -> password(check, password, text(value));
            case FieldType.Number number -> number(check, number, ((Value.Number) value).number());
            case FieldType.Email email -> email(check, email, text(value));
            case FieldType.Url url -> url(check, url, text(value));
            case FieldType.Editor editor ->
                size(
                        check,
                        "validation_content_size_limit",
                        text(value),
                        editor.maxSize() == 0 ? FieldType.Editor.MAX_SIZE_DEFAULT : editor.maxSize());
            case FieldType.Json json ->
                size(
                        check,
                        "validation_json_size_limit",
                        ((Value.Json) value).encoded(),
                        json.maxSize() == 0 ? FieldType.Json.MAX_SIZE_DEFAULT : json.maxSize());
            case FieldType.Date date -> date(check, date, text(value));
            case FieldType.Select select -> select(check, select, Choices.of(value));
            case FieldType.Relation relation -> relation(check, relation, Choices.of(value));
            case FieldType.File file ->
                tooMany(check, "validation_too_many_files", Math.max(file.maxSelect(), 1), Choices.of(value));
            case FieldType.GeoPoint _ -> point(check, (Value.Members) value);
            case FieldType.Bool _, FieldType.Autodate _ -> {}
        }
    }

    static boolean isEmpty(FieldType type, Value value) {
        return switch (value) {
            case Value.Nothing _ -> true;
            case Value.Text text -> text.text().isEmpty();
            case Value.Number number -> number.number() == 0;
            case Value.Truth truth -> !truth.truth();
            case Value.Items items -> items.items().isEmpty();
            case Value.Json json -> List.of("null", "\"\"", "[]", "{}").contains(json.encoded());
            case Value.Members point ->
                type instanceof FieldType.GeoPoint && coordinate(point, "lon") == 0 && coordinate(point, "lat") == 0;
            case Value.Exact _ -> false;
        };
    }

    private void text(Check check, FieldType.Text options, String text) {
        int length = text.codePointCount(0, text.length());
        int max = options.max() == 0 ? FieldType.Text.MAX_DEFAULT : options.max();
        if (length < options.min()) {
            check.problem(
                    "validation_min_text_constraint",
                    "Must be at least " + options.min() + " character(s).",
                    Map.of("min", options.min()));
        } else if (length > max) {
            check.problem(
                    "validation_max_text_constraint",
                    "Must be no more than " + max + " character(s).",
                    Map.of("max", max));
        } else if (!options.pattern().isEmpty() && !matches(options.pattern(), text)) {
            check.problem("validation_invalid_format", "Invalid value format.");
        } else if (options.primaryKey() && !options.pattern().equals(FieldType.Text.ID.pattern())) {
            freelyChosenId(check, text);
        }
    }

    private static void freelyChosenId(Check check, String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c == 127 || FORBIDDEN_IN_IDS.indexOf(c) >= 0) {
                check.problem(
                        "validation_forbidden_pk_character",
                        "An id must not contain this character.",
                        Map.of("ch", String.valueOf(c)));
                return;
            }
        }
        if (RESERVED_ID.matcher(id).matches()) {
            check.problem("validation_reserved_pk", "The id is a reserved device name.", Map.of("reserved", id));
        }
    }

    private void password(Check check, FieldType.Password options, String password) {
        int length = password.codePointCount(0, password.length());
        int max = options.max() == 0 ? FieldType.Password.MAX_DEFAULT : options.max();
        if (length < options.min()) {
            check.problem("validation_min_text_constraint", "Must be at least " + options.min() + " character(s).");
        } else if (length > max) {
            check.problem("validation_max_text_constraint", "Must be no more than " + max + " character(s).");
        } else if (!options.pattern().isEmpty() && !matches(options.pattern(), password)) {
            check.problem("validation_invalid_format", "Invalid value format.");
        }
    }

    private boolean matches(String pattern, String text) {
        if (patterns.size() > PATTERNS_MAX) patterns.clear();
        return patterns.computeIfAbsent(pattern, BoundedPattern::of).isFoundIn(text);
    }

    private static void number(Check check, FieldType.Number options, double number) {
        OptionalDouble min = options.min();
        OptionalDouble max = options.max();
        if (options.onlyInt() && number != Math.rint(number)) {
            check.problem("validation_only_int_constraint", "Decimal numbers are not allowed.");
        } else if (min.isPresent() && number < min.getAsDouble()) {
            check.problem(
                    "validation_min_number_constraint",
                    "Must be larger than or equal to " + FieldCoercion.plain(min.getAsDouble()) + ".",
                    Map.of("min", min.getAsDouble()));
        } else if (max.isPresent() && number > max.getAsDouble()) {
            check.problem(
                    "validation_max_number_constraint",
                    "Must be less than or equal to " + FieldCoercion.plain(max.getAsDouble()) + ".",
                    Map.of("max", max.getAsDouble()));
        }
    }

    private static void email(Check check, FieldType.Email options, String email) {
        if (!Addresses.isEmail(email)) {
            check.problem("validation_is_email", "Must be a valid email address.");
        } else if (!isAllowed(Addresses.domainOf(email), options.onlyDomains(), options.exceptDomains())) {
            check.problem("validation_email_domain_not_allowed", "Email domain is not allowed.");
        }
    }

    private static void url(Check check, FieldType.Url options, String url) {
        var host = Addresses.hostOf(url);
        if (host.isEmpty()) {
            check.problem("validation_invalid_url", "Must be a valid url.");
        } else if (!isAllowed(host.get(), options.onlyDomains(), options.exceptDomains())) {
            check.problem("validation_url_domain_not_allowed", "Url domain is not allowed.");
        }
    }

    private static boolean isAllowed(String domain, List<String> only, List<String> except) {
        String lower = domain.toLowerCase(Locale.ROOT);
        if (except.stream().anyMatch(lower::equalsIgnoreCase)) return false;
        return only.isEmpty() || only.stream().anyMatch(lower::equalsIgnoreCase);
    }

    private static void size(Check check, String code, String text, long max) {
        if (text.length() * 3L <= max) return;
        if (text.getBytes(StandardCharsets.UTF_8).length > max) {
            check.problem(code, "The maximum allowed size is " + max + " bytes.", Map.of("maxSize", max));
        }
    }

    private static void date(Check check, FieldType.Date options, String date) {
        if (!options.min().isEmpty() && date.compareTo(normal(options.min())) < 0) {
            check.problem(
                    "validation_min_greater_equal_than_required",
                    "Must be no less than " + options.min() + ".",
                    Map.of("threshold", options.min()));
        } else if (!options.max().isEmpty() && date.compareTo(normal(options.max())) > 0) {
            check.problem(
                    "validation_max_less_equal_than_required",
                    "Must be no greater than " + options.max() + ".",
                    Map.of("threshold", options.max()));
        }
    }

    private static String normal(String date) {
        return dev.ferritedb.kernel.schema.DateReading.read(date).orElse(date);
    }

    private static void select(Check check, FieldType.Select options, List<String> chosen) {
        if (tooMany(check, "validation_too_many_values", Math.max(options.maxSelect(), 1), chosen)) return;
        chosen.stream()
                .filter(value -> !options.values().contains(value))
                .findFirst()
                .ifPresent(value -> check.problem(
                        "validation_invalid_value",
                        "Invalid value " + shortened(value) + ".",
                        Map.of("value", shortened(value))));
    }

    private static void relation(Check check, FieldType.Relation options, List<String> ids) {
        if (ids.size() < options.minSelect()) {
            check.problem(
                    "validation_not_enough_values",
                    "Select at least " + options.minSelect() + ".",
                    Map.of("minSelect", options.minSelect()));
            return;
        }
        tooMany(check, "validation_too_many_values", Math.max(options.maxSelect(), 1), ids);
    }

    private static boolean tooMany(Check check, String code, int max, List<String> chosen) {
        if (chosen.size() <= max) return false;
        check.problem(code, "Select no more than " + max + ".", Map.of("maxSelect", max));
        return true;
    }

    private static void point(Check check, Value.Members point) {
        if (Math.abs(coordinate(point, "lat")) > 90) {
            check.problem("validation_invalid_latitude", "Latitude must be between -90 and 90 degrees.");
        } else if (Math.abs(coordinate(point, "lon")) > 180) {
            check.problem("validation_invalid_longitude", "Longitude must be between -180 and 180 degrees.");
        }
    }

    private static double coordinate(Value.Members point, String name) {
        return point.get(name) instanceof Value.Number number ? number.number() : 0;
    }

    private static String text(Value value) {
        return ((Value.Text) value).text();
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100);
    }

    private record Check(String field, Consumer<FieldProblem> problems) {
        void problem(String code, String message) {
            problem(code, message, Map.of());
        }

        void problem(String code, String message, Map<String, Object> params) {
            problems.accept(FieldProblem.at(field, code, message, params));
        }
    }
}
