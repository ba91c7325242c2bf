package dev.ferritedb.cli.transfer;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import java.util.List;

/// What became of one row. `row` counts from 1, `line` is the one of the file; `id` is empty where the row gives
/// none and none was made.
public record RowOutcome(long row, long line, String id, Result result) {

    public sealed interface Result {}

    public enum Done implements Result {
        CREATED,
        UPDATED,
        /// A record of that id was there and held the same values.
        UNCHANGED,
        /// A record of that id was there and was to stay as it is.
        SKIPPED
    }

    public record Failed(List<Reason> reasons) implements Result {
        public Failed {
            reasons = List.copyOf(reasons);
        }
    }

    /// @param field a path with dots, empty when the row as a whole is meant
    /// @param code stable, snake case
    public record Reason(String field, String code, String message) {
        static final String UNREADABLE = "row_unreadable";
        static final String SEVERAL = "validation_too_many_values";
        static final String MISSING_RELATION = "validation_missing_rel_records";
    }

    static List<Reason> reasons(Problem problem) {
        return switch (problem) {
            case Problem.Invalid(String code, String message, List<FieldProblem> fields)
            when fields.isEmpty() -> List.of(new Reason("", code, message));
            case Problem.Invalid(String _, String _, List<FieldProblem> fields) ->
                fields.stream()
                        .map(field -> new Reason(String.join(".", field.path()), field.code(), field.message()))
                        .toList();
            case Problem.NotFound _,
                    Problem.Forbidden _,
                    Problem.Unauthenticated _,
                    Problem.Conflict _,
                    Problem.Outdated _,
                    Problem.TooLarge _,
                    Problem.RateLimited _,
                    Problem.Unavailable _ -> List.of(new Reason("", problem.code(), problem.message()));
        };
    }
}
