package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.Optional;

/// Finds the record that a relation names.
@FunctionalInterface
public interface RecordLookup {
    RecordLookup NONE = (_, _) -> Optional.empty();

    /// @return empty when `collection` has no record by that id
    Optional<StoredRecord> find(CollectionSchema collection, String id);
}
