package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.MailedTokens.Proof;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.mail.AccountMails;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets those who forgot their password choose a new one. Source: the wire contract, section 8.6.
public final class PasswordReset {
    private static final String PASSWORD = "password";
    private static final String CONFIRMATION = "passwordConfirm";

    private final RecordStore store;
    private final AccountChanges changes;
    private final AccountTokens accountTokens;
    private final MailedTokens mailed;
    private final AccountMails mails;
    private final RecentMails recent;
    private final Audit audit;

    PasswordReset(
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

    /// `body` holds `email`. Nobody learns whether there is such an account: whoever got a mail in the last two
    /// minutes gets no other.
    ///
    /// Refuses with `NotFound` (`auth_collection_not_found`), with `Invalid` (`password_auth_disabled`;
    /// `invalid_input` with fields).
    public void request(Request request, String collection, Value.Members body) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), collection);
        if (!schema.auth().orElseThrow().passwordAuth().enabled()) {
            throw new Refusal(Problem.Invalid.of(
                    "password_auth_disabled", "The collection is not configured to allow password authentication."));
        }
        var submission = new Submission(body);
        String email = submission.email("email");
        submission.demandGood();
        Optional<StoredRecord> found = store.read(reads -> AuthCollections.byEmail(reads, schema, email));
        String id = found.map(StoredRecord::id).orElse("");
        audit.note(request, AuditAction.PASSWORD_RESET_REQUEST, schema, id, AuditDetails.of("email", email));
        found.filter(recent::take).ifPresent(this::mail);
    }

    private void mail(StoredRecord account) {
        Value email = account.value("email");
        mails.passwordReset(
                account, accountTokens.token(account, TokenKind.PASSWORD_RESET, Map.of(MailedTokens.EMAIL, email)));
    }

    /// `body` holds `token`, `password` and `passwordConfirm`. When this returns, the password is the new one, all
    /// sessions and all other tokens of the account have ended, and the account is verified, for the mail was read.
    ///
    /// Refuses as [#request] does, but where nobody signs in with a password; the problems of `token` are those
    /// of the wire contract.
    public void confirm(Request request, String collection, Value.Members body) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), collection);
        var submission = new Submission(body);
        String token = submission.required("token");
        String password = submission.required(PASSWORD);
        String confirmation = submission.required(CONFIRMATION);
        if (!token.isEmpty()) {
            switch (store.read(reads -> proof(reads, schema, token))) {
                case Proof.Failed(var problem) -> {
                    submission.add(problem);
                    audit.noteFailure(request, schema, "", AuditDetails.of("method", "password reset"));
                }
                case Proof.Given _ -> {}
            }
        }
        lengthProblem(schema, password, submission);
        changes.passwordProblems(schema, password, PASSWORD).forEach(submission::add);
        if (!confirmation.equals(password)) {
            submission.add(FieldProblem.at(CONFIRMATION, "validation_values_mismatch", "Values don't match."));
        }
        submission.demandGood();

        Value hash = changes.hash(password);
        StoredRecord changed = changes.write(request, writes -> switch (proof(writes, schema, token)) {
            case Proof.Failed(var problem) -> throw Submission.refusal(List.of(problem));
            case Proof.Given given -> {
                StoredRecord account = given.account();
                boolean readThere = given.text(MailedTokens.EMAIL).equals(account.text("email"));
                yield readThere
                        ? changes.verify(writes, account, Map.of(PASSWORD, hash))
                        : changes.change(writes, account, Map.of(PASSWORD, hash));
            }
        });
        recent.forget(changed);
        audit.noteOwn(request, AuditAction.PASSWORD_RESET, changed, AuditDetails.NONE);
    }

    private Proof proof(RecordReads reads, CollectionSchema collection, String token) {
        return mailed.prove(reads, collection, token, TokenKind.PASSWORD_RESET);
    }

    /// Both bounds in one problem, as the wire contract has it here.
    private static void lengthProblem(CollectionSchema collection, String password, Submission submission) {
        FieldType type = collection.field(PASSWORD).map(Field::type).orElseThrow();
        if (!(type instanceof FieldType.Password options)) return;
        int min = Math.max(1, options.min());
        int max = options.max() == 0 ? FieldType.Password.MAX_DEFAULT : options.max();
        int length = password.codePointCount(0, password.length());
        if (length >= min && length <= max) return;
        submission.add(FieldProblem.at(
                PASSWORD,
                "validation_length_out_of_range",
                "The length must be between " + min + " and " + max + ".",
                Map.of("min", min, "max", max)));
    }
}
