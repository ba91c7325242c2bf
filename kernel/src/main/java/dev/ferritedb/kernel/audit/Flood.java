package dev.ferritedb.kernel.audit;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Keeps anyone from filling the disk by doing over and over what is noted each time.
final class Flood {
    /// Of one kind, from one place, in one minute.
    static final int NOTED_MAX = 60;

    private static final int PLACES_MAX = 10_000;
    private static final long MINUTE_MILLIS = 60_000;

    private final InstantSource clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private long minute;

    Flood(InstantSource clock) {
        this.clock = clock;
    }

    enum Verdict {
        NOTED,
        LAST_NOTED,
        LEFT_OUT
    }

    synchronized Verdict of(AuditAction action, String place) {
        long now = clock.millis() / MINUTE_MILLIS;
        if (now != minute) {
            counts.clear();
            minute = now;
        }
        String key = action.wireName() + " " + (counts.size() < PLACES_MAX ? place : "");
        int count = counts.merge(key, 1, Integer::sum);
        if (count == NOTED_MAX) return Verdict.LAST_NOTED;
        return count < NOTED_MAX ? Verdict.NOTED : Verdict.LEFT_OUT;
    }
}
