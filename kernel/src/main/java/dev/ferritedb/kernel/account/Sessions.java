package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.SessionTokens.Refresh;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Authenticator;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Sessions with rotating refresh tokens: what `/api/auth` gives. A session is a record of `_sessions`; whoever
/// deletes it ends the session, with all tokens it gave. Source: our own contract, section 1.
public final class Sessions {
    /// For so long, a refresh token that was used already is taken for an answer that got lost or a second tab.
    public static final Duration GRACE = Duration.ofSeconds(10);

    private static final Problem INVALID_CREDENTIALS =
            new Problem.Unauthenticated("invalid_credentials", "Failed to authenticate.");

    private static final Comparator<StoredRecord> LAST_USED_FIRST = Comparator.comparing(
                    (StoredRecord session) -> session.text("lastUsed"))
            .reversed();

    private static final int SESSIONS_OF_ACCOUNT_MAX = 100;

    private final RecordStore store;
    private final AccountChanges changes;
    private final PasswordFactor passwords;
    private final Admission admission;
    private final SessionRecords records;
    private final RefreshRotation rotation;
    private final SessionTokens tokens;
    private final InstantSource clock;
    private final SessionPolicy policy;
    private final Audit audit;

    Sessions(
            RecordStore store,
            AccountChanges changes,
            PasswordFactor passwords,
            Admission admission,
            SessionTokens tokens,
            InstantSource clock,
            SessionPolicy policy,
            Audit audit) {
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.admission = admission;
        this.tokens = tokens;
        this.records = new SessionRecords(tokens, policy);
        this.rotation = new RefreshRotation(store, changes, admission, records, tokens, clock, audit);
        this.clock = clock;
        this.policy = policy;
        this.audit = audit;
    }

    /// @param expiresInSeconds how long the access token is good
    public record Tokens(String accessToken, String refreshToken, long expiresInSeconds) {
        public Tokens {
            Objects.requireNonNull(accessToken);
            Objects.requireNonNull(refreshToken);
        }

        @Override
        public String toString() {
            return "Tokens[]";
        }
    }

    public sealed interface Outcome {
        record Opened(StoredRecord account, Tokens tokens) implements Outcome {}

        /// The password was right; the second factor is to name `mfaId`.
        record SecondFactorDue(String mfaId) implements Outcome {
            @Override
            public String toString() {
                return "SecondFactorDue[]";
            }
        }

        /// The account is there, but its collection does not let it in yet, for it is to be verified or to show a
        /// second factor first.
        record Registered(StoredRecord account) implements Outcome {}
    }

    /// `body` holds `password` and either `email` or `identity`, to go on with a second factor also `mfaId`.
    ///
    /// Refuses with `Unauthenticated` (`invalid_credentials`), the same for an unknown account, a wrong password
    /// and an account that its collection does not let in; with `Invalid` (`invalid_input`), `Forbidden`
    /// (`password_auth_disabled`).
    public Outcome login(Request request, String collection, Value.Members body) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), collection);
        try {
            StoredRecord account = passwords.proven(request, schema, named(body));
            return switch (admission.admit(request, account, SignInMethod.PASSWORD, SignIn.mfaId(request, body))) {
                case Admission.Outcome.Admitted(StoredRecord admitted) -> opened(request, admitted);
                case Admission.Outcome.SecondFactorDue(String mfaId) -> new Outcome.SecondFactorDue(mfaId);
            };
        } catch (Refusal refusal) {
            throw new Refusal(hereAs(refusal.problem(), body));
        }
    }

    /// Here a bad credential is `Unauthenticated`, whatever it is on the wire contract.
    private static Problem hereAs(Problem problem, Value.Members body) {
        boolean byEmail = !body.members().containsKey("identity");
        return switch (problem) {
            case Problem.Invalid invalid
            when invalid.fields().isEmpty() -> new Problem.Unauthenticated(invalid.code(), invalid.message());
            case Problem.Invalid invalid -> byEmail ? Registration.renamed(invalid, "identity", "email") : invalid;
            case Problem.Forbidden forbidden when forbidden.code().equals(Admission.REFUSED) -> INVALID_CREDENTIALS;
            case Problem.Forbidden _,
                    Problem.Unauthenticated _,
                    Problem.NotFound _,
                    Problem.Conflict _,
                    Problem.Outdated _,
                    Problem.TooLarge _,
                    Problem.RateLimited _,
                    Problem.Unavailable _ -> problem;
        };
    }

    private static Value.Members named(Value.Members body) {
        if (body.members().containsKey("identity") || !body.members().containsKey("email")) return body;
        var members = new LinkedHashMap<>(body.members());
        members.put("identity", body.get("email"));
        return new Value.Members(members);
    }

    /// Opens a session of an account that was admitted, unless what it has proven changed in between.
    Outcome opened(Request request, StoredRecord account) {
        Instant now = clock.instant();
        Instant ends = now.plus(policy.absoluteLifetime());
        String secret = tokens.newSecret();
        return store.write(writes -> {
            boolean same = writes.find(account.collection(), account.id())
                    .filter(found -> found.value("tokenKey").equals(account.value("tokenKey")))
                    .isPresent();
            if (!same) throw new Refusal(INVALID_CREDENTIALS);
            forgetSpare(writes, account, now);
            StoredRecord session = changes.keep(
                    writes,
                    Authenticator.SESSIONS,
                    Map.of(
                            "collectionRef", Value.text(account.collection().id()),
                            "recordRef", Value.text(account.id()),
                            "refreshHash", Value.text(SessionTokens.hash(secret)),
                            "lastUsed", Value.text(DateText.of(now)),
                            "expires", Value.text(DateText.of(records.expiry(now, ends))),
                            "ends", Value.text(DateText.of(ends)),
                            "address", Value.text(request.origin().address()),
                            "agent",
                                    Value.text(SessionRecords.bounded(
                                            request.origin().agent()))));
            return new Outcome.Opened(account, records.tokens(account, session, secret, now));
        });
    }

    /// Those that have ended, and those not used for longest when there are too many.
    private void forgetSpare(RecordWrites writes, StoredRecord account, Instant now) {
        List<StoredRecord> sessions = Belongings.SESSIONS.of(account, writes);
        sessions.removeIf(session -> {
            if (!SessionRecords.hasEnded(session, now)) return false;
            writes.delete(session);
            return true;
        });
        sessions.sort(LAST_USED_FIRST.reversed());
        for (int i = sessions.size(); i >= SESSIONS_OF_ACCOUNT_MAX; i--) writes.delete(sessions.removeFirst());
    }

    /// Gives new tokens for `body`'s `refresh_token`, which is good once. A client that did not get the answer may
    /// ask again within [#GRACE]: with the same `attempt` it gets the same refresh token again.
    ///
    /// Refuses with `Unauthenticated`: `invalid_refresh_token` for one that is unknown, has expired, is of
    /// another collection or whose session has ended; `refresh_token_used` within [#GRACE] of its use;
    /// `refresh_token_reused` after that, when the whole session ends; `auth_rule_refused`.
    ///
    /// @param collection name or id; empty for whichever it is
    /// @param attempt what the client calls this request, and nobody else can guess; may be empty
    public Outcome.Opened refresh(Request request, String collection, Value.Members body, String attempt) {
        return rotation.refresh(request, collection, body, attempt);
    }

    private static Refusal refused(String code, String message) {
        return new Refusal(new Problem.Unauthenticated(code, message));
    }

    /// Ends the session of `body`'s `refresh_token`, used or not; one that has ended already is no failure.
    /// Without a refresh token it ends the session that the caller asks in. Refuses with `Unauthenticated`
    /// (`invalid_refresh_token`) a token that this server never gave.
    ///
    /// @param accessToken the caller's; may be empty
    public void logout(Request request, Value.Members body, String accessToken) {
        String current = request.caller().signedIn().isPresent() ? tokens.sessionOf(accessToken) : "";
        if (!body.members().containsKey("refresh_token") && !current.isEmpty()) {
            end(request, current);
            return;
        }
        Refresh token = records.read(body);
        Optional<StoredRecord> signedOut = store.write(writes -> {
            Optional<StoredRecord> session = Belongings.SESSIONS.find(token.sessionId(), writes);
            session.ifPresent(writes::delete);
            return session.flatMap(found -> SessionRecords.account(writes, found));
        });
        signedOut.ifPresent(account ->
                audit.noteOwn(request, AuditAction.LOGOUT, account, AuditDetails.of("session", token.sessionId())));
    }

    /// Ends all that the caller is signed in with anywhere, on this surface and the wire contract's.
    /// Refuses as [#me].
    public void logoutAll(Request request, String collection) {
        StoredRecord caller = me(request, collection);
        store.write(writes -> {
            StoredRecord account = writes.find(caller.collection(), caller.id())
                    .orElseThrow(() -> new Refusal(Problem.Unauthenticated.missing()));
            return changes.endAllSignIns(writes, account);
        });
        audit.noteOwn(request, AuditAction.LOGOUT, caller, AuditDetails.of("session", "all"));
    }

    /// The caller's account. Refuses guests with `Unauthenticated`, and those of another collection
    /// (`other_collection`).
    ///
    /// @param collection name or id; empty for whichever it is
    public StoredRecord me(Request request, String collection) {
        StoredRecord account = demandSignedIn(request.caller());
        if (AuthCollections.isOf(account, collection, store.catalog())) return account;
        throw refused("other_collection", "The token is of another collection.");
    }

    private static StoredRecord demandSignedIn(Caller caller) {
        return caller.signedIn().orElseThrow(() -> new Refusal(Problem.Unauthenticated.missing()));
    }

    /// The caller's sessions that have not ended, the last used first.
    public List<StoredRecord> list(Request request, String collection) {
        StoredRecord account = me(request, collection);
        Instant now = clock.instant();
        List<StoredRecord> sessions = store.read(reads -> Belongings.SESSIONS.of(account, reads));
        sessions.removeIf(session -> SessionRecords.hasEnded(session, now));
        sessions.sort(LAST_USED_FIRST);
        return sessions;
    }

    /// The session that the caller asks in; empty when it is none.
    public String current(String accessToken) {
        return tokens.sessionOf(accessToken);
    }

    /// Ends one of the caller's sessions. Refuses with `NotFound` (`session_not_found`) any other.
    public void end(Request request, String sessionId) {
        StoredRecord account = demandSignedIn(request.caller());
        store.write(writes -> {
            StoredRecord session = Belongings.SESSIONS
                    .find(sessionId, writes)
                    .filter(found -> Belongings.isOf(account, found))
                    .orElseThrow(() -> new Refusal(
                            new Problem.NotFound("session_not_found", "There is no such session of yours.")));
            writes.delete(session);
            return session;
        });
        audit.noteOwn(request, AuditAction.LOGOUT, account, AuditDetails.of("session", sessionId));
    }
}
