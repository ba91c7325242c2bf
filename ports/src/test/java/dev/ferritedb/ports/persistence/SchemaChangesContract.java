package dev.ferritedb.ports.persistence;

import static dev.ferritedb.ports.persistence.Samples.ID;
import static dev.ferritedb.ports.persistence.Samples.choice;
import static dev.ferritedb.ports.persistence.Samples.collection;
import static dev.ferritedb.ports.persistence.Samples.everything;
import static dev.ferritedb.ports.persistence.Samples.field;
import static dev.ferritedb.ports.persistence.Samples.filled;
import static dev.ferritedb.ports.persistence.Samples.post;
import static dev.ferritedb.ports.persistence.Samples.posts;
import static dev.ferritedb.ports.persistence.Samples.renamed;
import static dev.ferritedb.ports.persistence.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome;
import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome.IndexRefused;
import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome.Made;
import dev.ferritedb.ports.persistence.RecordWrites.WriteOutcome.Duplicate;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

public abstract class SchemaChangesContract extends RecordStoreContract {

    @Test
    void keepsACollectionAsItWasDesigned() {
        CollectionSchema everything =
                create(everything().withIndexes(List.of("CREATE INDEX idx_text ON everything (text)")));

        assertThat(store.catalog().collections()).containsExactly(everything);
        assertThat(store.<CollectionSchema>read(
                        reads -> reads.catalog().find("EVERYTHING").orElseThrow()))
                .isEqualTo(everything);
    }

    @Test
    void growsTheVersionWithEachChange() {
        long first = store.catalog().version();
        CollectionSchema posts = create(posts());
        long second = store.catalog().version();
        change(posts, posts.withUpdated("2026-02-02 00:00:00.000Z"));

        assertThat(second).isGreaterThan(first);
        assertThat(store.catalog().version()).isGreaterThan(second);
    }

    @Test
    void undoesACreatedCollectionWhenTheBodyThrows() {
        long before = store.catalog().version();

        assertThatThrownBy(() -> store.write(writes -> {
                    writes.create(posts());
                    assertThat(writes.catalog().find("posts")).isPresent();
                    writes.insert(post(posts(), "a", "x"));
                    throw new IllegalArgumentException("undo");
                }))
                .hasMessage("undo");

        assertThat(store.catalog().version()).isEqualTo(before);
        assertThat(store.catalog().collections()).isEmpty();
        create(posts());
        assertThat(all(posts())).isEmpty();
    }

    @Test
    void addsFieldsWithTheirZeroValue() {
        CollectionSchema old = create(collection("everything", field("text", FieldType.Text.PLAIN)));
        insert(StoredRecord.blank(old).with("id", Value.text("a")).with("text", Value.text("kept")));

        CollectionSchema everything = change(old, everything());

        assertThat(find(everything, "a"))
                .contains(StoredRecord.blank(everything)
                        .with("id", Value.text("a"))
                        .with("text", Value.text("kept")));
    }

    @Test
    void keepsTheValuesOfRenamedFieldsEvenWhenTheySwapNames() {
        CollectionSchema old =
                create(collection("pairs", field("a", FieldType.Text.PLAIN), field("b", FieldType.Text.PLAIN)));
        insert(StoredRecord.blank(old)
                .with("id", Value.text("x"))
                .with("a", Value.text("was a"))
                .with("b", Value.text("was b")));
        List<Field> swapped =
                List.of(ID, old.fields().get(1).named("b"), old.fields().get(2).named("a"));

        CollectionSchema pairs = change(old, old.withFields(swapped));

        StoredRecord record = find(pairs, "x").orElseThrow();
        assertThat(record.text("b")).isEqualTo("was a");
        assertThat(record.text("a")).isEqualTo("was b");
    }

    @Test
    void dropsAFieldWithItsValues() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "secret"));
        CollectionSchema without = change(posts, posts.withFields(List.of(ID, Samples.VIEWS)));

        Field sameName = Field.of("title", FieldType.Text.PLAIN).withId("f_other");
        CollectionSchema again = change(without, posts.withFields(List.of(ID, sameName, Samples.VIEWS)));

        assertThat(find(again, "a").orElseThrow().text("title")).isEmpty();
    }

    @Test
    void startsAfreshWhenAFieldOfAnotherIdTakesTheNameInOneStep() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "secret").with("views", Value.number(3)));
        Field sameName = Field.of("title", FieldType.Text.PLAIN).withId("f_other");

        CollectionSchema changed = change(posts, posts.withFields(List.of(ID, sameName, Samples.VIEWS)));

        StoredRecord record = find(changed, "a").orElseThrow();
        assertThat(record.text("title")).isEmpty();
        assertThat(record.value("views")).isEqualTo(Value.number(3));
    }

    @Test
    void turnsSingleValuesIntoListsAndTheLastOfAListIntoASingleOne() {
        CollectionSchema old = create(collection("tagged", field("one", choice(1)), field("many", choice(3))));
        insert(
                StoredRecord.blank(old)
                        .with("id", Value.text("x"))
                        .with("one", Value.text("a"))
                        .with("many", texts("a", "c", "b")),
                StoredRecord.blank(old).with("id", Value.text("empty")));
        List<Field> turned = List.of(
                ID, old.fields().get(1).withType(choice(3)), old.fields().get(2).withType(choice(1)));

        CollectionSchema tagged = change(old, old.withFields(turned));

        assertThat(find(tagged, "x").orElseThrow().value("one")).isEqualTo(texts("a"));
        assertThat(find(tagged, "x").orElseThrow().text("many")).isEqualTo("b");
        assertThat(find(tagged, "empty").orElseThrow().value("one")).isEqualTo(Value.Items.EMPTY);
        assertThat(find(tagged, "empty").orElseThrow().text("many")).isEmpty();
    }

    @Test
    void convertsBetweenTypesWhatCanBeConverted() {
        CollectionSchema old = create(collection(
                "mixed",
                field("a", FieldType.Text.PLAIN),
                field("b", FieldType.Text.PLAIN),
                field("c", FieldType.Number.PLAIN),
                field("d", new FieldType.Bool()),
                field("e", new FieldType.Password("", 0, 0, 0)),
                field("f", FieldType.Text.PLAIN)));
        insert(StoredRecord.blank(old)
                .with("id", Value.text("x"))
                .with("a", Value.text("12.5"))
                .with("b", Value.text("not a number"))
                .with("c", Value.number(7))
                .with("d", Value.Truth.TRUE)
                .with("e", Value.text("$hash"))
                .with("f", Value.text("plain")));
        List<FieldType> types = List.of(
                FieldType.Number.PLAIN,
                FieldType.Number.PLAIN,
                FieldType.Text.PLAIN,
                FieldType.Number.PLAIN,
                FieldType.Text.PLAIN,
                new FieldType.Password("", 0, 0, 0));
        var fields = new ArrayList<>(List.of(ID));
        for (int i = 0; i < types.size(); i++)
            fields.add(old.fields().get(i + 1).withType(types.get(i)));

        StoredRecord record = find(change(old, old.withFields(fields)), "x").orElseThrow();

        assertThat(record.value("a")).isEqualTo(Value.number(12.5));
        assertThat(record.value("b")).isEqualTo(Value.number(0));
        assertThat(record.value("c")).isEqualTo(Value.text("7"));
        assertThat(record.value("d")).isEqualTo(Value.number(1));
        assertThat(record.text("e")).as("a hash never becomes readable").isEmpty();
        assertThat(record.text("f")).as("a text never becomes a hash").isEmpty();
    }

    @Test
    void renamesACollectionEvenWhenOnlyTheCaseChanges() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));

        CollectionSchema upper = change(posts, renamed(posts, "Posts"));
        CollectionSchema articles = change(upper, renamed(upper, "articles"));

        assertThat(find(articles, "a")).isPresent();
        assertThat(store.catalog().collections())
                .extracting(CollectionSchema::name)
                .containsExactly("articles");
    }

    @Test
    void makesIndexesAnewWithTheirFields() {
        CollectionSchema posts = create(posts().withIndexes(List.of("CREATE UNIQUE INDEX idx_title ON posts (title)")));
        insert(post(posts, "a", "x"));
        CollectionSchema changed = change(
                posts,
                renamed(posts.withFields(List.of(ID, Samples.VIEWS, Samples.TITLE.named("name"))), "articles")
                        .withIndexes(List.of("CREATE UNIQUE INDEX idx_title ON articles (name)")));

        StoredRecord clash =
                StoredRecord.blank(changed).with("id", Value.text("b")).with("name", Value.text("x"));

        assertThat(store.<RecordWrites.WriteOutcome>write(writes -> writes.insert(clash)))
                .isEqualTo(new Duplicate(List.of("name")));
    }

    @Test
    void dropsAnIndexThatIsNoLongerNamed() {
        CollectionSchema posts = create(posts().withIndexes(List.of("CREATE UNIQUE INDEX idx_title ON posts (title)")));
        insert(post(posts, "a", "x"));

        change(posts, posts.withIndexes(List.of()));

        insert(post(posts, "b", "x"));
        assertThat(all(posts)).hasSize(2);
    }

    @Test
    void saysWhichIndexCanNotBeMade() {
        List<String> refused = List.of(
                "CREATE INDEX idx_bad ON posts (nothing)",
                "CREATE INDEX idx_other ON other (title)",
                "CREATE INDEX idx_good ON posts (views)",
                "CREATE TABLE stolen (id)",
                "CREATE INDEX idx_two ON posts (title); DROP TABLE posts",
                "nonsense");
        for (String statement : refused) {
            SchemaOutcome outcome =
                    tryCreate(posts().withIndexes(List.of("CREATE INDEX idx_good ON posts (title)", statement)));
            assertThat(outcome)
                    .as(statement)
                    .isInstanceOfSatisfying(
                            IndexRefused.class,
                            index -> assertThat(index.position()).isOne());
        }
        assertThat(store.catalog().collections()).isEmpty();
    }

    @Test
    void refusesAUniqueIndexOverValuesThatAreThereTwiceAndChangesNothing() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"), post(posts, "b", "x"));
        CollectionSchema indexed = posts.withIndexes(List.of("CREATE UNIQUE INDEX idx_title ON posts (title)"));

        assertThat(tried(writes -> writes.change(posts, indexed))).isInstanceOf(IndexRefused.class);

        assertThat(store.catalog().collections()).containsExactly(posts);
        assertThat(all(posts)).hasSize(2);
    }

    @Test
    void removesADroppedCollectionWithItsRecords() {
        CollectionSchema posts = create(posts());
        insert(post(posts, "a", "x"));

        assertThat(store.<SchemaOutcome>write(writes -> writes.drop(posts))).isEqualTo(Made.MADE);

        assertThat(store.catalog().collections()).isEmpty();
        create(posts);
        assertThat(all(posts)).isEmpty();
    }

    @Test
    void losesNothingOfManyFieldsRecordsAndIndexesInOneLargeChange() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var fields = new ArrayList<Field>(everything().fields());
        for (int i = 0; i < 40; i++) fields.add(field("extra" + i, i % 2 == 0 ? FieldType.Text.PLAIN : choice(5)));
        var indexes = new ArrayList<String>();
        for (int i = 0; i < 10; i++) indexes.add("CREATE INDEX idx_" + i + " ON everything (extra" + i * 2 + ")");
        CollectionSchema old = create(everything().withFields(fields).withIndexes(indexes));
        var records = new ArrayList<StoredRecord>();
        for (int i = 0; i < 1_000; i++) {
            StoredRecord record = filled(old, i);
            for (int k = 0; k < 40; k++) {
                record = record.with(
                        "extra" + k,
                        k % 2 == 0 ? Value.text("t" + random.nextInt(50)) : texts("a" + random.nextInt(9), "z"));
            }
            records.add(record);
        }
        insert(records.toArray(StoredRecord[]::new));

        // Every third extra field goes, every other one left is renamed, the rest stays, all in another order.
        var kept = new ArrayList<Field>();
        for (Field field : fields) {
            int number = field.name().startsWith("extra")
                    ? Integer.parseInt(field.name().substring(5))
                    : -1;
            if (number >= 0 && number % 3 == 0) continue;
            kept.add(number >= 0 && number % 2 == 0 ? field.named("new" + number) : field);
        }
        Collections.shuffle(kept.subList(1, kept.size()), random);
        List<String> remade =
                List.of("CREATE INDEX idx_1 ON everything (new2)", "CREATE INDEX idx_n ON everything (text)");
        CollectionSchema changed = change(old, old.withFields(kept).withIndexes(remade));

        List<StoredRecord> found = all(changed);
        assertThat(found).as("seed %d", seed).hasSameSizeAs(records);
        for (int i = 0; i < records.size(); i++) {
            for (Field field : kept) {
                String oldName = old.fieldById(field.id()).orElseThrow().name();
                assertThat(found.get(i).value(field.name()))
                        .as("seed %d, record %d, field %s", seed, i, field.name())
                        .isEqualTo(records.get(i).value(oldName));
            }
        }
    }

    private SchemaOutcome tryCreate(CollectionSchema collection) {
        return tried(writes -> writes.create(collection));
    }

    /// The outcome of a change that is undone again, the way a use case refuses it.
    private SchemaOutcome tried(RecordStore.WriteBody<SchemaOutcome> body) {
        final class Undo extends RuntimeException {
            private static final long serialVersionUID = 1;
            final transient SchemaOutcome outcome;

            Undo(SchemaOutcome outcome) {
                this.outcome = outcome;
            }
        }
        try {
            return store.write(writes -> {
                throw new Undo(body.run(writes));
            });
        } catch (Undo undo) {
            return undo.outcome;
        }
    }
}
