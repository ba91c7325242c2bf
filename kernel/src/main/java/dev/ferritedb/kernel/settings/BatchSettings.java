package dev.ferritedb.kernel.settings;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.time.Duration;
import java.util.Map;

/// Whether batches are taken, and how large ones. Source: the wire contract, section 13.
///
/// @param timeout how long a batch may hold its transaction
/// @param maxBodyBytes 0 where none was set
public record BatchSettings(boolean enabled, int maxRequests, Duration timeout, long maxBodyBytes) {
    static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(3);
    /// No other write runs meanwhile, so that more would be an outage.
    static final Duration TIMEOUT_MAX = Duration.ofMinutes(5);

    /// Refuses with `Forbidden` (`batch_disabled`) when no batches are taken.
    public void demandEnabled() {
        if (!enabled || maxRequests == 0) {
            throw new Refusal(new Problem.Forbidden("batch_disabled", "Batch requests are not allowed."));
        }
    }

    /// Refuses with `Invalid` (`batch_invalid`) a batch without requests or with more than are taken.
    public void demandCount(int requests) {
        if (requests == 0) throw invalid(FieldProblem.required("requests"));
        if (requests <= maxRequests) return;
        throw invalid(FieldProblem.at(
                "requests",
                "validation_length_too_long",
                "The length must be no more than " + maxRequests + ".",
                Map.of("min", 0, "max", maxRequests)));
    }

    private static Refusal invalid(FieldProblem problem) {
        return Refusal.invalid("batch_invalid", "Invalid batch request data.", problem);
    }
}
