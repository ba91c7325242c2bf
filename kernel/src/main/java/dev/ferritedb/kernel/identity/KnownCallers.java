package dev.ferritedb.kernel.identity;

import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/// Who stands behind the tokens that came lately.
///
/// What an entry depends on, its account, its session and everything else together, has a counter each, which
/// grows with every change. An entry holds the counters' values from before it was looked up, and is good while
/// they are the same: so a change that commits while an entry is on its way makes that entry worthless too. Records
/// share counters by their hash; a change of one now and then costs another one a look-up.
///
/// Entries live in two generations. When the young one is full it becomes the old one, and what was old and not
/// asked for since is gone.
final class KnownCallers {
    /// Of each of the two generations.
    static final int ENTRIES_MAX = 8_192;

    /// In characters of tokens and accounts, of each of the two generations: about 16 MB.
    static final long WEIGHT_MAX = 8L << 20;

    /// An account that holds more is looked up each time.
    static final long WEIGHT_OF_ONE_MAX = 64L << 10;

    private static final int COUNTERS = 4_096;

    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);
    private final AtomicLong everything = new AtomicLong();
    private final ReentrantLock turning = new ReentrantLock();
    private volatile Generations generations = Generations.empty();

    /// The counters of what one token depends on.
    record Moment(long everything, int account, long accountCount, int session, long sessionCount) {}

    private record Entry(Caller caller, Instant expiresAt, Moment moment, long weight) {}

    private record Generations(Generation young, Generation old) {
        static Generations empty() {
            return new Generations(new Generation(), new Generation());
        }
    }

    private static final class Generation {
        private final Map<Token, Entry> entries = new ConcurrentHashMap<>();
        private final AtomicLong weight = new AtomicLong();

        boolean isFull() {
            return entries.size() >= ENTRIES_MAX || weight.get() >= WEIGHT_MAX;
        }

        void put(Token token, Entry entry) {
            Entry before = entries.put(token, entry);
            weight.addAndGet(entry.weight - (before == null ? 0 : before.weight));
        }
    }

    /// Found by its hash and compared in constant time.
    private static final class Token {
        private final byte[] text;
        private final int hash;

        Token(String text) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
            this.hash = text.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Token that && MessageDigest.isEqual(text, that.text);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    Optional<Caller> find(String text, Instant now) {
        var token = new Token(text);
        Generations both = generations;
        Entry young = both.young.entries.get(token);
        Entry entry = young != null ? young : both.old.entries.get(token);
        if (entry == null || !now.isBefore(entry.expiresAt) || !isNow(entry.moment)) return Optional.empty();
        if (young == null) keep(token, entry);
        return Optional.of(entry.caller);
    }

    private boolean isNow(Moment moment) {
        return everything.get() == moment.everything
                && counters.get(moment.account) == moment.accountCount
                && counters.get(moment.session) == moment.sessionCount;
    }

    /// To be asked for before what `claims` name is read.
    ///
    /// @param session the id of a record of `_sessions`, empty for a token without one
    Moment moment(TokenClaims claims, String session) {
        int account = counter(claims.recordId());
        int ofSession = session.isEmpty() ? account : counter(session);
        return new Moment(everything.get(), account, counters.get(account), ofSession, counters.get(ofSession));
    }

    private static int counter(String recordId) {
        int hash = recordId.hashCode();
        return (hash ^ hash >>> 16) & COUNTERS - 1;
    }

    void keep(String token, TokenClaims claims, Caller caller, Moment before) {
        long weight =
                token.length() + caller.signedIn().map(KnownCallers::weight).orElse(0L);
        if (weight <= WEIGHT_OF_ONE_MAX) keep(new Token(token), new Entry(caller, claims.expiresAt(), before, weight));
    }

    private void keep(Token token, Entry entry) {
        Generation young = generations.young;
        young.put(token, entry);
        if (!young.isFull()) return;
        turning.lock();
        try {
            if (generations.young == young) generations = new Generations(new Generation(), young);
        } finally {
            turning.unlock();
        }
    }

    private static long weight(StoredRecord account) {
        long weight = 0;
        for (int i = 0; i < account.collection().fields().size(); i++) weight += weight(account.value(i));
        return weight;
    }

    private static long weight(Value value) {
        return switch (value) {
            case Value.Text text -> text.text().length();
            case Value.Json json -> json.encoded().length();
            case Value.Items items ->
                items.items().stream().mapToLong(KnownCallers::weight).sum();
            case Value.Members members ->
                members.members().values().stream()
                        .mapToLong(KnownCallers::weight)
                        .sum();
            case Value.Nothing _, Value.Number _, Value.Exact _, Value.Truth _ -> 8;
        };
    }

    /// On the writer's thread, before the write that made the changes returns.
    void changed(List<RecordChange> changes) {
        for (RecordChange change : changes) {
            switch (change) {
                case RecordChange.Created _ -> {}
                case RecordChange.Updated updated -> changed(updated.before());
                case RecordChange.Deleted deleted -> changed(deleted.before());
            }
        }
    }

    private void changed(StoredRecord record) {
        boolean matters = record.collection().auth().isPresent()
                || record.collection().name().equals(Authenticator.SESSIONS);
        if (matters) counters.incrementAndGet(counter(record.id()));
    }

    void forgetAll() {
        everything.incrementAndGet();
        turning.lock();
        try {
            generations = Generations.empty();
        } finally {
            turning.unlock();
        }
    }

    /// How many are kept.
    int size() {
        Generations both = generations;
        return both.young.entries.size() + both.old.entries.size();
    }
}
