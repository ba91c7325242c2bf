package dev.ferritedb.ports.query;

import java.util.List;
import java.util.function.Function;

/// What a condition comes to. The third outcome is SQL's NULL: it does not hold, and its negation does not either.
public enum Outcome {
    HOLDS,
    FAILS,
    NEITHER;

    public static Outcome of(boolean holds) {
        return holds ? HOLDS : FAILS;
    }

    /// Of a conjunction: one part that fails decides, and no further one is asked.
    public static <T> Outcome all(List<T> parts, Function<? super T, Outcome> outcome) {
        return decided(parts, outcome, FAILS, HOLDS);
    }

    /// Of a disjunction: one part that holds decides, and no further one is asked.
    public static <T> Outcome any(List<T> parts, Function<? super T, Outcome> outcome) {
        return decided(parts, outcome, HOLDS, FAILS);
    }

    private static <T> Outcome decided(
            List<T> parts, Function<? super T, Outcome> outcome, Outcome decisive, Outcome otherwise) {
        Outcome all = otherwise;
        for (T part : parts) {
            Outcome one = outcome.apply(part);
            if (one == decisive) return decisive;
            if (one == NEITHER) all = NEITHER;
        }
        return all;
    }

    public boolean holds() {
        return this == HOLDS;
    }
}
