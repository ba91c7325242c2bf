package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.util.List;
import java.util.Random;

/// Writes rules, as text, that a collection of [RandomWorld] understands.
final class RandomRule {
    private static final List<String> OPERATORS =
            List.of("=", "=", "!=", "!=", ">", ">=", "<", "<=", "~", "~", "!~", "==", "?=", "?!=", "?>", "?~", "?!~");
    private static final List<String> REQUEST = List.of(
            "@request.auth.id",
            "@request.auth.title",
            "@request.auth.price",
            "@request.auth.active",
            "@request.auth.data",
            "@request.auth.data.a",
            "@request.auth.tags",
            "@request.auth.boss.title",
            "@request.auth.boss.id",
            "@request.auth.missing",
            "@request.auth.collectionName",
            "user.title",
            "@request.body.title",
            "@request.body.title:lower",
            "@request.body.title:isset",
            "@request.body.price",
            "@request.body.data",
            "@request.body.tags",
            "@request.body.author:length",
            "@request.body.unknown",
            "@request.body.author.title",
            "@request.query.q",
            "@request.query.none",
            "@request.auth.friends",
            "@request.auth.boss.friends",
            "@request.headers.x_key:isset",
            "@request.method",
            "@request.context");
    private static final List<String> MACROS =
            List.of("@now", "@todayStart", "@yearEnd", "@monthStart", "@yesterday", "@weekday", "@year", "@second");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "5",
            "1.5",
            "0.1",
            "50",
            "1000",
            "1.0",
            "9007199254740993",
            "9223372036854775807",
            "92233720368547758080",
            "100000000000000000000",
            "0.30000000000000004");
    private static final List<String> INSIDE =
            List.of("a", "b", "b.0", "b.2.x", "c", "d", "e", "0", "1", "3.x", "a.b", "a.b.c", "x");

    private static final List<String> FORMATS = List.of("%Y", "%Y-%m-%d", "%H:%M:%f", "%w", "%s", "%j %%");

    private final CollectionSchema collection;
    private final CollectionSchema people;
    private final Random random;

    RandomRule(RandomWorld world, Random random) {
        this.collection = world.posts;
        this.people = world.people;
        this.random = random;
    }

    String text() {
        return expression(random.nextInt(4));
    }

    private String expression(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            String first = expression(depth - 1);
            String second = expression(depth - 1);
            return switch (random.nextInt(3)) {
                case 0 -> first + " && " + second;
                case 1 -> first + " || " + second;
                default -> "(" + first + ") && // both\n (" + second + ")";
            };
        }
        return switch (random.nextInt(12)) {
            case 0 -> bare();
            case 1 -> stored() + " in [" + operand() + ", " + constant() + ", " + constant() + "]";
            case 2 -> operand() + " " + RandomWorld.oneOf(OPERATORS, random) + " " + operand();
            default -> stored() + " " + RandomWorld.oneOf(OPERATORS, random) + " " + operand();
        };
    }

    private String bare() {
        String name = switch (random.nextInt(6)) {
            case 0 -> "@request.auth.active";
            case 1 -> "true";
            case 2 -> boolOf(collection, "");
            case 3 -> boolOf(people, "friends.");
            case 4 -> "contains(" + plain() + ", " + constant() + ")";
            default -> boolOf(people, "author.");
        };
        return random.nextBoolean() ? name : "!" + name;
    }

    private String boolOf(CollectionSchema holder, String prefix) {
        return holder.field("active").isPresent() ? prefix + "active" : "false";
    }

    private String operand() {
        return random.nextInt(3) == 0 ? stored() : constant();
    }

    private String constant() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> quoted(RandomWorld.oneOf(RandomWorld.TEXTS, random));
            case 2 -> RandomWorld.oneOf(NUMBERS, random);
            case 3 -> RandomWorld.oneOf(List.of("true", "false", "null", "''", "\"\"", "NULL"), random);
            case 4 -> RandomWorld.oneOf(MACROS, random);
            case 5 -> quoted(RandomWorld.oneOf(RandomWorld.CHOICES, random) + "%");
            default -> RandomWorld.oneOf(REQUEST, random);
        };
    }

    private String quoted(String text) {
        String quote = random.nextBoolean() ? "'" : "\"";
        String escaped = random.nextInt(4) == 0 ? text : text.replace("\\", "\\\\");
        if (escaped.endsWith("\\") && !escaped.endsWith("\\\\")) escaped += "\\";
        return quote + escaped.replace(quote, "\\" + quote) + quote;
    }

    private String stored() {
        return switch (random.nextInt(9)) {
            case 0 -> "author." + fieldOf(people);
            case 1 -> random.nextBoolean() ? "author.boss." + fieldOf(people) : "author.id";
            case 2 -> "record." + fieldOf(collection);
            case 3, 4 -> several();
            case 5 -> call();
            default -> fieldOf(collection);
        };
    }

    /// A way through several records.
    private String several() {
        return switch (random.nextInt(15)) {
            case 0, 1 -> "friends." + fieldOf(people);
            case 2 -> random.nextBoolean() ? "friends.id" : "friends.people_via_boss.boss";
            case 3 -> "friends.boss." + fieldOf(people);
            case 4 -> "author.friends." + fieldOf(people);
            case 5 -> "friends.friends." + fieldOf(people);
            case 6 -> "author.posts_via_author." + fieldOf(collection);
            case 7 -> "author.people_via_boss." + fieldOf(people);
            case 8 -> "friends.people_via_friends." + fieldOf(people);
            case 9 -> "author.posts_via_friends.author." + fieldOf(people);
            case 10 -> "@collection.people." + fieldOf(people);
            case 11 -> "@collection.posts:other.author." + fieldOf(people);
            case 12 ->
                random.nextBoolean()
                        ? "@request.auth.friends." + fieldOf(people)
                        : RandomWorld.oneOf(
                                List.of(
                                        "author.people_via_boss.boss",
                                        "friends.people_via_boss.boss",
                                        "author.posts_via_author.author"),
                                random);
            case 13 ->
                random.nextBoolean()
                        ? "@request.auth.posts_via_author." + fieldOf(collection)
                        : "@request.auth.boss.people_via_boss." + fieldOf(people);
            default ->
                RandomWorld.oneOf(
                        List.of("friends:each", "friends.friends:each", "@request.body.friends:each", items()), random);
        };
    }

    private String items() {
        return collection.field("tags").isPresent() ? "tags:each" : "@request.body.friends.title";
    }

    private String call() {
        return switch (random.nextInt(7)) {
            case 0 -> "size(" + plain() + ")";
            case 1 -> "contains(" + plain() + ", " + operand() + ")";
            case 2 -> "contains(" + constant() + ", " + plain() + ")";
            case 3 -> "startsWith(" + plain() + ", " + constant() + ")";
            case 4 -> "endsWith(" + plain() + ", " + constant() + ")";
            case 5 ->
                "strftime('" + RandomWorld.oneOf(FORMATS, random) + "', " + plain()
                        + (random.nextBoolean() ? ", '+1 day'" : "") + ")";
            default -> "geoDistance(" + coordinate() + ", " + coordinate() + ", 0.5, " + coordinate() + ")";
        };
    }

    private String plain() {
        return random.nextInt(4) == 0 ? several() : fieldOf(collection);
    }

    private String coordinate() {
        return switch (random.nextInt(4)) {
            case 0 -> collection.field("place").isPresent() ? "place.lon" : "1.5";
            case 1 -> collection.field("price").isPresent() ? "price" : "-20";
            case 2 -> "@request.auth.place.lat";
            default -> RandomWorld.oneOf(List.of("0", "1", "0.5", "-90", "180"), random);
        };
    }

    private String fieldOf(CollectionSchema holder) {
        Field field = RandomWorld.oneOf(holder.fields(), random);
        String name = field.name();
        String modifier = random.nextInt(6) == 0 ? ":lower" : "";
        return switch (field.type()) {
            case FieldType.Json _
            when random.nextBoolean() -> name + "." + RandomWorld.oneOf(INSIDE, random) + modifier;
            case FieldType.GeoPoint _ when random.nextBoolean() -> name + (random.nextBoolean() ? ".lat" : ".lon");
            case FieldType.Select _, FieldType.Relation _ when random.nextInt(3) == 0 -> name + ":length";
            case FieldType _ -> name + modifier;
        };
    }
}
