package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.rule.CompiledRule;
import dev.ferritedb.kernel.rule.InvalidExpression;
import dev.ferritedb.kernel.rule.RequestGivens;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.kernel.rule.RuleEvaluator;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.JsonDocuments;
import java.time.InstantSource;
import java.util.Objects;

/// What stands between an account that has shown a factor and its tokens, however it signs in.
final class Admission {
    static final String REFUSED = "auth_rule_refused";

    private final RecordStore store;
    private final RuleBooks rules;
    private final RuleEvaluator evaluator;
    private final SettingsService settings;
    private final JsonDocuments json;
    private final InstantSource clock;
    private final SecondFactors secondFactors;
    private final LoginAlerts alerts;
    private final Audit audit;

    Admission(
            RecordStore store,
            RuleBooks rules,
            JsonDocuments json,
            InstantSource clock,
            SecondFactors secondFactors,
            LoginAlerts alerts,
            SettingsService settings,
            Audit audit) {
        this.store = store;
        this.rules = rules;
        this.evaluator = new RuleEvaluator(json);
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.secondFactors = secondFactors;
        this.alerts = alerts;
        this.audit = audit;
    }

    sealed interface Outcome {
        record Admitted(StoredRecord account) implements Outcome {
            public Admitted {
                Objects.requireNonNull(account);
            }
        }

        /// The next factor is to name `mfaId`.
        record SecondFactorDue(String mfaId) implements Outcome {
            public SecondFactorDue {
                Objects.requireNonNull(mfaId);
            }

            @Override
            public String toString() {
                return "SecondFactorDue[]";
            }
        }
    }

    /// Refuses with `Forbidden` (`address_not_listed`, `auth_rule_refused`) and, when `mfaId` does not fit, with
    /// `Invalid` (`mfa_session_invalid`, `mfa_session_of_another`, `mfa_method_repeated`).
    ///
    /// @param account proven by `method`
    /// @param mfaId what an earlier answer asked to be named, else empty
    Outcome admit(Request request, StoredRecord account, SignInMethod method, String mfaId) {
        Request asked = request.within(method.context());
        demandListed(request, account);
        demandAuthRule(asked, account);
        if (owesTwoFactors(asked, account)) {
            if (mfaId.isEmpty()) {
                audit.noteOwn(
                        request, AuditAction.MFA_CHALLENGE, account, AuditDetails.of("method", method.wireName()));
                return new Outcome.SecondFactorDue(secondFactors.begin(account, method));
            }
            finish(request, account, method, mfaId);
        }
        alerts.signedIn(request, account);
        audit.noteOwn(request, AuditAction.LOGIN, account, AuditDetails.of("method", method.wireName()));
        return new Outcome.Admitted(account);
    }

    private void finish(Request request, StoredRecord account, SignInMethod method, String mfaId) {
        secondFactors.finish(account, method, mfaId).ifPresent(problem -> {
            audit.noteFailure(
                    request,
                    account.collection(),
                    account.id(),
                    AuditDetails.of("method", method.wireName(), "reason", problem.code()));
            throw new Refusal(problem);
        });
    }

    /// A rule that makes no sense any more lets nobody off.
    private boolean owesTwoFactors(Request request, StoredRecord account) {
        AuthOptions.Mfa mfa = account.collection().auth().orElseThrow().mfa();
        if (!mfa.enabled() || mfa.rule().isBlank()) return mfa.enabled();
        return store.read(reads -> {
            try {
                Condition rule = RuleBooks.check(mfa.rule(), account.collection(), reads.catalog());
                return evaluator.matches(rule, account, givens(request, account), reads);
            } catch (InvalidExpression broken) {
                return true;
            }
        });
    }

    private Givens givens(Request request, StoredRecord account) {
        return RequestGivens.at(clock.instant(), json)
                .request(request.method(), request.context().wireName(), request.query(), request.headers())
                .caller(account)
                .build();
    }

    private void demandListed(Request request, StoredRecord account) {
        try {
            settings.demandListed(request, account);
        } catch (Refusal elsewhere) {
            audit.noteFailure(
                    request,
                    account.collection(),
                    account.id(),
                    AuditDetails.of("reason", elsewhere.problem().code()));
            throw elsewhere;
        }
    }

    /// Refuses with `Forbidden` (`auth_rule_refused`) an account that its collection does not let in.
    void demandAuthRule(Request request, StoredRecord account) {
        boolean allowed = store.read(reads -> {
            CollectionSchema current =
                    reads.catalog().byId(account.collection().id()).orElse(account.collection());
            CompiledRule rule = rules.of(current, reads.catalog()).auth();
            return evaluator.matches(rule.condition(), account, givens(request, account), reads);
        });
        if (!allowed) {
            audit.noteFailure(request, account.collection(), account.id(), AuditDetails.of("reason", REFUSED));
            throw new Refusal(new Problem.Forbidden(
                    REFUSED, "The request doesn't satisfy the collection requirements to authenticate."));
        }
    }
}
