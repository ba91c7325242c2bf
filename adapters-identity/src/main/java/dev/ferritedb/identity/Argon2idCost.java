package dev.ferritedb.identity;

/// What one password hash costs: memory in KiB, passes over it, and lanes.
public record Argon2idCost(int memoryKib, int iterations, int parallelism) {
    /// Source: OWASP's password storage advice, the setting with the least memory it counts as equal to the others.
    public static final Argon2idCost DEFAULT = new Argon2idCost(19_456, 2, 1);

    /// The bounds keep a mistyped setting, or a hash moved in from elsewhere, from taking the machine.
    private static final int MEMORY_MAX_KIB = 1024 * 1024;

    private static final int ITERATIONS_MAX = 64;
    private static final int PARALLELISM_MAX = 64;

    public Argon2idCost {
        if (parallelism < 1 || parallelism > PARALLELISM_MAX) {
            throw new IllegalArgumentException("argon2 parallelism is from 1 to " + PARALLELISM_MAX);
        }
        if (iterations < 1 || iterations > ITERATIONS_MAX) {
            throw new IllegalArgumentException("argon2 iterations are from 1 to " + ITERATIONS_MAX);
        }
        if (memoryKib < 8 * parallelism || memoryKib > MEMORY_MAX_KIB) {
            throw new IllegalArgumentException(
                    "argon2 memory is from 8 KiB a lane to " + MEMORY_MAX_KIB + " KiB, not " + memoryKib);
        }
    }
}
