package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Collections and records for tests, in few words.
final class Designs {
    private Designs() {}

    static CollectionSchema of(String name, Field... fields) {
        return of(name, new CollectionKind.Base(), fields);
    }

    static CollectionSchema of(String name, CollectionKind kind, Field... fields) {
        var all = new ArrayList<Field>();
        all.add(Field.of("id", new FieldType.Text(1, 15, "^[a-z0-9]+$", "", true))
                .withId("id"));
        for (Field field : fields) all.add(field.withId(field.name()));
        return new CollectionSchema(name + "_id", name, kind, false, all, List.of(), AccessRules.CLOSED, "", "");
    }

    static Field text(String name) {
        return Field.of(name, FieldType.Text.PLAIN);
    }

    static Field number(String name) {
        return Field.of(name, FieldType.Number.PLAIN);
    }

    static Field bool(String name) {
        return Field.of(name, new FieldType.Bool());
    }

    static Field date(String name) {
        return Field.of(name, new FieldType.Date("", ""));
    }

    static Field json(String name) {
        return Field.of(name, new FieldType.Json(0));
    }

    static Field point(String name) {
        return Field.of(name, new FieldType.GeoPoint());
    }

    static Field select(String name, int maxSelect, String... values) {
        return Field.of(name, new FieldType.Select(List.of(values), maxSelect));
    }

    static Field relation(String name, CollectionSchema target) {
        return relation(name, target.id(), 1);
    }

    static Field relation(String name, String targetId, int maxSelect) {
        return Field.of(name, new FieldType.Relation(targetId, false, 0, maxSelect));
    }

    static Value at(double lon, double lat) {
        var members = new LinkedHashMap<String, Value>();
        members.put("lon", Value.number(lon));
        members.put("lat", Value.number(lat));
        return new Value.Members(members);
    }

    static StoredRecord record(CollectionSchema collection, String id, Object... namesAndValues) {
        StoredRecord record = StoredRecord.blank(collection).with("id", Value.text(id));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record = record.with((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return record;
    }

    private static Value value(Object value) {
        return switch (value) {
            case Value given -> given;
            case String text -> Value.text(text);
            case Number number -> Value.number(number.doubleValue());
            case Boolean truth -> Value.truth(truth);
            case List<?> items ->
                new Value.Items(items.stream().map(Designs::value).toList());
            default -> throw new IllegalArgumentException(value.toString());
        };
    }
}
