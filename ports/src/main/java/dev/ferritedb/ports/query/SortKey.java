package dev.ferritedb.ports.query;

import dev.ferritedb.ports.query.Operand.Modifier;
import java.util.Objects;

/// One key of an order. Records equal in all keys come in insertion order, newest first when the last key is
/// descending: so one index can serve the whole order.
public sealed interface SortKey {

    /// @param modifier NONE, LENGTH or LOWER
    /// @param shownWhen the value counts as empty for a record that does not satisfy it, so that an order tells
    /// nothing of a value that is not shown
    record By(FieldPath path, Modifier modifier, boolean descending, Condition shownWhen) implements SortKey {
        public By {
            Objects.requireNonNull(path);
            Objects.requireNonNull(modifier);
            Objects.requireNonNull(shownWhen);
        }

        public By(FieldPath path, boolean descending) {
            this(path, Modifier.NONE, descending, Condition.Constant.ALWAYS);
        }
    }

    record InsertionOrder(boolean descending) implements SortKey {}

    enum Random implements SortKey {
        RANDOM
    }
}
