package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.record.StoredRecord;

/// A record and what of it the caller may see.
public record RecordReply(StoredRecord record, Exposure exposure) {}
