package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.SignInOutcome.SignedIn;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets superusers act as others. Source: the wire contract, section 8.8.
public final class Impersonation {
    /// As long as a collection may let its own tokens live.
    private static final long SECONDS_MAX = 94_670_856;

    private final RecordStore store;
    private final SettingsService settings;
    private final AccountTokens tokens;
    private final Audit audit;

    Impersonation(RecordStore store, SettingsService settings, AccountTokens tokens, Audit audit) {
        this.store = store;
        this.settings = settings;
        this.tokens = tokens;
        this.audit = audit;
    }

    /// Gives a superuser a token of the account, that can't be refreshed. Neither the collection's auth rule nor a
    /// second factor is asked for.
    ///
    /// Refuses everyone else with `Unauthenticated` or `Forbidden` (`superuser_required`), an unknown collection or
    /// account with `NotFound`, and a wrong duration with `Invalid` (`invalid_input`).
    ///
    /// @param body may hold `duration` in seconds; 0 is the collection's own
    public SignedIn of(Request request, String collection, String id, Value.Members body) {
        request.demandSuperuser();
        StoredRecord account = store.read(reads -> reads.find(AuthCollections.find(reads.catalog(), collection), id))
                .orElseThrow(() -> new Refusal(Problem.NotFound.record()));
        settings.demandListed(request, account);
        long seconds = seconds(body.get("duration"));
        Duration lifetime =
                seconds == 0 ? AccountTokens.lifetime(account, TokenKind.AUTH) : Duration.ofSeconds(seconds);
        audit.note(
                request,
                AuditAction.IMPERSONATE,
                account.collection(),
                account.id(),
                AuditDetails.of("seconds", Long.toString(lifetime.toSeconds())));
        return new SignedIn(tokens.auth(account, lifetime, false), account, Optional.empty());
    }

    private static long seconds(Value duration) {
        return switch (duration) {
            case Value.Nothing _ -> 0;
            case Value.Number(double number) when number == Math.rint(number) -> inRange(number);
            case Value.Number _,
                    Value.Exact _,
                    Value.Text _,
                    Value.Truth _,
                    Value.Items _,
                    Value.Members _,
                    Value.Json _ ->
                throw wrong("validation_invalid_value", "Must be a whole number of seconds.", Map.of());
        };
    }

    private static long inRange(double seconds) {
        if (seconds < 0) {
            throw wrong(
                    "validation_min_greater_equal_than_required", "Must be no less than 0.", Map.of("threshold", 0));
        }
        if (seconds > SECONDS_MAX) {
            throw wrong(
                    "validation_max_less_equal_than_required",
                    "Must be no greater than " + SECONDS_MAX + ".",
                    Map.of("threshold", SECONDS_MAX));
        }
        return (long) seconds;
    }

    private static Refusal wrong(String code, String message, Map<String, Object> params) {
        return new Refusal(new Problem.Invalid(
                "invalid_input",
                "An error occurred while validating the submitted data.",
                List.of(FieldProblem.at("duration", code, message, params))));
    }
}
