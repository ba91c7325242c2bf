package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.problem.Problem;
import java.util.Objects;

/// One request of a batch.
public sealed interface BatchRequest {

    /// @param request as the rules of this write see it
    /// @param expand which related records to show with the one written
    record Write(Request request, RecordWrite write, String expand) implements BatchRequest {
        public Write {
            Objects.requireNonNull(request);
            Objects.requireNonNull(write);
            Objects.requireNonNull(expand);
        }
    }

    /// What is no write that a batch may hold: it is refused when its turn comes.
    record Unfit(Problem problem) implements BatchRequest {
        public Unfit {
            Objects.requireNonNull(problem);
        }
    }
}
