package dev.ferritedb.benchmarks;

import java.time.Duration;
import java.util.Arrays;

/// What one stretch of load showed. Latencies are in nanoseconds, ascending, one for each answer.
record Measured(long answers, long refused, Duration time, long[] latencies) {
    static Measured of(long refused, Duration time, long[] latencies, int count) {
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        return new Measured(count, refused, time, sorted);
    }

    void requireAnswered() {
        if (refused > 0) throw new IllegalStateException(refused + " of " + answers + " requests were refused");
    }

    double perSecond() {
        return answers / (time.toNanos() / 1e9);
    }

    /// @param share from 0 to 1: 0.99 for the 99th percentile
    double millis(double share) {
        if (latencies.length == 0) return 0;
        int index = (int) Math.ceil(share * latencies.length) - 1;
        return latencies[Math.clamp(index, 0, latencies.length - 1)] / 1e6;
    }
}
