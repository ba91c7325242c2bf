package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.MailedTokens.Proof;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.mail.AccountMails;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives accounts another address, once they have shown that it is theirs. Source: the wire contract, section 8.7.
public final class EmailChange {
    private static final String PASSWORD = "password";

    private final RecordStore store;
    private final AccountChanges changes;
    private final PasswordHasher passwords;
    private final AccountTokens accountTokens;
    private final MailedTokens mailed;
    private final AccountMails mails;
    private final SignInThrottle throttle;
    private final Audit audit;

    EmailChange(
            RecordStore store,
            AccountChanges changes,
            PasswordHasher passwords,
            AccountTokens accountTokens,
            MailedTokens mailed,
            AccountMails mails,
            SignInThrottle throttle,
            Audit audit) {
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.accountTokens = accountTokens;
        this.mailed = mailed;
        this.mails = mails;
        this.throttle = throttle;
        this.audit = audit;
    }

    /// `body` holds `newEmail`, which a mail goes to. For accounts of `collection`.
    ///
    /// Refuses with `NotFound` (`collection_not_found`), `Unauthenticated`, `Forbidden` (`other_collection`), and
    /// with `Invalid` (`superuser_email`; `invalid_input` with fields).
    public void request(Request request, String collection, Value.Members body) {
        CollectionSchema schema = store.catalog()
                .find(collection)
                .orElseThrow(() -> new Refusal(Problem.NotFound.collection(collection)));
        StoredRecord account =
                request.caller().signedIn().orElseThrow(() -> new Refusal(Problem.Unauthenticated.missing()));
        if (!account.collection().id().equals(schema.id())) {
            throw new Refusal(
                    new Problem.Forbidden("other_collection", "You are not allowed to perform this request."));
        }
        demandNoSuperusers(schema);
        var submission = new Submission(body);
        String newEmail = submission.email("newEmail");
        if (newEmail.equals(account.text("email"))) {
            submission.add(FieldProblem.at("newEmail", "validation_not_in_invalid", "Must not be the address it is."));
        }
        if (submission.isGood() && store.read(reads -> isTaken(reads, account, newEmail))) {
            submission.add(FieldProblem.at("newEmail", "validation_invalid_new_email", "This address can't be used."));
        }
        submission.demandGood();
        Map<String, Value> claims =
                Map.of(MailedTokens.EMAIL, account.value("email"), MailedTokens.NEW_EMAIL, Value.text(newEmail));
        audit.note(request, AuditAction.EMAIL_CHANGE_REQUEST, schema, account.id(), AuditDetails.of("email", newEmail));
        mails.emailChange(account, newEmail, accountTokens.token(account, TokenKind.EMAIL_CHANGE, claims));
    }

    private static boolean isTaken(RecordReads reads, StoredRecord account, String email) {
        return AuthCollections.byEmail(reads, account.collection(), email)
                .filter(other -> !other.id().equals(account.id()))
                .isPresent();
    }

    /// `body` holds `token` and `password`, the account's. When this returns, the address is the new one and
    /// verified, and all sessions and other tokens of the account have ended.
    ///
    /// Refuses with `NotFound` (`auth_collection_not_found`), and with `Invalid` (`superuser_email`;
    /// `invalid_input` with fields), with `RateLimited` (`too_many_attempts`).
    public void confirm(Request request, String collection, Value.Members body) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), collection);
        demandNoSuperusers(schema);
        var submission = new Submission(body);
        String token = submission.required("token");
        String password = submission.required(PASSWORD);
        Optional<StoredRecord> account = Optional.empty();
        if (!token.isEmpty()) {
            switch (store.read(reads -> proof(reads, schema, token))) {
                case Proof.Failed(var problem) -> submission.add(problem);
                case Proof.Given given -> account = Optional.of(given.account());
            }
        }
        boolean known = !password.isEmpty() && account.isPresent() && isPassword(request, account.get(), password);
        if (!known) {
            audit.noteFailure(
                    request,
                    schema,
                    account.map(StoredRecord::id).orElse(""),
                    AuditDetails.of("method", "e-mail change"));
            submission.add(FieldProblem.at(PASSWORD, "validation_invalid_password", "The password is not right."));
        }
        submission.demandGood();
        // A password that is changed meanwhile changes the token key, which the token is signed with.
        StoredRecord changed = changes.write(writes -> switch (proof(writes, schema, token)) {
            case Proof.Failed(var problem) -> throw Submission.refusal(List.of(problem));
            case Proof.Given given ->
                changes.verify(
                        writes, given.account(), Map.of("email", Value.text(given.text(MailedTokens.NEW_EMAIL))));
        });
        audit.noteOwn(request, AuditAction.EMAIL_CHANGE, changed, AuditDetails.NONE);
    }

    /// Whoever has a stolen session can't guess the password here either.
    private boolean isPassword(Request request, StoredRecord account, String password) {
        CollectionSchema collection = account.collection();
        try (var attempt =
                throttle.attempt(request, collection, account.text("email"), () -> knows(request, account))) {
            boolean right = passwords.verify(password, account.text(PASSWORD));
            if (!right) attempt.failed();
            return right;
        }
    }

    private boolean knows(Request request, StoredRecord account) {
        return store.read(reads -> KnownPlaces.knows(account, request.origin(), reads));
    }

    private Proof proof(RecordReads reads, CollectionSchema collection, String token) {
        if (!mailed.claims(token, MailedTokens.NEW_EMAIL)) {
            return new Proof.Failed(
                    MailedTokens.problem("validation_invalid_token_payload", "The token is of no new address."));
        }
        Proof proof = mailed.prove(reads, collection, token, TokenKind.EMAIL_CHANGE);
        if (proof instanceof Proof.Given given && isTaken(reads, given.account(), given.text(MailedTokens.NEW_EMAIL))) {
            return new Proof.Failed(
                    MailedTokens.problem("validation_invalid_token_email", "The new address can't be used."));
        }
        return proof;
    }

    private static void demandNoSuperusers(CollectionSchema collection) {
        if (!collection.name().equals(Caller.SUPERUSERS)) return;
        throw new Refusal(Problem.Invalid.of("superuser_email", "Superusers change their addresses directly."));
    }
}
