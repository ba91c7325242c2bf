package dev.ferritedb.kernel.rule;

import static dev.ferritedb.sqlite.SqliteSettings.CONNECTION_TIMEOUT_DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import dev.ferritedb.sqlite.SqliteSettings.Synchronous;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// The store and the evaluator select the same records, whatever the schema, the records, the caller and the rule.
/// The profile `nightly` tries 50,000 worlds of six rules each; a failure prints its seed.
class SameAnswerTest {
    private static final Instant MOMENT = Instant.parse("2026-05-01T10:00:00Z");
    private static final int RULES_PER_WORLD = 6;
    private static final JsonDocuments DOCUMENTS = new Json();

    private static Path folder;
    private static SqliteRecordStore store;
    private static final RuleEvaluator evaluator = new RuleEvaluator(DOCUMENTS);

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("same-answer");
        store = SqliteRecordStore.open(settings(folder.resolve("data.db")));
        store.migrate();
    }

    /// What is under test needs no disk to be sure of.
    private static SqliteSettings settings(Path file) {
        return new SqliteSettings(file, Synchronous.NORMAL, 2, CONNECTION_TIMEOUT_DEFAULT, InstantSource.system());
    }

    @AfterContainer
    static void close() throws IOException {
        store.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    @Property
    void storeAndEvaluatorSelectTheSameRecords(@ForAll long seed) {
        var random = new Random(seed);
        var world = new RandomWorld(random);
        store.write(writes -> {
            for (String name : List.of("posts", "people"))
                writes.catalog().named(name).ifPresent(writes::drop);
            writes.create(world.people);
            writes.create(world.posts);
            world.persons.forEach(writes::insert);
            world.entries.forEach(writes::insert);
            return 0;
        });
        var rules = new RandomRule(world, random);
        for (int i = 0; i < RULES_PER_WORLD; i++) {
            String rule = rules.text();
            Condition condition;
            try {
                condition = RuleBooks.check(rule, world.posts, store.catalog());
            } catch (InvalidExpression invalid) {
                assertThat(invalid).as(rule).hasMessageContaining("at most 256");
                continue;
            }
            try {
                store.read(reads -> {
                    agree(seed, rule, condition, world, givens(world, random, reads), reads);
                    return 0;
                });
            } catch (PortFailure failure) {
                throw new AssertionError("seed " + seed + ", rule " + rule, failure);
            }
        }
    }

    /// A distance that is missing equals an id that is.
    @Example
    void agreeOnWorldsThatOnceToldThemApart() {
        storeAndEvaluatorSelectTheSameRecords(-3325219446L);
    }

    private static void agree(
            long seed, String rule, Condition condition, RandomWorld world, Givens givens, RecordReads reads) {
        CollectionSchema posts = reads.catalog().named("posts").orElseThrow();
        var selected = new ArrayList<String>();
        reads.visit(RecordQuery.all(posts, condition, givens), row -> selected.add(row.text(0)));
        var matched = new ArrayList<String>();
        reads.visit(RecordQuery.all(posts, Condition.Constant.ALWAYS, Givens.NONE), row -> {
            StoredRecord record = row.record();
            if (evaluator.matches(condition, record, givens, RecordLookup.in(reads))) matched.add(record.id());
        });
        assertThat(selected)
                .as(() -> "seed " + seed + ", rule " + rule + "\n" + shown(world))
                .isEqualTo(matched);
        assertThat(reads.count(RecordQuery.all(posts, condition, givens))).isEqualTo(selected.size());
        for (StoredRecord entry : world.entries) {
            assertThat(reads.visit(posts, entry.id(), condition, givens, _ -> {}))
                    .as(() -> entry.id() + ", seed " + seed + ", rule " + rule)
                    .isEqualTo(reads.satisfies(entry, condition, givens))
                    .isEqualTo(selected.contains(entry.id()));
        }
    }

    private static String shown(RandomWorld world) {
        var shown = new StringBuilder();
        for (StoredRecord person : world.persons)
            shown.append(RandomWorld.shown(person)).append('\n');
        for (StoredRecord entry : world.entries)
            shown.append(RandomWorld.shown(entry)).append('\n');
        return shown.toString();
    }

    private static Givens givens(RandomWorld world, Random random, RecordReads reads) {
        RequestGivens.Builder builder = RequestGivens.at(MOMENT, DOCUMENTS)
                .request("GET", "default", query(random), Map.of("x_key", "v"))
                .related(reads.catalog(), reads::find);
        if (!world.persons.isEmpty() && random.nextInt(3) > 0) {
            builder.caller(RandomWorld.oneOf(world.persons, random));
        }
        if (random.nextInt(3) > 0) builder.updating(RandomWorld.oneOf(world.entries, random), body(world, random));
        return builder.build();
    }

    private static Map<String, String> query(Random random) {
        return random.nextBoolean() ? Map.of() : Map.of("q", RandomWorld.oneOf(RandomWorld.TEXTS, random));
    }

    private static Value.Members body(RandomWorld world, Random random) {
        var body = new LinkedHashMap<String, Value>();
        for (var field : world.posts.fields()) {
            if (random.nextBoolean()) body.put(field.name(), RandomWorld.value(field, world.persons.size(), random));
        }
        if (random.nextBoolean()) body.put("title", Value.text(RandomWorld.oneOf(RandomWorld.TEXTS, random)));
        if (random.nextBoolean()) body.put("price", Value.text(RandomWorld.oneOf(RandomWorld.TEXTS, random)));
        return new Value.Members(body);
    }
}
