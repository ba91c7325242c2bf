package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.SignInOutcome.SecondFactorDue;
import dev.ferritedb.kernel.account.SignInOutcome.SignedIn;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Signs accounts in for the wire contract's tokens. An unknown collection, or one that is no auth collection, is
/// `NotFound`.
public final class SignIn {
    private final RecordStore store;
    private final PasswordFactor passwords;
    private final OneTimePasswords oneTimePasswords;
    private final Admission admission;
    private final AccountTokens accountTokens;
    private final TokenCodec tokens;
    private final Audit audit;

    SignIn(
            RecordStore store,
            PasswordFactor passwords,
            OneTimePasswords oneTimePasswords,
            Admission admission,
            AccountTokens accountTokens,
            TokenCodec tokens,
            Audit audit) {
        this.store = store;
        this.passwords = passwords;
        this.oneTimePasswords = oneTimePasswords;
        this.admission = admission;
        this.accountTokens = accountTokens;
        this.tokens = tokens;
        this.audit = audit;
    }

    /// The auth collection by that name or id. Refuses with `NotFound` (`auth_collection_not_found`).
    public CollectionSchema collection(String nameOrId) {
        return AuthCollections.find(store.catalog(), nameOrId);
    }

    /// `body` holds `identity`, `password` and, if wanted, `identityField`; it or the query may hold `mfaId`.
    ///
    /// Refuses with `Invalid`: `invalid_input` with fields, or `invalid_credentials`, the same answer and time
    /// for an unknown account and a wrong password; with `Forbidden` (`password_auth_disabled`,
    /// `auth_rule_refused`); with `RateLimited` (`too_many_attempts`).
    public SignInOutcome withPassword(Request request, String collection, Value.Members body) {
        StoredRecord account = passwords.proven(request, collection(collection), body);
        return admitted(
                admission.admit(request, account, SignInMethod.PASSWORD, mfaId(request, body)), Optional.empty());
    }

    /// `body` holds `otpId` and the code as `password`; it or the query may hold `mfaId`.
    ///
    /// Refuses with `Invalid`: `invalid_input` with fields, or `otp_invalid`; with `Forbidden`
    /// (`otp_auth_disabled`, `auth_rule_refused`); with `RateLimited` (`too_many_attempts`).
    public SignInOutcome withOneTimePassword(Request request, String collection, Value.Members body) {
        StoredRecord account = oneTimePasswords.proven(request, collection(collection), body);
        return admitted(admission.admit(request, account, SignInMethod.OTP, mfaId(request, body)), Optional.empty());
    }

    SignInOutcome admitted(Admission.Outcome outcome, Optional<Value.Members> meta) {
        return switch (outcome) {
            case Admission.Outcome.Admitted(StoredRecord account) ->
                new SignedIn(accountTokens.auth(account), account, meta);
            case Admission.Outcome.SecondFactorDue(String mfaId) -> new SecondFactorDue(mfaId);
        };
    }

    /// The begun sign-in that a request goes on with; empty when it begins one.
    static String mfaId(Request request, Value.Members body) {
        if (body.get("mfaId") instanceof Value.Text(String id) && !id.isEmpty()) return id;
        return request.query().getOrDefault("mfaId", "");
    }

    /// Gives the caller of `request` a new token, or the same one when it can't be refreshed. Refuses with
    /// `Unauthenticated`, or `Forbidden` for another collection's token.
    ///
    /// @param token the token the request came with
    public SignedIn refresh(Request request, String collection, String token) {
        CollectionSchema schema = store.catalog()
                .find(collection)
                .orElseThrow(() -> new Refusal(Problem.NotFound.collection(collection)));
        StoredRecord account =
                request.caller().signedIn().orElseThrow(() -> new Refusal(Problem.Unauthenticated.missing()));
        if (!account.collection().id().equals(schema.id())) {
            throw new Refusal(
                    new Problem.Forbidden("other_collection", "You are not allowed to perform this request."));
        }
        admission.demandAuthRule(request, account);
        boolean refreshable = tokens.peek(token)
                .filter(claims -> Value.Truth.TRUE.equals(claims.more().get("refreshable")))
                .isPresent();
        audit.note(request, AuditAction.TOKEN_REFRESH, schema, account.id(), Value.Members.EMPTY);
        return new SignedIn(refreshable ? accountTokens.auth(account) : token, account, Optional.empty());
    }

    /// A token for the account, that can't be refreshed. For the operator. Refuses with `NotFound`
    /// (`record_not_found`).
    ///
    /// @param account a record id, or a value of an identity field
    /// @param lifetime how long it is good for; zero stands for the collection's own duration
    public String tokenFor(String collection, String account, Duration lifetime) {
        StoredRecord found = store.read(reads -> {
            CollectionSchema schema = AuthCollections.find(reads.catalog(), collection);
            List<String> fields = schema.auth().orElseThrow().passwordAuth().identityFields();
            return reads.find(schema, account)
                    .or(() -> PasswordFactor.account(reads, schema, account, fields))
                    .orElseThrow(() -> new Refusal(Problem.NotFound.record()));
        });
        Duration own = AccountTokens.lifetime(found, TokenKind.AUTH);
        Duration granted = lifetime.isZero() ? own : lifetime;
        audit.note(
                Request.ofOperator(),
                AuditAction.IMPERSONATE,
                found.collection(),
                found.id(),
                AuditDetails.of("seconds", Long.toString(granted.toSeconds())));
        return accountTokens.auth(found, granted, false);
    }
}
