package dev.ferritedb.oauth2;

import static dev.ferritedb.oauth2.OidcServer.members;
import static dev.ferritedb.oauth2.SignInServer.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.oauth2.SignInServer.Answer;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OAuth2 over HTTP, through the real plug-in, with a real OpenID Connect server. AUTH-01 to AUTH-04 of the
/// security checklist.
class OAuth2SignInTest {
    @TempDir
    Path folder;

    private OidcServer oidc;
    private SignInServer server;

    @BeforeEach
    void start() {
        oidc = OidcServer.start();
        server = SignInServer.start(folder);
        server.providers(oidc.options());
    }

    @AfterEach
    void stop() {
        server.close();
        oidc.close();
    }

    private static Map<String, Object> email(String email, Object verified) {
        return Map.of("email", email, "email_verified", verified);
    }

    private List<StoredRecord> links() {
        return server.all("_externalAuths", "");
    }

    private StoredRecord user(String email) {
        return server.all("users", "email = '" + email + "'").getFirst();
    }

    @Test
    void offersWhatAClientNeedsToBegin() {
        Answer methods = server.get(USERS + "/auth-methods", "").is(200, "\"enabled\":true");
        String first = "oauth2.providers.0.";
        assertThat(methods.text(first + "name")).isEqualTo("oidc");
        assertThat(methods.text(first + "displayName")).isEqualTo("OIDC");
        assertThat(methods.text(first + "logo")).startsWith("<svg");
        assertThat(methods.text(first + "state")).hasSize(30);
        assertThat(methods.text(first + "codeVerifier")).hasSize(43);
        assertThat(methods.text(first + "codeChallengeMethod")).isEqualTo("S256");
        assertThat(methods.text(first + "codeChallenge"))
                .isEqualTo(OidcServer.challenge(methods.text(first + "codeVerifier")));
        assertThat(methods.text(first + "authUrl"))
                .isEqualTo(methods.text(first + "authURL"))
                .endsWith("&redirect_uri=");
        assertThat(methods.text("authProviders.0.name")).isEqualTo("oidc");
        assertThat(methods.text("authProviders.0.logo")).isEmpty();
        assertThat(methods.body()).doesNotContain("clientSecret", "\"secret\"");
        Answer again = server.get(USERS + "/auth-methods", "");
        assertThat(again.text(first + "state")).isNotEqualTo(methods.text(first + "state"));
        assertThat(again.text(first + "codeVerifier")).isNotEqualTo(methods.text(first + "codeVerifier"));
    }

    @Test
    void offersNoChallengeWithoutPkce() {
        server.providers(oidc.options("pkce", false, "displayName", "House"));
        Answer methods = server.get(USERS + "/auth-methods", "").is(200);
        assertThat(methods.text("oauth2.providers.0.displayName")).isEqualTo("House");
        assertThat(methods.text("oauth2.providers.0.codeVerifier")).isEmpty();
        assertThat(methods.text("oauth2.providers.0.codeChallenge")).isEmpty();
        assertThat(methods.text("oauth2.providers.0.codeChallengeMethod")).isEmpty();
        oidc.next("alice", email("alice@example.com", true));
        server.signIn(oidc).is(200);
    }

    @Test
    void passesOverProvidersThatCannotWork(@TempDir Path other) {
        try (var without = SignInServer.withoutPlugin(other)) {
            without.providers(members("name", "nowhere"), members("name", "google"), oidc.options());
        }
        try (var with = SignInServer.start(other)) {
            Answer methods = with.get(USERS + "/auth-methods", "").is(200);
            assertThat(methods.text("oauth2.providers.0.name")).isEqualTo("oidc");
            assertThat(methods.text("oauth2.providers.1.name")).isEmpty();
            with.post(
                            USERS + "/auth-with-oauth2",
                            members(
                                    "provider",
                                    "google",
                                    "code",
                                    "c",
                                    "codeVerifier",
                                    "v",
                                    "redirectURL",
                                    with.redirectUrl()),
                            "")
                    .is(400, "oauth2_token_failed");
        }
    }

    @Test
    void keepsProvidersThatWorkAlone() {
        String superuser = server.superuser();
        for (String[] wrong : new String[][] {
            {"{\"name\":\"nowhere\",\"clientId\":\"a\",\"clientSecret\":\"b\"}", "validation_missing_provider"},
            {"{\"clientId\":\"a\",\"clientSecret\":\"b\"}", "\"name\":{\"code\":\"validation_required\""},
            {"{\"name\":\"google\",\"clientSecret\":\"b\"}", "\"clientId\":{\"code\":\"validation_required\""},
            {"{\"name\":\"google\",\"clientId\":\"a\"}", "\"clientSecret\":{\"code\":\"validation_required\""},
            {
                "{\"name\":\"google\",\"clientId\":\"a\",\"clientSecret\":\"b\",\"authURL\":\"nowhere\"}",
                "\"authURL\":{\"code\":\"validation_is_url\""
            }
        }) {
            server.patchUsers("{\"oauth2\":{\"enabled\":true,\"providers\":[" + wrong[0] + "]}}", superuser)
                    .is(400, "\"oauth2\":{\"providers\":{\"0\":{", wrong[1]);
            server.patchUsers("{\"oauth2\":{\"enabled\":false,\"providers\":[" + wrong[0] + "]}}", superuser)
                    .is(200);
            server.patchUsers("{\"oauth2\":{\"providers\":[]}}", superuser).is(200);
        }
        String google = "{\"name\":\"google\",\"clientId\":\"a\",\"clientSecret\":\"b\"}";
        server.patchUsers("{\"oauth2\":{\"enabled\":true,\"providers\":[" + google + "," + google + "]}}", superuser)
                .is(400, "\"1\":{\"name\":{\"code\":\"validation_duplicated_provider\"");
        server.patchUsers(
                        "{\"oauth2\":{\"enabled\":true,\"mappedFields\":{\"name\":\"name\",\"username\":\"nowhere\"},"
                                + "\"providers\":[" + google + "]}}",
                        superuser)
                .is(200, "\"name\":\"name\",\"username\":\"\"")
                .isWithout("clientSecret");
    }

    @Test
    void tellsSuperusersWhichProvidersThereAreAndMakesApplesSecrets() throws Exception {
        String all = "/api/collections/meta/oauth2-providers";
        server.get(all, "").is(401);
        String superuser = server.superuser();
        assertThat(server.get(all, superuser).is(200).body())
                .startsWith("[{\"name\":\"apple\",\"displayName\":\"Apple\",\"logo\":\"\\u003csvg")
                .contains("\"name\":\"oidc3\"");
        String path = "/api/settings/apple/generate-client-secret";
        server.post(path, members(), "").is(401);
        server.post(path, members(), superuser)
                .is(400, "\"clientId\"", "\"teamId\"", "\"keyId\"", "\"privateKey\"", "\"duration\"");
        var generator = java.security.KeyPairGenerator.getInstance("EC");
        generator.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + java.util.Base64.getEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
        Value.Members asked = members(
                "clientId",
                "com.example",
                "teamId",
                "TEAM123456",
                "keyId",
                "KEY1234567",
                "privateKey",
                pem,
                "duration",
                Value.number(3600));
        assertThat(server.post(path, asked, superuser).is(200).text("secret").split("\\."))
                .hasSize(3);
        server.post(path, with(asked, "teamId", "short"), superuser).is(400, "validation_length_invalid");
        server.post(path, with(asked, "privateKey", "no PEM"), superuser).is(400, "validation_match_invalid");
        String noKey = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
        server.post(path, with(asked, "privateKey", noKey), superuser).is(400, "validation_invalid_value");
        for (double duration : new double[] {-1, 0.5, 15_777_001}) {
            var longer = new LinkedHashMap<>(asked.members());
            longer.put("duration", Value.number(duration));
            server.post(path, new Value.Members(longer), superuser).is(400, "\"duration\"", "threshold");
        }
    }

    @Test
    void makesAnAccountForWhoIsNew() {
        oidc.next(
                "alice",
                new HashMap<>(Map.of(
                        "email",
                        "alice@example.com",
                        "email_verified",
                        true,
                        "name",
                        "Alice A",
                        "preferred_username",
                        "alice1")));
        Answer answer = server.signIn(oidc).is(200);

        assertThat(answer.isTrue("meta.isNew")).isTrue();
        assertThat(answer.text("meta.id")).isEqualTo("alice");
        assertThat(answer.text("meta.name")).isEqualTo("Alice A");
        assertThat(answer.text("meta.username")).isEqualTo("alice1");
        assertThat(answer.text("meta.email")).isEqualTo("alice@example.com");
        assertThat(answer.text("meta.rawUser.sub")).isEqualTo("alice");
        assertThat(answer.text("meta.accessToken")).isNotEmpty();
        assertThat(answer.text("meta.expiry")).endsWith("Z");
        assertThat(answer.json().members()).containsOnlyKeys("meta", "record", "token");
        assertThat(((Value.Members) answer.json().get("meta")).members())
                .containsOnlyKeys(
                        "accessToken",
                        "avatarURL",
                        "avatarUrl",
                        "email",
                        "expiry",
                        "id",
                        "isNew",
                        "name",
                        "rawUser",
                        "refreshToken",
                        "username");
        assertThat(answer.text("record.email")).isEqualTo("alice@example.com");
        assertThat(answer.isTrue("record.verified")).isTrue();
        server.post(USERS + "/auth-refresh", members(), answer.text("token")).is(200);
        assertThat(links()).singleElement().satisfies(link -> {
            assertThat(link.text("provider")).isEqualTo("oidc");
            assertThat(link.text("providerId")).isEqualTo("alice");
            assertThat(link.text("recordRef")).isEqualTo(answer.text("record.id"));
            assertThat(link.text("collectionRef")).isEqualTo("_pb_users_auth_");
        });
    }

    @Test
    void takesTheNameThatCameWithTheCode() {
        oidc.next("alice", email("alice@example.com", true));
        Value.Members flow = server.flow(oidc);
        String code = new Told(flow).at("code").text();
        server.form(
                "/api/oauth2-redirect",
                Map.of(
                        "code",
                        code,
                        "state",
                        "nobody",
                        "user",
                        "{\"name\":{\"firstName\":\"Alice\",\"lastName\":\"A\"}}"));
        Answer answer = server.post(USERS + "/auth-with-oauth2", flow, "").is(200);
        assertThat(answer.text("meta.name")).isEqualTo("Alice A");
        for (String user :
                List.of("", "no json", "[]", "{\"name\":7}", "{\"name\":{\"firstName\":[]}}", "x".repeat(5000))) {
            oidc.next("alice", email("alice@example.com", true));
            Value.Members again = server.flow(oidc);
            server.form(
                    "/api/oauth2-redirect",
                    Map.of("code", new Told(again).at("code").text(), "user", user));
            assertThat(server.post(USERS + "/auth-with-oauth2", again, "")
                            .is(200)
                            .text("meta.name"))
                    .isEmpty();
        }
    }

    @Test
    void knowsWhoComesAgainByTheProvidersIdWhateverTheEmail() {
        oidc.next("alice", email("alice@example.com", true));
        String id = server.signIn(oidc).is(200).text("record.id");
        oidc.next("alice", email("another@example.com", true));
        Answer again = server.signIn(oidc).is(200);
        assertThat(again.text("record.id")).isEqualTo(id);
        assertThat(again.text("record.email")).isEqualTo("alice@example.com");
        assertThat(again.isTrue("meta.isNew")).isFalse();
        assertThat(links()).hasSize(1);
    }

    @Test
    void forgetsAnAccountsLinkWithTheLink() {
        oidc.next("alice", email("alice@example.com", true));
        Answer first = server.signIn(oidc).is(200);
        String link = links().getFirst().id();
        server.kernel
                .records()
                .delete(
                        dev.ferritedb.kernel.identity.Request.ofOperator()
                                .by(new dev.ferritedb.kernel.identity.Caller.Member(user("alice@example.com"))),
                        "_externalAuths",
                        link);
        oidc.next("alice", email("alice@example.com", "no longer"));
        server.signIn(oidc).is(400, "validation_not_unique");
        assertThat(first.text("record.id")).isEqualTo(user("alice@example.com").id());
    }

    @Test
    void mapsWhatTheProviderTellsToTheFieldsThatTheCollectionNames() {
        server.change((Value.Members) dev.ferritedb.json.Json.read("""
                {"fields":[
                  {"name":"name","type":"text"},{"name":"picture","type":"url"},
                  {"name":"username","type":"text","pattern":"^[a-z0-9]+$"}],
                 "indexes":["CREATE UNIQUE INDEX idx_username ON users (username) WHERE username != ''"],
                 "oauth2":{"mappedFields":{"name":"name","username":"username","avatarURL":"picture"}}}"""));
        oidc.next(
                "alice",
                Map.of(
                        "email",
                        "alice@example.com",
                        "email_verified",
                        true,
                        "name",
                        "Alice A",
                        "preferred_username",
                        "alice1",
                        "picture",
                        "https://example.com/alice.png"));
        Answer alice = server.signIn(oidc).is(200);
        assertThat(alice.text("record.name")).isEqualTo("Alice A");
        assertThat(alice.text("record.username")).isEqualTo("alice1");
        assertThat(alice.text("record.picture")).isEqualTo("https://example.com/alice.png");

        oidc.next(
                "alice2",
                Map.of("email", "alice2@example.com", "email_verified", true, "preferred_username", "alice1"));
        assertThat(server.signIn(oidc).is(200).text("record.username"))
                .as("a taken name")
                .isNotEqualTo("alice1");
        oidc.next("bob", Map.of("email", "bob@example.com", "email_verified", true, "preferred_username", "B O B"));
        Answer bob =
                server.signIn(oidc, "createData", members("name", "My own")).is(200);
        assertThat(bob.text("record.username")).as("a name that does not suit").isNotEqualTo("B O B");
        assertThat(bob.text("record.name")).isEqualTo("My own");
    }

    @Test
    void makesAccountsUnderTheCreateRuleAlone() {
        server.change(members("createRule", "@request.context = 'oauth2' && @request.body.name = 'Guest'"));
        oidc.next("alice", email("alice@example.com", true));
        server.signIn(oidc).is(400, "create_refused");
        oidc.next("alice", email("alice@example.com", true));
        server.signIn(oidc, "createData", members("name", "Guest")).is(200);
        server.change((Value.Members) dev.ferritedb.json.Json.read("{\"createRule\":null}"));
        oidc.next("bob", email("bob@example.com", true));
        server.signIn(oidc, "createData", members("name", "Guest")).is(403);
        assertThat(server.all("users", "")).hasSize(1);
        assertThat(links()).hasSize(1);
    }

    @Test
    void letsCreateDataSetNothingPrivileged() {
        oidc.next("alice", email("alice@example.com", false));
        server.signIn(oidc, "createData", members("verified", true)).is(400, "\"verified\"");
        assertThat(server.all("users", "")).isEmpty();
        oidc.next("alice", email("alice@example.com", true));
        String key = "k".repeat(50);
        server.signIn(oidc, "createData", members("tokenKey", key, "email", "victim@example.com"));
        server.all("users", "").forEach(account -> {
            assertThat(account.text("tokenKey")).isNotEqualTo(key);
            assertThat(account.truth("verified"))
                    .as("an e-mail that nobody proved")
                    .isFalse();
        });
        oidc.next("bob", email("bob@example.com", true));
        server.signIn(oidc, "createData", Value.text("all")).is(400, "createData");
    }

    @Test
    void takesACreatedPasswordButNotAGuessableOne() {
        oidc.next("alice", email("alice@example.com", true));
        server.signIn(oidc, "createData", members("password", "12345678", "passwordConfirm", "12345678"))
                .is(400, "password");
        oidc.next("alice", email("alice@example.com", true));
        String password = SignInServer.PASSWORD;
        server.signIn(oidc, "createData", members("password", password, "passwordConfirm", password))
                .is(200);
        server.byPassword("alice@example.com").is(200);
    }

    // AUTH-01

    @Test
    void takesAnUnverifiedAccountOverClean() {
        StoredRecord planted = server.account("alice@example.com", false);
        String session = server.byPassword("alice@example.com").is(200).text("token");
        server.post(USERS + "/auth-refresh", members(), session).is(200);

        Answer own = server.post(
                        "/api/auth/login", members("email", "alice@example.com", "password", SignInServer.PASSWORD), "")
                .is(200);
        String refreshToken = own.text("token.refresh_token");
        String accessToken = own.text("token.access_token");
        server.get("/api/auth/me", accessToken).is(200);

        oidc.next("alice", email("alice@example.com", true));
        Answer owner = server.signIn(oidc).is(200);

        assertThat(owner.text("record.id")).isEqualTo(planted.id());
        assertThat(owner.isTrue("record.verified")).isTrue();
        assertThat(owner.isTrue("meta.isNew")).isFalse();
        server.byPassword("alice@example.com").is(400, "invalid_credentials");
        server.post(USERS + "/auth-refresh", members(), session).is(401);
        server.post("/api/auth/refresh", members("refresh_token", refreshToken), "")
                .is(401);
        server.get("/api/auth/me", accessToken).is(401);
        server.post(USERS + "/auth-refresh", members(), owner.text("token")).is(200);
    }

    @Test
    void linksAVerifiedAccountOfTheSameProvenEmailAndKeepsItsPassword() {
        StoredRecord account = server.account("alice@example.com", true);
        oidc.next("alice", email("alice@example.com", true));
        Answer answer = server.signIn(oidc).is(200);
        assertThat(answer.text("record.id")).isEqualTo(account.id());
        server.byPassword("alice@example.com").is(200);
        oidc.next("second", email("alice@example.com", true));
        server.signIn(oidc).is(400, "oauth2_link_exists");
        assertThat(links()).hasSize(1);
    }

    // AUTH-02

    @Test
    void dropsAHostileFirstLinkWhenTheOwnerSignsIn() {
        server.providers(oidc.options(), oidc.options("name", "oidc2"));
        oidc.next("mallory", email("alice@example.com", false));
        Answer hostile = server.signIn(oidc).is(200);
        assertThat(hostile.isTrue("record.verified")).isFalse();

        oidc.next("alice", email("alice@example.com", true));
        Answer owner = server.signIn(oidc).is(200);

        assertThat(owner.text("record.id")).isEqualTo(hostile.text("record.id"));
        assertThat(links())
                .singleElement()
                .satisfies(link -> assertThat(link.text("providerId")).isEqualTo("alice"));
        server.post(USERS + "/auth-refresh", members(), hostile.text("token")).is(401);
        oidc.next("mallory", email("alice@example.com", false));
        server.signIn(oidc).is(400, "validation_not_unique");
    }

    @Test
    void clearsAnUnverifiedAccountWhoseLinkedUserProvesTheEmailLater() {
        oidc.next("alice", email("alice@example.com", false));
        String password = SignInServer.PASSWORD;
        Answer before = server.signIn(oidc, "createData", members("password", password, "passwordConfirm", password))
                .is(200);
        oidc.next("alice", email("alice@example.com", true));
        Answer after = server.signIn(oidc).is(200);
        assertThat(after.text("record.id")).isEqualTo(before.text("record.id"));
        assertThat(after.isTrue("record.verified")).isTrue();
        server.byPassword("alice@example.com").is(400);
        server.post(USERS + "/auth-refresh", members(), before.text("token")).is(401);
        assertThat(links()).hasSize(1);
    }

    // AUTH-03

    @Test
    void neitherLinksNorVerifiesAnEmailThatTheProviderDoesNotProve() {
        server.account("alice@example.com", true);
        for (Object unproven : List.of(false, "true", "yes", 1, List.of(true))) {
            oidc.next("mallory", email("alice@example.com", unproven));
            server.signIn(oidc).is(400, "\"email\":{\"code\":\"validation_not_unique\"");
        }
        oidc.next("mallory", Map.of("email", "alice@example.com"));
        server.signIn(oidc).is(400, "validation_not_unique");
        assertThat(links()).isEmpty();
        assertThat(server.all("users", "")).hasSize(1);

        for (Object unproven : List.of(false, "true", 1)) {
            oidc.next("user" + unproven, email("user-" + unproven + "@example.com", unproven));
            Answer answer = server.signIn(oidc).is(200);
            assertThat(answer.isTrue("record.verified"))
                    .as("email_verified: %s", unproven)
                    .isFalse();
        }
        oidc.next("silent", Map.of("email", "silent@example.com"));
        assertThat(server.signIn(oidc).is(200).isTrue("record.verified")).isFalse();
    }

    @Test
    void doesNotTakeAnUnverifiedAccountOverByAnUnprovenEmail() {
        server.account("alice@example.com", false);
        oidc.next("mallory", email("alice@example.com", "true"));
        server.signIn(oidc).is(400);
        server.byPassword("alice@example.com").is(200);
        assertThat(links()).isEmpty();
    }

    @Test
    void linksTheCallersOwnAccountWhateverTheEmail() {
        StoredRecord account = server.account("alice@example.com", true);
        String token = server.byPassword("alice@example.com").text("token");
        oidc.next("alice", email("private@example.org", false));
        Answer answer = server.post(USERS + "/auth-with-oauth2", server.flow(oidc), token)
                .is(200);
        assertThat(answer.text("record.id")).isEqualTo(account.id());
        assertThat(answer.text("record.email")).isEqualTo("alice@example.com");
        assertThat(links()).hasSize(1);
        server.byPassword("alice@example.com").is(200);
    }

    @Test
    void verifiesTheCallersOwnAccountByItsProvenEmailAndKeepsItsPassword() {
        StoredRecord account = server.account("alice@example.com", false);
        String token = server.byPassword("alice@example.com").text("token");
        oidc.next("alice", email("alice@example.com", true));
        Answer answer = server.post(USERS + "/auth-with-oauth2", server.flow(oidc), token)
                .is(200);
        assertThat(answer.text("record.id")).isEqualTo(account.id());
        assertThat(answer.isTrue("record.verified")).isTrue();
        server.byPassword("alice@example.com").is(200);
    }

    // AUTH-04

    private void assertNothingMade() {
        assertThat(server.all("users", "")).isEmpty();
        assertThat(links()).isEmpty();
    }

    @Test
    void refusesACodeThatIsUsedTwiceInventedOrSomebodyElses() {
        server.providers(oidc.options(), oidc.options("name", "oidc2"));
        Value.Members flow = server.flow(oidc);
        server.post(USERS + "/auth-with-oauth2", with(flow, "codeVerifier", "another".repeat(7)), "")
                .is(400, "Failed to fetch OAuth2 token.");
        server.post(USERS + "/auth-with-oauth2", with(flow, "code", "invented"), "")
                .is(400, "oauth2_token_failed");
        server.post(USERS + "/auth-with-oauth2", with(flow, "codeVerifier", ""), "")
                .is(400, "\"codeVerifier\":{\"code\":\"validation_required\"");
        server.post(USERS + "/auth-with-oauth2", flow, "").is(400, "oauth2_token_failed");
        assertNothingMade();
        oidc.next("alice", email("alice@example.com", true));
        Value.Members good = server.flow(oidc);
        server.post(USERS + "/auth-with-oauth2", good, "").is(200);
        server.post(USERS + "/auth-with-oauth2", good, "").is(400, "oauth2_token_failed");
        assertThat(links()).hasSize(1);
    }

    @Test
    void takesACodeOnceOfFiftyThatUseItAtOnce() throws Exception {
        oidc.next("alice", email("alice@example.com", true));
        Value.Members flow = server.flow(oidc);
        var statuses = new java.util.concurrent.ConcurrentLinkedQueue<Integer>();
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.submit(() -> statuses.add(
                        server.post(USERS + "/auth-with-oauth2", flow, "").status()));
            }
        }
        assertThat(statuses).hasSize(50).containsOnlyOnce(200);
        assertThat(links()).hasSize(1);
    }

    @Test
    void asksForASecondFactor() {
        server.account("alice@example.com", true);
        server.change((Value.Members) dev.ferritedb.json.Json.read("{\"mfa\":{\"enabled\":true}}"));
        oidc.next("alice", email("alice@example.com", true));
        String mfaId = server.signIn(oidc).is(401).text("mfaId");
        assertThat(mfaId).isNotEmpty();
        oidc.next("alice", email("alice@example.com", true));
        server.signIn(oidc, "mfaId", mfaId).is(400, "different authentication method");
        String first = server.byPassword("alice@example.com").is(401).text("mfaId");
        oidc.next("alice", email("alice@example.com", true));
        Answer second = server.signIn(oidc, "mfaId", first).is(200);
        assertThat(second.text("meta.id")).isEqualTo("alice");
    }

    @Test
    void refusesEndpointsInTheBody() {
        for (String key :
                List.of("authURL", "tokenURL", "userInfoURL", "tokenUrl", "issuer", "clientSecret", "extra")) {
            oidc.next("alice", email("alice@example.com", true));
            server.signIn(oidc, key, "http://127.0.0.1:1/").is(400, "\"" + key + "\"");
        }
        assertNothingMade();
    }

    @Test
    void refusesAUserWithoutAnId() {
        try (var stub = new StubServer()) {
            server.providers(oidc.options("userInfoURL", stub.url("/user")));
            for (String told :
                    List.of("{}", "{\"sub\":\"\"}", "{\"sub\":null}", "{\"sub\":[]}", "[]", "null", "", "no")) {
                stub.answers("/user", told);
                server.signIn(oidc).is(400, "Failed to fetch OAuth2 user.");
            }
            stub.answers("/user", 500, "{\"sub\":\"alice\"}");
            server.signIn(oidc).is(400, "Failed to fetch OAuth2 user.");
            stub.answers("/user", 302, "{\"sub\":\"alice\"}");
            server.signIn(oidc).is(400, "Failed to fetch OAuth2 user.");
            stub.answers("/user", "{\"sub\":\"another than the ID token's\"}");
            oidc.next("alice", Map.of());
            server.signIn(oidc).is(400, "Failed to fetch OAuth2 user.");
        }
        assertNothingMade();
    }

    @Test
    void signsInByTheIdTokenAloneWithTheNonceThatTheFlowBeganWith() {
        server.providers(oidc.tokenOptions());
        oidc.next("alice", email("alice@example.com", true));
        Answer answer = server.signIn(oidc).is(200);
        assertThat(answer.text("record.email")).isEqualTo("alice@example.com");
        oidc.next("mallory", Map.of("nonce", "of another flow", "email", "m@example.com"));
        server.signIn(oidc).is(400, "Failed to fetch OAuth2 user.");
        oidc.next("mallory", Map.of("iss", "https://elsewhere.example.com"));
        server.providers(oidc.tokenOptions(
                "extra",
                members("jwksURL", oidc.server().jwksUrl(OidcServer.ISSUER), "issuer", "https://issuer.example.com")));
        server.signIn(oidc).is(400, "Failed to fetch OAuth2 user.");
        assertThat(links()).hasSize(1);
    }

    @Test
    void saysWhichMemberIsMissing() {
        server.post(USERS + "/auth-with-oauth2", members(), "")
                .is(
                        400,
                        "\"provider\":{\"code\":\"validation_required\"",
                        "\"code\":{\"code\":\"validation_required\"");
        server.post(
                        USERS + "/auth-with-oauth2",
                        members("provider", "google", "code", "c", "codeVerifier", "v", "redirectURL", "x"),
                        "")
                .is(400, "\"provider\":{\"code\":\"validation_invalid_provider\"", "\"name\":\"google\"");
    }

    @Test
    void refusesWhereOAuth2IsOffOrTheAuthRuleSaysNo() {
        server.change(members("authRule", "name != ''"));
        oidc.next("alice", email("alice@example.com", true));
        server.signIn(oidc).is(403, "auth_rule_refused");
        server.change(members("oauth2", members("enabled", false)));
        server.post(USERS + "/auth-with-oauth2", members("provider", "oidc"), "")
                .is(403, "oauth2_disabled");
        server.post("/api/collections/_superusers/auth-with-oauth2", members("provider", "oidc"), "")
                .is(403);
        server.post("/api/collections/_externalAuths/auth-with-oauth2", members(), "")
                .is(404);
        assertThat(server.get(USERS + "/auth-methods", "").body())
                .contains("\"oauth2\":{\"providers\":[],\"enabled\":false}", "\"authProviders\":null");
    }

    @Test
    void saysThatThePluginIsMissing(@TempDir Path other) {
        try (var without = SignInServer.withoutPlugin(other)) {
            without.providers(oidc.options());
            without.get(USERS + "/auth-methods", "").is(200, "\"oauth2\":{\"providers\":[],\"enabled\":false}");
            without.post(USERS + "/auth-with-oauth2", members("provider", "oidc"), "")
                    .is(403, "oauth2_unavailable", "plug-in oauth2");
        }
    }

    private static Value.Members with(Value.Members body, String member, String value) {
        var changed = new LinkedHashMap<>(body.members());
        changed.put(member, Value.text(value));
        return new Value.Members(changed);
    }
}
