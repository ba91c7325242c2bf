package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.of;
import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The settings, section 14 of the wire contract.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsEndpointsTest {
    private static final String SETTINGS = "/api/settings";

    private static final String TEST_MAIL = "{\"email\":\"root@example.com\",\"template\":\"verification\"}";

    private TestServer server;
    private String root = "";
    private String alice = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        server.record("users", """
                {"email":"alice@example.com","password":"%s","passwordConfirm":"%s"}""".formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        root = server.superuser();
        alice = server.signIn("users", "alice@example.com");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsTheWireContractSays(HttpCase row) {
        row.run(server);
    }

    Stream<HttpCase> cases() {
        return Stream.of(
                get("guests see nothing", SETTINGS).answers(401).not("smtp"),
                get("users neither", SETTINGS).as(alice).answers(403).not("smtp"),
                patch("guests change nothing", SETTINGS, "{\"batch\":{\"enabled\":true}}")
                        .answers(401),
                patch("users neither", SETTINGS, "{\"batch\":{\"enabled\":true}}")
                        .as(alice)
                        .answers(403),
                patch("a guest's broken body is not looked at", SETTINGS, "{").answers(401),
                get("superusers see the defaults", SETTINGS)
                        .as(root)
                        .answers(
                                200,
                                "{\"superuserIPs\":[],\"smtp\":{\"enabled\":false,\"port\":587,\"host\":\"smtp.example.com\",\"username\":\"\",\"authMethod\":\"\",\"tls\":false,\"localName\":\"\"},",
                                "\"backups\":{\"cron\":\"\",\"cronMaxKeep\":3,\"s3\":{\"enabled\":false,\"bucket\":\"\",\"region\":\"\",\"endpoint\":\"\",\"accessKey\":\"\",\"forcePathStyle\":false}}",
                                "\"batch\":{\"enabled\":false,\"maxRequests\":50,\"timeout\":3,\"maxBodySize\":0}"),
                patch("one member changes", SETTINGS, "{\"batch\":{\"enabled\":true},\"smtp\":{\"password\":\"hush\"}}")
                        .as(root)
                        .answers(200, "\"batch\":{\"enabled\":true,\"maxRequests\":50")
                        .not("hush", "password"),
                get("and stays", SETTINGS + "?fields=batch.enabled")
                        .as(root)
                        .answers(200, "{\"batch\":{\"enabled\":true}}"),
                patch(
                                "a wrong member is named",
                                SETTINGS,
                                "{\"batch\":{\"maxRequests\":-1},\"meta\":{\"appName\":\"\"}}")
                        .as(root)
                        .answers(
                                400,
                                "{\"data\":{\"batch\":{\"maxRequests\":{\"code\":\"validation_min_greater_equal_than_required\"",
                                "\"params\":{\"threshold\":0}",
                                "\"meta\":{\"appName\":{\"code\":\"validation_required\""),
                patch(
                                "a rule is named by its place",
                                SETTINGS,
                                "{\"rateLimits\":{\"rules\":[{\"label\":\"! !\",\"duration\":1,\"maxRequests\":1}]}}")
                        .as(root)
                        .answers(
                                400,
                                "{\"data\":{\"rateLimits\":{\"rules\":{\"0\":{\"label\":{\"code\":\"validation_match_invalid\""),
                patch("broken JSON", SETTINGS, "{").as(root).answers(400, "invalid_json"),
                of("nothing to change", "PATCH", SETTINGS, "", "").as(root).answers(200, "\"enabled\":true"),
                post("guests send no mails", SETTINGS + "/test/email", TEST_MAIL)
                        .answers(401),
                post("users neither", SETTINGS + "/test/email", TEST_MAIL)
                        .as(alice)
                        .answers(403),
                post("superusers do", SETTINGS + "/test/email", TEST_MAIL)
                        .as(root)
                        .answers(204),
                post("but not of nothing", SETTINGS + "/test/email", "{}")
                        .as(root)
                        .answers(
                                400,
                                "\"email\":{\"code\":\"validation_required\"",
                                "\"template\":{\"code\":\"validation_required\""),
                patch("no port is larger", SETTINGS, "{\"smtp\":{\"port\":65536}}")
                        .as(root)
                        .answers(400, "\"smtp\":{\"port\":{\"code\":\"validation_max_less_equal_than_required\""),
                of("another method", "PUT", SETTINGS, "", "").as(root).answers(404),
                of("another yet", "DELETE", SETTINGS, "", "").as(root).answers(404));
    }
}
