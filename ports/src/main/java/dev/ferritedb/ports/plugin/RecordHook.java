package dev.ferritedb.ports.plugin;

import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.record.StoredRecord;

/// Hears of record writes. Each method does nothing unless overridden. `before…` runs inside the write, on
/// validated values, and may return another record or refuse with a [dev.ferritedb.ports.problem.Refusal]; it
/// must be quick, for no other write runs meanwhile. The write may still be undone, or begun anew with the same
/// record, for what else its transaction holds. `after` runs when the change is on disk, outside any write.
public interface RecordHook {
    /// @return the record to store
    default StoredRecord beforeCreate(StoredRecord record) {
        return record;
    }

    /// @return the record to store in place of `before`
    default StoredRecord beforeUpdate(StoredRecord before, StoredRecord after) {
        return after;
    }

    default void beforeDelete(StoredRecord record) {}

    default void after(RecordChange change) {}
}
