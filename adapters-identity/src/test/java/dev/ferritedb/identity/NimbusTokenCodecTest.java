package dev.ferritedb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NimbusTokenCodecTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef-tokenKey";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.500Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private final NimbusTokenCodec codec = new NimbusTokenCodec(() -> NOW);

    @ParameterizedTest
    @EnumSource
    void readsBackWhatItSigned(TokenKind kind) {
        var claims = new TokenClaims(
                kind,
                "record123456789",
                "pbc_3142635823",
                Instant.ofEpochSecond(SECOND + 60),
                Map.of(
                        "refreshable",
                        Value.truth(true),
                        "email",
                        Value.text("ä<&>@example.com"),
                        "n",
                        Value.number(3)));

        String token = codec.sign(claims, KEY);

        assertThat(codec.peek(token)).contains(claims);
        assertThat(codec.signedWith(token, KEY)).isTrue();
        assertThat(codec.signedWith(token, KEY + "x")).isFalse();
    }

    @Test
    void readsAClaimWithoutProofOfExpiredTokensToo() {
        String expired = codec.sign(
                new TokenClaims(
                        TokenKind.VERIFICATION,
                        "r1",
                        "c1",
                        Instant.ofEpochSecond(SECOND - 60),
                        Map.of("email", Value.text("a@example.com"), "n", Value.number(3))),
                KEY);
        assertThat(codec.unprovenText(expired, "email")).isEqualTo("a@example.com");
        assertThat(codec.unprovenText(expired, "n")).isEmpty();
        assertThat(codec.unprovenText(expired, "newEmail")).isEmpty();
        for (String none : List.of("", "a", "a.b", "a.b.c", "a.b.c.d", "a.bnVsbA.c", "x".repeat(10_000))) {
            assertThat(codec.unprovenText(none, "email")).isEmpty();
        }
    }

    @Test
    void writesTheHeaderAndClaimsOfTheWireContract() {
        String token = codec.sign(claims(60), KEY);

        String[] parts = token.split("\\.");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .isEqualTo(HEADER);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"auth\",\"id\":\"r1\",\"collectionId\":\"c1\",\"exp\":" + (SECOND + 60)
                        + ",\"refreshable\":true}");
        assertThat(token).doesNotContain("=");
    }

    @Test
    void takesATokenThatAnotherLibrarySigned() throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("any").build(),
                new JWTClaimsSet.Builder()
                        .claim("type", "auth")
                        .claim("id", "r1")
                        .claim("collectionId", "c1")
                        .claim("exp", SECOND + 60)
                        .claim("refreshable", true)
                        .build());
        jwt.sign(new MACSigner(KEY));
        String token = jwt.serialize();

        assertThat(codec.peek(token)).contains(claims(60));
        assertThat(codec.signedWith(token, KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"typ\":\"JWT\"}",
                "{\"alg\":\"None\",\"typ\":\"JWT\"}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":\"HS384\",\"typ\":\"JWT\"}",
                "{\"alg\":\"HS512\",\"typ\":\"JWT\"}",
                "{\"alg\":\"hs256\",\"typ\":\"JWT\"}",
                "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
                "{\"alg\":\"ES256\",\"typ\":\"JWT\"}",
                "{\"alg\":[\"HS256\"],\"typ\":\"JWT\"}",
                "{\"alg\":null}",
                "{\"alg\":\"HS256\",\"typ\":\"JWE\"}",
                "{\"alg\":\"HS256\",\"typ\":7}",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
                "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
                "{\"alg\":\"HS256\",\"zip\":\"DEF\"}",
                "[]",
                "null",
                "\"HS256\"",
                "",
                "{",
            })
    void refusesHeadersOfAnyOtherKind(String header) {
        assertThat(codec.peek(signed(header, payload("")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADER,
                "{\"typ\":\"JWT\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"kid\":\"../../etc/passwd\"}",
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"},\"jku\":\"https://evil.example/keys\"}",
            })
    void ignoresWhatAHeaderSaysAboutKeys(String header) {
        String token = signed(header, payload(""));
        assertThat(codec.peek(token)).isPresent();
        assertThat(codec.signedWith(token, KEY)).isTrue();
        assertThat(codec.signedWith(token, "another key of thirty-two bytes!!")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, true",
        "0, 0, 0, false",
        "-1, 0, 0, false",
        "60, 5, 0, true",
        "60, 6, 0, false",
        "60, 0, 5, true",
        "60, 0, 6, false",
        "60, -60, -60, true",
    })
    void checksTheTimes(long expiresIn, long notBefore, long issued, boolean valid) {
        String token = signed(
                HEADER,
                "{\"type\":\"auth\",\"id\":\"r1\",\"collectionId\":\"c1\",\"exp\":" + (SECOND + expiresIn) + ",\"nbf\":"
                        + (SECOND + notBefore) + ",\"iat\":" + (SECOND + issued) + "}");
        assertThat(codec.peek(token).isPresent()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"r\",\"collectionId\":\"c\",\"exp\":9999999999}",
                "{\"type\":\"root\",\"id\":\"r\",\"collectionId\":\"c\",\"exp\":9999999999}",
                "{\"type\":null,\"id\":\"r\",\"collectionId\":\"c\",\"exp\":9999999999}",
                "{\"type\":\"auth\",\"collectionId\":\"c\",\"exp\":9999999999}",
                "{\"type\":\"auth\",\"id\":7,\"collectionId\":\"c\",\"exp\":9999999999}",
                "{\"type\":\"auth\",\"id\":\"\",\"collectionId\":\"c\",\"exp\":9999999999}",
                "{\"type\":\"auth\",\"id\":\"r\",\"exp\":9999999999}",
                "{\"type\":\"auth\",\"id\":\"r\",\"collectionId\":\"\",\"exp\":9999999999}",
                "{\"type\":\"auth\",\"id\":\"r\",\"collectionId\":\"c\"}",
                "{\"type\":\"auth\",\"id\":\"r\",\"collectionId\":\"c\",\"exp\":\"9999999999\"}",
                "{\"type\":\"auth\",\"id\":\"r\",\"collectionId\":\"c\",\"exp\":null}",
                "{\"type\":\"auth\",\"id\":\"r\",\"collectionId\":\"c\",\"exp\":1e300}",
                "{\"type\":\"auth\",\"id\":\"r\",\"collectionId\":\"c\",\"exp\":-5}",
                "{\"type\":\"auth\",\"id\":\"r\",\"collectionId\":\"c\",\"exp\":9999999999,\"nbf\":\"soon\"}",
                "{\"type\":\"auth\",\"id\":\"r\",\"collectionId\":\"c\",\"exp\":9999999999,\"iat\":null}",
                "[]",
                "null",
                "{",
                "",
            })
    void refusesPayloadsWithoutTheClaimsOfAToken(String payload) {
        assertThat(codec.peek(signed(HEADER, payload))).isEmpty();
    }

    @Test
    void refusesWhatHasNotThreeParts() {
        String token = codec.sign(claims(60), KEY);
        String[] parts = token.split("\\.");
        for (String broken : List.of(
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                parts[0] + "." + parts[1],
                parts[0] + "." + parts[1] + ".",
                token + ".",
                token + ".x",
                "." + token,
                " " + token,
                parts[0] + ".!" + parts[1] + "." + parts[2])) {
            assertThat(codec.peek(broken)).describedAs(broken).isEmpty();
            assertThat(codec.signedWith(broken, KEY)).describedAs(broken).isFalse();
        }
    }

    @Test
    void refusesTokensBeyondTheLimit() {
        String fits = signed(HEADER, payload(",\"x\":\"" + "a".repeat(5900) + "\""));
        String beyond = signed(HEADER, payload(",\"x\":\"" + "a".repeat(6200) + "\""));
        assertThat(fits.length()).isLessThan(8192);
        assertThat(codec.peek(fits)).isPresent();
        assertThat(beyond.length()).isGreaterThan(8192);
        assertThat(codec.peek(beyond)).isEmpty();
        assertThat(codec.signedWith(beyond, KEY)).isFalse();
        assertThat(codec.peek("x".repeat(10_000_000))).isEmpty();
    }

    @Test
    void survivesDeepAndHostilePayloads() {
        assertThat(codec.peek(signed(HEADER, "[".repeat(5000)))).isEmpty();
        assertThat(codec.peek(signed(HEADER, payload(",\"x\":" + "[".repeat(9) + "]".repeat(9)))))
                .isEmpty();
        assertThat(codec.peek(signed(HEADER, payload(",\"x\":" + "[".repeat(2500) + "]".repeat(2500)))))
                .isEmpty();
        assertThat(codec.peek(signed(HEADER, payload(",\"x\":[[{\"y\":[]}]]")))).isPresent();
        long seed = System.nanoTime();
        System.out.println("NimbusTokenCodecTest.survivesDeepAndHostilePayloads seed " + seed);
        var random = new Random(seed);
        String token = codec.sign(claims(60), KEY);
        for (int i = 0; i < 20_000; i++) {
            char[] damaged = token.toCharArray();
            int at = random.nextInt(damaged.length);
            char put = (char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : ' ' + random.nextInt(95));
            if (damaged[at] == put) continue;
            damaged[at] = put;
            String text = new String(damaged);
            codec.peek(text);
            assertThat(codec.signedWith(text, KEY)).describedAs(text).isFalse();
        }
    }

    @Test
    void refusesAnotherSpellingOfTheSameSignature() {
        String token = codec.sign(claims(60), KEY);
        // 43 characters hold 258 bits: the last two are free and must be zero.
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        String other = token.substring(0, token.length() - 1) + alphabet.charAt(last | 1);
        assertThat(Base64.getUrlDecoder().decode(other.substring(other.lastIndexOf('.') + 1)))
                .isEqualTo(Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)));
        assertThat(codec.signedWith(other, KEY)).isFalse();
        assertThat(codec.signedWith(token + "=", KEY)).isFalse();
    }

    @Test
    void refusesWeakKeysAndOverwrittenClaims() {
        assertThatThrownBy(() -> codec.sign(claims(60), "short")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.sign(claims(60), "x".repeat(31))).isInstanceOf(IllegalArgumentException.class);
        assertThat(codec.signedWith(codec.sign(claims(60), "x".repeat(32)), "x".repeat(32)))
                .isTrue();
        assertThat(codec.signedWith(codec.sign(claims(60), KEY), "short")).isFalse();
        var overwriting = new TokenClaims(
                TokenKind.AUTH, "r1", "c1", NOW.plusSeconds(60), Map.of("id", Value.text("someone else")));
        assertThatThrownBy(() -> codec.sign(overwriting, KEY)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ä<&>😀\0", "a longer text, of which nothing must be seen in what is sealed"})
    void opensWhatItSealedAndNothingElse(String text) {
        String sealed = codec.seal(text, "context", KEY);

        assertThat(codec.unseal(sealed, "context", KEY)).contains(text);
        assertThat(sealed).matches("[A-Za-z0-9_-]+").isNotEqualTo(codec.seal(text, "context", KEY));
        assertThat(codec.unseal(sealed, "contex", KEY)).isEmpty();
        assertThat(codec.unseal(sealed, "context", KEY + "x")).isEmpty();
        byte[] bytes = Base64.getUrlDecoder().decode(sealed);
        for (int i = 0; i < bytes.length; i++) {
            byte[] forged = bytes.clone();
            forged[i] ^= 1;
            assertThat(codec.unseal(Base64.getUrlEncoder().encodeToString(forged), "context", KEY))
                    .isEmpty();
        }
        for (int i = 0; i < sealed.length(); i++) {
            assertThat(codec.unseal(sealed.substring(0, i), "context", KEY)).isEmpty();
        }
        assertThat(codec.unseal("no cursor", "context", KEY)).isEmpty();
    }

    private static TokenClaims claims(long lifeSeconds) {
        return new TokenClaims(
                TokenKind.AUTH,
                "r1",
                "c1",
                Instant.ofEpochSecond(SECOND + lifeSeconds),
                Map.of("refreshable", Value.truth(true)));
    }

    private static String payload(String more) {
        return "{\"type\":\"auth\",\"id\":\"r1\",\"collectionId\":\"c1\",\"exp\":" + (SECOND + 60) + more + "}";
    }

    private static String signed(String header, String payload) {
        String head = base64(header) + "." + base64(payload);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(head.getBytes(StandardCharsets.UTF_8));
            return head + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
