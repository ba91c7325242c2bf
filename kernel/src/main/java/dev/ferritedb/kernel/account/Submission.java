package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.record.Addresses;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a client submitted, and what is wrong with it: of each member the first problem is told.
final class Submission {
    private static final int EMAIL_MAX = 255;

    private final Value.Members body;
    private final List<FieldProblem> problems = new ArrayList<>();

    Submission(Value.Members body) {
        this.body = body;
    }

    /// @return empty text, which is a problem, when there is no such text
    String required(String name) {
        String text = body.get(name) instanceof Value.Text(String given) ? given : "";
        if (text.isEmpty()) add(FieldProblem.required(name));
        return text;
    }

    /// @return an address, or empty text, which is a problem
    String email(String name) {
        String email = required(name);
        if (email.codePointCount(0, email.length()) > EMAIL_MAX) {
            add(FieldProblem.at(
                    name,
                    "validation_length_out_of_range",
                    "The length must be between 1 and " + EMAIL_MAX + ".",
                    Map.of("min", 1, "max", EMAIL_MAX)));
        } else if (!email.isEmpty() && !Addresses.isEmail(email)) {
            add(FieldProblem.at(name, "validation_is_email", "Must be a valid email address."));
        }
        return email;
    }

    void add(FieldProblem problem) {
        if (problems.stream().noneMatch(known -> known.path().equals(problem.path()))) problems.add(problem);
    }

    boolean isGood() {
        return problems.isEmpty();
    }

    /// Refuses with `Invalid` (`invalid_input`) when anything is wrong.
    void demandGood() {
        if (!problems.isEmpty()) throw refusal(problems);
    }

    static Refusal refusal(List<FieldProblem> problems) {
        return new Refusal(new Problem.Invalid(
                "invalid_input", "An error occurred while validating the submitted data.", problems));
    }

    /// Its members may be secret.
    @Override
    public String toString() {
        return "Submission" + problems;
    }
}
