package dev.ferritedb.kernel.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the limits let through, the store can run.
class LargestRulesTest {
    @TempDir
    Path folder;

    private final RuleBooks books = new RuleBooks();
    private SqliteRecordStore store;

    @BeforeEach
    void fillTheStore() {
        store = SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
        store.migrate();
        var fields = new ArrayList<>(List.of(Designs.text("title"), Designs.json("data"), Designs.bool("on")));
        for (int i = 0; i < 32; i++) fields.add(Designs.relation("r" + i, "nodes_id", 1));
        fields.add(Designs.relation("many", "nodes_id", 9));
        CollectionSchema nodes = Designs.of("nodes", fields.toArray(Field[]::new));
        store.write(writes -> {
            writes.create(nodes);
            writes.insert(Designs.record(nodes, "n1", "title", "one", "on", true, "r0", "n2", "r31", "n2"));
            writes.insert(Designs.record(nodes, "n2", "title", "two"));
            return 0;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private CollectionSchema nodes() {
        return store.catalog().named("nodes").orElseThrow();
    }

    private Condition rule(String text) {
        return RuleBooks.check(text, nodes(), store.catalog());
    }

    private Condition filter(String text) {
        return books.filter(nodes(), store.catalog(), text, Audience.TRUSTED);
    }

    private CompiledSort sort(String text) {
        return books.sort(nodes(), store.catalog(), text, Audience.TRUSTED);
    }

    private List<String> selected(Condition where, CompiledSort sort) {
        var ids = new ArrayList<String>();
        var givens = RequestGivens.at(Instant.EPOCH, new Json()).build();
        var evaluator = new RuleEvaluator(new Json());
        store.read(reads -> {
            reads.visit(new RecordQuery(nodes(), where, givens, sort.keys(), 9, 0), row -> {
                StoredRecord record = row.record();
                assertThat(evaluator.matches(where, record, givens, RecordLookup.in(reads)))
                        .isTrue();
                ids.add(record.id());
            });
            return 0;
        });
        return ids;
    }

    private static String repeated(int times, String joint, IntFunction<String> part) {
        return IntStream.range(0, times).mapToObj(part).collect(Collectors.joining(joint));
    }

    @Test
    void theDeepestRuleRuns() {
        String deep = "on";
        for (int i = 0; i < RuleParser.DEPTH_MAX; i++) {
            deep = i % 2 == 0 ? "(data.a.b ~ 'x' || " + deep + ")" : "(title != 'x' && " + deep + ")";
        }
        assertThat(selected(rule(deep), CompiledSort.NONE)).containsExactly("n1");
    }

    @Test
    void theWidestRuleRuns() {
        String wide = repeated(RuleParser.EXPRESSIONS_MAX - 1, " || ", i -> "data.x" + i + ":lower ~ data.y" + i);
        assertThat(selected(rule(wide + " || on"), CompiledSort.NONE)).containsExactly("n1");
    }

    @Test
    void theWidestRuleOverSeveralRecordsRuns() {
        String wide = repeated(
                RuleParser.EXPRESSIONS_MAX - 1,
                " || ",
                i -> List.of("many.title", "many.many.title", "many.nodes_via_many.many.title", "title")
                                .get(i % 4) + " != 'x" + i + "'");
        assertThat(selected(rule(wide + " || on"), CompiledSort.NONE)).contains("n1");
    }

    @Test
    void ruleFilterAndSortTogetherFollowAsManyPathsAsTheStoreCanJoin() {
        String manyInRule = repeated(RelationPaths.OF_RULE_MAX, " && ", i -> "r" + i + ".title != 'x'");
        String manyInFilter = repeated(RelationPaths.OF_FILTER_MAX - 1, " && ", i -> "r31.r" + i + ".title != 'x'");
        String manyInSort = repeated(RelationPaths.OF_SORT_MAX - 1, ",", i -> "-r30.r" + i + ".title");
        Condition where = Condition.both(rule(manyInRule), filter(manyInFilter));
        assertThat(selected(where, sort(manyInSort))).containsExactly("n2", "n1");
    }

    @Test
    void morePathsAreRefused() {
        assertThat(refusal(() -> rule(repeated(31, " && ", i -> "r" + i + ".title != 'x'"))))
                .isEqualTo("More than 30 different relation paths are followed");
        assertThat(refusal(() -> filter(repeated(24, " && ", i -> "r31.r" + i + ".title != 'x'"))))
                .isEqualTo("More than 24 different relation paths are followed");
        assertThat(refusal(() -> sort(repeated(8, ",", i -> "-r30.r" + i + ".title"))))
                .isEqualTo("More than 8 different relation paths are followed");
    }

    private static String refusal(ThrowingCallable compiling) {
        return catchThrowableOfType(InvalidExpression.class, compiling).reason();
    }
}
