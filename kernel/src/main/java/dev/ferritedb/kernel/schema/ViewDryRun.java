package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.Field;
import java.util.List;

/// What a view's query would give.
///
/// @param sample the first records, as superusers would see them
public record ViewDryRun(List<Field> fields, List<StoredRecord> sample) {
    public ViewDryRun {
        fields = List.copyOf(fields);
        sample = List.copyOf(sample);
    }
}
