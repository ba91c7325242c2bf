package dev.ferritedb.oauth2;

import com.github.scribejava.core.exceptions.OAuthException;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.oauth.AccessTokenRequestParams;
import com.github.scribejava.core.oauth.OAuth20Service;
import dev.ferritedb.oauth2.Declaration.ClientAuthentication;
import dev.ferritedb.ports.identity.Identification;
import dev.ferritedb.ports.identity.Identification.Identified;
import dev.ferritedb.ports.identity.Identification.Step;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.problem.FieldProblem;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// One declared provider, at work.
final class OAuth2Provider implements IdentityProvider {
    private final Declaration declaration;
    private final Outbound outbound;
    private final UserReading users;
    private final InstantSource clock;

    OAuth2Provider(Declaration declaration, Outbound outbound, IdTokens idTokens, InstantSource clock) {
        this.declaration = declaration;
        this.outbound = outbound;
        this.users = new UserReading(declaration, outbound, idTokens, clock);
        this.clock = clock;
    }

    @Override
    public String name() {
        return declaration.name();
    }

    @Override
    public String displayName() {
        return declaration.displayName();
    }

    @Override
    public String logo() {
        return declaration.logo();
    }

    @Override
    public boolean pkce() {
        return declaration.pkce();
    }

    @Override
    public List<FieldProblem> problems(ProviderOptions options) {
        return new OptionProblems(declaration, options).all();
    }

    @Override
    public String authorizationUrl(ProviderOptions options, AuthorizationRequest request) {
        var more = new LinkedHashMap<>(declaration.authParameters());
        if (!request.challenge().isEmpty()) {
            more.put("code_challenge", request.challenge());
            more.put("code_challenge_method", "S256");
        }
        if (declaration.isOpenId() && !request.nonce().isEmpty()) more.put("nonce", request.nonce());
        String scopes = String.join(" ", declaration.scopes());
        String url = service(options, declaration.clientAuthentication(), "", scopes)
                .createAuthorizationUrlBuilder()
                .state(request.state())
                .additionalParams(more)
                .build();
        return url + "&redirect_uri=";
    }

    @Override
    public Identification identify(ProviderOptions options, AuthorizationCode code) {
        try {
            OAuth2AccessToken token = token(options, code);
            return new Identified(users.read(options, TokenAnswer.read(token.getRawResponse()), code));
        } catch (ProviderFailure failure) {
            return failure.outcome();
        } catch (IOException unreadable) {
            return failure(Step.TOKEN, unreadable).outcome();
        }
    }

    private OAuth2AccessToken token(ProviderOptions options, AuthorizationCode code) throws ProviderFailure {
        ClientAuthentication first = declaration.clientAuthentication();
        try {
            return token(options, code, first);
        } catch (TokenAnswer.Refused refused) {
            if (!refused.isOfClient()) throw failure(Step.TOKEN, refused);
        }
        try {
            return token(
                    options,
                    code,
                    first == ClientAuthentication.BODY ? ClientAuthentication.HEADER : ClientAuthentication.BODY);
        } catch (TokenAnswer.Refused refused) {
            throw failure(Step.TOKEN, refused);
        }
    }

    private OAuth2AccessToken token(ProviderOptions options, AuthorizationCode code, ClientAuthentication as)
            throws ProviderFailure {
        var request = AccessTokenRequestParams.create(code.code());
        if (!code.verifier().isEmpty()) request.pkceCodeVerifier(code.verifier());
        try {
            return service(options, as, code.redirectUrl(), "").getAccessToken(request);
        } catch (TokenAnswer.Refused refused) {
            throw refused;
        } catch (IOException | ExecutionException | OAuthException wrong) {
            throw failure(Step.TOKEN, wrong);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(Step.TOKEN, interrupted);
        }
    }

    private static ProviderFailure failure(Step step, Exception cause) {
        return new ProviderFailure(step, String.valueOf(cause.getMessage()));
    }

    /// @param redirectUrl empty where it is left out, as `scopes`
    @SuppressWarnings("NullAway") // ScribeJava's way to say that there is none.
    private OAuth20Service service(
            ProviderOptions options, ClientAuthentication as, String redirectUrl, String scopes) {
        return new OAuth20Service(
                new Endpoints(declaration, options, as),
                options.clientId(),
                options.clientSecret(),
                redirectUrl.isEmpty() ? null : redirectUrl,
                scopes.isEmpty() ? null : scopes,
                "code",
                null,
                null,
                null,
                new ScribeClient(outbound));
    }

    @Override
    public Optional<String> clientSecret(ClientKey key) {
        return name().equals("apple") ? AppleClientSecret.sign(key, clock.instant()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "OAuth2Provider[" + name() + "]";
    }
}
