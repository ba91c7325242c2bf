package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.problem.Problem;
import java.util.Objects;

/// What became of one record of an import.
public sealed interface ImportOutcome {
    record Created(String id) implements ImportOutcome {}

    /// A record of that id was there and took the values given.
    record Updated(String id) implements ImportOutcome {}

    /// A record of that id was there and stays as it was.
    record Existing(String id) implements ImportOutcome {}

    record Failed(Problem problem) implements ImportOutcome {
        public Failed {
            Objects.requireNonNull(problem);
        }
    }

    enum OnExisting {
        SKIP,
        UPDATE
    }
}
