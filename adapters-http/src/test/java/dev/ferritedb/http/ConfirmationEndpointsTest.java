package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.mail.MailMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What accounts confirm by a mail, sections 8.5 to 8.7 of the wire contract; AUTH-07, AUTH-13, AUTH-14, TOK-02.
class ConfirmationEndpointsTest {
    private static final String USERS = "/api/collections/users";
    private static final String ALICE = "alice@example.com";
    private static final String NEW = "alice@new.example";
    private static final String NEW_PASSWORD = "battery staple 9";

    @TempDir
    Path folder;

    private TestServer server;
    private String aliceId = "";

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        aliceId = server.record("users", """
                {"email":"%s","password":"%s","passwordConfirm":"%s"}""".formatted(ALICE, TestServer.PASSWORD, TestServer.PASSWORD));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void verifiesAnAddress() {
        String session = server.signIn("users", ALICE);
        post("ask", USERS + "/request-verification", email(ALICE)).answers(204).run(server);
        String token = server.mails.token(ALICE);
        post("confirm", USERS + "/confirm-verification", token(token))
                .answers(204)
                .run(server);
        post("once", USERS + "/confirm-verification", token(token))
                .answers(400, "{\"data\":{\"token\":{\"code\":\"validation_invalid_token\"", "invalid_input")
                .run(server);
        post("still signed in", USERS + "/auth-refresh", "")
                .as(session)
                .answers(200, "\"verified\":true")
                .run(server);
    }

    @Test
    void resetsAPassword() {
        String session = server.signIn("users", ALICE);
        post("ask", USERS + "/request-password-reset", email(ALICE))
                .answers(204)
                .run(server);
        String token = server.mails.token(ALICE);
        post("mismatch", USERS + "/confirm-password-reset", reset(token, NEW_PASSWORD, "other"))
                .answers(400, "\"data\":{\"passwordConfirm\":{\"code\":\"validation_values_mismatch\"")
                .run(server);
        post("too short", USERS + "/confirm-password-reset", reset(token, "1234567", "1234567"))
                .answers(
                        400,
                        "\"password\":{\"code\":\"validation_length_out_of_range\"",
                        "\"params\":{\"max\":256,\"min\":8}")
                .run(server);
        post("confirm", USERS + "/confirm-password-reset", reset(token, NEW_PASSWORD, NEW_PASSWORD))
                .answers(204)
                .run(server);
        post("once", USERS + "/confirm-password-reset", reset(token, NEW_PASSWORD, NEW_PASSWORD))
                .answers(400, "\"data\":{\"token\":{\"code\":\"validation_invalid_token\"")
                .run(server);
        post("the session is gone", USERS + "/auth-refresh", "")
                .as(session)
                .answers(401)
                .run(server);
        post("the new password", USERS + "/auth-with-password", credentials(ALICE, NEW_PASSWORD))
                .answers(200)
                .run(server);
        post("not the old one", USERS + "/auth-with-password", credentials(ALICE, TestServer.PASSWORD))
                .answers(400)
                .run(server);
    }

    @Test
    void changesAnAddress() {
        String session = server.signIn("users", ALICE);
        post("guest", USERS + "/request-email-change", newEmail(NEW))
                .answers(401)
                .run(server);
        post("another collection's", USERS + "/request-email-change", newEmail(NEW))
                .as(server.superuser())
                .answers(403)
                .run(server);
        post("the same", USERS + "/request-email-change", newEmail(ALICE))
                .as(session)
                .answers(400, "\"data\":{\"newEmail\":{\"code\":\"validation_not_in_invalid\"")
                .run(server);
        post("ask", USERS + "/request-email-change", newEmail(NEW))
                .as(session)
                .answers(204)
                .run(server);
        String token = server.mails.token(NEW);
        post("wrong password", USERS + "/confirm-email-change", change(token, "wrong"))
                .answers(400, "\"data\":{\"password\":{\"code\":\"validation_invalid_password\"")
                .run(server);
        post("confirm", USERS + "/confirm-email-change", change(token, TestServer.PASSWORD))
                .answers(204)
                .run(server);
        post("the session is gone", USERS + "/auth-refresh", "")
                .as(session)
                .answers(401)
                .run(server);
        post("the new address", USERS + "/auth-with-password", credentials(NEW, TestServer.PASSWORD))
                .answers(200, "\"verified\":true")
                .run(server);
        assertThat(server.mails.messages()).extracting(MailMessage::to).containsExactly(NEW, ALICE, NEW);
    }

    @Test
    void aChangeThroughTheRecordEndsOtherSessionsAndIsTold() {
        String session = server.signIn("users", ALICE);
        patch("no old password", USERS + "/records/" + aliceId, """
                {"password":"%s","passwordConfirm":"%s"}""".formatted(NEW_PASSWORD, NEW_PASSWORD))
                .as(session)
                .answers(400, "oldPassword")
                .run(server);
        patch("an address", USERS + "/records/" + aliceId, "{\"email\":\"" + NEW + "\"}")
                .as(session)
                .answers(400, "\"email\":{\"code\":\"validation_values_mismatch\"")
                .run(server);
        assertThat(server.mails.messages()).isEmpty();
        patch("with it", USERS + "/records/" + aliceId, """
                {"oldPassword":"%s","password":"%s","passwordConfirm":"%s"}""".formatted(TestServer.PASSWORD, NEW_PASSWORD, NEW_PASSWORD))
                .as(session)
                .answers(200)
                .run(server);
        post("the session is gone", USERS + "/auth-refresh", "")
                .as(session)
                .answers(401)
                .run(server);
        assertThat(server.mails.messages()).extracting(MailMessage::to).containsExactly(ALICE);
    }

    @Test
    void superusersAndPlainCollectionsHaveNone() {
        server.collection("{\"name\":\"plain\"}");
        for (String action : List.of("request-verification", "confirm-verification", "confirm-email-change")) {
            post(action + " of superusers", "/api/collections/_superusers/" + action, email(TestServer.SUPERUSER))
                    .answers(400, "\"data\":{}")
                    .run(server);
            post(action + " of a plain one", "/api/collections/plain/" + action, "{}")
                    .answers(404, "Missing or invalid auth collection context.")
                    .run(server);
        }
        post("a superuser's address", "/api/collections/_superusers/request-email-change", newEmail(NEW))
                .as(server.superuser())
                .answers(400, "\"data\":{}")
                .run(server);
        post(
                        "a superuser's password",
                        "/api/collections/_superusers/request-password-reset",
                        email(TestServer.SUPERUSER))
                .answers(204)
                .run(server);
        assertThat(server.mails.to(TestServer.SUPERUSER)).hasSize(1);
    }

    @Test
    void mailedTokensOpenNothingElse() {
        post("ask", USERS + "/request-verification", email(ALICE)).answers(204).run(server);
        String verification = server.mails.token(ALICE);
        post("ask", USERS + "/request-password-reset", email(ALICE))
                .answers(204)
                .run(server);
        String reset = server.mails.token(ALICE);
        post("ask", USERS + "/request-email-change", newEmail(NEW))
                .as(server.signIn("users", ALICE))
                .answers(204)
                .run(server);
        String change = server.mails.token(NEW);
        for (String token : List.of(verification, reset, change)) {
            post("no session", USERS + "/auth-refresh", "")
                    .as(token)
                    .answers(401)
                    .run(server);
            HttpCase.get("no rights", USERS + "/records/" + aliceId)
                    .as(token)
                    .answers(404)
                    .run(server);
        }
    }

    @Test
    void theSameAnswerInTheSameTimeWhoeverAsks() {
        int pairs = 200;
        for (int i = 0; i < pairs; i++) {
            server.kernel
                    .records()
                    .create(Request.ofOperator(), "users", TestServer.account("user" + i + "@example.com"));
        }
        for (String action : List.of("request-password-reset", "request-verification")) {
            var known = new ArrayList<Long>();
            var unknown = new ArrayList<Long>();
            for (int i = 0; i < pairs; i++) {
                known.add(nanos(action, "user" + i + "@example.com"));
                unknown.add(nanos(action, "none" + i + "@example.com"));
            }
            long apart = Math.abs(median(known) - median(unknown));
            assertThat(Duration.ofNanos(apart)).as(action).isLessThan(Duration.ofMillis(5));
        }
        assertThat(server.mails.messages()).hasSize(pairs);
    }

    private long nanos(String action, String address) {
        HttpCase request = post("", USERS + "/" + action, email(address));
        long start = System.nanoTime();
        TestServer.Answer answer = server.send(request);
        long took = System.nanoTime() - start;
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        return took;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    @Test
    void whatARequestSaysOfItselfNeverReachesAMail() {
        String body = email(ALICE);
        for (String action : List.of("request-verification", "request-password-reset")) {
            String answer = server.raw(
                    """
                    POST %s/%s HTTP/1.1\r
                    Host: evil.example\r
                    X-Forwarded-Host: evil.example\r
                    X-Forwarded-Proto: https\r
                    X-Forwarded-For: evil.example\r
                    X-Original-Host: evil.example\r
                    Forwarded: host=evil.example;proto=https\r
                    Origin: https://evil.example\r
                    Referer: https://evil.example/\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    Connection: close\r
                    \r
                    %s""".formatted(USERS, action, body.length(), body).replace("\r\n\n", "\r\n"),
                    Duration.ofSeconds(10));
            assertThat(answer).startsWith("HTTP/1.1 204");
        }
        assertThat(server.mails.messages())
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail.html() + mail.text() + mail.subject())
                        .doesNotContain("evil")
                        .contains("http://localhost:8090/_/#/auth/"));
    }

    private static String email(String email) {
        return "{\"email\":\"" + email + "\"}";
    }

    private static String newEmail(String email) {
        return "{\"newEmail\":\"" + email + "\"}";
    }

    private static String token(String token) {
        return "{\"token\":\"" + token + "\"}";
    }

    private static String reset(String token, String password, String confirmation) {
        return """
                {"token":"%s","password":"%s","passwordConfirm":"%s"}""".formatted(token, password, confirmation);
    }

    private static String change(String token, String password) {
        return "{\"token\":\"" + token + "\",\"password\":\"" + password + "\"}";
    }

    private static String credentials(String identity, String password) {
        return "{\"identity\":\"" + identity + "\",\"password\":\"" + password + "\"}";
    }
}
