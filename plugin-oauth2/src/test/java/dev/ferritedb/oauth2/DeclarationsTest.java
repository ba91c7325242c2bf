package dev.ferritedb.oauth2;

import static dev.ferritedb.oauth2.OidcServer.members;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.ferritedb.oauth2.StubServer.Asked;
import dev.ferritedb.ports.identity.Identification;
import dev.ferritedb.ports.identity.Identification.Identified;
import dev.ferritedb.ports.identity.Identification.NotIdentified;
import dev.ferritedb.ports.identity.Identification.Step;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationCode;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationRequest;
import dev.ferritedb.ports.identity.IdentityProvider.ClientKey;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.identity.ProviderUser;
import dev.ferritedb.ports.identity.ProviderUser.EmailStanding;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each provider, with answers as its documentation shows them.
class DeclarationsTest {
    private static final String TOKEN = "{\"access_token\":\"the-token\",\"token_type\":\"bearer\",\"expires_in\":60}";

    private final StubServer server = new StubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    /// @param expected id | name | username | email | standing | avatar
    record Row(String provider, String token, String user, String emails, String expected) {
        Row withToken(String answer) {
            return new Row(provider, answer, user, emails, expected);
        }

        @Override
        public String toString() {
            return provider + ": " + expected;
        }
    }

    private static Row row(String provider, String user, String expected) {
        return new Row(provider, TOKEN, user, "", expected);
    }

    static List<Row> rows() {
        return List.of(
                row("google", """
                        {"sub":"1","name":"A B","email":"a@b.c","email_verified":true,"picture":"https://p"}""", "1 | A B |  | a@b.c | VERIFIED | https://p"),
                row(
                        "microsoft",
                        "{\"id\":\"m-1\",\"displayName\":\"A B\",\"mail\":\"a@b.c\"}",
                        "m-1 | A B |  | a@b.c | UNKNOWN | "),
                row(
                        "yandex",
                        """
                        {"id":"7","real_name":"A B","login":"ab","default_email":"a@b.c","default_avatar_id":"9/x"}""",
                        "7 | A B | ab | a@b.c | UNKNOWN | https://avatars.yandex.net/get-yapic/9/x/islands-200"),
                row("facebook", """
                        {"id":"5","name":"A B","email":"a@b.c","picture":{"data":{"url":"https://p"}}}""", "5 | A B |  | a@b.c | UNKNOWN | https://p"),
                row("instagram2", """
                        {"user_id":"5","name":"A B","username":"ab","profile_picture_url":"https://p"}""", "5 | A B | ab |  | UNKNOWN | https://p"),
                new Row("github", TOKEN, """
                        {"id":9007199254740993,"login":"ab","name":"A B","avatar_url":"https://p","email":"public@b.c"}""", """
                        [{"email":"other@b.c","primary":false,"verified":true},
                         {"email":"a@b.c","primary":true,"verified":true}]""", "9007199254740993 | A B | ab | a@b.c | VERIFIED | https://p"),
                new Row(
                        "github",
                        "access_token=the-token&scope=user&token_type=bearer",
                        "{\"id\":1,\"login\":\"ab\",\"name\":null}",
                        """
                        [{"email":"a@b.c","primary":true,"verified":"true"},{"email":"c@b.c","primary":false,"verified":true}]""",
                        "1 |  | ab |  | UNKNOWN | "),
                row("gitlab", """
                        {"id":3,"username":"ab","name":"A B","email":"a@b.c","confirmed_at":"2024-01-01T00:00:00Z","avatar_url":"https://p"}""", "3 | A B | ab | a@b.c | VERIFIED | https://p"),
                row(
                        "gitlab",
                        "{\"id\":3,\"username\":\"ab\",\"name\":\"A B\",\"email\":\"a@b.c\",\"confirmed_at\":null}",
                        "3 | A B | ab | a@b.c | UNVERIFIED | "),
                new Row(
                        "bitbucket",
                        TOKEN,
                        """
                        {"uuid":"{u}","display_name":"A B","username":"ab","account_status":"active","links":{"avatar":{"href":"https://p"}}}""",
                        "{\"values\":[{\"email\":\"a@b.c\",\"is_primary\":true,\"is_confirmed\":true}]}",
                        "{u} | A B | ab | a@b.c | VERIFIED | https://p"),
                new Row(
                        "gitee",
                        TOKEN,
                        "{\"id\":3,\"login\":\"ab\",\"name\":\"A B\",\"avatar_url\":\"https://p\",\"email\":\"x@y.z\"}",
                        "[{\"email\":\"a@b.c\",\"state\":\"confirmed\",\"scope\":[\"primary\",\"notified\"]}]",
                        "3 | A B | ab | a@b.c | VERIFIED | https://p"),
                new Row(
                        "gitea",
                        TOKEN,
                        "{\"id\":3,\"login\":\"ab\",\"full_name\":\"\",\"active\":true,\"avatar_url\":\"https://p\"}",
                        "[{\"email\":\"a@b.c\",\"primary\":true,\"verified\":true}]",
                        "3 | ab | ab | a@b.c | VERIFIED | https://p"),
                row("wakatime", """
                        {"data":{"id":"w","display_name":"A B","username":"ab","email":"a@b.c","is_email_confirmed":false,"photo":"https://p"}}""", "w | A B | ab | a@b.c | UNVERIFIED | https://p"),
                row("linear", """
                        {"data":{"viewer":{"id":"l","name":"A B","displayName":"ab","email":"a@b.c","avatarUrl":"https://p","active":true}}}""", "l | A B | ab | a@b.c | UNKNOWN | https://p"),
                row("notion", """
                        {"object":"user","id":"bot","bot":{"owner":{"type":"user","user":{"id":"n","name":"A B","avatar_url":"https://p","person":{"email":"a@b.c"}}}}}""", "n | A B |  | a@b.c | UNKNOWN | https://p"),
                row("monday", """
                        {"data":{"me":{"id":"4","enabled":true,"name":"A B","email":"a@b.c","is_verified":true,"photo_small":"https://p"}}}""", "4 | A B |  | a@b.c | VERIFIED | https://p"),
                row(
                        "lark",
                        "{\"code\":0,\"data\":{\"union_id\":\"on_1\",\"name\":\"A B\",\"avatar_url\":\"https://p\"}}",
                        "on_1 | A B |  |  | UNKNOWN | https://p"),
                row(
                        "box",
                        "{\"id\":\"6\",\"name\":\"A B\",\"login\":\"a@b.c\",\"status\":\"active\",\"avatar_url\":\"https://p\"}",
                        "6 | A B |  | a@b.c | UNKNOWN | https://p"),
                row("livechat", """
                        {"account_id":"lc","name":"A B","email":"a@b.c","email_verified":true,"avatar_url":"https://p"}""", "lc | A B |  | a@b.c | VERIFIED | https://p"),
                row("planningcenter", """
                        {"data":{"id":"8","attributes":{"status":"active","name":"A B","avatar":"https://p"}}}""", "8 | A B |  |  | UNKNOWN | https://p"),
                row(
                        "discord",
                        """
                        {"id":"80351110224678912","username":"ab","global_name":"A B","avatar":"hash","email":"a@b.c","verified":true}""",
                        "80351110224678912 | A B | ab | a@b.c | VERIFIED | https://cdn.discordapp.com/avatars/80351110224678912/hash.png"),
                row(
                        "discord",
                        "{\"id\":\"8\",\"username\":\"ab\",\"global_name\":null,\"avatar\":null,\"email\":\"a@b.c\",\"verified\":false}",
                        "8 | ab | ab | a@b.c | UNVERIFIED | "),
                row("twitter", """
                        {"data":{"id":"2","name":"A B","username":"ab","profile_image_url":"https://p","confirmed_email":"a@b.c"}}""", "2 | A B | ab | a@b.c | VERIFIED | https://p"),
                row("kakao", """
                        {"id":123,"properties":{"nickname":"ab","profile_image":"https://p"},
                         "kakao_account":{"email":"a@b.c","is_email_valid":true,"is_email_verified":false}}""", "123 | ab | ab | a@b.c | UNVERIFIED | https://p"),
                new Row(
                        "vk",
                        "{\"access_token\":\"the-token\",\"email\":\"a@b.c\",\"user_id\":1}",
                        """
                        {"response":[{"id":1,"first_name":"A","last_name":"B","screen_name":"ab","photo_max":"https://p"}]}""",
                        "",
                        "1 | A B | ab | a@b.c | UNKNOWN | https://p"),
                row(
                        "spotify",
                        "{\"id\":\"s\",\"display_name\":\"A B\",\"email\":\"a@b.c\",\"images\":[{\"url\":\"https://p\"}]}",
                        "s | A B |  | a@b.c | UNKNOWN | https://p"),
                row("trakt", """
                        {"user":{"username":"ab","name":"A B","ids":{"slug":"ab","uuid":"t"},"images":{"avatar":{"full":"https://p"}}}}""", "t | A B | ab |  | UNKNOWN | https://p"),
                row("twitch", """
                        {"data":[{"id":"141","login":"ab","display_name":"A B","email":"a@b.c","profile_image_url":"https://p"}]}""", "141 | A B | ab | a@b.c | VERIFIED | https://p"),
                row("patreon", """
                        {"data":{"id":"p","attributes":{"full_name":"A B","vanity":"ab","email":"a@b.c","is_email_verified":true,"image_url":"https://p"}}}""", "p | A B | ab | a@b.c | VERIFIED | https://p"),
                row(
                        "strava",
                        "{\"id\":134815,\"firstname\":\"A\",\"lastname\":\"B\",\"username\":null,\"profile\":\"https://p\"}",
                        "134815 | A B |  |  | UNKNOWN | https://p"),
                row(
                        "mailcow",
                        "{\"id\":\"mc\",\"full_name\":\"A B\",\"username\":\"ab\",\"email\":\"a@b.c\",\"active\":1}",
                        "mc | A B | ab | a@b.c | UNKNOWN | "),
                row(
                        "oidc2",
                        "{\"sub\":\"o\",\"name\":\"A B\",\"preferred_username\":\"ab\",\"email\":\"a@b.c\",\"email_verified\":true}",
                        "o | A B | ab | a@b.c | VERIFIED | "));
    }

    private ProviderOptions options(String provider) {
        return ProviderOptions.of(members(
                "name",
                provider,
                "clientId",
                "the-client",
                "clientSecret",
                "the-secret",
                "authURL",
                server.url("/auth"),
                "tokenURL",
                server.url("/token"),
                "userInfoURL",
                server.url("/user")));
    }

    private Identification identify(Row row) {
        server.answers("/token", row.token).answers("/user", row.user);
        if (!row.emails.isEmpty()) server.answers("/user/emails", row.emails).answers("/emails", row.emails);
        return OidcFlowTest.provider(row.provider)
                .identify(options(row.provider), new AuthorizationCode("the-code", "the-verifier", "http://back", ""));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsWhatTheProviderTells(Row row) {
        Identification outcome = identify(row);
        assertThat(outcome).isInstanceOf(Identified.class);
        ProviderUser user = ((Identified) outcome).user();
        assertThat(String.join(
                        " | ",
                        user.id(),
                        user.name(),
                        user.username(),
                        user.email(),
                        user.emailStanding().name(),
                        user.avatarUrl()))
                .isEqualTo(row.expected);
        assertThat(user.accessToken()).isEqualTo("the-token");
        Asked token = server.asked().getFirst();
        assertThat(token.method()).isEqualTo("POST");
        assertThat(token.body())
                .contains(
                        "code=the-code",
                        "code_verifier=the-verifier",
                        "redirect_uri=http%3A%2F%2Fback",
                        "grant_type=authorization_code");
        assertThat(server.asked().get(1).headers().get("Authorization")).containsExactly("Bearer the-token");
    }

    @Test
    void knowsEveryProviderOfTheWireContract() {
        var known = new ArrayList<String>();
        Declarations.all().forEach(declaration -> known.add(declaration.name()));
        assertThat(known)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(
                        "apple bitbucket box discord facebook gitea gitee github gitlab google instagram2 kakao lark linear livechat mailcow microsoft monday notion oidc oidc2 oidc3 patreon planningcenter spotify strava trakt twitch twitter vk wakatime yandex"
                                .split(" "));
        assertThat(rows().stream().map(Row::provider))
                .containsAll(known.stream()
                        .filter(name -> !List.of("apple", "oidc", "oidc3").contains(name))
                        .toList());
        for (Declaration declaration : Declarations.all()) {
            assertThat(declaration.logo()).startsWith("<svg").endsWith("</svg>");
            assertThat(declaration.pkce())
                    .as(declaration.name())
                    .isEqualTo(!List.of("bitbucket", "linear", "vk").contains(declaration.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sendsTheBrowserToTheProvider(Row row) {
        IdentityProvider provider = OidcFlowTest.provider(row.provider);
        ProviderOptions options = ProviderOptions.of(members(
                "name",
                row.provider,
                "clientId",
                "c",
                "clientSecret",
                "s",
                "authURL",
                row.provider.equals("mailcow") || row.provider.equals("oidc2") ? "https://own.example.com/auth" : ""));
        assertThat(provider.authorizationUrl(options, new AuthorizationRequest("st", "ch", "no")))
                .startsWith("https://")
                .contains("client_id=c", "state=st", "code_challenge=ch", "response_type=code")
                .endsWith("&redirect_uri=");
    }

    @Test
    void asksAppleForAFormAndTheName() {
        assertThat(OidcFlowTest.provider("apple")
                        .authorizationUrl(
                                ProviderOptions.of(members("clientId", "c")),
                                new AuthorizationRequest("st", "ch", "no")))
                .startsWith("https://appleid.apple.com/auth/authorize?")
                .contains("response_mode=form_post", "scope=name%20email", "nonce=no");
    }

    @ParameterizedTest
    @MethodSource("inactive")
    void refusesAccountsThatAreNotActive(Row row) {
        Identification outcome = identify(row);
        assertThat(outcome).isInstanceOf(NotIdentified.class);
        assertThat(((NotIdentified) outcome).failed()).isEqualTo(Step.USER);
        assertThat(((NotIdentified) outcome).reason()).contains("not active");
    }

    static List<Row> inactive() {
        return List.of(
                row("gitea", "{\"id\":3,\"login\":\"ab\",\"active\":false}", ""),
                row("gitea", "{\"id\":3,\"login\":\"ab\"}", ""),
                row("box", "{\"id\":\"6\",\"status\":\"inactive\"}", ""),
                row("mailcow", "{\"id\":\"mc\",\"active\":0}", ""));
    }

    @Test
    void triesTheOtherWayToSayWhoTheClientIs() {
        server.answers("/token", 401, "{\"error\":\"invalid_client\"}").answers("/user", "{\"sub\":\"1\"}");
        var code = new AuthorizationCode("c", "v", "http://back", "");
        Identification outcome = OidcFlowTest.provider("oidc").identify(options("oidc"), code);
        assertThat(outcome).isInstanceOf(NotIdentified.class);
        assertThat(((NotIdentified) outcome).reason())
                .contains("401", "invalid_client")
                .doesNotContain("secret");
        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked().get(0).headers()).containsKey("Authorization");
        assertThat(server.asked().get(0).body()).doesNotContain("client_secret");
        assertThat(server.asked().get(1).headers()).doesNotContainKey("Authorization");
        assertThat(server.asked().get(1).body()).contains("client_id=the-client", "client_secret=the-secret");
    }

    @ParameterizedTest
    @MethodSource("brokenTokens")
    void refusesTokenAnswersWithoutAToken(String body) {
        Identification outcome = identify(row("oidc", "{\"sub\":\"1\"}", "").withToken(body));
        assertThat(outcome).isInstanceOf(NotIdentified.class);
        assertThat(((NotIdentified) outcome).failed()).isEqualTo(Step.TOKEN);
    }

    static List<String> brokenTokens() {
        return List.of(
                "",
                "{}",
                "[]",
                "{\"error\":\"invalid_grant\"}",
                "{\"access_token\":\"\"}",
                "{broken",
                "a=%zz",
                "error=bad_code");
    }

    @Test
    void ignoresSillyLifetimesAndOverlongTexts() {
        Identification outcome = identify(new Row(
                "oidc",
                "{\"access_token\":\"the-token\",\"expires_in\":-5}",
                "{\"sub\":\"1\",\"name\":\"" + "a".repeat(2000) + "\"}",
                "",
                ""));
        ProviderUser user = ((Identified) outcome).user();
        assertThat(user.name()).isEmpty();
        assertThat(user.expiresAt()).isEqualTo(java.time.Instant.MAX);
        assertThat(user.emailStanding()).isEqualTo(EmailStanding.UNKNOWN);
        Identification tooLong = identify(row("oidc", "{\"sub\":\"" + "a".repeat(2000) + "\"}", ""));
        assertThat(tooLong).isInstanceOf(NotIdentified.class);
    }

    @Test
    void signsApplesClientSecrets() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        IdentityProvider apple = OidcFlowTest.provider("apple");
        var key = new ClientKey("com.example.app", "TEAM123456", "KEY1234567", pem, 3600);

        SignedJWT secret = SignedJWT.parse(apple.clientSecret(key).orElseThrow());

        assertThat(secret.verify(new ECDSAVerifier((ECPublicKey) pair.getPublic())))
                .isTrue();
        assertThat(secret.getHeader().getKeyID()).isEqualTo("KEY1234567");
        assertThat(secret.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(secret.getJWTClaimsSet().getIssuer()).isEqualTo("TEAM123456");
        assertThat(secret.getJWTClaimsSet().getSubject()).isEqualTo("com.example.app");
        assertThat(secret.getJWTClaimsSet().getAudience()).containsExactly("https://appleid.apple.com");
        assertThat(key.toString()).doesNotContain("PRIVATE");
        assertThat(apple.clientSecret(new ClientKey("a", "b", "c", "no key", 1)))
                .isEmpty();
        assertThat(OidcFlowTest.provider("google").clientSecret(key)).isEmpty();
    }
}
