package dev.ferritedb.ports.events;

import dev.ferritedb.ports.record.StoredRecord;
import java.time.Instant;

/// One committed change of a record. `sequence` is the database's, growing by commit order and never used twice.
public sealed interface RecordChange {
    long sequence();

    Instant at();

    record Created(long sequence, Instant at, StoredRecord record) implements RecordChange {}

    record Updated(long sequence, Instant at, StoredRecord before, StoredRecord after) implements RecordChange {}

    record Deleted(long sequence, Instant at, StoredRecord before) implements RecordChange {}
}
