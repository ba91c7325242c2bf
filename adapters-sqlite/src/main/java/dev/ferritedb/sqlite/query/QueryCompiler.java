package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns conditions into SQL. Every value is bound; every name comes from the schema and is quoted. A
/// collection's table bears its name, a field's column the field's. Columns come in the order of
/// [CollectionSchema#fields].
///
/// What is compiled is kept and found again by the identity of the condition's parts, of the order and of the
/// collection, so that a repeated query costs a look-up and its binds. Safe for concurrent use.
public final class QueryCompiler {
    /// Compiled queries kept; the least recently used goes first.
    private static final int KEPT = 1_024;

    private final Map<QueryKey, PreparedQuery> prepared =
            Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<QueryKey, PreparedQuery> eldest) {
                    return size() > KEPT;
                }
            });

    public CompiledQuery select(RecordQuery query) {
        return prepared(QueryKind.SELECT, query.collection(), List.of(), query.where(), query.order())
                .bind(query.givens(), "", query.limit(), query.offset());
    }

    /// Statements whose rows, one statement's after the other's, are what comes after `after`, each without its
    /// LIMIT.
    public List<CompiledQuery> walk(RecordQuery query, Optional<Position> after) {
        CompiledQuery unordered = prepared(QueryKind.WALK, query.collection(), List.of(), query.where(), query.order())
                .bind(query.givens(), "", 0, 0);
        return new Keyset(query.order(), query.collection().isView()).parts(unordered, after);
    }

    /// One row with the number of records that satisfy the query's condition.
    public CompiledQuery count(RecordQuery query) {
        return prepared(QueryKind.COUNT, query.collection(), List.of(), query.where(), List.of())
                .bind(query.givens(), "", 0, 0);
    }

    /// The record by that id if it satisfies `where`.
    public CompiledQuery selectById(CollectionSchema collection, String id, Condition where, Givens givens) {
        return prepared(QueryKind.SELECT_BY_ID, collection, List.of(), where, List.of())
                .bind(givens, id, 0, 0);
    }

    /// One row if a record with these column values satisfies `where`.
    public CompiledQuery satisfies(CollectionSchema collection, List<Object> columns, Condition where, Givens givens) {
        return prepared(QueryKind.SATISFIES, collection, List.of(), where, List.of())
                .bind(givens, "", 0, 0)
                .after(columns);
    }

    /// Records whose `field` names one of the ids in `ids`, a JSON array, if they satisfy `where`.
    public CompiledQuery selectAmong(
            CollectionSchema collection, Field field, String ids, Condition where, Givens givens, int limit) {
        return prepared(QueryKind.SELECT_AMONG, collection, List.of(field), where, List.of())
                .bind(givens, ids, limit, 0);
    }

    private PreparedQuery prepared(
            QueryKind kind, CollectionSchema collection, List<Field> among, Condition where, List<SortKey> order) {
        var key = QueryKey.of(kind, collection, among, where, order);
        PreparedQuery known = prepared.get(key);
        if (known != null) return known;
        var made = new PreparedQuery(kind, collection, among, where, order);
        prepared.put(key, made);
        return made;
    }
}
