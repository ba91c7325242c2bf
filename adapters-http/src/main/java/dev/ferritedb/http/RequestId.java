package dev.ferritedb.http;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Names one request in answers and logs. It is no secret and no key: only different from the others.
final class RequestId {
    static final int MAX_CHARACTERS = 64;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final AtomicLong state;

    RequestId(long seed) {
        state = new AtomicLong(seed);
    }

    String next() {
        long mixed = state.addAndGet(STEP);
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return HexFormat.of().toHexDigits(mixed ^ mixed >>> 31);
    }

    /// Whether a client's own id may be taken over into headers and logs.
    static boolean isSafe(String text) {
        return !text.isEmpty() && text.length() <= MAX_CHARACTERS && Letters.only(text, "-_.");
    }
}
