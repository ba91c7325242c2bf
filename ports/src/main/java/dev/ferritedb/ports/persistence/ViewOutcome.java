package dev.ferritedb.ports.persistence;

import dev.ferritedb.ports.schema.FieldType;
import java.util.List;

/// What a view's query yields.
public sealed interface ViewOutcome {
    record Columns(List<Column> columns) implements ViewOutcome {
        public Columns {
            columns = List.copyOf(columns);
        }
    }

    /// The query can't be run as a view; `message` says why.
    record Refused(String message) implements ViewOutcome {}

    sealed interface Column {
        String name();
    }

    /// A plain column of a collection.
    record Copied(String name, String collectionName, String fieldName) implements Column {}

    /// An expression, and the type its values have as far as the query tells.
    record Computed(String name, FieldType type) implements Column {}
}
