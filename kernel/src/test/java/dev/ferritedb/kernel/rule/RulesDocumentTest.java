package dev.ferritedb.kernel.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every row of `docs/rules.md` says what is so: of the store and of the evaluator.
class RulesDocumentTest {
    private static final Instant MOMENT = Instant.parse("2026-05-01T10:00:30.250Z");
    private static final RuleEvaluator EVALUATOR = new RuleEvaluator(new Json());

    @TempDir
    static Path folder;

    private static SqliteRecordStore store;
    private static Sample sample;

    record Row(String text, String outcome) {}

    @BeforeAll
    static void fillTheStore() {
        store = SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
        store.migrate();
        sample = Sample.into(store);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    static List<Row> selections() throws IOException {
        return rows("| Text | Selects | Meaning |");
    }

    static List<Row> refusals() throws IOException {
        return rows("| Text | Error |");
    }

    private static List<Row> rows(String heading) throws IOException {
        var rows = new ArrayList<Row>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("../docs/rules.md"))) {
            if (line.equals(heading)) inside = true;
            else if (!line.startsWith("|")) inside = false;
            else if (inside && !line.startsWith("|---")) rows.add(row(line));
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    private static Row row(String line) {
        String[] cells = line.substring(1).split("(?<!\\\\)\\|");
        String text = cells[0].strip().replace("\\|", "|");
        assertThat(text).startsWith("`").endsWith("`");
        return new Row(text.substring(1, text.length() - 1), cells[1].strip().replace("\\|", "|"));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void selectsWhatTheTableSays(Row row) {
        List<String> expected = row.outcome.equals("none") ? List.of() : List.of(row.outcome.split(" "));
        CollectionSchema posts = sample.posts();
        Condition condition = RuleBooks.check(row.text, posts, store.catalog());
        store.read(reads -> {
            var givens = RequestGivens.at(MOMENT, new Json())
                    .request("PATCH", "default", Map.of("q", "hello"), Map.of("x_token", "abc"))
                    .caller(reads.find(sample.users(), "ann").orElseThrow())
                    .updating(reads.find(posts, "p1").orElseThrow(), sample.body())
                    .related(reads.catalog(), reads::find)
                    .build();
            var selected = new ArrayList<String>();
            reads.visit(RecordQuery.all(posts, condition, givens), found -> selected.add(found.text(0)));
            assertThat(selected).isEqualTo(expected);
            List<String> matched = Stream.of("p1", "p2", "p3")
                    .map(id -> reads.find(posts, id).orElseThrow())
                    .filter(post -> EVALUATOR.matches(condition, post, givens, RecordLookup.in(reads)))
                    .map(StoredRecord::id)
                    .toList();
            assertThat(matched).isEqualTo(expected);
            return 0;
        });
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithTheErrorTheTableSays(Row row) {
        InvalidExpression invalid = catchThrowableOfType(
                InvalidExpression.class, () -> RuleBooks.check(row.text, sample.posts(), store.catalog()));
        assertThat(invalid).hasMessage(row.outcome);
    }

    /// The records of the document's last section.
    record Sample(CollectionSchema companies, CollectionSchema users, CollectionSchema posts, Value.Members body) {
        private static CollectionKind accounts() {
            var draft = new Value.Members(Map.of("name", Value.text("users"), "type", Value.text("auth")));
            return CollectionDocuments.read(draft).collection().kind();
        }

        static Sample into(SqliteRecordStore store) {
            CollectionSchema companies = Designs.of("companies", Designs.text("city"));
            CollectionSchema users = Designs.of(
                    "users",
                    accounts(),
                    Designs.text("name"),
                    Designs.number("age"),
                    Designs.relation("company", companies),
                    Designs.relation("friends", "users_id", 9),
                    Designs.json("roles"));
            CollectionSchema badges = Designs.of("badges", Designs.text("label"), Designs.relation("owner", users))
                    .withIndexes(List.of("CREATE UNIQUE INDEX badge_owner ON badges (owner)"));
            CollectionSchema posts = Designs.of(
                    "posts",
                    Designs.text("title"),
                    Designs.select("state", 1, "draft", "published", "archived"),
                    Designs.number("views"),
                    Designs.bool("published"),
                    Designs.relation("author", users),
                    Designs.relation("readers", users.id(), 9),
                    Designs.select("tags", 9, "news", "tips"),
                    Designs.date("due"),
                    Designs.json("data"),
                    Designs.point("place"));
            store.write(writes -> {
                for (CollectionSchema collection : List.of(companies, users, badges, posts)) writes.create(collection);
                writes.insert(Designs.record(companies, "acme", "city", "Vienna"));
                writes.insert(Designs.record(
                        users,
                        "ann",
                        "name",
                        "Ann Ames",
                        "age",
                        41,
                        "company",
                        "acme",
                        "friends",
                        List.of("bob"),
                        "roles",
                        new Value.Json("[\"draft\"]")));
                writes.insert(Designs.record(users, "bob", "name", "Bob", "age", 23));
                writes.insert(Designs.record(badges, "b1", "label", "gold", "owner", "ann"));
                writes.insert(Designs.record(
                        posts,
                        "p1",
                        "title",
                        "Hello World",
                        "state",
                        "published",
                        "views",
                        10,
                        "published",
                        true,
                        "author",
                        "ann",
                        "readers",
                        List.of("ann", "bob"),
                        "tags",
                        List.of("news", "tips"),
                        "due",
                        "2026-05-01 08:00:00.000Z",
                        "data",
                        new Value.Json("{\"lang\":\"en\",\"score\":4.5,\"sizes\":[1,2]}"),
                        "place",
                        Designs.at(16.4, 48.2)));
                writes.insert(Designs.record(
                        posts, "p2", "title", "50% off", "state", "draft", "author", "bob", "readers", List.of("bob")));
                writes.insert(Designs.record(
                        posts,
                        "p3",
                        "state",
                        "published",
                        "views",
                        250,
                        "published",
                        true,
                        "tags",
                        List.of("news"),
                        "due",
                        "2026-06-15 12:00:00.000Z",
                        "data",
                        new Value.Json("{\"lang\":\"de\"}"),
                        "place",
                        Designs.at(-0.1, 51.5)));
                return 0;
            });
            var body = new Value.Members(Map.of(
                    "title",
                    Value.text("Hello World"),
                    "views",
                    Value.text("10"),
                    "author",
                    Value.text("bob"),
                    "readers",
                    new Value.Items(List.of(Value.text("bob")))));
            return new Sample(companies, users, posts, body);
        }
    }
}
