package dev.ferritedb.ports.persistence;

import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.List;

/// What can be written within one [RecordStore#write] body, each seen by the reads after it. Every record written
/// appends its change in the same transaction.
public interface RecordWrites extends RecordReads {
    WriteOutcome insert(StoredRecord record);

    /// @param before as found in this transaction
    WriteOutcome update(StoredRecord before, StoredRecord after);

    /// @param record as found in this transaction
    void delete(StoredRecord record);

    /// Keeps the document in place of the settings there were. [RecordStore#settings] gives it once this is
    /// committed.
    void keepSettings(Value.Members settings);

    /// Makes the collection's table, its indexes, or its view.
    SchemaOutcome create(CollectionSchema collection);

    /// Turns `before` into `after`: fields are matched by their id, so a renamed field keeps its values; a field
    /// switched between single and multiple has its values converted; a dropped field loses them. Views that stand
    /// on it are made anew.
    SchemaOutcome change(CollectionSchema before, CollectionSchema after);

    /// Removes the collection with all its records; no change entries are written for them.
    SchemaOutcome drop(CollectionSchema collection);

    sealed interface WriteOutcome {
        enum Written implements WriteOutcome {
            WRITTEN
        }

        /// Another record already holds these values of a unique index; `fields` are the index's, in its order.
        record Duplicate(List<String> fields) implements WriteOutcome {
            public Duplicate {
                fields = List.copyOf(fields);
            }
        }
    }

    sealed interface SchemaOutcome {
        enum Made implements SchemaOutcome {
            MADE
        }

        /// The index at `position` of the collection's list can't be made, for the reason in `message`.
        record IndexRefused(int position, String message) implements SchemaOutcome {}

        /// A view's query, of this collection or of `collectionName` that stands on it, no longer works.
        record ViewRefused(String collectionName, String message) implements SchemaOutcome {}
    }
}
