package dev.ferritedb.sqlite.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Member;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Operand.RequestValue;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SQL, as SQLite plans and runs it. That it selects what the language means is held against the evaluator
/// elsewhere.
class QueryCompilerTest {
    private static final Field ID = Field.of("id", FieldType.Text.ID);
    private static final Field NAME = Field.of("name", FieldType.Text.PLAIN);
    private static final Field AGE = Field.of("age", FieldType.Number.PLAIN);
    private static final Field BOSS = Field.of("boss", new FieldType.Relation("users_id", false, 0, 1));
    private static final Field TITLE = Field.of("title", FieldType.Text.PLAIN);
    private static final Field DATA = Field.of("data", new FieldType.Json(0));
    private static final Field CREATED = Field.of("created", new FieldType.Autodate(true, false));
    private static final Field AUTHOR = Field.of("author", new FieldType.Relation("users_id", false, 0, 1));
    private static final Field ODD = Field.of("select", FieldType.Text.PLAIN);
    private static final CollectionSchema USERS = collection("users", ID, NAME, AGE, BOSS);
    private static final CollectionSchema POSTS = collection("posts", ID, TITLE, DATA, CREATED, AUTHOR, ODD);
    private static final Operand CALLER = new RequestValue(List.of("auth", "id"), Modifier.NONE);

    private final QueryCompiler compiler = new QueryCompiler();
    private Connection connection;

    private static CollectionSchema collection(String name, Field... fields) {
        return new CollectionSchema(
                name + "_id",
                name,
                new CollectionKind.Base(),
                false,
                List.of(fields),
                List.of(),
                AccessRules.CLOSED,
                "",
                "");
    }

    @BeforeEach
    void fillTheTables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id TEXT PRIMARY KEY NOT NULL, name TEXT DEFAULT '' NOT NULL,"
                    + " age NUMERIC DEFAULT 0 NOT NULL, boss TEXT DEFAULT '' NOT NULL)");
            statement.execute("CREATE TABLE posts (id TEXT PRIMARY KEY NOT NULL, title TEXT DEFAULT '' NOT NULL,"
                    + " data JSON TEXT DEFAULT NULL, created TEXT DEFAULT '' NOT NULL,"
                    + " author TEXT DEFAULT '' NOT NULL, \"select\" TEXT DEFAULT '' NOT NULL)");
            statement.execute("CREATE INDEX posts_author ON posts (author)");
            statement.execute("CREATE INDEX posts_title ON posts (title)");
            statement.execute("CREATE INDEX posts_created ON posts (created)");
            statement.execute("CREATE INDEX users_name ON users (name)");
            statement.execute("INSERT INTO users VALUES ('ann', 'Ann', 41, 'bob'), ('bob', 'Bob', 23, '')");
            statement.execute("INSERT INTO posts VALUES ('p1', 'one', NULL, '2026-01-01', 'ann', ''),"
                    + " ('p2', 'two', '{\"a\":1}', '2026-01-02', 'bob', 'x'), ('p3', '', '[]', '2026-01-02', '', '')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static Operand own(Field field) {
        return new Member(FieldPath.own(field), Modifier.NONE);
    }

    private static Operand ofAuthor(Field field) {
        return new Member(new FieldPath(List.of(new Hop.Forward(AUTHOR, USERS)), field, List.of()), Modifier.NONE);
    }

    private static Operand ofAuthorsBoss(Field field) {
        List<Hop> hops = List.of(new Hop.Forward(AUTHOR, USERS), new Hop.Forward(BOSS, USERS));
        return new Member(new FieldPath(hops, field, List.of()), Modifier.NONE);
    }

    private static Condition compare(Operand left, Operator operator, Operand right) {
        return new Comparison(left, operator, right);
    }

    private static Condition equal(Operand left, Operand right) {
        return compare(left, Operator.EQUAL, right);
    }

    private static Literal text(String text) {
        return new Literal(Value.text(text));
    }

    private static RecordQuery query(Condition where, Givens givens, SortKey... order) {
        return new RecordQuery(POSTS, where, givens, List.of(order), 30, 0);
    }

    private static Givens caller(String id) {
        return _ -> id.isEmpty() ? Value.NOTHING : Value.text(id);
    }

    private List<String> ids(CompiledQuery query) throws SQLException {
        var ids = new ArrayList<String>();
        try (var statement = connection.prepareStatement(query.sql())) {
            for (int i = 0; i < query.binds().size(); i++)
                statement.setObject(i + 1, query.binds().get(i));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private String plan(CompiledQuery query) throws SQLException {
        var plan = new StringBuilder();
        try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + query.sql())) {
            for (int i = 0; i < query.binds().size(); i++)
                statement.setObject(i + 1, query.binds().get(i));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) plan.append(rows.getString("detail")).append('\n');
            }
        }
        return plan.toString();
    }

    @Test
    void readsTheColumnsInTheOrderOfTheFieldsAndTheRecordsInTheOrderTheyCame() throws SQLException {
        CompiledQuery all = compiler.select(query(Condition.Constant.ALWAYS, Givens.NONE));
        assertThat(all.sql())
                .isEqualTo("SELECT r.\"id\", r.\"title\", r.\"data\", r.\"created\", r.\"author\", r.\"select\""
                        + " FROM \"posts\" AS r ORDER BY r._rowid_ LIMIT ? OFFSET ?");
        assertThat(all.binds()).containsExactly(30L, 0L);
        assertThat(ids(all)).containsExactly("p1", "p2", "p3");
        assertThat(plan(all)).doesNotContain("TEMP B-TREE");
    }

    @Test
    void pages() throws SQLException {
        var second = new RecordQuery(POSTS, Condition.Constant.ALWAYS, Givens.NONE, List.of(), 1, 1);
        assertThat(ids(compiler.select(second))).containsExactly("p2");
        assertThat(ids(compiler.count(second))).containsExactly("3");
    }

    @Test
    void findsARecordByItsIdIfItSatisfiesTheCondition() throws SQLException {
        Condition mine = equal(own(AUTHOR), CALLER);
        assertThat(ids(compiler.selectById(POSTS, "p1", mine, caller("ann")))).containsExactly("p1");
        assertThat(ids(compiler.selectById(POSTS, "p1", mine, caller("bob")))).isEmpty();
        assertThat(ids(compiler.selectById(POSTS, "p1", mine, caller("")))).isEmpty();
        assertThat(ids(compiler.selectById(POSTS, "p1", Condition.Constant.ALWAYS, Givens.NONE)))
                .containsExactly("p1");
        assertThat(ids(compiler.selectById(POSTS, "p1", Condition.Constant.NEVER, Givens.NONE)))
                .isEmpty();
        Condition either = Condition.any(List.of(equal(own(TITLE), text("two")), equal(own(TITLE), text(""))));
        assertThat(ids(compiler.selectById(POSTS, "p1", either, Givens.NONE))).isEmpty();
        assertThat(plan(compiler.selectById(POSTS, "p1", mine, caller("ann"))))
                .contains("SEARCH r USING INDEX sqlite_autoindex_posts_1 (id=?)");
    }

    @Test
    void anIndexServesEqualityAndOrder() throws SQLException {
        assertThat(plan(compiler.select(query(equal(own(AUTHOR), CALLER), caller("ann")))))
                .contains("SEARCH r USING INDEX posts_author (author=?)")
                .doesNotContain("TEMP B-TREE");
        var byDate = new SortKey.By(FieldPath.own(CREATED), false);
        Condition sinceThen = compare(own(CREATED), Operator.GREATER, text("2026-01-01"));
        assertThat(plan(compiler.select(query(sinceThen, Givens.NONE, byDate))))
                .contains("SEARCH r USING INDEX posts_created (created>?)")
                .doesNotContain("TEMP B-TREE");
        assertThat(plan(compiler.select(query(Condition.Constant.ALWAYS, Givens.NONE, byDate))))
                .contains("SCAN r USING INDEX posts_created")
                .doesNotContain("TEMP B-TREE");
        var newestFirst = new SortKey.By(FieldPath.own(CREATED), true);
        assertThat(plan(compiler.select(query(Condition.Constant.ALWAYS, Givens.NONE, newestFirst))))
                .contains("SCAN r USING INDEX posts_created")
                .doesNotContain("TEMP B-TREE");
        assertThat(ids(compiler.select(query(Condition.Constant.ALWAYS, Givens.NONE, newestFirst))))
                .containsExactly("p3", "p2", "p1");
        assertThat(plan(compiler.select(query(equal(own(TITLE), text("")), Givens.NONE))))
                .as("emptiness too")
                .contains("USING INDEX posts_title (title=?)");
        Condition oneOfTwo = Condition.any(List.of(equal(own(AUTHOR), CALLER), equal(own(TITLE), text("one"))));
        assertThat(plan(compiler.select(query(oneOfTwo, caller("ann")))))
                .contains("MULTI-INDEX OR", "posts_author (author=?)", "posts_title (title=?)");
    }

    @Test
    void anIndexOfTheRelatedCollectionServesToo() throws SQLException {
        Condition byName = equal(ofAuthor(NAME), text("Ann"));
        assertThat(plan(compiler.select(query(byName, Givens.NONE))))
                .contains("SEARCH j1 USING", "users_name (name=?)", "SEARCH r USING INDEX posts_author (author=?)");
        assertThat(ids(compiler.select(query(byName, Givens.NONE)))).containsExactly("p1");
    }

    @Test
    void aPathIsJoinedOnceWhoeverAsksForIt() throws SQLException {
        Condition where = Condition.all(List.of(
                compare(ofAuthor(NAME), Operator.NOT_EQUAL, text("x")),
                compare(ofAuthor(AGE), Operator.NOT_EQUAL, text("1")),
                compare(ofAuthorsBoss(NAME), Operator.NOT_EQUAL, text("x"))));
        var byName = new SortKey.By(new FieldPath(List.of(new Hop.Forward(AUTHOR, USERS)), NAME, List.of()), true);
        CompiledQuery select = compiler.select(query(where, Givens.NONE, byName));
        assertThat(select.sql().split("LEFT JOIN")).hasSize(3);
        assertThat(ids(select)).containsExactly("p2", "p1", "p3");
        assertThat(compiler.count(query(Condition.Constant.ALWAYS, Givens.NONE, byName))
                        .sql())
                .as("an order needs no join to count")
                .isEqualTo("SELECT COUNT(*) FROM \"posts\" AS r");
    }

    @Test
    void aViewWithTwiceTheSameIdMultipliesNothing() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE VIEW twins AS SELECT id, name FROM users UNION ALL SELECT id, name FROM users");
        }
        var twins = new CollectionSchema(
                "twins_id",
                "twins",
                new CollectionKind.View(""),
                false,
                List.of(ID, NAME),
                List.of(),
                AccessRules.CLOSED,
                "",
                "");
        Operand name =
                new Member(new FieldPath(List.of(new Hop.Forward(AUTHOR, twins)), NAME, List.of()), Modifier.NONE);
        assertThat(ids(compiler.select(query(equal(name, text("Ann")), Givens.NONE))))
                .containsExactly("p1");
        var ofView = new RecordQuery(twins, Condition.Constant.ALWAYS, Givens.NONE, List.of(), 9, 0);
        assertThat(ids(compiler.select(ofView))).hasSize(4);
        assertThat(ids(compiler.selectById(twins, "ann", Condition.Constant.ALWAYS, Givens.NONE)))
                .containsExactly("ann");
    }

    @Test
    void whatTheRequestDecidesAloneIsNoPartOfTheSql() throws SQLException {
        Condition signedIn = compare(CALLER, Operator.NOT_EQUAL, text(""));
        assertThat(compiler.select(query(signedIn, caller("ann"))).sql()).doesNotContain("WHERE");
        assertThat(compiler.select(query(signedIn, caller(""))).sql()).contains("WHERE 0");
        Condition adminOrOwner = Condition.any(List.of(equal(CALLER, text("root")), equal(own(AUTHOR), CALLER)));
        assertThat(ids(compiler.select(query(adminOrOwner, caller("root"))))).containsExactly("p1", "p2", "p3");
        assertThat(ids(compiler.select(query(adminOrOwner, caller("ann"))))).containsExactly("p1");
        assertThat(ids(compiler.select(query(adminOrOwner, caller(""))))).containsExactly("p3");
    }

    @Test
    void aQueryIsFoundAgainByItsPartsAndBindsAnew() throws SQLException {
        Condition rule = equal(own(AUTHOR), CALLER);
        Condition filter = compare(own(TITLE), Operator.LIKE, text("o"));
        CompiledQuery first = compiler.select(query(Condition.both(rule, filter), caller("ann")));
        CompiledQuery again = compiler.select(query(Condition.both(rule, filter), caller("bob")));
        assertThat(again.sql()).isSameAs(first.sql());
        assertThat(ids(first)).containsExactly("p1");
        assertThat(ids(again)).containsExactly("p2");
    }

    @Test
    void moreGivensThanBitsAreCompiledEachTime() throws SQLException {
        Condition wide = new Condition.Any(Collections.nCopies(70, equal(own(AUTHOR), CALLER)));
        assertThat(ids(compiler.select(query(wide, caller("ann"))))).containsExactly("p1");
        assertThat(ids(compiler.select(query(wide, caller(""))))).containsExactly("p3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR 1=1 --",
                "\" OR \"\"=\"",
                "'; DROP TABLE posts; --",
                "%' ESCAPE '!' OR '1'='1",
                "?",
                ":x",
                "\0",
                "\\",
                "'''''"
            })
    void aValueIsBoundAndNeverPartOfTheSql(String hostile) throws SQLException {
        for (Operator operator : Operator.values()) {
            Condition literal = compare(own(TITLE), operator, text(hostile));
            Condition given = compare(own(TITLE), operator, CALLER);
            CompiledQuery one = compiler.select(query(literal, Givens.NONE));
            CompiledQuery other = compiler.select(query(given, caller(hostile)));
            assertThat(one.sql())
                    .doesNotContain(hostile.length() < 3 ? "DROP" : hostile)
                    .isEqualTo(other.sql());
            assertThat(ids(one)).isEqualTo(ids(other));
        }
        assertThat(ids(compiler.select(query(Condition.Constant.ALWAYS, Givens.NONE))))
                .hasSize(3);
    }

    @Test
    void namesAreQuoted() throws SQLException {
        assertThat(ids(compiler.select(query(equal(own(ODD), text("x")), Givens.NONE))))
                .containsExactly("p2");
        var hostile = collection("a\"b", ID, Field.of("x\"; DROP TABLE posts; --", FieldType.Text.PLAIN));
        var all = new RecordQuery(hostile, Condition.Constant.ALWAYS, Givens.NONE, List.of(), 1, 0);
        assertThat(compiler.select(all).sql())
                .isEqualTo("SELECT r.\"id\", r.\"x\"\"; DROP TABLE posts; --\" FROM \"a\"\"b\" AS r"
                        + " ORDER BY r._rowid_ LIMIT ? OFFSET ?");
    }

    @Test
    void aStoredPatternIsNeverTooLongForTheStore() throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE posts SET title = ? WHERE id = 'p1'")) {
            statement.setString(1, "a".repeat(60_000));
            statement.execute();
        }
        assertThat(ids(compiler.select(query(compare(own(ODD), Operator.LIKE, own(TITLE)), Givens.NONE))))
                .containsExactly("p3");
        assertThat(ids(compiler.select(query(compare(own(ODD), Operator.NOT_LIKE, own(TITLE)), Givens.NONE))))
                .as("nor does it not match")
                .containsExactly("p2");
        assertThat(ids(compiler.select(query(compare(own(TITLE), Operator.NOT_LIKE, CALLER), caller("a".repeat(257))))))
                .isEmpty();
    }

    @Test
    void sortsByInsertionAndAtRandom() throws SQLException {
        assertThat(ids(compiler.select(
                        query(Condition.Constant.ALWAYS, Givens.NONE, new SortKey.InsertionOrder(true)))))
                .containsExactly("p3", "p2", "p1");
        assertThat(ids(compiler.select(query(
                        Condition.Constant.ALWAYS,
                        Givens.NONE,
                        new SortKey.By(FieldPath.own(CREATED), true),
                        new SortKey.InsertionOrder(true)))))
                .containsExactly("p3", "p2", "p1");
        assertThat(ids(compiler.select(query(Condition.Constant.ALWAYS, Givens.NONE, SortKey.Random.RANDOM))))
                .containsExactlyInAnyOrder("p1", "p2", "p3");
    }

    @Test
    void anOrderHidesTheValuesThatAreNotShown() throws SQLException {
        var shown = new SortKey.By(FieldPath.own(TITLE), Modifier.NONE, true, equal(own(AUTHOR), CALLER));
        assertThat(ids(compiler.select(
                        query(compare(own(TITLE), Operator.NOT_EQUAL, text("zz")), caller("ann"), shown))))
                .containsExactly("p1", "p3", "p2");
        assertThat(ids(compiler.select(query(Condition.Constant.ALWAYS, caller("bob"), shown))))
                .containsExactly("p2", "p3", "p1");
    }
}
