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
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private static final int AGENT_MAX_CHARACTERS = 200;

    private final RecordStore store;
    private final AccountChanges changes;
    private final PasswordFactor passwords;
    private final Admission admission;
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
                            "expires", Value.text(DateText.of(expiry(now, ends))),
                            "ends", Value.text(DateText.of(ends)),
                            "address", Value.text(request.origin().address()),
                            "agent", Value.text(bounded(request.origin().agent()))));
            return new Outcome.Opened(account, tokens(account, session, secret, now));
        });
    }

    /// Those that have ended, and those not used for longest when there are too many.
    private void forgetSpare(RecordWrites writes, StoredRecord account, Instant now) {
        List<StoredRecord> sessions = of(writes, account);
        sessions.removeIf(session -> {
            if (!hasEnded(session, now)) return false;
            writes.delete(session);
            return true;
        });
        sessions.sort(LAST_USED_FIRST.reversed());
        for (int i = sessions.size(); i >= SESSIONS_OF_ACCOUNT_MAX; i--) writes.delete(sessions.removeFirst());
    }

    private static boolean hasEnded(StoredRecord session, Instant now) {
        String expires = session.text("expires");
        return expires.isEmpty() || session.text("ends").isEmpty() || !now.isBefore(DateText.instant(expires));
    }

    private Instant expiry(Instant now, Instant ends) {
        Instant sliding = now.plus(policy.refreshLifetime());
        return sliding.isBefore(ends) ? sliding : ends;
    }

    private Tokens tokens(StoredRecord account, StoredRecord session, String secret, Instant now) {
        Instant expiry = tokens.accessExpiry(now, DateText.instant(session.text("ends")));
        return new Tokens(
                tokens.access(account, session, expiry),
                tokens.refresh(new Refresh(session.id(), secret)),
                Duration.between(now, expiry).toSeconds());
    }

    private static String bounded(String agent) {
        return agent.length() <= AGENT_MAX_CHARACTERS ? agent : agent.substring(0, AGENT_MAX_CHARACTERS);
    }

    private enum Use {
        ROTATED,
        /// The same attempt again: its answer got lost.
        ANSWERED_AGAIN,
        /// Just used before: two tabs may have had the same idea.
        REPEATED,
        /// Used before, and not just now: somebody else has it.
        STOLEN,
        UNKNOWN
    }

    private record Rotation(Use use, Optional<Outcome.Opened> opened) {
        static Rotation failed(Use use) {
            return new Rotation(use, Optional.empty());
        }
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
        Refresh token = read(body);
        StoredRecord account = store.read(reads -> session(reads, token).flatMap(session -> account(reads, session)))
                .filter(found -> isOf(found, collection))
                .orElseThrow(() -> refused("invalid_refresh_token", "The refresh token is unknown or has expired."));
        demandStillAdmitted(request, account, token);
        Rotation rotation = store.write(writes -> rotated(writes, request, token, attempt));
        return switch (rotation.use) {
            case ANSWERED_AGAIN -> rotation.opened.orElseThrow();
            case ROTATED -> {
                audit.noteOwn(
                        request, AuditAction.TOKEN_REFRESH, account, AuditDetails.of("session", token.sessionId()));
                yield rotation.opened.orElseThrow();
            }
            case REPEATED -> throw refused("refresh_token_used", "The refresh token was used just now.");
            case STOLEN -> {
                audit.noteOwn(request, AuditAction.TOKEN_REUSE, account, AuditDetails.of("session", token.sessionId()));
                throw refused("refresh_token_reused", "The refresh token was used before: its session has ended.");
            }
            case UNKNOWN -> throw refused("invalid_refresh_token", "The refresh token is unknown or has expired.");
        };
    }

    private boolean isOf(StoredRecord account, String collection) {
        if (collection.isEmpty()) return true;
        CollectionSchema named = AuthCollections.find(store.catalog(), collection);
        return named.id().equals(account.collection().id());
    }

    /// The token stays good, should the rule let the account in again; that an old one comes again counts all the
    /// same.
    private void demandStillAdmitted(Request request, StoredRecord account, Refresh token) {
        boolean current = store.read(reads -> session(reads, token))
                .filter(session -> token.hasHash(session.text("refreshHash")))
                .isPresent();
        if (!current) return;
        try {
            admission.demandAuthRule(request, account);
        } catch (Refusal refusal) {
            throw refused(refusal.problem().code(), refusal.problem().message());
        }
    }

    private Rotation rotated(RecordWrites writes, Request request, Refresh token, String attempt) {
        Optional<StoredRecord> found = session(writes, token);
        Optional<StoredRecord> account = found.flatMap(session -> account(writes, session));
        if (account.isEmpty()) return Rotation.failed(Use.UNKNOWN);
        StoredRecord session = found.orElseThrow();
        Instant now = clock.instant();
        if (!token.hasHash(session.text("refreshHash"))) {
            boolean justNow = token.hasHash(session.text("previousHash"))
                    && !now.isAfter(DateText.instant(session.text("lastUsed")).plus(GRACE));
            if (justNow) return answeredAgain(account.get(), session, token, attempt, now);
            writes.delete(session);
            return Rotation.failed(Use.STOLEN);
        }
        String secret = tokens.newSecret();
        Instant ends = DateText.instant(session.text("ends"));
        StoredRecord next = changes.change(
                writes,
                session,
                Map.of(
                        "refreshHash", Value.text(SessionTokens.hash(secret)),
                        "previousHash", session.value("refreshHash"),
                        "successor", Value.text(tokens.sealedSuccessor(secret, token, attempt)),
                        "lastUsed", Value.text(DateText.of(now)),
                        "expires", Value.text(DateText.of(expiry(now, ends))),
                        "address", Value.text(request.origin().address()),
                        "agent", Value.text(bounded(request.origin().agent()))));
        Tokens fresh = tokens(account.get(), next, secret, now);
        return new Rotation(Use.ROTATED, Optional.of(new Outcome.Opened(account.get(), fresh)));
    }

    private Rotation answeredAgain(
            StoredRecord account, StoredRecord session, Refresh token, String attempt, Instant now) {
        return tokens.successor(session.text("successor"), token, attempt)
                .map(secret -> new Outcome.Opened(account, tokens(account, session, secret, now)))
                .map(opened -> new Rotation(Use.ANSWERED_AGAIN, Optional.of(opened)))
                .orElse(Rotation.failed(Use.REPEATED));
    }

    private Refresh read(Value.Members body) {
        String token = body.get("refresh_token") instanceof Value.Text text ? text.text() : "";
        if (token.isEmpty()) {
            throw new Refusal(new Problem.Invalid(
                    "invalid_input",
                    "An error occurred while validating the submitted data.",
                    List.of(FieldProblem.required("refresh_token"))));
        }
        return tokens.read(token)
                .orElseThrow(() -> refused("invalid_refresh_token", "The refresh token is unknown or has expired."));
    }

    private static Refusal refused(String code, String message) {
        return new Refusal(new Problem.Unauthenticated(code, message));
    }

    private Optional<StoredRecord> session(RecordReads reads, Refresh token) {
        Instant now = clock.instant();
        return reads.find(sessions(reads), token.sessionId()).filter(session -> !hasEnded(session, now));
    }

    private static Optional<StoredRecord> account(RecordReads reads, StoredRecord session) {
        return reads.catalog()
                .byId(session.text("collectionRef"))
                .filter(collection -> collection.auth().isPresent())
                .flatMap(collection -> reads.find(collection, session.text("recordRef")));
    }

    private static CollectionSchema sessions(RecordReads reads) {
        return reads.catalog().named(Authenticator.SESSIONS).orElseThrow();
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
        Refresh token = read(body);
        Optional<StoredRecord> signedOut = store.write(writes -> {
            Optional<StoredRecord> session = writes.find(sessions(writes), token.sessionId());
            session.ifPresent(writes::delete);
            return session.flatMap(found -> account(writes, found));
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
        if (isOf(account, collection)) return account;
        throw refused("other_collection", "The token is of another collection.");
    }

    private static StoredRecord demandSignedIn(Caller caller) {
        return caller.signedIn().orElseThrow(() -> new Refusal(Problem.Unauthenticated.missing()));
    }

    /// The caller's sessions that have not ended, the last used first.
    public List<StoredRecord> list(Request request, String collection) {
        StoredRecord account = me(request, collection);
        Instant now = clock.instant();
        List<StoredRecord> sessions = store.read(reads -> of(reads, account));
        sessions.removeIf(session -> hasEnded(session, now));
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
            StoredRecord session = writes.find(sessions(writes), sessionId)
                    .filter(found -> found.text("recordRef").equals(account.id())
                            && found.text("collectionRef")
                                    .equals(account.collection().id()))
                    .orElseThrow(() -> new Refusal(
                            new Problem.NotFound("session_not_found", "There is no such session of yours.")));
            writes.delete(session);
            return session;
        });
        audit.noteOwn(request, AuditAction.LOGOUT, account, AuditDetails.of("session", sessionId));
    }

    /// In the order of their beginning.
    private static List<StoredRecord> of(RecordReads reads, StoredRecord account) {
        CollectionSchema sessions = sessions(reads);
        Condition own = Condition.both(
                equal(sessions, "collectionRef", account.collection().id()),
                equal(sessions, "recordRef", account.id()));
        var found = new ArrayList<StoredRecord>();
        reads.visit(RecordQuery.all(sessions, own, Givens.NONE), row -> found.add(row.record()));
        return found;
    }

    private static Condition equal(CollectionSchema sessions, String field, String value) {
        return Condition.where(sessions.field(field).orElseThrow(), Condition.Operator.EQUAL, Value.text(value));
    }
}
