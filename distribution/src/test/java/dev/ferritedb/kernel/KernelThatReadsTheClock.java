package dev.ferritedb.kernel;

import java.time.Instant;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
final class KernelThatReadsTheClock {
    private KernelThatReadsTheClock() {}

    static Instant now() {
        return Instant.now();
    }
}
