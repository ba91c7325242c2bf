package dev.ferritedb.ports.query;

import java.util.Objects;

/// One key of an order. Records equal in all keys come in insertion order, newest first when the last key is
/// descending: so
/// one index can serve the whole order.
public sealed interface SortKey {

    /// @param shownWhen the value counts as empty for a record that does not satisfy it, so that an order tells
    /// nothing of a value that is not shown
    record By(FieldPath path, boolean descending, Condition shownWhen) implements SortKey {
        public By {
            Objects.requireNonNull(path);
            Objects.requireNonNull(shownWhen);
        }

        public By(FieldPath path, boolean descending) {
            this(path, descending, Condition.Constant.ALWAYS);
        }
    }

    record InsertionOrder(boolean descending) implements SortKey {}

    enum Random implements SortKey {
        RANDOM
    }
}
