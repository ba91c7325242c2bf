package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.MailedTokens.Proof;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.mail.AccountMails;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets accounts prove that their address is theirs. Source: the wire contract, section 8.5.
public final class Verification {
    private final RecordStore store;
    private final AccountChanges changes;
    private final AccountTokens accountTokens;
    private final MailedTokens mailed;
    private final AccountMails mails;
    private final RecentMails recent;
    private final Audit audit;

    Verification(
            RecordStore store,
            AccountChanges changes,
            AccountTokens accountTokens,
            MailedTokens mailed,
            AccountMails mails,
            RecentMails recent,
            Audit audit) {
        this.store = store;
        this.changes = changes;
        this.accountTokens = accountTokens;
        this.mailed = mailed;
        this.mails = mails;
        this.recent = recent;
        this.audit = audit;
    }

    /// `body` holds `email`. Nobody learns whether there is such an account, or a verified one: whoever got a
    /// mail in the last two minutes gets no other.
    ///
    /// Refuses with `NotFound` (`auth_collection_not_found`), with `Invalid` (`superuser_is_verified`;
    /// `invalid_input` with fields).
    public void request(Request request, String collection, Value.Members body) {
        CollectionSchema schema = collection(collection);
        var submission = new Submission(body);
        String email = submission.email("email");
        submission.demandGood();
        Optional<StoredRecord> found = store.read(reads -> AuthCollections.byEmail(reads, schema, email));
        String id = found.map(StoredRecord::id).orElse("");
        audit.note(request, AuditAction.VERIFICATION_REQUEST, schema, id, AuditDetails.of("email", email));
        found.filter(account -> !account.truth("verified")).filter(recent::take).ifPresent(this::mail);
    }

    private void mail(StoredRecord account) {
        Value email = account.value("email");
        mails.verification(
                account, accountTokens.token(account, TokenKind.VERIFICATION, Map.of(MailedTokens.EMAIL, email)));
    }

    /// `body` holds `token`. The account is verified when this returns; a token is good for this once. Where nobody
    /// signs in with a password, one that was set before is replaced by an unknown one; links to identity providers
    /// from before go.
    ///
    /// Refuses as [#request] does; the problems of `token` are those of the wire contract.
    public void confirm(Request request, String collection, Value.Members body) {
        CollectionSchema schema = collection(collection);
        var submission = new Submission(body);
        String token = submission.required("token");
        submission.demandGood();
        boolean byPassword = schema.auth().orElseThrow().passwordAuth().enabled();
        demandProven(request, schema, token);
        Optional<Value> unknown = byPassword ? Optional.empty() : Optional.of(changes.unknownPassword());
        StoredRecord verified = changes.write(writes -> changes.verify(
                writes,
                proven(writes, schema, token),
                unknown.map(hash -> Map.of("password", hash)).orElse(Map.of())));
        recent.forget(verified);
        audit.noteOwn(request, AuditAction.VERIFICATION, verified, AuditDetails.NONE);
    }

    private void demandProven(Request request, CollectionSchema collection, String token) {
        try {
            store.read(reads -> proven(reads, collection, token));
        } catch (Refusal refused) {
            audit.noteFailure(request, collection, "", AuditDetails.of("method", "verification"));
            throw refused;
        }
    }

    private StoredRecord proven(RecordReads reads, CollectionSchema collection, String token) {
        if (!mailed.claims(token, MailedTokens.EMAIL)) {
            throw Submission.refusal(
                    List.of(MailedTokens.problem("validation_invalid_token_claims", "The token is of no address.")));
        }
        return switch (mailed.prove(reads, collection, token, TokenKind.VERIFICATION)) {
            case Proof.Failed(var problem) -> throw Submission.refusal(List.of(problem));
            case Proof.Given given -> {
                StoredRecord account = given.account();
                if (!given.text(MailedTokens.EMAIL).equals(account.text("email"))) {
                    throw Submission.refusal(List.of(MailedTokens.problem(
                            "validation_token_email_mismatch", "The token is for another address.")));
                }
                if (account.truth("verified")) throw Submission.refusal(List.of(MailedTokens.invalid()));
                yield account;
            }
        };
    }

    private CollectionSchema collection(String nameOrId) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), nameOrId);
        if (!schema.name().equals(Caller.SUPERUSERS)) return schema;
        throw new Refusal(Problem.Invalid.of("superuser_is_verified", "Superusers are always verified."));
    }
}
