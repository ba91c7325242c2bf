package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.SessionTokens.Refresh;
import dev.ferritedb.kernel.account.Sessions.Outcome;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Changes a session's refresh token for the next one; one that comes a second time tells that somebody else has
/// it.
final class RefreshRotation {
    private final RecordStore store;
    private final AccountChanges changes;
    private final Admission admission;
    private final SessionRecords records;
    private final SessionTokens tokens;
    private final InstantSource clock;
    private final Audit audit;

    RefreshRotation(
            RecordStore store,
            AccountChanges changes,
            Admission admission,
            SessionRecords records,
            SessionTokens tokens,
            InstantSource clock,
            Audit audit) {
        this.store = store;
        this.changes = changes;
        this.admission = admission;
        this.records = records;
        this.tokens = tokens;
        this.clock = clock;
        this.audit = audit;
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

    /// As [Sessions#refresh] says.
    Outcome.Opened refresh(Request request, String collection, Value.Members body, String attempt) {
        Refresh token = records.read(body);
        StoredRecord account = store.read(reads -> SessionRecords.find(reads, token, clock.instant())
                        .flatMap(session -> SessionRecords.account(reads, session)))
                .filter(found -> AuthCollections.isOf(found, collection, store.catalog()))
                .orElseThrow(SessionRecords::unknownToken);
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
            case UNKNOWN -> throw SessionRecords.unknownToken();
        };
    }

    /// The token stays good, should the rule let the account in again; that an old one comes again counts all the
    /// same.
    private void demandStillAdmitted(Request request, StoredRecord account, Refresh token) {
        boolean current = store.read(reads -> SessionRecords.find(reads, token, clock.instant()))
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
        Instant now = clock.instant();
        Optional<StoredRecord> found = SessionRecords.find(writes, token, now);
        Optional<StoredRecord> account = found.flatMap(session -> SessionRecords.account(writes, session));
        if (account.isEmpty()) return Rotation.failed(Use.UNKNOWN);
        StoredRecord session = found.orElseThrow();
        if (!token.hasHash(session.text("refreshHash"))) {
            boolean justNow = token.hasHash(session.text("previousHash"))
                    && !now.isAfter(DateText.instant(session.text("lastUsed")).plus(Sessions.GRACE));
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
                        "expires", Value.text(DateText.of(records.expiry(now, ends))),
                        "address", Value.text(request.origin().address()),
                        "agent",
                                Value.text(
                                        SessionRecords.bounded(request.origin().agent()))));
        Sessions.Tokens fresh = records.tokens(account.get(), next, secret, now);
        return new Rotation(Use.ROTATED, Optional.of(new Outcome.Opened(account.get(), fresh)));
    }

    private Rotation answeredAgain(
            StoredRecord account, StoredRecord session, Refresh token, String attempt, Instant now) {
        return tokens.successor(session.text("successor"), token, attempt)
                .map(secret -> new Outcome.Opened(account, records.tokens(account, session, secret, now)))
                .map(opened -> new Rotation(Use.ANSWERED_AGAIN, Optional.of(opened)))
                .orElse(Rotation.failed(Use.REPEATED));
    }

    private static Refusal refused(String code, String message) {
        return new Refusal(new Problem.Unauthenticated(code, message));
    }
}
