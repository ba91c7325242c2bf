package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.account.OAuth2Accounts.Found;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.identity.Identification;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationCode;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.identity.ProviderUser;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signs in by what an identity provider says. Source: the wire contract, section 9.1.
public final class OAuth2SignIn {
    static final Problem UNAVAILABLE = new Problem.Forbidden(
            "oauth2_unavailable", "OAuth2 needs the plug-in oauth2, which this server does not have.");
    private static final System.Logger LOG = System.getLogger(OAuth2SignIn.class.getName());

    private final SignIn signIn;
    private final Admission admission;
    private final OAuth2Methods methods;
    private final OAuth2Accounts accounts;
    private final RedirectUrls redirectUrls;
    private final Audit audit;
    private final ToldNames toldNames;
    private final UsedCodes usedCodes;

    OAuth2SignIn(
            SignIn signIn,
            Admission admission,
            OAuth2Methods methods,
            OAuth2Accounts accounts,
            RedirectUrls redirectUrls,
            Audit audit,
            ToldNames toldNames,
            InstantSource clock) {
        this.signIn = signIn;
        this.admission = admission;
        this.methods = methods;
        this.accounts = accounts;
        this.redirectUrls = redirectUrls;
        this.audit = audit;
        this.toldNames = toldNames;
        this.usedCodes = new UsedCodes(clock);
    }

    private record Chosen(IdentityProvider provider, ProviderOptions options) {}

    /// `body` holds `provider`, `code`, `codeVerifier`, `redirectURL` and, if wanted, `createData`; it or the
    /// query may hold `mfaId`.
    ///
    /// Refuses with `Forbidden` (`oauth2_disabled`, `oauth2_unavailable`, `auth_rule_refused`) and with
    /// `Invalid`: `invalid_input` with fields; `oauth2_token_failed` and `oauth2_user_failed` when the provider
    /// does not vouch for anyone; `oauth2_link_exists` when the account is linked to another account of the
    /// provider; and as [dev.ferritedb.kernel.record.RecordService#create] when the account that there is none of
    /// can't be made.
    public SignInOutcome withCode(Request request, String collection, Value.Members body) {
        CollectionSchema schema = signIn.collection(collection);
        demandEnabled(schema);
        var problems = new ArrayList<FieldProblem>();
        OAuth2Body sent = OAuth2Body.read(body, problems);
        Optional<Chosen> chosen = chosen(schema, sent);
        if (chosen.isEmpty() && !sent.provider().isEmpty()) problems.add(unknownProvider(sent.provider()));
        chosen.ifPresent(known -> judge(sent, known, request, problems));
        OAuth2Methods.demandNone(problems);
        ProviderUser user = identified(request, schema, chosen.orElseThrow(), sent);
        Request within = request.within(SignInMethod.OAUTH2.context());
        Found found = accounts.of(within, schema, sent.provider(), user, sent.createData());
        return signIn.admitted(
                admission.admit(request, found.account(), SignInMethod.OAUTH2, SignIn.mfaId(request, body)),
                Optional.of(meta(user, found.isNew())));
    }

    private void demandEnabled(CollectionSchema collection) {
        if (methods.enabled(collection)) return;
        boolean wanted = collection.auth().orElseThrow().oauth2().enabled();
        if (wanted && !methods.installed()) throw new Refusal(UNAVAILABLE);
        throw new Refusal(new Problem.Forbidden(
                "oauth2_disabled", "The collection is not configured to allow OAuth2 authentication."));
    }

    private Optional<Chosen> chosen(CollectionSchema collection, OAuth2Body sent) {
        return collection.auth().orElseThrow().oauth2().providers().stream()
                .map(ProviderOptions::of)
                .filter(options -> options.name().equals(sent.provider()))
                .findFirst()
                .flatMap(options -> methods.known(options.name()).map(provider -> new Chosen(provider, options)));
    }

    private static FieldProblem unknownProvider(String name) {
        String shown = Problem.abbreviated(name);
        String message = "Provider with name " + shown + " is missing or is not enabled.";
        return FieldProblem.at("provider", "validation_invalid_provider", message, Map.of("name", shown));
    }

    private void judge(OAuth2Body sent, Chosen chosen, Request request, List<FieldProblem> problems) {
        boolean pkce = chosen.options.pkce(chosen.provider.pkce());
        if (pkce && sent.codeVerifier().isEmpty()) problems.add(FieldProblem.required("codeVerifier"));
        if (sent.redirectUrl().isEmpty()) {
            problems.add(FieldProblem.required("redirectURL"));
        } else if (!redirectUrls.allow(sent.redirectUrl(), chosen.options, request)) {
            String message = "Must be exactly /api/oauth2-redirect at the server's public URL (meta.appURL), or one of"
                    + " the provider's extra.redirectURLs.";
            problems.add(FieldProblem.at("redirectURL", "validation_in_invalid", message));
        }
    }

    private ProviderUser identified(Request request, CollectionSchema schema, Chosen chosen, OAuth2Body sent) {
        String name = chosen.options.name();
        if (!chosen.provider.problems(chosen.options).isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "the options of the OAuth2 provider " + name + " are incomplete");
            throw new Refusal(tokenFailed());
        }
        if (!usedCodes.use(name, sent.code())) {
            audit.noteFailure(request, schema, "", AuditDetails.of("method", "oauth2", "provider", name));
            throw new Refusal(tokenFailed());
        }
        boolean pkce = chosen.options.pkce(chosen.provider.pkce());
        String verifier = pkce ? sent.codeVerifier() : "";
        var code = new AuthorizationCode(sent.code(), verifier, sent.redirectUrl(), OAuth2Methods.nonce(verifier));
        return switch (chosen.provider.identify(chosen.options, code)) {
            case Identification.Identified(ProviderUser user) -> named(user, sent);
            case Identification.NotIdentified(Identification.Step step, String reason) -> {
                LOG.log(System.Logger.Level.INFO, "OAuth2 sign-in by " + name + " failed: " + oneLine(reason));
                audit.noteFailure(request, schema, "", AuditDetails.of("method", "oauth2", "provider", name));
                throw new Refusal(
                        switch (step) {
                            case TOKEN -> tokenFailed();
                            case USER -> Problem.Invalid.of("oauth2_user_failed", "Failed to fetch OAuth2 user.");
                        });
            }
        };
    }

    /// What else the provider told the redirect URL, beside the code.
    ///
    /// @param user the form's member of that name, empty for none
    public void told(String code, String user) {
        toldNames.remember(code, user);
    }

    private ProviderUser named(ProviderUser user, OAuth2Body sent) {
        return toldNames
                .take(sent.code())
                .filter(_ -> user.name().isEmpty())
                .map(user::withName)
                .orElse(user);
    }

    private static Problem tokenFailed() {
        return Problem.Invalid.of("oauth2_token_failed", "Failed to fetch OAuth2 token.");
    }

    private static String oneLine(String reason) {
        return reason.replaceAll("\\p{Cntrl}", " ");
    }

    private static Value.Members meta(ProviderUser user, boolean isNew) {
        var meta = new LinkedHashMap<String, Value>();
        meta.put("accessToken", Value.text(user.accessToken()));
        meta.put("avatarURL", Value.text(user.avatarUrl()));
        meta.put("avatarUrl", Value.text(user.avatarUrl()));
        meta.put("email", Value.text(user.email()));
        boolean ends = user.expiresAt().isBefore(Instant.MAX);
        meta.put("expiry", Value.text(ends ? DateText.of(user.expiresAt()) : ""));
        meta.put("id", Value.text(user.id()));
        meta.put("isNew", Value.truth(isNew));
        meta.put("name", Value.text(user.name()));
        meta.put("rawUser", user.raw());
        meta.put("refreshToken", Value.text(user.refreshToken()));
        meta.put("username", Value.text(user.username()));
        return new Value.Members(meta);
    }
}
