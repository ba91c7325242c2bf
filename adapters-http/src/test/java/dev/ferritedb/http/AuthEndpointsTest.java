package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.identity.Request;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthEndpointsTest {
    private static final String USERS = "/api/collections/users";
    private static final String SUPERUSERS = "/api/collections/_superusers";

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

    @Test
    void signsInWithTheRightPasswordOnly() {
        post("right", USERS + "/auth-with-password", credentials("alice@example.com", TestServer.PASSWORD))
                .answers(
                        200,
                        "{\"record\":{\"avatar\":\"\",\"collectionId\":\"_pb_users_auth_\"",
                        "\"email\":\"alice@example.com\"",
                        "\"token\":\"ey")
                .not("password", "tokenKey")
                .run(server);
        String wrong = post("wrong", USERS + "/auth-with-password", credentials("alice@example.com", "wrong password"))
                .answers(400, "\"data\":{},\"message\":\"Failed to authenticate.\"", "invalid_credentials")
                .run(server)
                .body();
        String unknown = post(
                        "unknown", USERS + "/auth-with-password", credentials("nobody@example.com", "wrong password"))
                .answers(400, "\"data\":{},\"message\":\"Failed to authenticate.\"")
                .run(server)
                .body();
        assertThat(withoutId(wrong)).isEqualTo(withoutId(unknown));
        post(
                        "of another collection",
                        SUPERUSERS + "/auth-with-password",
                        credentials("alice@example.com", TestServer.PASSWORD))
                .answers(400, "Failed to authenticate.")
                .run(server);
        post("no password", USERS + "/auth-with-password", "{\"identity\":\"alice@example.com\"}")
                .answers(
                        400,
                        "\"password\":{\"code\":\"validation_required\"",
                        "An error occurred while validating the submitted data.")
                .run(server);
    }

    @Test
    void refreshesATokenOfTheSameCollectionOnly() {
        String alice = server.signIn("users", "alice@example.com");
        post("refresh", USERS + "/auth-refresh", "")
                .as(alice)
                .answers(200, "\"token\":\"ey", "alice@example.com")
                .run(server);
        post("with a scheme", USERS + "/auth-refresh", "")
                .as("bEARER " + alice)
                .answers(200)
                .run(server);
        post("as a guest", USERS + "/auth-refresh", "").answers(401).run(server);
        post("elsewhere", SUPERUSERS + "/auth-refresh", "")
                .as(alice)
                .answers(403)
                .run(server);
        post("a forged token", USERS + "/auth-refresh", "")
                .as(forged(alice))
                .answers(401)
                .run(server);
    }

    @Test
    void showsRelatedRecordsThatTheAccountMayView() {
        server.collection("""
                {"name":"clubs","fields":[{"name":"name","type":"text"}],"viewRule":"id = @request.auth.club"}""");
        server.collection("""
                {"name":"debts","fields":[{"name":"name","type":"text"}],"viewRule":null}""");
        server.collection("""
                {"name":"members","type":"auth","fields":[{"name":"club","type":"relation","collectionId":"clubs"},
                 {"name":"debt","type":"relation","collectionId":"debts"}]}""");
        String club = server.record("clubs", "{\"name\":\"Chess\"}");
        String debt = server.record("debts", "{\"name\":\"Rent\"}");
        String bob = server.record("members", """
                {"email":"bob@example.com","password":"%1$s","passwordConfirm":"%1$s","club":"%2$s","debt":"%3$s"}""".formatted(TestServer.PASSWORD, club, debt));

        post(
                        "at sign-in",
                        "/api/collections/members/auth-with-password?expand=club,debt",
                        credentials("bob@example.com", TestServer.PASSWORD))
                .answers(200, "\"expand\":{\"club\":{", "\"name\":\"Chess\"", "\"id\":\"" + bob)
                .not("Rent")
                .run(server);
        post(
                        "at a refresh",
                        "/api/collections/members/auth-refresh?expand=club,debt&fields=record.expand.club.name",
                        "")
                .as(server.signIn("members", "bob@example.com"))
                .answers(200, "{\"record\":{\"expand\":{\"club\":{\"name\":\"Chess\"}}}}")
                .run(server);
        post("unasked", "/api/collections/members/auth-refresh", "")
                .as(server.signIn("members", "bob@example.com"))
                .answers(200)
                .not("expand")
                .run(server);
    }

    @Test
    void tellsHowToSignIn() {
        get("users", USERS + "/auth-methods")
                .answers(
                        200,
                        "{\"password\":{\"identityFields\":[\"email\"],\"enabled\":true},\"oauth2\":{\"providers\":[],\"enabled\":false},"
                                + "\"mfa\":{\"enabled\":false,\"duration\":0},\"otp\":{\"enabled\":false,\"duration\":0}",
                        "\"emailPassword\":true")
                .run(server);
        get("picked", USERS + "/auth-methods?fields=mfa,otp")
                .answers(200, "{\"mfa\":{")
                .not("password")
                .run(server);
        server.collection("{\"name\":\"plain\"}");
        get("no auth collection", "/api/collections/plain/auth-methods")
                .answers(404, "Missing or invalid auth collection context.")
                .run(server);
        get("no collection", "/api/collections/nothing/auth-methods")
                .answers(404)
                .run(server);
    }

    @Test
    void showsSuperusersMoreOfTheServersHealth() {
        get("guest", "/api/health")
                .answers(200, "{\"message\":\"API is healthy.\",\"code\":200,\"data\":{}}")
                .run(server);
        get("superuser", "/api/health")
                .as(server.superuser())
                .answers(200, "\"canBackup\":", "\"realIP\":\"127.0.0.1\"")
                .run(server);
        for (String path : new String[] {"/healthz", "/api/healthz", "/readyz", "/api/readyz"}) {
            get("", path).answers(200, "{\"status\":\"ok\"}\n").run(server);
        }
    }

    private static String credentials(String identity, String password) {
        return "{\"identity\":\"" + identity + "\",\"password\":\"" + password + "\"}";
    }

    private static String withoutId(String body) {
        return body.substring(0, body.indexOf("\"requestId\""));
    }

    private static String forged(String token) {
        int at = token.length() - 5;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }
}
