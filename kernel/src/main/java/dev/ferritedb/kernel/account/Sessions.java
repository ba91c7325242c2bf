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
import java.util.Set;
import java.util.regex.Pattern;

/// Sessions with rotating refresh tokens: what `/api/auth` gives. A session is a record of `_sessions`; whoever
/// deletes it ends the session, with all tokens it gave. Source: our own contract, section 1.
public final class Sessions {
    /// For so long, a refresh token that was used already is taken for an answer that got lost or a second tab.
    public static final Duration GRACE = Duration.ofSeconds(10);

    /// What only those may say who manage accounts.
    private static final Set<String> PRIVILEGES = Set.of("role", "verified");

    private static final Pattern MODIFIER = Pattern.compile("^\\+|[+-]$|:.*$");

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

    /// Creates an account and opens its first session. What only managers of accounts may say, its role and whether
    /// it is verified, is left out of what anybody else says. The create rule hears of the context `registration`.
    ///
    /// Refuses as the creation of any record, with `Forbidden` where the collection has no passwords.
    public Outcome register(Request request, String collection, Value.Members body) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), collection);
        if (!schema.auth().orElseThrow().passwordAuth().enabled()) {
            throw new Refusal(new Problem.Forbidden(
                    "password_auth_disabled", "The collection is not configured to allow password authentication."));
        }
        Value.Members account = confirmed(request.caller().isSuperuser() ? body : withoutPrivileges(body));
        StoredRecord created =
                changes.create(request.within(Request.Context.REGISTRATION), schema.id(), account, (_, _) -> {});
        try {
            return switch (admission.admit(request, created, SignInMethod.PASSWORD, "")) {
                case Admission.Outcome.Admitted(StoredRecord admitted) -> opened(request, admitted);
                case Admission.Outcome.SecondFactorDue _ -> new Outcome.Registered(created);
            };
        } catch (Refusal notYet) {
            if (notYet.problem() instanceof Problem.Forbidden) return new Outcome.Registered(created);
            throw notYet;
        }
    }

    private static Value.Members withoutPrivileges(Value.Members body) {
        var members = new LinkedHashMap<String, Value>();
        body.members().forEach((key, value) -> {
            if (!PRIVILEGES.contains(MODIFIER.matcher(key).replaceAll(""))) members.put(key, value);
        });
        return new Value.Members(members);
    }

    /// The confirmation is checked when it is there; `password_confirm` is our own spelling.
    private static Value.Members confirmed(Value.Members body) {
        var members = new LinkedHashMap<>(body.members());
        Optional.ofNullable(members.remove("password_confirm"))
                .ifPresent(confirmation -> members.putIfAbsent("passwordConfirm", confirmation));
        if (members.containsKey("password")) members.putIfAbsent("passwordConfirm", members.get("password"));
        return new Value.Members(members);
    }

    /// `body` holds `password` and either `email` or `identity`, to go on with a second factor also `mfaId`.
    ///
    /// Refuses with `Unauthenticated` (`invalid_credentials`), the same for an unknown account and a wrong
    /// password, with `Invalid` (`invalid_input`), `Forbidden` (`auth_rule_refused`, `password_auth_disabled`).
    public Outcome login(Request request, String collection, Value.Members body) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), collection);
        StoredRecord account = proven(request, schema, named(body));
        return switch (admission.admit(request, account, SignInMethod.PASSWORD, SignIn.mfaId(request, body))) {
            case Admission.Outcome.Admitted(StoredRecord admitted) -> opened(request, admitted);
            case Admission.Outcome.SecondFactorDue(String mfaId) -> new Outcome.SecondFactorDue(mfaId);
        };
    }

    private StoredRecord proven(Request request, CollectionSchema schema, Value.Members body) {
        try {
            return passwords.proven(request, schema, body);
        } catch (Refusal refusal) {
            if (!refusal.problem().code().equals("invalid_credentials")) throw refusal;
            throw new Refusal(new Problem.Unauthenticated(
                    "invalid_credentials", refusal.problem().message()));
        }
    }

    private static Value.Members named(Value.Members body) {
        if (body.members().containsKey("identity") || !body.members().containsKey("email")) return body;
        var members = new LinkedHashMap<>(body.members());
        members.put("identity", body.get("email"));
        return new Value.Members(members);
    }

    private Outcome opened(Request request, StoredRecord account) {
        Instant now = clock.instant();
        Instant ends = now.plus(policy.absoluteLifetime());
        return store.write(writes -> {
            forgetSpare(writes, account, now);
            StoredRecord session = changes.keep(
                    writes,
                    Authenticator.SESSIONS,
                    Map.of(
                            "collectionRef", Value.text(account.collection().id()),
                            "recordRef", Value.text(account.id()),
                            "lastUsed", Value.text(DateText.of(now)),
                            "expires", Value.text(DateText.of(expiry(now, ends))),
                            "ends", Value.text(DateText.of(ends)),
                            "address", Value.text(request.origin().address()),
                            "agent", Value.text(bounded(request.origin().agent()))));
            return new Outcome.Opened(account, tokens(account, session, 0));
        });
    }

    /// Those that have ended, and the oldest when there are too many.
    private void forgetSpare(RecordWrites writes, StoredRecord account, Instant now) {
        List<StoredRecord> sessions = of(writes, account);
        sessions.removeIf(session -> {
            if (!hasEnded(session, now)) return false;
            writes.delete(session);
            return true;
        });
        for (int i = sessions.size(); i >= SESSIONS_OF_ACCOUNT_MAX; i--) writes.delete(sessions.removeFirst());
    }

    private static boolean hasEnded(StoredRecord session, Instant now) {
        return !now.isBefore(DateText.instant(session.text("expires")));
    }

    private Instant expiry(Instant now, Instant ends) {
        Instant sliding = now.plus(policy.refreshLifetime());
        return sliding.isBefore(ends) ? sliding : ends;
    }

    private Tokens tokens(StoredRecord account, StoredRecord session, long generation) {
        return new Tokens(
                tokens.access(account, session),
                tokens.refresh(new Refresh(session.id(), generation)),
                policy.accessLifetime().toSeconds());
    }

    private static String bounded(String agent) {
        return agent.length() <= AGENT_MAX_CHARACTERS ? agent : agent.substring(0, AGENT_MAX_CHARACTERS);
    }

    private enum Use {
        ROTATED,
        /// Just used before: the answer may have got lost.
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

    /// Gives new tokens for `body`'s `refresh_token`, which is good once.
    ///
    /// Refuses with `Unauthenticated`: `invalid_refresh_token` for one that is unknown, has expired or whose
    /// session has ended; `refresh_token_used` within [#GRACE] of its use; `refresh_token_reused` after that,
    /// when the whole session ends. With `Forbidden` (`auth_rule_refused`).
    public Outcome.Opened refresh(Request request, Value.Members body) {
        Refresh token = read(body);
        StoredRecord account = store.read(reads -> session(reads, token).flatMap(session -> account(reads, session)))
                .orElseThrow(() -> refused("invalid_refresh_token", "The refresh token is unknown or has expired."));
        admission.demandAuthRule(request, account);
        Rotation rotation = store.write(writes -> rotated(writes, request, token));
        return switch (rotation.use) {
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

    private Rotation rotated(RecordWrites writes, Request request, Refresh token) {
        Optional<StoredRecord> found = session(writes, token);
        Optional<StoredRecord> account = found.flatMap(session -> account(writes, session));
        if (account.isEmpty()) return Rotation.failed(Use.UNKNOWN);
        StoredRecord session = found.orElseThrow();
        long generation = generation(session);
        Instant now = clock.instant();
        if (token.generation() != generation) {
            Instant used = DateText.instant(session.text("lastUsed"));
            boolean justNow = token.generation() == generation - 1 && !now.isAfter(used.plus(GRACE));
            if (justNow) return Rotation.failed(Use.REPEATED);
            writes.delete(session);
            return Rotation.failed(Use.STOLEN);
        }
        Instant ends = DateText.instant(session.text("ends"));
        StoredRecord next = changes.change(
                writes,
                session,
                Map.of(
                        "generation", Value.number(generation + 1),
                        "lastUsed", Value.text(DateText.of(now)),
                        "expires", Value.text(DateText.of(expiry(now, ends))),
                        "address", Value.text(request.origin().address()),
                        "agent", Value.text(bounded(request.origin().agent()))));
        Tokens fresh = tokens(account.get(), next, generation + 1);
        return new Rotation(Use.ROTATED, Optional.of(new Outcome.Opened(account.get(), fresh)));
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

    private static long generation(StoredRecord session) {
        return session.value("generation") instanceof Value.Number(double number) ? (long) number : 0;
    }

    private static CollectionSchema sessions(RecordReads reads) {
        return reads.catalog().named(Authenticator.SESSIONS).orElseThrow();
    }

    /// Ends the session of `body`'s `refresh_token`; one that has ended already is no failure. Refuses with
    /// `Unauthenticated` (`invalid_refresh_token`) a token that this server never gave.
    public void logout(Request request, Value.Members body) {
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
    public void logoutAll(Request request) {
        StoredRecord caller = demandSignedIn(request.caller());
        store.write(writes -> {
            StoredRecord account = writes.find(caller.collection(), caller.id())
                    .orElseThrow(() -> new Refusal(Problem.Unauthenticated.missing()));
            return changes.endAllSignIns(writes, account);
        });
        audit.noteOwn(request, AuditAction.LOGOUT, caller, AuditDetails.of("session", "all"));
    }

    /// The caller's account. Refuses guests with `Unauthenticated`.
    public StoredRecord me(Request request) {
        return demandSignedIn(request.caller());
    }

    private static StoredRecord demandSignedIn(Caller caller) {
        return caller.signedIn().orElseThrow(() -> new Refusal(Problem.Unauthenticated.missing()));
    }

    /// The caller's sessions that have not ended, the last used first.
    public List<StoredRecord> list(Request request) {
        StoredRecord account = demandSignedIn(request.caller());
        Instant now = clock.instant();
        List<StoredRecord> sessions = store.read(reads -> of(reads, account));
        sessions.removeIf(session -> hasEnded(session, now));
        sessions.sort(Comparator.comparing((StoredRecord session) -> session.text("lastUsed"))
                .reversed());
        return sessions;
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
