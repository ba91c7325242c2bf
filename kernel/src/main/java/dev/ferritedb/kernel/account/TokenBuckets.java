package dev.ferritedb.kernel.account;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Counts what fails, by key: each key has `capacity` tokens, and gets them back at an even pace. A token is
/// taken before the work whose failure it pays for, so that work done side by side can't overspend; who finds the
/// rest of the tokens at work waits for what becomes of them. Safe for concurrent use; the least recently used
/// key goes when there are too many, and no clock that is set back gives or takes any.
final class TokenBuckets {
    private static final int KEYS_MAX = 10_000;

    private final int capacity;
    private final double tokensPerMilli;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > KEYS_MAX && eldest.getValue().atWork == 0;
        }
    };

    /// @param full how long an empty bucket takes to be full again
    TokenBuckets(int capacity, Duration full, InstantSource clock) {
        this.capacity = capacity;
        this.tokensPerMilli = (double) capacity / full.toMillis();
        this.clock = clock;
    }

    private static final class Bucket {
        private double tokens;
        private long refilledAt;
        private int atWork;

        Bucket(double tokens, long refilledAt) {
            this.tokens = tokens;
            this.refilledAt = refilledAt;
        }
    }

    /// Takes a token, which [#spend] or [#giveBack] must follow.
    ///
    /// @return empty when it is taken, else how long until there is one
    synchronized Optional<Duration> take(String key) {
        Bucket bucket = refilled(key);
        while (bucket.tokens < 1 && bucket.atWork > 0) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.of(Duration.ofSeconds(1));
            }
            bucket = refilled(key);
        }
        if (bucket.tokens < 1) {
            return Optional.of(Duration.ofMillis((long) Math.ceil((1 - bucket.tokens) / tokensPerMilli)));
        }
        bucket.tokens--;
        bucket.atWork++;
        return Optional.empty();
    }

    /// The work failed.
    synchronized void spend(String key) {
        refilled(key).atWork--;
        notifyAll();
    }

    synchronized void giveBack(String key) {
        Bucket bucket = refilled(key);
        bucket.atWork--;
        bucket.tokens = Math.min(capacity, bucket.tokens + 1);
        notifyAll();
    }

    private Bucket refilled(String key) {
        long now = clock.millis();
        Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(capacity, now));
        long passed = Math.max(0, now - bucket.refilledAt);
        bucket.tokens = Math.min(capacity - bucket.atWork, bucket.tokens + passed * tokensPerMilli);
        bucket.refilledAt = now;
        return bucket;
    }
}
