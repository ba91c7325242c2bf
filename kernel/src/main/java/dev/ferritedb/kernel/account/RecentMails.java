package dev.ferritedb.kernel.account;

import dev.ferritedb.ports.record.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which accounts got a mail of one kind a moment ago, so that nobody fills a mail box of another. Source of the
/// time: the wire contract, sections 8.5 and 8.6.
final class RecentMails {
    private static final Duration PAUSE = Duration.ofMinutes(2);
    /// Beyond it the oldest are forgotten.
    private static final int ACCOUNTS_MAX = 10_000;

    private final InstantSource clock;
    private final Map<String, Instant> sent = new LinkedHashMap<>();

    RecentMails(InstantSource clock) {
        this.clock = clock;
    }

    /// @return whether a mail may be sent; if so it counts as sent
    synchronized boolean take(StoredRecord account) {
        Instant now = clock.instant();
        // The oldest come first.
        Iterator<Instant> times = sent.values().iterator();
        while (times.hasNext() && !times.next().plus(PAUSE).isAfter(now)) times.remove();
        if (sent.containsKey(key(account))) return false;
        if (sent.size() >= ACCOUNTS_MAX) sent.remove(sent.keySet().iterator().next());
        sent.put(key(account), now);
        return true;
    }

    /// The mail did what it was for.
    synchronized void forget(StoredRecord account) {
        sent.remove(key(account));
    }

    private static String key(StoredRecord account) {
        return account.collection().id() + "/" + account.id();
    }
}
