package dev.ferritedb.sqlite;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.ViewOutcome;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.RowVisitor;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.query.CompiledQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What one body reads, on one connection. Its snapshot starts with its first statement and lasts until [#end].
sealed class Reads implements RecordReads permits Writes {
    private final Session session;
    private final CollectionSql.Book sql;
    private final Optional<Counts> counts;
    private CollectionCatalog catalog;
    private State state;
    private Optional<ChangedTables.Era> era = Optional.empty();

    private enum State {
        UNTOUCHED,
        IN_OWN_TRANSACTION,
        IN_OTHERS_TRANSACTION,
        ENDED
    }

    private Reads(
            Session session, CollectionSql.Book sql, CollectionCatalog catalog, Optional<Counts> counts, State state) {
        this.session = session;
        this.sql = sql;
        this.counts = counts;
        this.catalog = catalog;
        this.state = state;
    }

    /// Within the transaction that the writer began.
    Reads(Session session, CollectionSql.Book sql, CollectionCatalog catalog) {
        this(session, sql, catalog, Optional.empty(), State.IN_OTHERS_TRANSACTION);
    }

    static Reads onSnapshot(Session session, CollectionSql.Book sql, CollectionCatalog catalog, Counts counts) {
        return new Reads(session, sql, catalog, Optional.of(counts), State.UNTOUCHED);
    }

    @Override
    public final CollectionCatalog catalog() {
        return catalog;
    }

    @Override
    public final Optional<Value.Members> settings() {
        return ask(StoredSettings::find);
    }

    @Override
    public final Optional<StoredRecord> find(CollectionSchema collection, String id) {
        return ask(session -> session.first(
                sql.of(collection).find(),
                List.of(id),
                statement -> Optional.of(new SqliteRow(collection, statement).record()),
                Optional.empty()));
    }

    @Override
    public final Optional<StoredRecord> findBy(CollectionSchema collection, Field field, String value) {
        return ask(session -> session.first(
                sql.of(collection).findBy(field),
                List.of(value),
                statement -> Optional.of(new SqliteRow(collection, statement).record()),
                Optional.empty()));
    }

    @Override
    public final boolean visit(
            CollectionSchema collection, String id, Condition where, Givens givens, RowVisitor visitor) {
        if (where == Condition.Constant.NEVER) return false;
        if (where == Condition.Constant.ALWAYS) {
            return visit(collection, sql.of(collection).find(), List.of(id), visitor) > 0;
        }
        CompiledQuery compiled = sql.compiler().selectById(collection, id, where, givens);
        return visit(collection, compiled.sql(), compiled.binds(), visitor) > 0;
    }

    @Override
    public final int visit(RecordQuery query, RowVisitor visitor) {
        CompiledQuery compiled = sql.compiler().select(query);
        return visit(query.collection(), compiled.sql(), compiled.binds(), visitor);
    }

    @Override
    public final Position.Reached walk(RecordQuery query, Optional<Position> after, RowVisitor visitor) {
        List<CompiledQuery> parts = sql.compiler().walk(query, after);
        return ask(session -> new Walk(query, after, visitor).through(parts, session));
    }

    @Override
    public final int visitAmong(
            CollectionSchema collection,
            Field field,
            List<String> ids,
            Condition where,
            Givens givens,
            int limit,
            RowVisitor visitor) {
        if (ids.isEmpty() || where == Condition.Constant.NEVER) return 0;
        var asked = new Value.Items(ids.stream().map(Value::text).toList());
        CompiledQuery compiled = sql.compiler().selectAmong(collection, field, Json.write(asked), where, givens, limit);
        return visit(collection, compiled.sql(), compiled.binds(), visitor);
    }

    @Override
    public final boolean satisfies(StoredRecord record, Condition where, Givens givens) {
        if (where instanceof Condition.Constant constant) return constant == Condition.Constant.ALWAYS;
        CollectionSchema collection = record.collection();
        var columns = new ArrayList<Object>();
        for (int i = 0; i < collection.fields().size(); i++) {
            columns.add(Columns.asStored(collection.fields().get(i), record.value(i)));
        }
        CompiledQuery compiled = sql.compiler().satisfies(collection, columns, where, givens);
        return ask(session -> session.query(compiled.sql(), compiled.binds(), _ -> {})) > 0;
    }

    @Override
    public final long count(RecordQuery query) {
        CompiledQuery compiled = sql.compiler().count(query);
        return ask(session -> counts.isPresent() && era.isPresent()
                ? counts.get().count(session, compiled, catalog, era.get())
                : Counts.counted(session, compiled));
    }

    @Override
    public final List<String> existing(CollectionSchema collection, List<String> ids) {
        if (ids.isEmpty()) return List.of();
        var asked = new Value.Items(ids.stream().map(Value::text).toList());
        var found = new HashSet<String>();
        ask(session -> session.query(
                sql.of(collection).existing(), List.of(Json.write(asked)), row -> found.add(row.text(0))));
        return ids.stream().filter(found::contains).distinct().toList();
    }

    @Override
    public final List<StoredRecord> referencing(
            CollectionSchema collection, int relationPosition, String id, int limit) {
        Field relation = collection.fields().get(relationPosition);
        List<Object> binds = relation.type().multiple() ? List.of(id, id, limit) : List.of(id, limit);
        var records = new ArrayList<StoredRecord>();
        ask(session -> session.query(
                sql.of(collection).referencing(relation),
                binds,
                row -> records.add(new SqliteRow(collection, row).record())));
        return records;
    }

    @Override
    public final Optional<String> sample(CollectionSchema view, int limit, RowVisitor visitor) {
        return ask(session -> new Views(session).sample(catalog, view, limit, visitor));
    }

    @Override
    public final ViewOutcome describeView(String query) {
        return ask(session -> new ViewDescriber(session, catalog).describe(query));
    }

    /// The body is over; whoever kept this can't use it any more.
    final void end() {
        State last = state;
        state = State.ENDED;
        if (last != State.IN_OWN_TRANSACTION) return;
        try {
            session.run("COMMIT");
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @FunctionalInterface
    interface Question<T> {
        T of(Session session) throws SQLException;
    }

    final <T> T ask(Question<T> question) {
        try {
            return question.of(session());
        } catch (SQLException e) {
            throw Failures.isInterrupt(e) && session.isLimitPassed() ? Failures.transactionTooLong() : failed(e);
        }
    }

    /// What to throw for `e`; the writer remembers it besides.
    RuntimeException failed(SQLException e) {
        return Failures.of(e);
    }

    final CollectionSql sql(CollectionSchema collection) {
        return sql.of(collection);
    }

    final void limit(Duration atMost) {
        session.limit(atMost);
    }

    final void catalog(CollectionCatalog changed) {
        catalog = changed;
    }

    private int visit(CollectionSchema collection, String text, List<Object> binds, RowVisitor visitor) {
        return ask(session ->
                session.query(text, binds, statement -> visitor.visit(new SqliteRow(collection, statement))));
    }

    private Session session() throws SQLException {
        switch (state) {
            case UNTOUCHED -> {
                era = counts.map(Counts::era);
                session.run("BEGIN");
                state = State.IN_OWN_TRANSACTION;
            }
            case IN_OWN_TRANSACTION -> {}
            case IN_OTHERS_TRANSACTION -> {
                if (session.isLimitPassed()) throw Failures.transactionTooLong();
            }
            case ENDED -> throw new IllegalStateException("the body that this belongs to has ended");
        }
        return session;
    }
}
