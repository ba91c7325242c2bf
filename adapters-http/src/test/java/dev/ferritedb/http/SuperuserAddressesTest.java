package dev.ferritedb.http;

import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The setting `superuserIPs`: superusers come from where it says, others from anywhere.
class SuperuserAddressesTest {
    @TempDir
    Path folder;

    private TestServer server;
    private String superuser;

    @BeforeEach
    void open() {
        server = TestServer.start(folder);
        superuser = server.superuser();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void allow(String addresses) {
        server.kernel.settings().update(Request.ofOperator(), (Value.Members)
                Json.read("{\"superuserIPs\":" + addresses + "}"));
    }

    private static HttpCase signIn(String collection, String email) {
        return HttpCase.post(email, "/api/collections/" + collection + "/auth-with-password", """
            {"identity":"%s","password":"%s"}\
            """.formatted(
                        email, TestServer.PASSWORD));
    }

    @Test
    void refusesASuperuserFromElsewhereOnEveryRouteAndAtTheSignIn() {
        allow("[\"10.0.0.0/8\",\"2001:db8::1\"]");

        for (String path : new String[] {
            "/api/collections",
            "/api/settings",
            "/api/audit",
            "/api/health",
            "/healthz",
            "/api/collections/users/records"
        }) {
            HttpCase.get(path, path).as(superuser).answers(403).run(server);
            HttpCase.get(path, path).as("Bearer " + superuser).answers(403).run(server);
        }
        HttpCase.post("refresh", "/api/collections/_superusers/auth-refresh", "")
                .as(superuser)
                .answers(403)
                .run(server);
        signIn("_superusers", TestServer.SUPERUSER).answers(403).run(server);
    }

    @Test
    void letsEveryoneElseIn() {
        server.record("users", """
            {"email":"ann@example.com","password":"%s","passwordConfirm":"%s"}\
            """.formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        allow("[\"10.0.0.0/8\"]");

        String member = server.signIn("users", "ann@example.com");
        HttpCase.get("member", "/api/collections/users/records")
                .as(member)
                .answers(200)
                .run(server);
        HttpCase.get("guest", "/api/health").answers(200).run(server);
        HttpCase.get("bad token", "/api/health").as("not.a.token").answers(200).run(server);
    }

    @Test
    void letsSuperusersInFromListedAddressesAndSubnets() {
        for (String listed : new String[] {
            "127.0.0.1", "127.0.0.0/8", "0.0.0.0/0", "127.0.0.0/31", "::ffff:127.0.0.1", "::ffff:7f00:0/104", "::/0"
        }) {
            allow("[\"192.0.2.1\",\"" + listed + "\"]");
            HttpCase.get(listed, "/api/settings").as(superuser).answers(200).run(server);
            signIn("_superusers", TestServer.SUPERUSER).answers(200).run(server);
        }
        for (String other :
                new String[] {"127.0.0.2", "127.0.0.2/31", "128.0.0.0/1", "::1", "fe80::/10", "127.0.0.0/32"}) {
            allow("[\"" + other + "\"]");
            HttpCase.get(other, "/api/settings").as(superuser).answers(403).run(server);
        }
        allow("[]");
        HttpCase.get("none", "/api/settings").as(superuser).answers(200).run(server);
    }
}
