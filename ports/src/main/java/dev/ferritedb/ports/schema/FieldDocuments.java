package dev.ferritedb.ports.schema;

import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// Fields as documents: the form of the wire contract, section 5, and FerriteDB's own `default` where a field has
/// one.
final class FieldDocuments {
    private FieldDocuments() {}

    static Value.Members write(Field field) {
        var document = new TreeMap<String, Value>();
        document.put("id", Value.text(field.id()));
        document.put("name", Value.text(field.name()));
        document.put("type", Value.text(field.type().wireName()));
        document.put("system", Value.truth(field.system()));
        document.put("hidden", Value.truth(field.hidden()));
        document.put("presentable", Value.truth(field.presentable()));
        if (!(field.type() instanceof FieldType.Autodate)) {
            document.put("required", Value.truth(field.required()));
            document.put("help", Value.text(field.help()));
        }
        if (field.preset() != Value.NOTHING) document.put("default", FieldPreset.write(field.preset()));
        switch (field.type()) {
            case FieldType.Text text -> {
                document.put("min", Value.number(text.min()));
                document.put("max", Value.number(text.max()));
                document.put("pattern", Value.text(text.pattern()));
                document.put("autogeneratePattern", Value.text(text.autogeneratePattern()));
                document.put("primaryKey", Value.truth(text.primaryKey()));
            }
            case FieldType.Number number -> {
                document.put("min", bound(number.min()));
                document.put("max", bound(number.max()));
                document.put("onlyInt", Value.truth(number.onlyInt()));
            }
            case FieldType.Bool _ -> {}
            case FieldType.Email email -> {
                document.put("exceptDomains", listOrNothing(email.exceptDomains()));
                document.put("onlyDomains", listOrNothing(email.onlyDomains()));
            }
            case FieldType.Url url -> {
                document.put("exceptDomains", listOrNothing(url.exceptDomains()));
                document.put("onlyDomains", listOrNothing(url.onlyDomains()));
            }
            case FieldType.Editor editor -> {
                document.put("maxSize", Value.number(editor.maxSize()));
                document.put("convertURLs", Value.truth(editor.convertUrls()));
            }
            case FieldType.Date date -> {
                document.put("min", Value.text(date.min()));
                document.put("max", Value.text(date.max()));
            }
            case FieldType.Autodate autodate -> {
                document.put("onCreate", Value.truth(autodate.onCreate()));
                document.put("onUpdate", Value.truth(autodate.onUpdate()));
            }
            case FieldType.Select select -> {
                document.put("values", CollectionDocuments.texts(select.values()));
                document.put("maxSelect", Value.number(select.maxSelect()));
            }
            case FieldType.Relation relation -> {
                document.put("collectionId", Value.text(relation.collectionId()));
                document.put("cascadeDelete", Value.truth(relation.cascadeDelete()));
                document.put("minSelect", Value.number(relation.minSelect()));
                document.put("maxSelect", Value.number(relation.maxSelect()));
            }
            case FieldType.File file -> {
                document.put("maxSize", Value.number(file.maxSize()));
                document.put("maxSelect", Value.number(file.maxSelect()));
                document.put("mimeTypes", listOrNothing(file.mimeTypes()));
                document.put("thumbs", listOrNothing(file.thumbs()));
                document.put("protected", Value.truth(file.isProtected()));
            }
            case FieldType.Json json -> document.put("maxSize", Value.number(json.maxSize()));
            case FieldType.Password password -> {
                document.put("pattern", Value.text(password.pattern()));
                document.put("min", Value.number(password.min()));
                document.put("max", Value.number(password.max()));
                document.put("cost", Value.number(password.cost()));
            }
            case FieldType.GeoPoint _ -> {}
        }
        return new Value.Members(document);
    }

    static Field read(DocumentReader reader) {
        FieldType type = type(reader);
        return new Field(
                reader.text("id", ""),
                reader.text("name", ""),
                type,
                reader.truth("system", false),
                reader.truth("hidden", false),
                reader.truth("presentable", false),
                reader.truth("required", false),
                reader.text("help", ""),
                FieldPreset.read(type, reader));
    }

    private static FieldType type(DocumentReader reader) {
        String name = reader.text("type", "");
        return switch (name) {
            case "text" ->
                new FieldType.Text(
                        reader.count("min", 0),
                        reader.count("max", 0),
                        reader.text("pattern", ""),
                        reader.text("autogeneratePattern", ""),
                        reader.truth("primaryKey", false));
            case "number" ->
                new FieldType.Number(reader.number("min"), reader.number("max"), reader.truth("onlyInt", false));
            case "bool" -> new FieldType.Bool();
            case "email" -> new FieldType.Email(reader.texts("exceptDomains"), reader.texts("onlyDomains"));
            case "url" -> new FieldType.Url(reader.texts("exceptDomains"), reader.texts("onlyDomains"));
            case "editor" -> new FieldType.Editor(size(reader), reader.truth("convertURLs", false));
            case "date" -> new FieldType.Date(reader.text("min", ""), reader.text("max", ""));
            case "autodate" -> new FieldType.Autodate(reader.truth("onCreate", false), reader.truth("onUpdate", false));
            case "select" -> new FieldType.Select(reader.texts("values"), reader.count("maxSelect", 0));
            case "relation" ->
                new FieldType.Relation(
                        reader.text("collectionId", ""),
                        reader.truth("cascadeDelete", false),
                        reader.count("minSelect", 0),
                        reader.count("maxSelect", 0));
            case "file" ->
                new FieldType.File(
                        size(reader),
                        reader.count("maxSelect", 0),
                        reader.texts("mimeTypes"),
                        reader.texts("thumbs"),
                        reader.truth("protected", false));
            case "json" -> new FieldType.Json(size(reader));
            case "password" ->
                new FieldType.Password(
                        reader.text("pattern", ""),
                        reader.count("min", 0),
                        reader.count("max", 0),
                        reader.count("cost", 0));
            case "geoPoint" -> new FieldType.GeoPoint();
            default -> {
                if (name.isEmpty()) reader.problem("type", "validation_required", "Cannot be blank.");
                else reader.problem("type", "validation_in_invalid", "There is no field type of that name.");
                yield FieldType.Text.PLAIN;
            }
        };
    }

    private static long size(DocumentReader reader) {
        long size = reader.whole("maxSize", 0);
        if (size >= 0) return size;
        reader.problem("maxSize", "validation_min_greater_equal_than_required", "Must be no less than 0.");
        return 0;
    }

    private static Value bound(OptionalDouble bound) {
        return bound.isPresent() ? Value.number(bound.getAsDouble()) : Value.NOTHING;
    }

    private static Value listOrNothing(List<String> texts) {
        return texts.isEmpty() ? Value.NOTHING : CollectionDocuments.texts(texts);
    }
}
