package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Says what is wrong with the options of one field.
final class FieldOptionsValidator {
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63}){0,9}");
    private static final Pattern THUMB = Pattern.compile("\\d{1,5}x\\d{1,5}[tbf]?");
    private static final int HELP_MAX = 300;

    private final CollectionSchema collection;
    private final CollectionCatalog catalog;
    private final List<FieldProblem> problems = new ArrayList<>();

    FieldOptionsValidator(CollectionSchema collection, CollectionCatalog catalog) {
        this.collection = collection;
        this.catalog = catalog;
    }

    /// @return problems whose path starts at the field's own options
    List<FieldProblem> problemsOf(Field field, Optional<Field> before) {
        problems.clear();
        if (field.help().codePointCount(0, field.help().length()) > HELP_MAX) {
            add("help", "validation_length_too_long", "The length must be no more than 300.", Map.of("max", HELP_MAX));
        }
        switch (field.type()) {
            case FieldType.Text text -> text(field, text);
            case FieldType.Number number -> bounds(number.min(), number.max());
            case FieldType.Bool _, FieldType.GeoPoint _, FieldType.Json _, FieldType.Editor _ -> {}
            case FieldType.Email email -> domains(email.exceptDomains(), email.onlyDomains());
            case FieldType.Url url -> domains(url.exceptDomains(), url.onlyDomains());
            case FieldType.Date date -> date(date);
            case FieldType.Autodate autodate -> {
                if (!autodate.onCreate() && !autodate.onUpdate()) {
                    required("onCreate");
                    required("onUpdate");
                }
            }
            case FieldType.Select select -> select(select);
            case FieldType.Relation relation -> relation(relation, before);
            case FieldType.File file -> file(file);
            case FieldType.Password password -> {
                lengths(password.min(), password.max());
                pattern("pattern", password.pattern());
                boolean cost = password.cost() == 0 || (password.cost() >= 4 && password.cost() <= 31);
                if (!cost) add("cost", "validation_invalid_value", "Must be 0, or 4 to 31.");
            }
        }
        return List.copyOf(problems);
    }

    private void text(Field field, FieldType.Text text) {
        lengths(text.min(), text.max());
        pattern("pattern", text.pattern());
        if (text.primaryKey()) {
            if (!field.name().equals("id")) add("name", "validation_in_invalid", "The primary key must be named id.");
            if (text.pattern().isEmpty()) required("pattern");
        }
        if (text.autogeneratePattern().isEmpty()) return;
        try {
            String sample =
                    AutogeneratePattern.of(text.autogeneratePattern()).generate(new java.util.SplittableRandom(1));
            int length = sample.codePointCount(0, sample.length());
            int max = text.max() == 0 ? FieldType.Text.MAX_DEFAULT : text.max();
            boolean fits = length >= text.min() && length <= max && matches(text.pattern(), sample);
            if (!fits) {
                add(
                        "autogeneratePattern",
                        "validation_invalid_autogenerate_pattern_value",
                        "Makes values that the field's own options refuse.");
            }
        } catch (IllegalArgumentException e) {
            add(
                    "autogeneratePattern",
                    "validation_invalid_autogenerate_pattern",
                    "Not a pattern that values can be made from: " + e.getMessage() + ".");
        }
    }

    private static boolean matches(String pattern, String sample) {
        try {
            return pattern.isEmpty() || BoundedPattern.of(pattern).isFoundIn(sample);
        } catch (PatternSyntaxException _) {
            return true;
        }
    }

    private void lengths(int min, int max) {
        if (max > 0 && max < min) atLeast("max", min);
    }

    private void bounds(OptionalDouble min, OptionalDouble max) {
        if (min.isPresent() && max.isPresent() && max.getAsDouble() < min.getAsDouble())
            atLeast("max", min.getAsDouble());
    }

    private void pattern(String option, String expression) {
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            add(option, "validation_invalid_regex", "Not a regular expression: " + e.getDescription() + ".");
        }
    }

    private void domains(List<String> except, List<String> only) {
        if (!except.isEmpty() && !only.isEmpty()) {
            add("exceptDomains", "validation_empty", "Must be empty while onlyDomains is set.");
            add("onlyDomains", "validation_empty", "Must be empty while exceptDomains is set.");
        }
        domainNames("exceptDomains", except);
        domainNames("onlyDomains", only);
    }

    private void domainNames(String option, List<String> domains) {
        if (!domains.stream().allMatch(domain -> DOMAIN.matcher(domain).matches())) {
            add(option, "validation_is_domain", "Must be domain names, such as example.com.");
        }
    }

    private void date(FieldType.Date date) {
        Optional<String> min = bound("min", date.min());
        Optional<String> max = bound("max", date.max());
        if (min.isPresent() && max.isPresent() && max.get().compareTo(min.get()) < 0) {
            add("max", "validation_date_out_of_range", "Must not be before min.");
        }
    }

    private Optional<String> bound(String option, String text) {
        if (text.isEmpty()) return Optional.empty();
        Optional<String> date = DateReading.read(text);
        if (date.isEmpty()) add(option, "validation_date_invalid", "Must be a date, such as 2026-01-31 12:00:00.000Z.");
        return date;
    }

    private void select(FieldType.Select select) {
        if (select.values().isEmpty()) required("values");
        if (select.values().stream().anyMatch(String::isEmpty)) {
            add("values", "validation_required", "No value can be blank.");
        }
        if (select.maxSelect() > select.values().size() && !select.values().isEmpty()) {
            atMost("maxSelect", select.values().size());
        }
    }

    private void relation(FieldType.Relation relation, Optional<Field> before) {
        if (relation.maxSelect() > 0 && relation.minSelect() > Math.max(relation.maxSelect(), 1)) {
            atMost("minSelect", Math.max(relation.maxSelect(), 1));
        }
        if (relation.collectionId().isEmpty()) {
            required("collectionId");
            return;
        }
        boolean moved = before.map(Field::type)
                .filter(FieldType.Relation.class::isInstance)
                .map(FieldType.Relation.class::cast)
                .filter(old -> !old.collectionId().equals(relation.collectionId()))
                .isPresent();
        if (moved) {
            add("collectionId", "validation_field_relation_change", "The related collection can't be changed.");
            return;
        }
        boolean itself = relation.collectionId().equals(collection.id());
        Optional<CollectionSchema> target = itself ? Optional.of(collection) : catalog.byId(relation.collectionId());
        if (target.isEmpty()) {
            add(
                    "collectionId",
                    "validation_field_relation_missing_collection",
                    "There is no collection of that id or name.");
        } else if (target.get().isView() && !collection.isView()) {
            add(
                    "collectionId",
                    "validation_relation_field_non_view_base_collection",
                    "Only views may relate to a view.");
        }
    }

    private void file(FieldType.File file) {
        for (int i = 0; i < file.thumbs().size(); i++) {
            String thumb = file.thumbs().get(i);
            if (!THUMB.matcher(thumb).matches() || thumb.startsWith("0x0")) {
                problems.add(new FieldProblem(
                        List.of("thumbs", Integer.toString(i)),
                        "validation_invalid_thumb_size",
                        "Must be a size such as 100x100, 100x0 or 200x100f.",
                        Map.of()));
            }
        }
    }

    private void required(String option) {
        add(option, "validation_required", "Cannot be blank.");
    }

    private void atLeast(String option, double threshold) {
        add(
                option,
                "validation_min_greater_equal_than_required",
                "Must be no less than " + plain(threshold) + ".",
                Map.of("threshold", threshold));
    }

    private void atMost(String option, double threshold) {
        add(
                option,
                "validation_max_less_equal_than_required",
                "Must be no greater than " + plain(threshold) + ".",
                Map.of("threshold", threshold));
    }

    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private void add(String option, String code, String message) {
        add(option, code, message, Map.of());
    }

    private void add(String option, String code, String message, Map<String, Object> params) {
        problems.add(FieldProblem.at(option, code, message, params));
    }
}
