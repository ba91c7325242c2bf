package dev.ferritedb.oauth2;

import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationCode;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationRequest;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/// A real OpenID Connect server on this machine, and the browser that goes to it.
public final class OidcServer implements AutoCloseable {
    public static final String ISSUER = "default";
    public static final String CLIENT = "ferrite-client";
    public static final String REDIRECT = "http://127.0.0.1:8090/api/oauth2-redirect";
    public static final String VERIFIER = "verifier-verifier-verifier-verifier-verifier";

    private final MockOAuth2Server server = new MockOAuth2Server();
    private final HttpClient browser = HttpClient.newHttpClient();

    private OidcServer() {
        server.start();
    }

    public static OidcServer start() {
        return new OidcServer();
    }

    public MockOAuth2Server server() {
        return server;
    }

    /// What the next token says.
    public OidcServer next(String subject, Map<String, Object> claims) {
        return next(subject, List.of(CLIENT), claims);
    }

    public OidcServer next(String subject, List<String> audience, Map<String, Object> claims) {
        server.enqueueCallback(new DefaultOAuth2TokenCallback(ISSUER, subject, "JWT", audience, claims, 3600));
        return this;
    }

    /// Options that ask this server who the user is.
    public Value.Members options(Object... more) {
        return members(
                "name",
                "oidc",
                "clientId",
                CLIENT,
                "clientSecret",
                "secret",
                "authURL",
                server.authorizationEndpointUrl(ISSUER).toString(),
                "tokenURL",
                server.tokenEndpointUrl(ISSUER).toString(),
                "userInfoURL",
                server.userInfoUrl(ISSUER).toString(),
                more);
    }

    /// Options that take the ID token alone.
    public Value.Members tokenOptions(Object... more) {
        return members(
                "name",
                "oidc",
                "clientId",
                CLIENT,
                "clientSecret",
                "secret",
                "authURL",
                server.authorizationEndpointUrl(ISSUER).toString(),
                "tokenURL",
                server.tokenEndpointUrl(ISSUER).toString(),
                "extra",
                members(
                        "jwksURL",
                        server.jwksUrl(ISSUER).toString(),
                        "issuers",
                        new Value.Items(
                                List.of(Value.text(server.issuerUrl(ISSUER).toString())))),
                more);
    }

    /// Goes through the flow up to the code, with the verifier and nonce of every test.
    AuthorizationCode code(IdentityProvider provider, ProviderOptions options, String nonce) {
        String url = provider.authorizationUrl(options, new AuthorizationRequest("state", challenge(VERIFIER), nonce));
        return new AuthorizationCode(code(url), VERIFIER, REDIRECT, nonce);
    }

    /// @param authorizationUrl ends in `&redirect_uri=`
    public String code(String authorizationUrl) {
        return code(authorizationUrl, REDIRECT);
    }

    public String code(String authorizationUrl, String redirectUrl) {
        String url = authorizationUrl + URLEncoder.encode(redirectUrl, StandardCharsets.UTF_8);
        try {
            HttpResponse<String> answer = browser.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String location = answer.headers()
                    .firstValue("location")
                    .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
            Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(location);
            if (!code.find()) throw new AssertionError("no code in " + location);
            return code.group(1);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /// Names and values in turn; a value is text, truth or a value; an array at the end holds more of them.
    public static Value.Members members(Object... namesAndValues) {
        var flat = new ArrayList<Object>(Arrays.asList(namesAndValues));
        if (!flat.isEmpty() && flat.getLast() instanceof Object[] more) {
            flat.removeLast();
            flat.addAll(Arrays.asList(more));
        }
        var members = new java.util.LinkedHashMap<String, Value>();
        for (int i = 0; i < flat.size(); i += 2) {
            Value value = switch (flat.get(i + 1)) {
                case Value own -> own;
                case Boolean truth -> Value.truth(truth);
                case Object text -> Value.text(text.toString());
            };
            members.put((String) flat.get(i), value);
        }
        return new Value.Members(members);
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
