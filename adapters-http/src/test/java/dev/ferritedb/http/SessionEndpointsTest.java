package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.delete;
import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TOK-06 and TOK-07, for the tokens of `/api/auth`.
class SessionEndpointsTest {
    private static final String CREDENTIALS =
            "{\"email\":\"alice@example.com\",\"password\":\"" + TestServer.PASSWORD + "\"}";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        server.kernel.records().create(Request.ofOperator(), "users", TestServer.account("alice@example.com"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private record Tokens(String access, String refresh) {
        String body() {
            return "{\"refresh_token\":\"" + refresh + "\"}";
        }
    }

    private static Tokens tokens(TestServer.Answer answer) {
        var body = (Value.Members) Json.read(answer.body());
        var token = body.get("token") instanceof Value.Members nested ? nested : body;
        return new Tokens(text(token, "access_token"), text(token, "refresh_token"));
    }

    private static String text(Value.Members members, String name) {
        return ((Value.Text) members.get(name)).text();
    }

    private Tokens login() {
        return tokens(post("login", "/api/auth/login", CREDENTIALS).run(server));
    }

    @Test
    void registersAndSignsIn() {
        TestServer.Answer answer = post("register", "/api/auth/register", """
                        {"email":"new@example.com","password":"%1$s","password_confirm":"%1$s","name":"New",
                         "verified":true}""".formatted(TestServer.PASSWORD))
                .answers(
                        200,
                        "{\"user\":{",
                        "\"email\":\"new@example.com\"",
                        "\"name\":\"New\"",
                        "\"verified\":false",
                        "\"token\":{\"access_token\":\"ey",
                        "\"token_type\":\"Bearer\",\"expires_in\":900}}")
                .not("password", "tokenKey")
                .run(server);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        get("me", "/api/auth/me")
                .as("Bearer " + tokens(answer).access())
                .answers(200, "\"email\":\"new@example.com\"")
                .run(server);

        post("again", "/api/auth/register", """
                        {"email":"new@example.com","password":"%1$s"}""".formatted(TestServer.PASSWORD))
                .answers(400, "\"email\":{\"code\":\"validation_not_unique\"")
                .run(server);
        post("without a password", "/api/auth/register", "{\"email\":\"b@example.com\"}")
                .answers(400, "\"password\":{\"code\":\"validation_required\"")
                .run(server);
        post("elsewhere", "/api/auth/register?collection=nope", CREDENTIALS)
                .answers(404, "auth_collection_not_found")
                .run(server);
    }

    @Test
    void signsInWithTheRightPasswordOnly() {
        post("right", "/api/auth/login", CREDENTIALS)
                .answers(200, "{\"user\":{", "\"token\":{\"access_token\":\"ey", "\"refresh_token\":\"")
                .not("password", "tokenKey")
                .run(server);
        post("by identity", "/api/auth/login", CREDENTIALS.replace("email\"", "identity\""))
                .answers(200)
                .run(server);
        post("wrong", "/api/auth/login", CREDENTIALS.replace(TestServer.PASSWORD, "wrong password"))
                .answers(401, "\"code\":\"invalid_credentials\"")
                .run(server);
        post("unknown", "/api/auth/login", CREDENTIALS.replace("alice", "nobody"))
                .answers(401, "\"code\":\"invalid_credentials\"")
                .run(server);
        post("of another collection", "/api/auth/login?collection=_superusers", CREDENTIALS)
                .answers(401, "\"code\":\"invalid_credentials\"")
                .run(server);
        post("empty", "/api/auth/login", "{}")
                .answers(400, "\"email\":{\"code\":\"validation_required\"", "\"password\":{")
                .run(server);
    }

    @Test
    void givesTheTokensOfASessionOnceEach() {
        Tokens first = login();

        Tokens second = tokens(post("refresh", "/api/auth/refresh", first.body())
                .answers(200, "{\"access_token\":\"ey", "\"refresh_token\":\"", "\"expires_in\":900}")
                .not("user")
                .run(server));
        post("at once again", "/api/auth/refresh", first.body())
                .answers(401, "\"code\":\"refresh_token_used\"")
                .run(server);
        post("the new one", "/api/auth/refresh", second.body()).answers(200).run(server);
        post("the first one", "/api/auth/refresh", first.body())
                .answers(401, "\"code\":\"refresh_token_reused\"")
                .run(server);
        post("none", "/api/auth/refresh", "{}")
                .answers(400, "\"refresh_token\":{\"code\":\"validation_required\"")
                .run(server);
        post("made up", "/api/auth/refresh", "{\"refresh_token\":\"AAAA\"}")
                .answers(401, "\"code\":\"invalid_refresh_token\"")
                .run(server);
    }

    @Test
    void actsForTheAccountWhereverATokenIsAskedFor() {
        Tokens tokens = login();

        get("records", "/api/collections/users/records")
                .as(tokens.access())
                .answers(200, "\"email\":\"alice@example.com\"")
                .run(server);
        String refreshed = post("the SDK's refresh", "/api/collections/users/auth-refresh", "")
                .as(tokens.access())
                .answers(200)
                .run(server)
                .text("token");
        assertThat(refreshed).isEqualTo(tokens.access());
    }

    @Test
    void endsSessionsAtOnce() {
        Tokens one = login();
        Tokens two = login();
        Tokens three = login();

        post("logout", "/api/auth/logout", one.body()).answers(204).run(server);
        get("after logout", "/api/auth/me").as(one.access()).answers(401).run(server);
        post("after logout", "/api/auth/refresh", one.body()).answers(401).run(server);

        String id = ((Value.Members) ((Value.Items) Json.read(get("sessions", "/api/auth/sessions")
                                                .as(two.access())
                                                .answers(
                                                        200, "[{\"id\":\"", "\"address\":\"127.0.0.1\"", "\"agent\":\"")
                                                .not("generation", "collectionRef", "ends")
                                                .run(server)
                                                .body()))
                                        .items()
                                        .getFirst())
                                .get("id")
                        instanceof Value.Text text
                ? text.text()
                : "";
        delete("unknown", "/api/auth/sessions/nope")
                .as(two.access())
                .answers(404, "session_not_found")
                .run(server);
        delete("one", "/api/auth/sessions/" + id).as(two.access()).answers(204).run(server);
        get("left", "/api/auth/me").as(two.access()).answers(200).run(server);
        get("ended", "/api/auth/me").as(three.access()).answers(401).run(server);

        post("everywhere", "/api/auth/logout-all", "")
                .as(two.access())
                .answers(204)
                .run(server);
        get("after that", "/api/auth/me").as(two.access()).answers(401).run(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/auth/me",
                "GET /api/auth/sessions",
                "DELETE /api/auth/sessions/x",
                "POST /api/auth/logout-all"
            })
    void asksGuestsToSignIn(String route) {
        String[] parts = route.split(" ", -1);
        HttpCase.of(route, parts[0], parts[1], "", "").answers(401).run(server);
        HttpCase.of(route, parts[0], parts[1], "", "")
                .as("made.up.token")
                .answers(401)
                .run(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token", "Refresh_Token", "password"})
    void takesNoTokenOutOfAUrl(String parameter) {
        Tokens tokens = login();

        get("me", "/api/auth/me?" + parameter + "=" + tokens.access())
                .answers(401, "token_in_url")
                .not(tokens.access())
                .run(server);
        TestServer.Answer records = get(
                        "records", "/api/collections/users/records?" + parameter + "=" + tokens.access())
                .answers(200, "\"totalItems\":0")
                .run(server);
        assertThat(records.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void tellsWhichSessionAsksAndEndsItWithoutARefreshToken() {
        Tokens one = login();
        Tokens two = login();
        get("list", "/api/auth/sessions")
                .as(one.access())
                .answers(200, "\"current\":true", "\"current\":false")
                .not("Hash", "successor")
                .run(server);

        post("logout", "/api/auth/logout", "").as(one.access()).answers(204).run(server);
        get("me", "/api/auth/me").as(one.access()).answers(401).run(server);
        get("me", "/api/auth/me").as(two.access()).answers(200).run(server);
        post("logout of nothing", "/api/auth/logout", "").answers(400).run(server);
    }

    @Test
    void answersTheSameAttemptAgain() {
        Tokens first = login();
        Tokens lost = tokens(post("refresh", "/api/auth/refresh", first.body())
                .header("Idempotency-Key", "k1")
                .run(server));
        Tokens again = tokens(post("again", "/api/auth/refresh", first.body())
                .header("Idempotency-Key", "k1")
                .answers(200)
                .run(server));
        post("another attempt", "/api/auth/refresh", first.body())
                .header("Idempotency-Key", "k2")
                .answers(401, "refresh_token_used")
                .run(server);
        post("the next", "/api/auth/refresh", again.body()).answers(200).run(server);
        post("the same in another seal", "/api/auth/refresh", lost.body())
                .answers(401, "refresh_token_used")
                .run(server);
    }

    @Test
    void keepsToTheCollectionThatIsNamed() {
        server.collection("{\"name\":\"members\",\"type\":\"auth\"}");
        Tokens tokens = login();
        for (String named : new String[] {"members", "_superusers"}) {
            get("me", "/api/auth/me?collection=" + named)
                    .as(tokens.access())
                    .answers(401, "other_collection")
                    .run(server);
            get("sessions", "/api/auth/sessions?collection=" + named)
                    .as(tokens.access())
                    .answers(401)
                    .run(server);
            post("all", "/api/auth/logout-all?collection=" + named, "")
                    .as(tokens.access())
                    .answers(401)
                    .run(server);
            post("refresh", "/api/auth/refresh?collection=" + named, tokens.body())
                    .answers(401, "invalid_refresh_token")
                    .run(server);
        }
        get("me", "/api/auth/me?collection=users")
                .as(tokens.access())
                .answers(200)
                .run(server);
        get("me", "/api/auth/me?collection=nope")
                .as(tokens.access())
                .answers(404)
                .run(server);
        post("refresh", "/api/auth/refresh?collection=users", tokens.body())
                .answers(200)
                .run(server);
    }

    @Test
    void takesJsonAlone() {
        HttpCase.of("a form", "POST", "/api/auth/login", "application/x-www-form-urlencoded", "email=a&password=b")
                .answers(400, "unsupported_content_type")
                .run(server);
        HttpCase.of("a page's text", "POST", "/api/auth/login", "text/plain", CREDENTIALS)
                .answers(400, "unsupported_content_type")
                .run(server);
    }

    @Test
    void namesMembersAsTheClientDid() {
        post("unlike", "/api/auth/register", """
                        {"email":"eve@example.com","password":"%s","password_confirm":"other"}""".formatted(TestServer.PASSWORD))
                .answers(400, "\"password_confirm\":{\"code\":\"validation_values_mismatch\"")
                .run(server);
        post("nothing", "/api/auth/login", "{}")
                .answers(400, "\"email\":{\"code\":\"validation_required\"", "\"password\":{")
                .run(server);
    }
}
