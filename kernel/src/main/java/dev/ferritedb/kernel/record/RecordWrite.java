package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.value.Value;
import java.util.Objects;

/// One write as a caller asks for it.
public sealed interface RecordWrite {
    /// A collection's name or id.
    String collection();

    record Create(String collection, Value.Members body) implements RecordWrite {
        public Create {
            Objects.requireNonNull(collection);
            Objects.requireNonNull(body);
        }
    }

    record Update(String collection, String id, Value.Members body, Precondition precondition) implements RecordWrite {
        public Update {
            Objects.requireNonNull(collection);
            Objects.requireNonNull(id);
            Objects.requireNonNull(body);
            Objects.requireNonNull(precondition);
        }
    }

    /// Updates the record whose id `body` names; creates one when there is none and no precondition
    /// asks for one.
    record Upsert(String collection, Value.Members body, Precondition precondition) implements RecordWrite {
        public Upsert {
            Objects.requireNonNull(collection);
            Objects.requireNonNull(body);
            Objects.requireNonNull(precondition);
        }
    }

    record Delete(String collection, String id, Precondition precondition) implements RecordWrite {
        public Delete {
            Objects.requireNonNull(collection);
            Objects.requireNonNull(id);
            Objects.requireNonNull(precondition);
        }
    }
}
