package dev.ferritedb.kernel.rule;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Accounts and posts that point at one another and at themselves, once and several times, with fields and
/// records from a seed. The values are those that tell a careless comparison from a right one.
final class RandomWorld {
    static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "abc",
            "ABC",
            "aXc",
            "50%",
            "50",
            "a_b",
            "a\\b",
            "a\\%b",
            "%",
            "_",
            "\\",
            "\\\\",
            "ä",
            "Ä",
            "straße",
            "😀",
            "\uFF05",
            "\uE000",
            "0",
            "1",
            "1.0",
            "01",
            "+1",
            " 5 ",
            "5",
            "1e3",
            "1000",
            "-0",
            ".5",
            "5.",
            "0x10",
            "true",
            "false",
            "null",
            "'",
            "\"",
            "a\nb",
            "x'y\"z",
            "[\"a\"]",
            "[]",
            "{\"lon\":0,\"lat\":0}",
            "a\0b",
            "\0",
            "2026-05-01 10:00:00.000Z",
            "9007199254740993",
            "9223372036854775808",
            "Inf",
            "NaN",
            "a".repeat(256),
            "a".repeat(300),
            "😀".repeat(200));
    static final double[] NUMBERS = {
        0,
        1,
        -1,
        5,
        1.5,
        0.5,
        0.1,
        1.0 / 3,
        0.1 + 0.2,
        -0.0,
        50,
        1000,
        1e15,
        1e16,
        1e17,
        1e18,
        1e19,
        1e20,
        1e-7,
        123456789.25,
        9007199254740992.0,
        -9223372036854775808.0,
        1.5e300,
        4.9e-324
    };
    static final List<String> DOCUMENTS = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "5",
            "1.5",
            "-7",
            "1e+30",
            "9007199254740993",
            "12345678901234567890",
            "\"\"",
            "\"a\"",
            "\"A\"",
            "\"1\"",
            "\"null\"",
            "0.30000000000000004",
            "1e-7",
            "-0.5",
            "\"ä😀\"",
            "\"a\\\"b\\\\c\\n\"",
            "[]",
            "{}",
            "[1,\"a\",null,{\"x\":\"y\"}]",
            "[\"a\",\"b\"]",
            "{\"a\":\"x\",\"b\":[1,2,{\"x\":\"y\"}],\"c\":1.5,\"d\":null,\"e\":true}",
            "{\"a\":{\"b\":{\"c\":\"deep\"}},\"0\":\"zero\"}",
            "{\"a\":\"\"}",
            "{\"a\":1}");
    static final List<String> CHOICES = List.of("a", "b", "50%", "1", "");

    final CollectionSchema people;
    final CollectionSchema posts;
    final List<StoredRecord> persons = new ArrayList<>();
    final List<StoredRecord> entries = new ArrayList<>();

    RandomWorld(Random random) {
        people = collection("people_id", "people", accounts(), random, "boss");
        posts = collection("posts_id", "posts", new CollectionKind.Base(), random, "author");
        int personCount = random.nextInt(5);
        for (int i = 0; i < personCount; i++) persons.add(record(people, "person" + i, personCount, random));
        int entryCount = 1 + random.nextInt(10);
        for (int i = 0; i < entryCount; i++) entries.add(record(posts, "post" + i, personCount, random));
    }

    private static CollectionKind accounts() {
        var draft = new Value.Members(Map.of("name", Value.text("people"), "type", Value.text("auth")));
        return CollectionDocuments.read(draft).collection().kind();
    }

    private static CollectionSchema collection(
            String id, String name, CollectionKind kind, Random random, String relation) {
        var fields = new ArrayList<Field>();
        fields.add(Field.of("id", new FieldType.Text(1, 15, "^[a-z0-9]+$", "", true))
                .withId("f_id"));
        fields.add(Field.of(relation, new FieldType.Relation("people_id", false, 0, 1))
                .withId("f_" + relation));
        fields.add(Field.of("friends", new FieldType.Relation("people_id", false, 0, 3))
                .withId("f_friends"));
        var kinds = new ArrayList<>(List.of(
                Field.of("title", FieldType.Text.PLAIN),
                Field.of("price", FieldType.Number.PLAIN),
                Field.of("active", new FieldType.Bool()),
                Field.of("data", new FieldType.Json(0)),
                Field.of("place", new FieldType.GeoPoint()),
                Field.of("state", new FieldType.Select(CHOICES, 1)),
                Field.of("tags", new FieldType.Select(CHOICES, 4)),
                Field.of("due", new FieldType.Date("", "")),
                Field.of("note", new FieldType.Editor(0, false)),
                Field.of("amount", FieldType.Number.PLAIN),
                Field.of("extra", new FieldType.Json(0))));
        while (kinds.size() > 6) kinds.remove(random.nextInt(kinds.size()));
        for (Field field : kinds) fields.add(field.withId("f_" + field.name()));
        return new CollectionSchema(
                id, name, kind, false, fields, indexes(name, relation, random), AccessRules.CLOSED, "", "");
    }

    private static List<String> indexes(String collection, String relation, Random random) {
        String index = "CREATE INDEX " + collection + "_" + relation + " ON " + collection + " (" + relation + ")";
        return random.nextBoolean() ? List.of() : List.of(index);
    }

    private static StoredRecord record(CollectionSchema collection, String id, int personCount, Random random) {
        var values = new Value[collection.fields().size()];
        for (int i = 0; i < values.length; i++)
            values[i] = value(collection.fields().get(i), personCount, random);
        values[0] = Value.text(id);
        return new StoredRecord(collection, values);
    }

    static Value value(Field field, int personCount, Random random) {
        return switch (field.type()) {
            case FieldType.Relation relation when relation.multiple() -> persons(personCount, random);
            case FieldType.Relation _ -> Value.text(person(personCount, random));
            case FieldType.Select select when select.multiple() -> choices(random);
            case FieldType.Select _ -> Value.text(oneOf(CHOICES, random));
            case FieldType.Number _ -> Value.number(NUMBERS[random.nextInt(NUMBERS.length)]);
            case FieldType.Bool _ -> Value.truth(random.nextBoolean());
            case FieldType.Json _ -> new Value.Json(oneOf(DOCUMENTS, random));
            case FieldType.GeoPoint _ -> point(random);
            case FieldType _ -> Value.text(oneOf(TEXTS, random));
        };
    }

    private static String person(int personCount, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "nobody";
            default -> "person" + random.nextInt(Math.max(1, personCount));
        };
    }

    /// One of them may be gone.
    private static Value persons(int personCount, Random random) {
        var ids = new LinkedHashSet<Value>();
        for (int i = random.nextInt(4); i > 0; i--) ids.add(Value.text(person(personCount, random)));
        ids.remove(Value.Text.EMPTY);
        return new Value.Items(List.copyOf(ids));
    }

    private static Value choices(Random random) {
        var items = new ArrayList<Value>();
        for (int i = random.nextInt(4); i > 0; i--) items.add(Value.text(oneOf(CHOICES, random)));
        return new Value.Items(items);
    }

    private static Value point(Random random) {
        var members = new LinkedHashMap<String, Value>();
        members.put("lon", Value.number(random.nextInt(3) * 0.5));
        members.put("lat", Value.number(random.nextInt(3)));
        return new Value.Members(members);
    }

    static <T> T oneOf(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// For a failure's message: what a record holds.
    static String shown(StoredRecord record) {
        var shown = new StringBuilder(record.collection().name());
        for (Field field : record.collection().fields()) {
            Value value = record.value(field.name());
            String text = value instanceof Value.Json json ? json.encoded() : Json.write(value);
            shown.append(' ').append(field.name()).append('=').append(text);
        }
        return shown.toString();
    }
}
