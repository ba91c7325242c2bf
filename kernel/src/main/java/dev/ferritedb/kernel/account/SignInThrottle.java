package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Bounds how often sign-ins fail: from one address, and for one account from all addresses together. An address
/// from which an account signed in before has a bound of its own, so that strangers who guess don't lock its owner
/// out. What succeeds costs nothing.
///
/// Accounts count by what the client calls them, whether or not there is such an account.
public final class SignInThrottle {
    /// After a flood an account's bound is whole again in this time; one attempt is free long before.
    private static final Duration ACCOUNT_REFILL = Duration.ofMinutes(15);

    private static final int KNOWN_MAX = 10_000;

    private final boolean on;
    private final Audit audit;
    private final TokenBuckets byAddress;
    private final TokenBuckets byAccount;
    private final TokenBuckets byAccountAndAddress;
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KNOWN_MAX;
        }
    }));

    SignInThrottle(AccountPolicy policy, InstantSource clock, Audit audit) {
        int failures = policy.signInFailuresPerMinute();
        this.on = policy.throttled();
        this.audit = audit;
        this.byAddress = new TokenBuckets(failures, Duration.ofMinutes(1), clock);
        this.byAccount = new TokenBuckets(failures, ACCOUNT_REFILL, clock);
        this.byAccountAndAddress = new TokenBuckets(failures, ACCOUNT_REFILL, clock);
    }

    /// One try, counted as failed only when it is said to be. To be closed.
    public static final class Attempt implements AutoCloseable {
        private final Deque<Runnable> giveBack = new ArrayDeque<>(2);
        private final Deque<Runnable> spend = new ArrayDeque<>(2);
        private boolean failed;

        private Attempt() {}

        private Optional<Duration> take(TokenBuckets buckets, String key) {
            Optional<Duration> refused = buckets.take(key);
            if (refused.isEmpty()) {
                giveBack.push(() -> buckets.giveBack(key));
                spend.push(() -> buckets.spend(key));
            }
            return refused;
        }

        /// The credential is wrong.
        public void failed() {
            failed = true;
        }

        @Override
        public void close() {
            (failed ? spend : giveBack).forEach(Runnable::run);
            spend.clear();
            giveBack.clear();
        }
    }

    /// A try that names no account, such as a refresh token. Refuses with `RateLimited` (`too_many_attempts`).
    public Attempt attempt(Request request) {
        var attempt = new Attempt();
        String address = request.origin().address();
        if (!on || address.isEmpty()) return attempt;
        attempt.take(byAddress, network(address)).ifPresent(wait -> refuse(request, "", wait));
        return attempt;
    }

    /// A try to sign in as `identity`. Refuses with `RateLimited` (`too_many_attempts`).
    ///
    /// @param signedInBefore whether the account once signed in from this origin; asked only when it matters
    public Attempt attempt(
            Request request, CollectionSchema collection, String identity, BooleanSupplier signedInBefore) {
        Attempt attempt = attempt(request);
        if (!on) return attempt;
        String account = account(collection, identity);
        Optional<Duration> refused = attempt.take(byAccount, account);
        if (refused.isEmpty()) return attempt;
        String address = request.origin().address();
        String here = account + "\n" + address;
        boolean ownersPlace = !address.isEmpty() && (known.contains(here) || signedInBefore.getAsBoolean());
        if (ownersPlace) refused = attempt.take(byAccountAndAddress, here);
        refused.ifPresent(wait -> {
            attempt.close();
            refuse(request, collection.name(), wait);
        });
        return attempt;
    }

    /// Remembers that `identity` signed in from here.
    void succeeded(Origin origin, CollectionSchema collection, String identity) {
        if (on && !origin.address().isEmpty()) known.add(account(collection, identity) + "\n" + origin.address());
    }

    private static String account(CollectionSchema collection, String identity) {
        return collection.id() + "\n" + identity.strip().toLowerCase(Locale.ROOT);
    }

    /// A single customer has a whole IPv6 network of 64 bits.
    private static String network(String address) {
        if (address.indexOf(':') < 0) return address;
        String[] groups = address.split(":", -1);
        return String.join(":", Arrays.asList(groups).subList(0, Math.min(4, groups.length)));
    }

    private void refuse(Request request, String collection, Duration wait) {
        audit.note(request, AuditAction.RATE_LIMIT, collection, "", AuditDetails.NONE);
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        throw new Refusal(new Problem.RateLimited(
                "too_many_attempts", "Too many sign-ins failed. Try again in " + seconds + " seconds.", seconds));
    }
}
