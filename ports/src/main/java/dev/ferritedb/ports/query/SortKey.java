package dev.ferritedb.ports.query;

/// One key of an order. Records equal in all keys come in insertion order.
public sealed interface SortKey {
    record By(FieldPath path, boolean descending) implements SortKey {}

    record InsertionOrder(boolean descending) implements SortKey {}

    enum Random implements SortKey {
        RANDOM
    }
}
