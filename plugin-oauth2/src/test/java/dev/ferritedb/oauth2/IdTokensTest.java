package dev.ferritedb.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.ferritedb.oauth2.IdTokens.Demands;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// AUTH-04 of the security checklist: what makes an ID token worthless.
class IdTokensTest {
    private static final String ISSUER = "https://issuer.example.com";
    private static final RSAKey KEY = key("one");
    private static final RSAKey OTHER_KEY = key("two");

    private final StubServer server = new StubServer();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private IdTokens idTokens;

    @BeforeEach
    void publishKeys() {
        var outbound = new Outbound(new AddressPolicy(true, Set.of()), Duration.ofSeconds(10), (SSLSocketFactory)
                SSLSocketFactory.getDefault());
        idTokens = new IdTokens(outbound, () -> now);
        publish(KEY);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void publish(RSAKey... keys) {
        server.answers("/keys", new JWKSet(List.of(keys)).toString(true));
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private Demands demands() {
        return new Demands("client", List.of(ISSUER), server.url("/keys"), "the nonce", true);
    }

    private JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        var usual = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("alice")
                .audience("client")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", "the nonce");
        return change.apply(usual).build();
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String idToken, String reason) {
        assertThatThrownBy(() -> idTokens.checked(idToken, demands()))
                .as(reason)
                .isInstanceOf(ProviderFailure.class)
                .hasMessageContaining("the ID token is refused");
    }

    @Test
    void takesATokenThatIsAsItShouldBe() throws Exception {
        Told told = idTokens.checked(signed(KEY, claims(same -> same)), demands());
        assertThat(told.at("sub").text()).isEqualTo("alice");
        assertThat(server.asked()).hasSize(1);
        idTokens.checked(signed(KEY, claims(same -> same)), demands());
        assertThat(server.asked()).as("keys are remembered").hasSize(1);
    }

    @Test
    void refusesClaimsThatAreNotForUs() {
        assertRefused(signed(KEY, claims(c -> c.issuer("https://other.example.com"))), "another issuer");
        assertRefused(signed(KEY, claims(c -> c.issuer(null))), "no issuer");
        assertRefused(signed(KEY, claims(c -> c.audience("another"))), "another audience");
        assertRefused(signed(KEY, claims(c -> c.audience((String) null))), "no audience");
        assertRefused(signed(KEY, claims(c -> c.audience(List.of("client", "another")))), "two and no party");
        assertRefused(signed(KEY, claims(c -> c.claim("azp", "another"))), "another party");
        assertRefused(signed(KEY, claims(c -> c.subject(null))), "no subject");
        assertRefused(signed(KEY, claims(c -> c.claim("nonce", "another"))), "another nonce");
        assertRefused(signed(KEY, claims(c -> c.claim("nonce", null))), "no nonce");
        assertRefused(signed(KEY, claims(c -> c.claim("nonce", 7))), "a nonce that is no text");
    }

    @Test
    void takesTwoAudiencesWhenWeAreTheParty() throws Exception {
        String token =
                signed(KEY, claims(c -> c.audience(List.of("client", "another")).claim("azp", "client")));
        assertThat(idTokens.checked(token, demands()).at("sub").text()).isEqualTo("alice");
    }

    @Test
    void refusesTokensOfAnotherTime() {
        assertRefused(signed(KEY, claims(c -> c.expirationTime(Date.from(now.minusSeconds(61))))), "expired");
        assertRefused(signed(KEY, claims(c -> c.expirationTime(null))), "for ever");
        assertRefused(signed(KEY, claims(c -> c.notBeforeTime(Date.from(now.plusSeconds(120))))), "not yet");
    }

    @Test
    void refusesWhatIsNotSignedByTheProvider() throws Exception {
        assertRefused(new PlainJWT(claims(same -> same)).serialize(), "no signature");
        assertRefused(signed(OTHER_KEY, claims(same -> same)), "an unknown key");
        RSAKey forged = new RSAKey.Builder(OTHER_KEY).keyID("one").build();
        assertRefused(signed(forged, claims(same -> same)), "a key that says it is another");
        var hmac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(same -> same));
        hmac.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));
        assertRefused(hmac.serialize(), "the public key as a shared secret");
        String good = signed(KEY, claims(same -> same));
        assertRefused(good.substring(0, good.lastIndexOf('.') + 1), "an empty signature");
        assertRefused("a.b.c", "no token");
        assertRefused("", "nothing");
        assertRefused(good.substring(0, good.length() - 6) + "AAAAAA", "a changed signature");
    }

    @Test
    void asksForNewKeysWhenTheProviderChangedThem() throws Exception {
        idTokens.checked(signed(KEY, claims(same -> same)), demands());
        publish(OTHER_KEY);
        String token = signed(OTHER_KEY, claims(same -> same));
        assertRefused(token, "asked a moment ago");
        now = now.plusSeconds(11);
        assertThat(idTokens.checked(token, demands()).at("sub").text()).isEqualTo("alice");
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void refusesAllWhenThereAreNoKeys() {
        server.answers("/keys", 500, "");
        assertRefused(signed(KEY, claims(same -> same)), "no keys");
        server.answers("/keys", "not json");
        assertRefused(signed(KEY, claims(same -> same)), "no key set");
    }

    @Test
    void looksAtATokenWhoseSignatureItCannotCheck() throws Exception {
        var unchecked = new Demands("client", List.of(), "", "the nonce", false);
        String token = signed(OTHER_KEY, claims(c -> c.claim("nonce", null)));
        assertThat(idTokens.checked(token, unchecked).at("sub").text()).isEqualTo("alice");
        assertThatThrownBy(() -> idTokens.checked(new PlainJWT(claims(same -> same)).serialize(), unchecked))
                .isInstanceOf(ProviderFailure.class);
    }
}
