package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.SessionTokens.Refresh;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is kept of sessions, and what it is good for.
final class SessionRecords {
    private static final int AGENT_MAX_CHARACTERS = 200;

    private final SessionTokens tokens;
    private final SessionPolicy policy;

    SessionRecords(SessionTokens tokens, SessionPolicy policy) {
        this.tokens = tokens;
        this.policy = policy;
    }

    /// The session of a refresh token, used or not, unless it has ended.
    static Optional<StoredRecord> find(RecordReads reads, Refresh token, Instant now) {
        return Belongings.SESSIONS.find(token.sessionId(), reads).filter(session -> !hasEnded(session, now));
    }

    static Optional<StoredRecord> account(RecordReads reads, StoredRecord session) {
        return reads.catalog()
                .byId(session.text("collectionRef"))
                .filter(collection -> collection.auth().isPresent())
                .flatMap(collection -> reads.find(collection, session.text("recordRef")));
    }

    static boolean hasEnded(StoredRecord session, Instant now) {
        String expires = session.text("expires");
        return expires.isEmpty() || session.text("ends").isEmpty() || !now.isBefore(DateText.instant(expires));
    }

    /// When a session used `now` ends by itself, if it ends for good at `ends`.
    Instant expiry(Instant now, Instant ends) {
        Instant sliding = now.plus(policy.refreshLifetime());
        return sliding.isBefore(ends) ? sliding : ends;
    }

    Sessions.Tokens tokens(StoredRecord account, StoredRecord session, String secret, Instant now) {
        Instant expiry = tokens.accessExpiry(now, DateText.instant(session.text("ends")));
        return new Sessions.Tokens(
                tokens.access(account, session, expiry),
                tokens.refresh(new Refresh(session.id(), secret)),
                Duration.between(now, expiry).toSeconds());
    }

    /// No more of what a client calls itself than people read.
    static String bounded(String agent) {
        return agent.length() <= AGENT_MAX_CHARACTERS ? agent : agent.substring(0, AGENT_MAX_CHARACTERS);
    }

    /// The `refresh_token` of `body`. Refuses with `Invalid` when there is none and with `Unauthenticated`
    /// (`invalid_refresh_token`) when this server did not make it.
    Refresh read(Value.Members body) {
        String token = body.get("refresh_token") instanceof Value.Text text ? text.text() : "";
        if (token.isEmpty()) {
            throw Submission.refusal(List.of(FieldProblem.required("refresh_token")));
        }
        return tokens.read(token).orElseThrow(SessionRecords::unknownToken);
    }

    static Refusal unknownToken() {
        return new Refusal(
                new Problem.Unauthenticated("invalid_refresh_token", "The refresh token is unknown or has expired."));
    }
}
