package dev.ferritedb.ports.query;

import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.List;
import java.util.Objects;

/// Which records of a collection, in which order. `order` empty is insertion order.
///
/// @param limit rows at the most, 1 or more
/// @param offset rows passed over first, 0 or more
public record RecordQuery(
        CollectionSchema collection, Condition where, Givens givens, List<SortKey> order, int limit, long offset) {
    public RecordQuery {
        Objects.requireNonNull(collection);
        Objects.requireNonNull(where);
        Objects.requireNonNull(givens);
        order = List.copyOf(order);
        if (limit < 1 || offset < 0) throw new IllegalArgumentException("limit " + limit + ", offset " + offset);
    }

    /// All that satisfy `where`, in insertion order.
    public static RecordQuery all(CollectionSchema collection, Condition where, Givens givens) {
        return new RecordQuery(collection, where, givens, List.of(), Integer.MAX_VALUE, 0);
    }
}
