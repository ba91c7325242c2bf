package dev.ferritedb.kernel.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Counts wrong guesses, by key: a handful within a window that starts with the first one. Who comes while the rest
/// are being judged waits for what becomes of them. Safe for concurrent use; the least recently used key goes when
/// there are too many.
final class Tries {
    private static final int KEYS_MAX = 10_000;

    private final int most;
    private final InstantSource clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > KEYS_MAX && eldest.getValue().atWork == 0;
        }
    };

    Tries(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    private static final class Window {
        private Instant end = Instant.MIN;
        private int wrong;
        private int atWork;
    }

    /// Begins a try, which [#wrong] or [#right] must follow.
    ///
    /// @return empty when it is begun, else how long until there may be another
    synchronized Optional<Duration> take(String key, Duration length) {
        Window window = current(key);
        while (window.wrong + window.atWork >= most && window.atWork > 0) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.of(length);
            }
            window = current(key);
        }
        if (window.wrong >= most) return Optional.of(Duration.between(clock.instant(), window.end));
        if (window.wrong == 0 && window.atWork == 0)
            window.end = clock.instant().plus(length);
        window.atWork++;
        return Optional.empty();
    }

    synchronized void wrong(String key) {
        Window window = current(key);
        window.atWork--;
        window.wrong++;
        notifyAll();
    }

    /// Not a guess: it costs nothing.
    synchronized void right(String key) {
        current(key).atWork--;
        notifyAll();
    }

    private Window current(String key) {
        Window window = windows.computeIfAbsent(key, _ -> new Window());
        if (window.atWork == 0 && !clock.instant().isBefore(window.end)) window.wrong = 0;
        return window;
    }
}
