package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationRequest;
import dev.ferritedb.ports.identity.IdentityProvider.ClientKey;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Which identity providers there are, and how to begin with them. Source: the wire contract, section 8.2.
public final class OAuth2Methods {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int STATE_LENGTH = 30;
    private static final int VERIFIER_LENGTH = 43;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----.+-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final long SECRET_SECONDS_MAX = 15_777_000;

    private final List<IdentityProvider> providers;
    private final RandomGenerator random;

    OAuth2Methods(List<IdentityProvider> providers, RandomGenerator random) {
        this.providers = List.copyOf(providers);
        this.random = random;
    }

    /// How to begin with one provider.
    ///
    /// @param authUrl ends in `&redirect_uri=`
    /// @param verifier of PKCE, empty without, as the challenge
    public record Offer(
            String name,
            String displayName,
            String logo,
            String state,
            String authUrl,
            String verifier,
            String challenge) {
        @Override
        public String toString() {
            return "Offer[" + name + "]";
        }
    }

    /// Whether the collection takes OAuth2, and there is anyone to ask.
    public boolean enabled(CollectionSchema collection) {
        return !providers.isEmpty()
                && !collection.name().equals(Caller.SUPERUSERS)
                && collection
                        .auth()
                        .map(AuthOptions::oauth2)
                        .map(AuthOptions.OAuth2::enabled)
                        .orElse(false);
    }

    /// Those of the collection that can work, in the collection's order, with secrets of their own each time.
    public List<Offer> offers(CollectionSchema collection) {
        var offers = new ArrayList<Offer>();
        if (!enabled(collection)) return offers;
        for (Value.Members document : collection.auth().orElseThrow().oauth2().providers()) {
            ProviderOptions options = ProviderOptions.of(document);
            known(options.name())
                    .filter(provider -> provider.problems(options).isEmpty())
                    .ifPresent(provider -> offers.add(offer(provider, options)));
        }
        return offers;
    }

    private Offer offer(IdentityProvider provider, ProviderOptions options) {
        String state = text(STATE_LENGTH);
        boolean pkce = options.pkce(provider.pkce());
        String verifier = pkce ? text(VERIFIER_LENGTH) : "";
        String challenge = pkce ? Digests.base64Url(verifier) : "";
        String url = provider.authorizationUrl(options, new AuthorizationRequest(state, challenge, nonce(verifier)));
        String displayName = options.displayName().isEmpty() ? provider.displayName() : options.displayName();
        return new Offer(provider.name(), displayName, provider.logo(), state, url, verifier, challenge);
    }

    private String text(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        return text.toString();
    }

    /// The server keeps nothing of a flow that was begun. What the client shows in the end, the verifier, tells
    /// which nonce it began with; nobody who saw the nonce learns the verifier from it.
    static String nonce(String verifier) {
        return verifier.isEmpty() ? "" : Digests.base64Url("nonce\n" + verifier);
    }

    Optional<IdentityProvider> known(String name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }

    boolean installed() {
        return !providers.isEmpty();
    }

    /// All that a collection may use, in the order they are shown. For superusers.
    public List<IdentityProvider> catalogue(Request request) {
        request.demandSuperuser();
        return providers;
    }

    /// A client secret of Apple's kind, from `clientId`, `teamId`, `keyId`, `privateKey` and `duration` in
    /// seconds. For superusers; refuses with `Invalid` (`invalid_input`).
    public String appleClientSecret(Request request, Value.Members body) {
        request.demandSuperuser();
        var problems = new ArrayList<FieldProblem>();
        var key = new ClientKey(
                text(body, "clientId", problems),
                text(body, "teamId", problems),
                text(body, "keyId", problems),
                text(body, "privateKey", problems),
                seconds(body, problems));
        if (!key.privateKey().isEmpty() && !PEM.matcher(key.privateKey()).find()) {
            problems.add(FieldProblem.at("privateKey", "validation_match_invalid", "Must be in a valid format."));
        }
        for (var id : Map.of("teamId", key.teamId(), "keyId", key.keyId()).entrySet()) {
            if (!id.getValue().isEmpty() && id.getValue().length() != 10) {
                String message = "The length must be exactly 10.";
                problems.add(FieldProblem.at(
                        id.getKey(), "validation_length_invalid", message, Map.of("min", 10, "max", 10)));
            }
        }
        demandNone(problems);
        return known("apple")
                .orElseThrow(() -> new Refusal(OAuth2SignIn.UNAVAILABLE))
                .clientSecret(key)
                .orElseThrow(() -> Refusal.invalid(
                        "invalid_input",
                        "Failed to generate the client secret.",
                        FieldProblem.at("privateKey", "validation_invalid_value", "Must be a private key of P-256.")));
    }

    private static String text(Value.Members body, String member, List<FieldProblem> problems) {
        String text = body.get(member) instanceof Value.Text given ? given.text() : "";
        if (text.isBlank()) problems.add(FieldProblem.required(member));
        return text;
    }

    private static long seconds(Value.Members body, List<FieldProblem> problems) {
        double seconds = body.get("duration") instanceof Value.Number number ? number.number() : 0;
        if (seconds == 0) {
            problems.add(FieldProblem.required("duration"));
        } else if (seconds < 1) {
            problems.add(FieldProblem.at(
                    "duration",
                    "validation_min_greater_equal_than_required",
                    "Must be no less than 1.",
                    Map.of("threshold", 1)));
        } else if (seconds > SECRET_SECONDS_MAX) {
            problems.add(FieldProblem.at(
                    "duration",
                    "validation_max_less_equal_than_required",
                    "Must be no greater than " + SECRET_SECONDS_MAX + ".",
                    Map.of("threshold", SECRET_SECONDS_MAX)));
        }
        return (long) seconds;
    }

    static void demandNone(List<FieldProblem> problems) {
        if (problems.isEmpty()) return;
        throw Submission.refusal(problems);
    }
}
