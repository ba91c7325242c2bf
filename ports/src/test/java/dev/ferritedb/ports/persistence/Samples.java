package dev.ferritedb.ports.persistence;

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
import java.util.Map;

/// Collections and records that the kits write.
final class Samples {
    static final Field ID = field("id", FieldType.Text.ID);
    static final Field TITLE = field("title", FieldType.Text.PLAIN);
    static final Field VIEWS = field("views", FieldType.Number.PLAIN);

    private Samples() {}

    static Field field(String name, FieldType type) {
        return Field.of(name, type).withId("f_" + name);
    }

    static CollectionSchema collection(String name, Field... fields) {
        var all = new ArrayList<Field>();
        all.add(ID);
        all.addAll(List.of(fields));
        return new CollectionSchema(
                "c_" + name,
                name,
                new CollectionKind.Base(),
                false,
                all,
                List.of(),
                AccessRules.CLOSED,
                "2026-01-01 00:00:00.000Z",
                "2026-01-01 00:00:00.000Z");
    }

    static CollectionSchema posts() {
        return collection("posts", TITLE, VIEWS);
    }

    static CollectionSchema view(String name, String query, Field... fields) {
        return collection(name, fields).withKind(new CollectionKind.View(query));
    }

    static CollectionSchema renamed(CollectionSchema old, String name) {
        return new CollectionSchema(
                old.id(),
                name,
                old.kind(),
                old.system(),
                old.fields(),
                old.indexes(),
                old.rules(),
                old.created(),
                old.updated());
    }

    static StoredRecord post(CollectionSchema posts, String id, String title) {
        return StoredRecord.blank(posts).with("id", Value.text(id)).with("title", Value.text(title));
    }

    /// One field of each type, and the multiple ones besides.
    static CollectionSchema everything() {
        return collection(
                "everything",
                field("text", FieldType.Text.PLAIN),
                field("number", FieldType.Number.PLAIN),
                field("bool", new FieldType.Bool()),
                field("email", new FieldType.Email(List.of(), List.of())),
                field("url", new FieldType.Url(List.of(), List.of())),
                field("editor", new FieldType.Editor(0, false)),
                field("date", new FieldType.Date("", "")),
                field("autodate", new FieldType.Autodate(true, true)),
                field("select", choice(1)),
                field("selects", choice(3)),
                field("relation", new FieldType.Relation("c_posts", false, 0, 1)),
                field("relations", new FieldType.Relation("c_posts", false, 0, 3)),
                field("file", new FieldType.File(0, 1, List.of(), List.of(), false)),
                field("files", new FieldType.File(0, 3, List.of(), List.of(), false)),
                field("json", new FieldType.Json(0)),
                field("password", new FieldType.Password("", 0, 0, 0)),
                field("point", new FieldType.GeoPoint()));
    }

    static FieldType choice(int max) {
        return new FieldType.Select(List.of("a", "b", "c"), max);
    }

    /// Values that tell one number from another in each field.
    static StoredRecord filled(CollectionSchema everything, int number) {
        return StoredRecord.blank(everything)
                .with("id", Value.text("record%09d".formatted(number)))
                .with("text", Value.text("text " + number + " ü \"'\\\n\u20ac \ud83d\ude80"))
                .with("number", Value.number(number + 0.25))
                .with("bool", Value.truth(number % 2 == 0))
                .with("email", Value.text("someone" + number + "@example.com"))
                .with("url", Value.text("https://example.com/" + number))
                .with("editor", Value.text("<p>" + number + "</p>"))
                .with("date", Value.text("2026-01-02 03:04:05.%03dZ".formatted(number % 1000)))
                .with("autodate", Value.text("2025-01-02 03:04:05.%03dZ".formatted(number % 1000)))
                .with("select", Value.text("a"))
                .with("selects", texts("a", "c"))
                .with("relation", Value.text("post" + number))
                .with("relations", texts("post" + number, "post" + (number + 1)))
                .with("file", Value.text("one" + number + ".png"))
                .with("files", texts("two" + number + ".png", "three" + number + ".png"))
                .with("json", new Value.Json("{\"n\":" + number + ",\"deep\":[1.50,null]}"))
                .with("password", Value.text("$argon2id$" + number))
                .with("point", point(number % 180, -number % 90));
    }

    static Value texts(String... texts) {
        var items = new ArrayList<Value>();
        for (String text : texts) items.add(Value.text(text));
        return new Value.Items(items);
    }

    static Value point(double longitude, double latitude) {
        Map<String, Value> members = new LinkedHashMap<>();
        members.put("lon", Value.number(longitude));
        members.put("lat", Value.number(latitude));
        return new Value.Members(members);
    }
}
