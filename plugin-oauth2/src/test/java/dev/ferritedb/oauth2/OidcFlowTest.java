package dev.ferritedb.oauth2;

import static dev.ferritedb.oauth2.OidcServer.members;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.identity.Identification;
import dev.ferritedb.ports.identity.Identification.Identified;
import dev.ferritedb.ports.identity.Identification.NotIdentified;
import dev.ferritedb.ports.identity.Identification.Step;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationCode;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.identity.ProviderUser;
import dev.ferritedb.ports.identity.ProviderUser.EmailStanding;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The provider `oidc` with a real OpenID Connect server. AUTH-03 and AUTH-04 of the security checklist, as far
/// as the provider decides them.
class OidcFlowTest {
    private static final String NONCE = "nonce-nonce-nonce";
    private static final Map<String, Object> NONCED = Map.of("nonce", NONCE);

    private OidcServer server;
    private IdentityProvider provider;

    @BeforeEach
    void start() {
        server = OidcServer.start();
        provider = provider("oidc");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static IdentityProvider provider(String name) {
        var outbound = new Outbound(new AddressPolicy(true, Set.of()), Duration.ofSeconds(10), (SSLSocketFactory)
                SSLSocketFactory.getDefault());
        return OAuth2Plugin.providers(outbound, InstantSource.system()).stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Identification identified(Value.Members options) {
        ProviderOptions read = ProviderOptions.of(options);
        return provider.identify(read, server.code(provider, read, NONCE));
    }

    private static ProviderUser user(Identification outcome) {
        assertThat(outcome).isInstanceOf(Identified.class);
        return ((Identified) outcome).user();
    }

    private static void assertRefused(Identification outcome, Step step, String reason) {
        assertThat(outcome).isInstanceOf(NotIdentified.class);
        assertThat(((NotIdentified) outcome).failed()).isEqualTo(step);
        assertThat(((NotIdentified) outcome).reason()).contains(reason);
    }

    @Test
    void tellsWhoSignedInByTheUsersAddress() {
        server.next(
                "alice",
                Map.of(
                        "name", "Alice A",
                        "preferred_username", "alice1",
                        "email", "alice@example.com",
                        "email_verified", true,
                        "picture", "https://example.com/a.png"));

        ProviderUser user = user(identified(server.options()));

        assertThat(user.id()).isEqualTo("alice");
        assertThat(user.name()).isEqualTo("Alice A");
        assertThat(user.username()).isEqualTo("alice1");
        assertThat(user.email()).isEqualTo("alice@example.com");
        assertThat(user.emailStanding()).isEqualTo(EmailStanding.VERIFIED);
        assertThat(user.avatarUrl()).isEqualTo("https://example.com/a.png");
        assertThat(user.accessToken()).isNotEmpty();
        assertThat(user.refreshToken()).isNotEmpty();
        assertThat(user.expiresAt()).isBetween(Instant.now(), Instant.now().plusSeconds(3600));
        assertThat(user.raw().get("sub")).isEqualTo(Value.text("alice"));
        assertThat(user.toString()).doesNotContain(user.accessToken());
    }

    @Test
    void tellsWhoSignedInByTheIdTokenAlone() {
        server.next("alice", Map.of("nonce", NONCE, "email", "alice@example.com", "email_verified", true));

        ProviderUser user = user(identified(server.tokenOptions()));

        assertThat(user.id()).isEqualTo("alice");
        assertThat(user.emailStanding()).isEqualTo(EmailStanding.VERIFIED);
    }

    @Test
    void takesOnlyABooleanTrueForProofOfAnEmail() {
        Map<Object, EmailStanding> standings = Map.of(
                true,
                EmailStanding.VERIFIED,
                false,
                EmailStanding.UNVERIFIED,
                "true",
                EmailStanding.UNVERIFIED,
                1,
                EmailStanding.UNVERIFIED);
        standings.forEach((claimed, standing) -> {
            server.next("alice", Map.of("email", "alice@example.com", "email_verified", claimed));
            assertThat(user(identified(server.options())).emailStanding())
                    .as("email_verified: %s", claimed)
                    .isEqualTo(standing);
        });
        server.next("alice", Map.of("email", "alice@example.com"));
        assertThat(user(identified(server.options())).emailStanding()).isEqualTo(EmailStanding.UNKNOWN);
    }

    @Test
    void refusesAnIdTokenOfAnotherNonce() {
        server.next("alice", Map.of("nonce", "another"));
        assertRefused(identified(server.tokenOptions()), Step.USER, "nonce");
        server.next("alice", Map.of("nonce", "another"));
        assertRefused(identified(server.options()), Step.USER, "nonce");
    }

    @Test
    void refusesAnIdTokenWithoutANonceWhereNothingElseTellsTheUser() {
        ProviderOptions options = ProviderOptions.of(server.tokenOptions());
        server.next("alice", Map.of());
        AuthorizationCode without = server.code(provider, options, "");
        assertRefused(provider.identify(options, without), Step.USER, "nonce");
        server.next("alice", Map.of());
        AuthorizationCode code = new AuthorizationCode(
                server.code(provider, options, "").code(), OidcServer.VERIFIER, OidcServer.REDIRECT, NONCE);
        assertRefused(provider.identify(options, code), Step.USER, "nonce");
    }

    @Test
    void refusesAnIdTokenOfAnotherIssuer() {
        server.next("alice", NONCED);
        assertRefused(
                identified(server.tokenOptions(
                        "extra",
                        members(
                                "jwksURL",
                                server.server().jwksUrl(OidcServer.ISSUER),
                                "issuer",
                                "https://issuer.example.com"))),
                Step.USER,
                "issuer");
    }

    @Test
    void refusesAnIdTokenThatOtherKeysSigned() {
        try (var other = OidcServer.start()) {
            server.next("alice", NONCED);
            assertRefused(
                    identified(server.tokenOptions(
                            "extra",
                            members(
                                    "jwksURL",
                                    other.server().jwksUrl("elsewhere"),
                                    "issuer",
                                    server.server().issuerUrl(OidcServer.ISSUER)))),
                    Step.USER,
                    "ID token");
        }
    }

    @Test
    void refusesAUsedCodeAndOneThatNeverWas() {
        ProviderOptions options = ProviderOptions.of(server.options());
        AuthorizationCode code = server.code(provider, options, NONCE);
        assertThat(provider.identify(options, code)).isInstanceOf(Identified.class);
        assertRefused(provider.identify(options, code), Step.TOKEN, "");
        AuthorizationCode invented = new AuthorizationCode("invented", OidcServer.VERIFIER, OidcServer.REDIRECT, NONCE);
        assertRefused(provider.identify(options, invented), Step.TOKEN, "");
    }

    @Test
    void refusesACodeWithAnotherVerifier() {
        ProviderOptions options = ProviderOptions.of(server.options());
        AuthorizationCode code = server.code(provider, options, NONCE);
        var stolen = new AuthorizationCode(
                code.code(), "another-another-another-another-another-another", code.redirectUrl(), code.nonce());
        assertRefused(provider.identify(options, stolen), Step.TOKEN, "");
    }

    @Test
    void asksForTheCodeWithAllThatTheFlowNeeds() {
        String url = provider.authorizationUrl(
                ProviderOptions.of(server.options()),
                new IdentityProvider.AuthorizationRequest("the state", "the-challenge", "the-nonce"));
        assertThat(url)
                .startsWith(server.server().authorizationEndpointUrl(OidcServer.ISSUER) + "?")
                .contains(
                        "response_type=code",
                        "client_id=" + OidcServer.CLIENT,
                        "state=the%20state",
                        "scope=openid%20email%20profile",
                        "code_challenge=the-challenge",
                        "code_challenge_method=S256",
                        "nonce=the-nonce")
                .doesNotContain("secret")
                .endsWith("&redirect_uri=");
    }

    @ParameterizedTest
    @CsvSource({
        "clientId, '', clientId, validation_required",
        "clientSecret, '', clientSecret, validation_required",
        "authURL, '', authURL, validation_required",
        "authURL, /relative, authURL, validation_is_url",
        "tokenURL, ftp://example.com, tokenURL, validation_is_url",
        "tokenURL, http://user@example.com, tokenURL, validation_is_url",
        "userInfoURL, 'http://a b', userInfoURL, validation_is_url",
        "userInfoURL, '', userInfoURL, validation_required"
    })
    void saysWhatIsWrongWithOptions(String member, String value, String place, String code) {
        var options = ProviderOptions.of(server.options(member, value));
        assertThat(provider.problems(options)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).containsExactly(place);
            assertThat(problem.code()).isEqualTo(code);
        });
    }

    @Test
    void findsNothingWrongWithWhatWorks() {
        assertThat(provider.problems(ProviderOptions.of(server.options()))).isEmpty();
        assertThat(provider.problems(ProviderOptions.of(server.tokenOptions()))).isEmpty();
        assertThat(provider.problems(ProviderOptions.of(server.tokenOptions("pkce", false))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).containsExactly("pkce"));
        assertThat(provider("google").problems(ProviderOptions.of(members("clientId", "a", "clientSecret", "b"))))
                .isEmpty();
        assertThat(provider("apple").problems(ProviderOptions.of(members("clientId", "a", "clientSecret", "b"))))
                .isEmpty();
    }
}
