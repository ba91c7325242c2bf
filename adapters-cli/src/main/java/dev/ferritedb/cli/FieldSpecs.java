package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.json.Json;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Fields as they are written on the command line, `name:type:option…`, turned into the documents of the API.
final class FieldSpecs {
    private static final Set<String> FLAGS = Set.of("required", "hidden", "presentable", "protected");
    private static final Set<String> TYPES = Set.of(
            "text",
            "number",
            "bool",
            "email",
            "url",
            "editor",
            "date",
            "autodate",
            "select",
            "relation",
            "file",
            "json",
            "password",
            "geoPoint");
    private static final int MULTIPLE_MAX = 999;

    private static final String PRESET = "default=";

    private final CollectionCatalog catalog;
    private final String collectionName;
    private final List<Value> fields = new ArrayList<>();
    private final List<Value> indexes = new ArrayList<>();

    FieldSpecs(CollectionCatalog catalog, String collectionName) {
        this.catalog = catalog;
        this.collectionName = collectionName;
    }

    /// Throws [CommandFailure] (wrong usage) that names what is wrong with `spec`.
    void add(String spec) {
        List<String> parts = parts(spec);
        if (parts.size() < 2 || parts.get(0).isEmpty()) throw wrong(spec, "expected NAME:TYPE");
        String name = parts.get(0);
        String type = parts.get(1).equalsIgnoreCase("geopoint") ? "geoPoint" : parts.get(1);
        if (!TYPES.contains(type)) throw wrong(spec, "there is no type '" + type + "'");
        var field = new LinkedHashMap<String, Value>();
        field.put("name", Value.text(name));
        field.put("type", Value.text(type));
        if (type.equals("autodate")) field.put("onCreate", Value.Truth.TRUE);
        List<String> options = new ArrayList<>(parts.subList(2, parts.size()));
        boolean multiple = options.remove("multiple");
        Optional<String> preset =
                options.stream().filter(option -> option.startsWith(PRESET)).findFirst();
        preset.ifPresent(options::remove);
        for (String option : options) option(spec, field, name, type, option);
        if (multiple) multiple(spec, field, type);
        preset.ifPresent(option -> field.put("default", preset(spec, field, type, option.substring(PRESET.length()))));
        boolean targetMissing = type.equals("relation") && !field.containsKey("collectionId")
                || type.equals("select") && !field.containsKey("values");
        if (targetMissing) {
            throw wrong(
                    spec, type.equals("relation") ? "which collection does it point at?" : "which values? As a|b|c");
        }
        fields.add(new Value.Members(field));
    }

    void idPattern(String pattern) {
        var field = new LinkedHashMap<String, Value>();
        field.put("name", Value.text("id"));
        field.put("type", Value.text("text"));
        field.put("system", Value.Truth.TRUE);
        field.put("required", Value.Truth.TRUE);
        field.put("primaryKey", Value.Truth.TRUE);
        field.put("pattern", Value.text(pattern));
        field.put("min", Value.number(0));
        field.put("max", Value.number(0));
        field.put("autogeneratePattern", Value.text(""));
        fields.addFirst(new Value.Members(field));
    }

    /// Lays the fields and indexes behind those that `document` has.
    void putInto(Map<String, Value> document) {
        append(document, "fields", fields);
        append(document, "indexes", indexes);
    }

    private static void append(Map<String, Value> document, String key, List<Value> more) {
        if (more.isEmpty()) return;
        var all = new ArrayList<Value>();
        if (document.get(key) instanceof Value.Items(List<Value> items)) all.addAll(items);
        all.addAll(more);
        document.put(key, new Value.Items(all));
    }

    private void option(String spec, Map<String, Value> field, String name, String type, String option) {
        int equals = option.indexOf('=');
        String key = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        boolean severalValues = type.equals("select") || type.equals("relation") || type.equals("file");
        if (equals > 0 && key.equals("max") && severalValues) field.put("maxSelect", number(spec, value));
        else if (equals > 0 && key.equals("min") && type.equals("relation"))
            field.put("minSelect", number(spec, value));
        else if (equals > 0 && key.equals("max") && (type.equals("editor") || type.equals("json"))) {
            field.put("maxSize", number(spec, value));
        } else if (equals > 0 && (key.equals("min") || key.equals("max"))) {
            field.put(key, type.equals("date") ? Value.text(value) : number(spec, value));
        } else if (equals > 0 && key.equals("pattern")) field.put(key, Value.text(value));
        else if (option.equals("unique")) indexes.add(Value.text(uniqueIndex(name)));
        else if (FLAGS.contains(option)) field.put(option, Value.Truth.TRUE);
        else if (option.equals("int") && type.equals("number")) field.put("onlyInt", Value.Truth.TRUE);
        else if (option.equals("cascade") && type.equals("relation")) field.put("cascadeDelete", Value.Truth.TRUE);
        else if (option.equals("update") && type.equals("autodate")) field.put("onUpdate", Value.Truth.TRUE);
        else if (type.equals("relation") && !option.isEmpty())
            field.put("collectionId", Value.text(target(spec, option)));
        else if (type.equals("select") && !option.isEmpty()) field.put("values", values(option));
        else throw wrong(spec, "a " + type + " field has no option '" + option + "'");
    }

    private static void multiple(String spec, Map<String, Value> field, String type) {
        switch (type) {
            case "select" -> {
                int values = field.get("values") instanceof Value.Items(List<Value> items) ? items.size() : 1;
                field.putIfAbsent("maxSelect", Value.number(values));
            }
            case "relation", "file" -> field.putIfAbsent("maxSelect", Value.number(MULTIPLE_MAX));
            default -> throw wrong(spec, "a " + type + " field has no option 'multiple'");
        }
    }

    /// A relation to the collection itself can be made only once that exists.
    private String target(String spec, String nameOrId) {
        if (nameOrId.equalsIgnoreCase(collectionName)) {
            throw wrong(spec, "a collection can point at itself only once it exists: add that field afterwards");
        }
        return catalog.find(nameOrId)
                .map(CollectionSchema::id)
                .orElseThrow(() -> wrong(spec, "there is no collection '" + nameOrId + "'"));
    }

    private static Value values(String option) {
        return new Value.Items(
                List.of(option.split("\\|")).stream().map(Value::text).toList());
    }

    private static Value preset(String spec, Map<String, Value> field, String type, String value) {
        try {
            return switch (type) {
                case "number" -> Value.number(Double.parseDouble(value));
                case "bool" -> {
                    if (!value.equals("true") && !value.equals("false"))
                        throw wrong(spec, "default must be true or false");
                    yield Value.truth(value.equals("true"));
                }
                case "json" -> Json.read(value);
                case "select" -> field.containsKey("maxSelect") ? values(value) : Value.text(value);
                default -> Value.text(value);
            };
        } catch (IllegalArgumentException e) {
            throw wrong(spec, "'" + value + "' is no default of a " + type + " field");
        }
    }

    private static Value number(String spec, String text) {
        try {
            return Value.number(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            throw wrong(spec, "'" + text + "' is no number");
        }
    }

    private String uniqueIndex(String field) {
        String name = "idx_" + collectionName + "_" + field;
        return "CREATE UNIQUE INDEX `" + name + "` ON `" + collectionName + "` (`" + field + "`)";
    }

    /// Colons part; a backslash takes the character after it as it is.
    private static List<String> parts(String spec) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (int i = 0; i < spec.length(); i++) {
            char next = spec.charAt(i);
            if (next == '\\' && i + 1 < spec.length() && spec.charAt(i + 1) == ':') {
                part.append(':');
                i++;
            } else if (next == ':') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(next);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static CommandFailure wrong(String spec, String reason) {
        return CommandFailure.usage("--field " + spec + ": " + reason);
    }
}
