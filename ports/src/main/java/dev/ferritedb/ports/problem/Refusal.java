package dev.ferritedb.ports.problem;

import java.util.List;
import java.util.Objects;

/// An expected outcome that ends a use case: it carries its [Problem] to the edge. No stack trace: it is not a bug.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(Objects.requireNonNull(problem).message(), null, false, false);
        this.problem = problem;
    }

    /// An [Problem.Invalid] of one place.
    public static Refusal invalid(String code, String message, FieldProblem field) {
        return new Refusal(new Problem.Invalid(code, message, List.of(field)));
    }

    public Problem problem() {
        return problem;
    }
}
