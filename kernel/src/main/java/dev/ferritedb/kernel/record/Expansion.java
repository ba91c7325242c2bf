package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.record.StoredRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The related records that are shown with a record, by the name of the branch asked for.
///
/// @param asked whether a branch was asked for that exists and may be followed: then `expand` is shown, if only
/// empty
public record Expansion(boolean asked, Map<String, Branch> branches) {
    public static final Expansion NONE = new Expansion(false, Map.of());

    public Expansion {
        branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
    }

    /// What stands under one name.
    public sealed interface Branch {}

    public record One(Expanded record) implements Branch {}

    public record Many(List<Expanded> records) implements Branch {
        public Many {
            records = List.copyOf(records);
        }
    }

    /// A related record, what of it the caller may see, and what is shown with it in turn.
    public record Expanded(StoredRecord record, Exposure exposure, Expansion expansion) {}
}
