package dev.ferritedb.ports.persistence;

import static dev.ferritedb.ports.persistence.Samples.ID;
import static dev.ferritedb.ports.persistence.Samples.TITLE;
import static dev.ferritedb.ports.persistence.Samples.collection;
import static dev.ferritedb.ports.persistence.Samples.field;
import static dev.ferritedb.ports.persistence.Samples.post;
import static dev.ferritedb.ports.persistence.Samples.posts;
import static dev.ferritedb.ports.persistence.Samples.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome;
import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome.ViewRefused;
import dev.ferritedb.ports.persistence.ViewOutcome.Columns;
import dev.ferritedb.ports.persistence.ViewOutcome.Computed;
import dev.ferritedb.ports.persistence.ViewOutcome.Copied;
import dev.ferritedb.ports.persistence.ViewOutcome.Refused;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public abstract class ViewsContract extends RecordStoreContract {
    private static final FieldType WHOLE = new FieldType.Number(OptionalDouble.empty(), OptionalDouble.empty(), true);

    @Test
    void readsTheRowsOfAView() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"), post(posts, "b", "y"));
        CollectionSchema titles = create(view("titles", "SELECT id, upper(title) AS title FROM posts;", TITLE));

        assertThat(find(titles, "b").orElseThrow().text("title")).isEqualTo("Y");
        assertThat(all(titles)).extracting(StoredRecord::id).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void givesNumbersAsIdsTheFormOfText() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"), post(posts, "b", "y"));
        CollectionSchema numbered =
                create(view("numbered", "SELECT (ROW_NUMBER() OVER()) AS id, title FROM posts", TITLE));

        assertThat(find(numbered, "2").orElseThrow().text("title")).isEqualTo("y");
    }

    @Test
    void readsEmptyColumnsOfAViewAsZeroValues() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));
        CollectionSchema joined = create(view(
                "joined",
                "SELECT p.id, q.title AS other, q.views AS number, json_extract('{\"a\":\"b\"}', '$.a') AS doc"
                        + " FROM posts p LEFT JOIN posts q ON q.id = 'none'",
                field("other", FieldType.Text.PLAIN),
                field("number", FieldType.Number.PLAIN),
                field("doc", new FieldType.Json(0))));

        StoredRecord record = find(joined, "a").orElseThrow();

        assertThat(record.value("other")).isEqualTo(Value.Text.EMPTY);
        assertThat(record.value("number")).isEqualTo(Value.Number.ZERO);
        assertThat(record.value("doc")).isEqualTo(new Value.Json("\"b\""));
    }

    @Test
    void tellsWhatTheColumnsOfAQueryAre() {
        create(posts());
        create(collection("authors", field("name", FieldType.Text.PLAIN)));

        ViewOutcome outcome = describe("""
                SELECT p.id, p.title, name AS author, a.id AS authorId, count(*) AS amount, total(p.views) AS sum,
                    cast(p.views AS INTEGER) AS whole, CAST(p.views AS real) AS part, cast(p.title AS text) AS words,
                    cast(p.views AS bool) AS any, p.views + 1 AS more, (SELECT max(title) FROM posts) AS latest
                FROM posts AS p
                LEFT JOIN authors a ON a.id = p.title -- a comment, with a comma
                WHERE p.views > 0 GROUP BY p.id""");

        assertThat(outcome)
                .isEqualTo(new Columns(List.of(
                        new Copied("id", "posts", "id"),
                        new Copied("title", "posts", "title"),
                        new Copied("author", "authors", "name"),
                        new Copied("authorId", "authors", "id"),
                        new Computed("amount", WHOLE),
                        new Computed("sum", FieldType.Number.PLAIN),
                        new Computed("whole", WHOLE),
                        new Computed("part", FieldType.Number.PLAIN),
                        new Computed("words", FieldType.Text.PLAIN),
                        new Computed("any", new FieldType.Bool()),
                        new Computed("more", new FieldType.Json(0)),
                        new Computed("latest", new FieldType.Json(0)))));
    }

    @Test
    void tellsTheColumnsOfAQueryOverAView() {
        create(posts());
        create(view("titles", "SELECT id, title AS name FROM posts", field("name", FieldType.Text.PLAIN)));

        assertThat(describe("SELECT id, name FROM titles"))
                .isEqualTo(
                        new Columns(List.of(new Copied("id", "titles", "id"), new Copied("name", "titles", "name"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT title FROM posts",
                "SELECT * FROM posts",
                "SELECT id, p.* FROM posts p",
                "SELECT id FROM nothing",
                "SELECT id, nothing FROM posts",
                "SELECT id, id FROM posts",
                "SELECT id FROM posts; DROP TABLE posts",
                "SELECT id FROM posts; SELECT id FROM posts",
                "SELECT id FROM posts) UNION SELECT id FROM (posts",
                "SELECT id FROM posts WHERE title = ?",
                "SELECT id FROM posts WHERE title = :a",
                "SELECT id FROM posts WHERE title = 'open",
                "DELETE FROM posts",
                "DELETE FROM posts RETURNING id",
                "INSERT INTO posts (id) VALUES ('a') RETURNING id",
                "WITH x AS (SELECT 1 AS id) DELETE FROM posts",
                "PRAGMA table_info(posts)",
                "ATTACH 'other.db' AS other",
                "SELECT name AS id FROM pragma_database_list",
                "SELECT file AS id FROM \"pragma_database_list\"",
                "SELECT name AS id FROM sqlite_master",
                "SELECT name AS id FROM (SELECT name FROM sqlite_schema)",
                "SELECT load_extension('x') AS id"
            })
    void refusesAQueryThatCanNotBeAView(String query) {
        create(posts());

        assertThat(describe(query)).isInstanceOf(Refused.class);
        assertThat(store.<Boolean>read(reads -> reads.catalog().find("posts").isPresent()))
                .isTrue();
        assertThat(all(posts())).isEmpty();
    }

    @Test
    void makesTheViewsOnAChangedCollectionAnew() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));
        CollectionSchema titles = create(view("titles", "SELECT id, title FROM posts", TITLE));
        CollectionSchema second = create(view("second", "SELECT id, title FROM titles", TITLE));

        CollectionSchema without = change(posts, posts.withFields(List.of(ID, TITLE)));

        assertThat(find(without, "a")).isPresent();
        assertThat(find(titles, "a").orElseThrow().text("title")).isEqualTo("x");
        assertThat(find(second, "a").orElseThrow().text("title")).isEqualTo("x");
    }

    @Test
    void namesTheViewThatAChangeBreaks() {
        CollectionSchema posts = create(posts());
        create(view("titles", "SELECT id, title FROM posts", TITLE));

        assertRefusedFor("titles", writes -> writes.change(posts, posts.withFields(List.of(ID, Samples.VIEWS))));
        assertRefusedFor("titles", writes -> writes.drop(posts));
        assertRefusedFor(
                "broken", writes -> writes.create(view("broken", "SELECT id, nothing AS title FROM posts", TITLE)));
    }

    @Test
    void changesAViewsQuery() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));
        CollectionSchema titles = create(view("titles", "SELECT id, title FROM posts", TITLE));
        CollectionSchema louder = view("titles", "SELECT id, title || '!' AS title FROM posts", TITLE);

        change(titles, louder);

        assertThat(find(louder, "a").orElseThrow().text("title")).isEqualTo("x!");
    }

    private ViewOutcome describe(String query) {
        return store.read(reads -> reads.describeView(query));
    }

    private void assertRefusedFor(String view, RecordStore.WriteBody<SchemaOutcome> body) {
        var outcome = new SchemaOutcome[1];
        try {
            store.write(writes -> {
                outcome[0] = body.run(writes);
                throw new IllegalArgumentException("undo");
            });
        } catch (IllegalArgumentException undone) {
            assertThat(undone).hasMessage("undo");
        }
        assertThat(outcome[0])
                .isInstanceOfSatisfying(
                        ViewRefused.class,
                        refused -> assertThat(refused.collectionName()).isEqualTo(view));
    }
}
