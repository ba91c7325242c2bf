package dev.ferritedb.sqlite;

import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.record.StoredRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which collections changed last with which number. Each change of a record has a number, written in its own
/// transaction, so the newest one in a snapshot says what the snapshot holds; what lies between two snapshots
/// can be looked up here, as long as this process made all of the changes between them.
///
/// Written by the writer, read by anyone.
final class ChangedTables {
    private volatile Era current = new Era(0);

    /// A stretch in which nobody else wrote to the file.
    static final class Era {
        private final long first;
        private final Map<String, Long> newest = new ConcurrentHashMap<>();
        private volatile long last;

        private Era(long sequence) {
            this.first = sequence;
            this.last = sequence;
        }

        /// Whether `collections`, by their ids, hold the same records in two snapshots of this era.
        /// @param one the newest change in the one, `other` in the other
        boolean same(Collection<String> collections, long one, long other) {
            if (one == other) return true;
            long earlier = Math.min(one, other);
            // What is noted up to `last` was noted before `last` was.
            if (earlier < first || Math.max(one, other) > last) return false;
            for (String id : collections) if (newest.getOrDefault(id, first) > earlier) return false;
            return true;
        }
    }

    /// To be taken before a snapshot begins: then the snapshot holds all that ended the eras before.
    Era era() {
        return current;
    }

    /// Another process or program may have changed anything.
    void restart(long sequence) {
        current = new Era(sequence);
    }

    /// After their commit.
    void note(List<RecordChange> committed) {
        Era era = current;
        for (RecordChange change : committed) {
            era.newest.put(record(change).collection().id(), change.sequence());
        }
        era.last = committed.getLast().sequence();
    }

    private static StoredRecord record(RecordChange change) {
        return switch (change) {
            case RecordChange.Created created -> created.record();
            case RecordChange.Updated updated -> updated.after();
            case RecordChange.Deleted deleted -> deleted.before();
        };
    }
}
