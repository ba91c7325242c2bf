package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TOK-02 of the security checklist, as far as impersonation mints tokens. Source: the wire contract, section 8.8.
class ImpersonateTest {
    @TempDir
    Path folder;

    private TestServer server;
    private String superuser;
    private String ann;

    @BeforeEach
    void open() {
        server = TestServer.start(folder);
        superuser = server.superuser();
        ann = server.record("users", """
            {"email":"ann@example.com","password":"%s","passwordConfirm":"%s"}\
            """.formatted(TestServer.PASSWORD, TestServer.PASSWORD));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpCase impersonate(String body) {
        return HttpCase.post("impersonate " + body, "/api/collections/users/impersonate/" + ann, body)
                .as(superuser);
    }

    private static Value.Members claims(String token) {
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        return (Value.Members) Json.read(payload);
    }

    private static long secondsLeft(String token) {
        double exp = ((Value.Number) claims(token).get("exp")).number();
        return (long) exp - Instant.now().getEpochSecond();
    }

    @Test
    void givesATokenThatActsAsTheAccountAndIsNotRefreshed() {
        TestServer.Answer answer = impersonate("{\"duration\":60}")
                .answers(200, "\"record\":{", "\"email\":\"ann@example.com\"", "\"token\":\"")
                .not("\"meta\"")
                .run(server);
        String token = answer.text("token");

        assertThat(claims(token).get("refreshable")).isEqualTo(Value.Truth.FALSE);
        assertThat(claims(token).get("id")).isEqualTo(Value.text(ann));
        assertThat(secondsLeft(token)).isBetween(50L, 60L);
        HttpCase.get("as ann", "/api/collections/users/records/" + ann)
                .as(token)
                .answers(200)
                .run(server);
        HttpCase.get("no superuser", "/api/collections").as(token).answers(403).run(server);
        TestServer.Answer refreshed = HttpCase.post("", "/api/collections/users/auth-refresh", "")
                .as(token)
                .answers(200)
                .run(server);
        assertThat(refreshed.text("token")).isEqualTo(token);
    }

    @Test
    void withoutADurationItLivesAsLongAsTheCollectionSays() {
        for (String body : new String[] {"", "{}", "{\"duration\":0}", "{\"duration\":null}"}) {
            String token = impersonate(body).answers(200).run(server).text("token");
            assertThat(secondsLeft(token)).as(body).isBetween(432_000L - 60, 432_000L);
        }
    }

    @Test
    void refusesWrongDurations() {
        impersonate("{\"duration\":-1}")
                .answers(400, "\"duration\":{\"code\":\"validation_min_greater_equal_than_required\"")
                .run(server);
        impersonate("{\"duration\":1e18}")
                .answers(400, "\"duration\":{\"code\":\"validation_max_less_equal_than_required\"")
                .run(server);
        impersonate("{\"duration\":1.5}").answers(400, "\"duration\":{\"code\"").run(server);
        impersonate("{\"duration\":\"long\"}")
                .answers(400, "\"duration\":{\"code\"")
                .run(server);
    }

    @Test
    void isForSuperusersAndForAccountsThatAreThere() {
        String path = "/api/collections/users/impersonate/" + ann;
        String member = server.signIn("users", "ann@example.com");
        String impersonated = impersonate("{}").answers(200).run(server).text("token");

        HttpCase.post("guest", path, "{}").answers(401).run(server);
        HttpCase.post("member", path, "{}").as(member).answers(403).run(server);
        HttpCase.post("impersonated", path, "{}").as(impersonated).answers(403).run(server);
        HttpCase.post("unknown id", "/api/collections/users/impersonate/nobody", "{}")
                .as(superuser)
                .answers(404)
                .run(server);
        HttpCase.post("unknown collection", "/api/collections/nothing/impersonate/" + ann, "{}")
                .as(superuser)
                .answers(404)
                .run(server);
        HttpCase.post("base collection", "/api/collections/_mfas/impersonate/" + ann, "{}")
                .as(superuser)
                .answers(404)
                .run(server);
    }

    @Test
    void isAudited() {
        impersonate("{\"duration\":60}").answers(200).run(server);

        HttpCase.get("", "/api/audit?action=impersonate")
                .as(superuser)
                .answers(200, "\"actor\":\"_superusers/", "\"id\":\"" + ann + "\"", "{\"seconds\":\"60\"}")
                .run(server);
    }
}
