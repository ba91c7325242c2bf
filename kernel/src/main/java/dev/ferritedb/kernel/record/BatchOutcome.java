package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What became of a batch.
public sealed interface BatchOutcome {

    /// All of it is kept.
    ///
    /// @param answers one for each request, in their order; empty for a record deleted
    record Done(List<Optional<Expansion.Expanded>> answers) implements BatchOutcome {
        public Done {
            answers = List.copyOf(answers);
        }
    }

    /// Nothing of it is kept, because the request at `index` was refused; those after it were not looked at.
    record Failed(int index, Problem problem) implements BatchOutcome {
        public Failed {
            Objects.requireNonNull(problem);
        }
    }

    /// Nothing of it is kept, because it took too long.
    enum TimedOut implements BatchOutcome {
        TIMED_OUT
    }
}
