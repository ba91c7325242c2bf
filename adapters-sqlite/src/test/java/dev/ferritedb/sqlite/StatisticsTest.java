package dev.ferritedb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
    private static final String PAGE = "EXPLAIN QUERY PLAN SELECT * FROM posts"
            + " WHERE public = 1 OR author = ? ORDER BY created DESC, _rowid_ DESC LIMIT ?";

    @TempDir
    Path folder;

    @Test
    void makesOpenConnectionsReadAPageInOrderInsteadOfSortingHalfTheTable() throws SQLException {
        SqliteSettings settings = SqliteSettings.of(folder.resolve("data.db"));
        try (Session writer = DatabaseFile.openWriter(settings);
                Session reader = posts(writer, settings)) {
            assertThat(plan(reader)).contains("TEMP B-TREE");

            assertThat(Statistics.refresh(writer)).isTrue();

            assertThat(plan(reader)).contains("idx_created").doesNotContain("TEMP B-TREE");
            assertThat(Statistics.refresh(writer)).isFalse();
        }
    }

    @Test
    void looksAgainAtATableThatHasGrownTenfold() throws SQLException {
        SqliteSettings settings = SqliteSettings.of(folder.resolve("data.db"));
        try (Session writer = DatabaseFile.openWriter(settings);
                Session reader = posts(writer, settings)) {
            assertThat(Statistics.refresh(writer)).isTrue();
            String before = known(reader);
            insert(writer, 10_001, 110_000);

            assertThat(Statistics.refresh(writer)).isTrue();

            assertThat(known(reader)).isNotEqualTo(before).startsWith("110000 ");
        }
    }

    @Test
    void isDueAfterAThousandChangesOrANewSchema() {
        var statistics = new Statistics();
        assertThat(statistics.due(0, 1)).isTrue();
        assertThat(statistics.due(999, 1)).isFalse();
        assertThat(statistics.due(1_000, 1)).isTrue();
        assertThat(statistics.due(1_001, 2)).isTrue();
        assertThat(statistics.due(1_002, 2)).isFalse();
    }

    @Test
    void areMadeByAnIdleStore() {
        try (SqliteRecordStore store = Notes.openWithNotes(folder.resolve("data.db"))) {
            store.write(writes -> {
                for (int i = 0; i < 1_000; i++) writes.insert(Notes.note("note" + i));
                return true;
            });
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!analyzed() && System.nanoTime() < end) Thread.onSpinWait();
            assertThat(analyzed()).isTrue();
            Notes.insert(store, "after");
            assertThat(Notes.count(store)).isEqualTo(1_001);
        }
    }

    private boolean analyzed() {
        try {
            return !Notes.sql(folder.resolve("data.db"), "SELECT stat FROM sqlite_stat1 WHERE tbl = 'notes'")
                    .isEmpty();
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static Session posts(Session writer, SqliteSettings settings) throws SQLException {
        writer.execute(
                "CREATE TABLE posts (id TEXT PRIMARY KEY, author TEXT, public BOOLEAN, created TEXT, text TEXT)");
        writer.execute("CREATE INDEX idx_public ON posts (public)");
        writer.execute("CREATE INDEX idx_author ON posts (author)");
        writer.execute("CREATE INDEX idx_created ON posts (created)");
        insert(writer, 1, 10_000);
        return new Session(DatabaseFile.openReader(settings));
    }

    private static void insert(Session writer, int from, int to) throws SQLException {
        writer.change(
                "WITH RECURSIVE n(x) AS (SELECT ? UNION ALL SELECT x + 1 FROM n WHERE x < ?) INSERT INTO posts"
                        + " SELECT 'id' || x, 'author' || (x % 500), x % 2, printf('%09d', x), hex(zeroblob(100)) FROM n",
                List.of(from, to));
    }

    private static String plan(Session session) throws SQLException {
        session.text("SELECT id FROM posts"); // A plan alone does not look whether the schema has changed.
        var steps = new ArrayList<String>();
        session.rowsOnce(PAGE, row -> steps.add(row.text(3)));
        return String.join(", ", steps);
    }

    private static String known(Session session) throws SQLException {
        return session.text("SELECT stat FROM sqlite_stat1 WHERE idx = 'idx_created'");
    }
}
