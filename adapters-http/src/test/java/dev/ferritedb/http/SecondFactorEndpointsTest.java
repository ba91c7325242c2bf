package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One-time passwords and second factors over HTTP: AUTH-10 and AUTH-12 in their shapes, AUTH-07 in its answers.
class SecondFactorEndpointsTest {
    private static final String EMAIL = "alice@example.com";
    private static final Pattern CODE = Pattern.compile("<strong>([0-9]+)</strong>");

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        server.collection("""
                {"name":"people","type":"auth","viewRule":"id = @request.auth.id",
                 "otp":{"enabled":true,"duration":300,"length":8}}""");
        server.collection("""
                {"name":"strict","type":"auth","otp":{"enabled":true,"duration":300,"length":8},
                 "mfa":{"enabled":true,"duration":300}}""");
        for (String collection : new String[] {"people", "strict"}) {
            server.kernel
                    .records()
                    .create(dev.ferritedb.kernel.identity.Request.ofOperator(), collection, TestServer.account(EMAIL));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String requestCode(String collection) {
        return HttpCase.post("", path(collection, "request-otp"), "{\"email\":\"" + EMAIL + "\"}")
                .run(server)
                .text("otpId");
    }

    private String mailed() {
        Matcher code = CODE.matcher(server.mails.to(EMAIL).getLast().html());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private static String path(String collection, String action) {
        return "/api/collections/" + collection + "/" + action;
    }

    private static HttpCase show(String collection, String id, String code) {
        return HttpCase.post(
                "the code",
                path(collection, "auth-with-otp"),
                "{\"otpId\":\"" + id + "\",\"password\":\"" + code + "\"}");
    }

    private static HttpCase password(String collection) {
        return HttpCase.post(
                "the password",
                path(collection, "auth-with-password"),
                "{\"identity\":\"" + EMAIL + "\",\"password\":\"" + TestServer.PASSWORD + "\"}");
    }

    @Test
    void signsInByACode() {
        String id = requestCode("people");

        TestServer.Answer answer = show("people", id, mailed())
                .answers(200, "{\"record\":{", "\"verified\":true", "\"token\":\"")
                .not("password", "tokenKey", "meta")
                .run(server);
        HttpCase.get("with its token", "/api/collections/people/records/" + recordId(answer))
                .as(answer.text("token"))
                .run(server);
        show("people", id, mailed())
                .answers(400, "{\"data\":{},\"message\":\"Invalid or expired OTP.\",\"status\":400")
                .run(server);
    }

    private static String recordId(TestServer.Answer answer) {
        Matcher id = Pattern.compile("\"id\":\"([a-z0-9]{15})\"").matcher(answer.body());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    @Test
    void answersTheSixthGuessWith429() {
        String id = requestCode("people");
        for (int i = 0; i < 5; i++) show("people", id, "x").answers(400).run(server);

        TestServer.Answer refused = show("people", id, mailed())
                .answers(429, "{\"data\":{}", "\"code\":\"too_many_attempts\"")
                .run(server);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 180);
    }

    @Test
    void answersTheSameForEveryAddress() {
        HttpCase.post("unknown", path("people", "request-otp"), "{\"email\":\"nobody@example.com\"}")
                .answers(200, "{\"otpId\":\"")
                .run(server);
        HttpCase.post("no address", path("people", "request-otp"), "{\"email\":\"nobody\"}")
                .answers(400, "\"email\":{\"code\":\"validation_is_email\"")
                .run(server);
        HttpCase.post("nothing", path("people", "request-otp"), "{}")
                .answers(400, "\"email\":{\"code\":\"validation_required\"")
                .run(server);
    }

    @Test
    void refusesWhereItIsOff() {
        HttpCase.post("off", path("users", "request-otp"), "{\"email\":\"" + EMAIL + "\"}")
                .answers(403)
                .run(server);
        show("users", "abcdefghij12345", "12345678").answers(403).run(server);
        HttpCase.post("no auth collection", path("_otps", "request-otp"), "{\"email\":\"" + EMAIL + "\"}")
                .answers(404, "Missing or invalid auth collection context.")
                .run(server);
    }

    @Test
    void asksForASecondFactorInTheShapeThatClientsKnow() {
        TestServer.Answer due = server.send(password("strict"));

        assertThat(due.status()).isEqualTo(401);
        assertThat(due.body().strip()).matches("\\{\"mfaId\":\"[0-9a-f]{64}\"}");
        String mfaId = due.text("mfaId");
        HttpCase.post(
                        "the same again",
                        path("strict", "auth-with-password") + "?mfaId=" + mfaId,
                        "{\"identity\":\"" + EMAIL + "\",\"password\":\"" + TestServer.PASSWORD + "\"}")
                .answers(400, "{\"data\":{},\"message\":\"A different authentication method is required.\"")
                .run(server);
        String id = requestCode("strict");
        HttpCase.post(
                        "the other",
                        path("strict", "auth-with-otp") + "?mfaId=" + mfaId,
                        "{\"otpId\":\"" + id + "\",\"password\":\"" + mailed() + "\"}")
                .answers(200, "\"token\":\"")
                .not("mfaId")
                .run(server);
        HttpCase.post(
                        "once more",
                        path("strict", "auth-with-password"),
                        "{\"identity\":\"" + EMAIL + "\",\"password\":\"" + TestServer.PASSWORD + "\",\"mfaId\":\""
                                + mfaId + "\"}")
                .answers(400, "\"message\":\"Invalid or expired MFA session.\"")
                .run(server);
    }

    @Test
    void opensNothingByTheTicket() {
        String mfaId = server.send(password("strict")).text("mfaId");

        for (String token : new String[] {mfaId, "Bearer " + mfaId}) {
            HttpCase.post("refresh", path("strict", "auth-refresh"), "{}")
                    .as(token)
                    .answers(401)
                    .run(server);
            HttpCase.get("what began", "/api/collections/_mfas/records")
                    .as(token)
                    .answers(200, "\"items\":[]")
                    .run(server);
        }
    }
}
