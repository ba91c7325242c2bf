package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.record.Row;

/// Takes the records of an answer one by one; each row is valid only during the call.
@FunctionalInterface
public interface RecordSink {
    void record(Row row, Exposure exposure);
}
