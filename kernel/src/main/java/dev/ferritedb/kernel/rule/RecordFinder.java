package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.Optional;

/// Finds the record that a single relation names.
@FunctionalInterface
public interface RecordFinder {
    /// @return empty when `collection` has no record by that id
    Optional<StoredRecord> find(CollectionSchema collection, String id);
}
