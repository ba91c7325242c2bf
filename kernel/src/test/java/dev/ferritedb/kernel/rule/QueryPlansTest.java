package dev.ferritedb.kernel.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import dev.ferritedb.sqlite.query.CompiledQuery;
import dev.ferritedb.sqlite.query.QueryCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What SQLite does for typical rules, as the guide to rules shows it.
class QueryPlansTest {
    private static Path folder;
    private static SqliteRecordStore store;

    record Row(String rule, String plan) {}

    @BeforeAll
    static void design() throws IOException {
        folder = Files.createTempDirectory("plans");
        store = SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
        store.migrate();
        var draft = new Value.Members(Map.of("name", Value.text("users"), "type", Value.text("auth")));
        CollectionKind accounts = CollectionDocuments.read(draft).collection().kind();
        CollectionSchema teams = Designs.of("teams", Designs.text("name"));
        CollectionSchema users =
                Designs.of("users", accounts, Designs.text("name"), Designs.relation("teams", teams.id(), 9));
        CollectionSchema members = Designs.of(
                        "members",
                        Designs.relation("team", teams),
                        Designs.relation("user", users),
                        Designs.select("role", 1, "editor", "reader"))
                .withIndexes(List.of(
                        "CREATE INDEX member_user ON members (user, team)",
                        "CREATE INDEX member_team ON members (team, user)"));
        CollectionSchema posts = Designs.of(
                        "posts",
                        Designs.text("title"),
                        Designs.select("state", 1, "draft", "published"),
                        Designs.bool("published"),
                        Designs.relation("author", users),
                        Designs.relation("team", teams),
                        Designs.relation("readers", users.id(), 9),
                        Designs.date("due"))
                .withIndexes(List.of(
                        "CREATE INDEX post_author ON posts (author)",
                        "CREATE INDEX post_state ON posts (state, due)",
                        "CREATE INDEX post_team ON posts (team)"));
        store.write(writes -> {
            for (CollectionSchema collection : List.of(teams, users, members, posts)) writes.create(collection);
            return 0;
        });
    }

    @AfterAll
    static void close() throws IOException {
        store.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    static List<Row> plans() throws IOException {
        var rows = new ArrayList<Row>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("../docs/rules.md"))) {
            if (line.equals("| Rule | What SQLite does |")) inside = true;
            else if (!line.startsWith("|")) inside = false;
            else if (inside && !line.startsWith("|---")) {
                String[] cells = line.substring(1).split("(?<!\\\\)\\|");
                rows.add(new Row(unquoted(cells[0]), cells[1].strip()));
            }
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(10);
        return rows;
    }

    private static String unquoted(String cell) {
        return cell.strip().replace("\\|", "|").replaceAll("^`|`$", "");
    }

    @ParameterizedTest
    @MethodSource("plans")
    void isAsTheGuideSays(Row row) throws SQLException {
        CollectionSchema posts = store.catalog().named("posts").orElseThrow();
        CollectionSchema users = store.catalog().named("users").orElseThrow();
        Condition condition = RuleBooks.check(row.rule, posts, store.catalog());
        var givens = RequestGivens.at(Instant.EPOCH, new Json())
                .caller(Designs.record(users, "ann", "teams", List.of("t1")))
                .build();
        CompiledQuery query = new QueryCompiler().select(RecordQuery.all(posts, condition, givens));
        assertThat(plan(query.sql())).as(query.sql()).isEqualTo(row.plan);
    }

    private static String plan(String sql) throws SQLException {
        var steps = new ArrayList<String>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data.db"));
                var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                var rows = statement.executeQuery()) {
            while (rows.next()) steps.add(rows.getString("detail"));
        }
        return String.join("; ", steps);
    }
}
