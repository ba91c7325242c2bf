package dev.ferritedb.sqlite.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.query.Scalar;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How SQLite plans the parts of a walk. That they are the right rows is proven through the kernel.
class KeysetTest {
    private static final Field ID = Field.of("id", FieldType.Text.ID);
    private static final Field STATE = Field.of("state", FieldType.Text.PLAIN);
    private static final Field SIZE = Field.of("size", FieldType.Number.PLAIN);
    private static final Field OPEN = Field.of("open", new FieldType.Bool());
    private static final Field DATA = Field.of("data", new FieldType.Json(0));
    private static final CollectionSchema THINGS = new CollectionSchema(
            "things_id",
            "things",
            new CollectionKind.Base(),
            false,
            List.of(ID, STATE, SIZE, OPEN, DATA),
            List.of(),
            AccessRules.CLOSED,
            "",
            "");

    private final QueryCompiler compiler = new QueryCompiler();
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE things (id TEXT PRIMARY KEY NOT NULL, state TEXT DEFAULT '' NOT NULL,"
                            + " size NUMERIC DEFAULT 0 NOT NULL, open BOOLEAN DEFAULT FALSE NOT NULL, data JSON TEXT DEFAULT NULL)");
            statement.execute("CREATE INDEX things_state_size ON things (state, size DESC)");
            statement.execute("CREATE INDEX things_size ON things (size)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static SortKey by(Field field, boolean descending) {
        return new SortKey.By(FieldPath.own(field), descending);
    }

    private List<String> plans(Condition where, List<SortKey> order, Optional<Position> after) throws SQLException {
        var query = new RecordQuery(THINGS, where, Givens.NONE, order, 30, 0);
        var plans = new ArrayList<String>();
        for (CompiledQuery part : compiler.walk(query, after)) {
            try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + part.sql() + " LIMIT ?")) {
                for (int i = 0; i < part.binds().size(); i++)
                    statement.setObject(i + 1, part.binds().get(i));
                statement.setObject(part.binds().size() + 1, 31);
                var plan = new StringBuilder();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) plan.append(rows.getString("detail")).append('\n');
                }
                plans.add(plan.toString().strip());
            }
        }
        return plans;
    }

    private static Optional<Position> after(Scalar... values) {
        return Optional.of(new Position(List.of(values)));
    }

    @Test
    void findsTheNextPageOfAnIndexedSortInTheIndex() throws SQLException {
        var rowid = new Scalar.Whole(7);
        var size = new Scalar.Real(2.5);
        Condition open = Condition.where(OPEN, Condition.Operator.EQUAL, Value.truth(true));
        for (Condition where : List.of(Condition.Constant.ALWAYS, open)) {
            assertThat(plans(where, List.of(), Optional.empty())).containsExactly("SCAN r");
            assertThat(plans(where, List.of(), after(rowid)))
                    .containsExactly("SEARCH r USING INTEGER PRIMARY KEY (rowid>?)");
            assertThat(plans(where, List.of(by(SIZE, false)), Optional.empty()))
                    .containsExactly("SCAN r USING INDEX things_size");
            assertThat(plans(where, List.of(by(SIZE, false)), after(size, rowid)))
                    .containsExactly(
                            "SEARCH r USING INDEX things_size (size=? AND rowid>?)",
                            "SEARCH r USING INDEX things_size (size>?)");
            assertThat(plans(where, List.of(by(SIZE, true)), after(size, rowid)))
                    .containsExactly(
                            "SEARCH r USING INDEX things_size (size=? AND rowid<?)",
                            "SEARCH r USING INDEX things_size (size<?)");
            assertThat(plans(
                            where,
                            List.of(by(STATE, false), by(SIZE, true), new SortKey.InsertionOrder(false)),
                            after(Scalar.text("new"), size, rowid)))
                    .containsExactly(
                            "SEARCH r USING INDEX things_state_size (state=? AND size=? AND rowid>?)",
                            "SEARCH r USING INDEX things_state_size (state=? AND size<?)",
                            "SEARCH r USING INDEX things_state_size (state>?)");
        }
    }

    @Test
    void takesNoValueIntoTheSql() {
        var query = new RecordQuery(
                THINGS, Condition.Constant.ALWAYS, Givens.NONE, List.of(by(STATE, true), by(DATA, true)), 30, 0);
        List<CompiledQuery> parts =
                compiler.walk(query, after(Scalar.text("'; DROP"), Scalar.MISSING, new Scalar.Whole(4711)));
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().sql())
                .endsWith("WHERE \"#0\" = ? AND \"#1\" IS NULL AND \"#2\" < ?"
                        + " ORDER BY \"#0\" DESC, \"#1\" DESC, \"#2\" DESC");
        assertThat(parts.getFirst().binds()).containsExactly("'; DROP", 4711L);
        assertThat(parts.getLast().binds()).containsExactly("'; DROP");
    }
}
