package dev.ferritedb.kernel.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/// The authorization codes of late, so that each is used once whatever its provider does with a second use. Codes
/// live for ten minutes at most (RFC 6749, section 4.1.2).
final class UsedCodes {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int COUNT_MAX = 20_000;

    private final InstantSource clock;
    private final LinkedHashMap<String, Instant> used = new LinkedHashMap<>();

    UsedCodes(InstantSource clock) {
        this.clock = clock;
    }

    /// @return whether this is the first use
    synchronized boolean use(String provider, String code) {
        Instant now = clock.instant();
        while (!used.isEmpty() && used.firstEntry().getValue().plus(KEPT).isBefore(now)) used.pollFirstEntry();
        if (used.size() >= COUNT_MAX) used.pollFirstEntry();
        return used.putIfAbsent(Digests.base64Url(provider + "\n" + code), now) == null;
    }
}
