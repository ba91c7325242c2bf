package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.identity.TokenKeys;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// TOK-01 to TOK-04 and TOK-08: what is no good token makes a guest of the SDK's record routes, and 401 under
/// `/api/auth`.
class TokenAttacksTest {
    @TempDir
    Path folder;

    private TestServer server;
    private StoredRecord alice;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        alice = server.kernel
                .records()
                .create(Request.ofOperator(), "users", TestServer.account("alice@example.com"))
                .record();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertNobody(String token) {
        get("me", "/api/auth/me").as(token).answers(401).run(server);
        get("records", "/api/collections/users/records")
                .as(token)
                .answers(200, "\"totalItems\":0")
                .run(server);
    }

    private void assertAlice(String token) {
        get("me", "/api/auth/me").as(token).answers(200, "alice@example.com").run(server);
        get("records", "/api/collections/users/records")
                .as(token)
                .answers(200, "\"totalItems\":1")
                .run(server);
    }

    private String key() {
        return TokenKeys.of(alice, TokenKind.AUTH);
    }

    private String signed(String header, String payload, String key) {
        String content = encoded(header) + "." + encoded(payload);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + Base64URL.encode(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyRunTimeHasIt) {
            throw new IllegalStateException(everyRunTimeHasIt);
        }
    }

    private static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }

    private String payload(String more) {
        return "{\"type\":\"auth\",\"id\":\"%s\",\"collectionId\":\"%s\",\"refreshable\":true%s}"
                .formatted(alice.id(), alice.collection().id(), more);
    }

    private static String expiring(long inSeconds) {
        return ",\"exp\":" + Instant.now().plusSeconds(inSeconds).getEpochSecond();
    }

    @Test
    void aTokenMadeByHandIsGoodWhenAllOfItIs() {
        assertAlice(signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload(expiring(60)), key()));
    }

    static Stream<String> headers() {
        return Stream.of(
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\",\"typ\":\"JWT\"}",
                "{\"alg\":\"HS384\",\"typ\":\"JWT\"}",
                "{\"alg\":\"HS512\",\"typ\":\"JWT\"}",
                "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
                "{\"alg\":\"ES256\",\"typ\":\"JWT\"}",
                "{\"alg\":\"hs256\",\"typ\":\"JWT\"}",
                "{\"alg\":[\"HS256\"],\"typ\":\"JWT\"}",
                "{\"alg\":null,\"typ\":\"JWT\"}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\",\"typ\":\"JWE\"}",
                "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"crit\":[]}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"b64\":false}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"zip\":\"DEF\"}",
                "[]",
                "null",
                "\"HS256\"",
                "");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void refusesEveryHeaderButOurs(String header) {
        assertNobody(signed(header, payload(expiring(60)), key()));
    }

    @ParameterizedTest
    @MethodSource("keyHeaders")
    void neverFollowsWhatAHeaderSaysAboutKeys(String more) {
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"," + more + "}";

        assertNobody(signed(header, payload(expiring(60)), "attacker-".repeat(8)));
    }

    static Stream<String> keyHeaders() {
        String key = Base64URL.encode("attacker-".repeat(8)).toString();
        return Stream.of(
                "\"kid\":\"../../../../dev/null\"",
                "\"kid\":\"' OR 1=1 --\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"" + key + "\"}",
                "\"jku\":\"http://127.0.0.1/keys\"",
                "\"x5u\":\"http://127.0.0.1/cert\"");
    }

    @Test
    void refusesATokenWithAnyBitFlipped() {
        String token = server.signIn("users", "alice@example.com");
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
        // The last letter's low bits are no part of the signature.
        for (int i = 0; i < bytes.length - 1; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            get("bit of byte " + i, "/api/auth/me")
                    .as(new String(flipped, StandardCharsets.US_ASCII))
                    .answers(401)
                    .run(server);
        }
        assertAlice(token);
    }

    @ParameterizedTest
    @EnumSource(value = TokenKind.class, names = "AUTH", mode = EnumSource.Mode.EXCLUDE)
    void refusesTokensOfOtherKindsForSigningIn(TokenKind kind) {
        var claims = new TokenClaims(
                kind,
                alice.id(),
                alice.collection().id(),
                Instant.now().plusSeconds(60),
                Map.of("email", Value.text("alice@example.com")));
        var codec = new NimbusTokenCodec(InstantSource.system());

        assertNobody(codec.sign(claims, TokenKeys.of(alice, kind)));
        assertNobody(codec.sign(claims, key()));
        post("refresh", "/api/collections/users/auth-refresh", "")
                .as(codec.sign(claims, TokenKeys.of(alice, kind)))
                .answers(401)
                .run(server);
    }

    @Test
    void refusesAnAuthTokenWhereARefreshTokenIsDue() {
        String token = server.signIn("users", "alice@example.com");

        post("refresh", "/api/auth/refresh", "{\"refresh_token\":\"" + token + "\"}")
                .answers(401, "invalid_refresh_token")
                .run(server);
        String refresh = ((Value.Text) ((Value.Members) ((Value.Members)
                                        Json.read(post("login", "/api/auth/login", """
                                        {"email":"alice@example.com","password":"%s"}""".formatted(TestServer.PASSWORD))
                                                .run(server)
                                                .body()))
                                .get("token"))
                        .get("refresh_token"))
                .text();
        assertNobody(refresh);
    }

    @Test
    void refusesTokensOfAnotherCollection() {
        server.collection("{\"name\":\"clients\",\"type\":\"auth\"}");
        server.record("clients", """
                {"id":"%s","email":"alice@example.com","password":"%2$s","passwordConfirm":"%2$s"}""".formatted("clientalice0000", TestServer.PASSWORD));
        String ofClients = server.signIn("clients", "alice@example.com");

        post("refresh", "/api/collections/users/auth-refresh", "")
                .as(ofClients)
                .answers(403)
                .run(server);
        get("records", "/api/collections/users/records")
                .as(ofClients)
                .answers(200, "\"totalItems\":0")
                .run(server);
        assertNobody(signed(
                "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                payload(expiring(60)).replace("_pb_users_auth_", "pbc_3142635823"),
                key()));
    }

    @Test
    void refusesTokensOfAnotherServerAndOfAnOlderKey(@TempDir Path other) {
        String old = server.signIn("users", "alice@example.com");
        try (var elsewhere = TestServer.start(other)) {
            elsewhere.kernel.records().create(Request.ofOperator(), "users", TestServer.account("alice@example.com"));
            assertNobody(elsewhere.signIn("users", "alice@example.com"));
        }
        assertAlice(old);

        HttpCase.patch(
                        "new secret",
                        "/api/collections/users",
                        "{\"authToken\":{\"secret\":\"" + "s".repeat(50) + "\"}}")
                .as(server.superuser())
                .answers(200)
                .run(server);

        assertNobody(old);
        assertAlice(server.signIn("users", "alice@example.com"));
    }

    static Stream<String> badTimes() {
        return Stream.of(
                "",
                expiring(0),
                expiring(-1),
                ",\"exp\":null",
                ",\"exp\":\"9999999999\"",
                ",\"exp\":-1",
                ",\"exp\":1e300",
                ",\"exp\":[9999999999]",
                expiring(60) + ",\"nbf\":" + Instant.now().plusSeconds(30).getEpochSecond(),
                expiring(60) + ",\"iat\":" + Instant.now().plusSeconds(30).getEpochSecond(),
                expiring(60) + ",\"nbf\":\"soon\"",
                expiring(60) + ",\"iat\":null");
    }

    @ParameterizedTest
    @MethodSource("badTimes")
    void refusesTimesThatAreNotNow(String times) {
        assertNobody(signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload(times), key()));
    }

    static Stream<String> hugeTokens() {
        String header = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        return Stream.of(
                "a".repeat(8_193),
                ".".repeat(4_000),
                header + "." + "A".repeat(7_000) + ".x",
                header + "." + encoded("[".repeat(2_000) + "]".repeat(2_000)) + ".x",
                header + "." + encoded("{\"a\":".repeat(900) + "1" + "}".repeat(900)) + ".x",
                encoded("{\"alg\":\"HS256\",\"x\":\"" + "y".repeat(5_000) + "\"}") + ".e30.x",
                header + ".e30.x.y.z",
                "..",
                header + "..");
    }

    @ParameterizedTest
    @MethodSource("hugeTokens")
    void takesHugeDeepAndManyPartedTokensForNobodys(String token) {
        assertNobody(token);
    }

    @Test
    void cutsOffAHeaderThatIsLongerThanAnyRequestMayBe() {
        TestServer.Answer answer = server.send(get("me", "/api/auth/me").as("a".repeat(20_000)));

        assertThat(answer.status()).isEqualTo(431);
    }
}
