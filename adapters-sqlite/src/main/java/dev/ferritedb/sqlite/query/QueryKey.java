package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.util.List;

/// Finds a query again by the identity of what it is made of: comparing conditions by content would cost more
/// than it saves. The parts of a conjunction count one by one, since a rule and a filter are joined anew for each
/// request.
final class QueryKey {
    private final QueryKind kind;
    private final Object[] parts;
    private final int hash;

    private QueryKey(QueryKind kind, Object[] parts) {
        this.kind = kind;
        this.parts = parts;
        int sum = kind.ordinal();
        for (Object part : parts) sum = 31 * sum + System.identityHashCode(part);
        this.hash = sum;
    }

    static QueryKey of(
            QueryKind kind, CollectionSchema collection, List<Field> among, Condition where, List<SortKey> order) {
        List<? extends Object> conditions = where instanceof Condition.All all ? all.parts() : List.of(where);
        var parts = new Object[1 + among.size() + conditions.size() + order.size()];
        parts[0] = collection;
        int at = 1;
        for (Field field : among) parts[at++] = field;
        for (Object condition : conditions) parts[at++] = condition;
        for (SortKey key : order) parts[at++] = key;
        return new QueryKey(kind, parts);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof QueryKey that) || kind != that.kind || parts.length != that.parts.length) return false;
        for (int i = 0; i < parts.length; i++) if (parts[i] != that.parts[i]) return false;
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
