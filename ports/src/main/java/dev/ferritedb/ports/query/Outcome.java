package dev.ferritedb.ports.query;

/// What a condition comes to. The third outcome is SQL's NULL: it does not hold, and its negation does not either.
public enum Outcome {
    HOLDS,
    FAILS,
    NEITHER;

    public static Outcome of(boolean holds) {
        return holds ? HOLDS : FAILS;
    }

    public boolean holds() {
        return this == HOLDS;
    }
}
