package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.identity.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CFG-01 of the security checklist: the link that makes the first superuser. (That it dies after half an hour:
/// FirstSuperuserTest of the kernel.)
class FirstSuperuserTest {
    private static final String SUPERUSERS = "/api/collections/_superusers/records";

    @TempDir
    Path folder;

    private TestServer server;
    private String token;

    @BeforeEach
    void open() {
        server = TestServer.startWithoutSuperuser(folder);
        token = server.kernel.accounts().firstSuperuser().open().orElseThrow();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static HttpCase create(String email) {
        return HttpCase.post(email, SUPERUSERS, """
            {"email":"%s","password":"%s","passwordConfirm":"%s"}\
            """.formatted(email, TestServer.PASSWORD, TestServer.PASSWORD));
    }

    @Test
    void makesTheFirstSuperuserOnceAndNeverOpensAgain() {
        create("guest@example.com").answers(403).run(server);
        create("first@example.com")
                .as(token)
                .answers(200, "\"email\":\"first@example.com\"", "\"verified\":true")
                .run(server);

        create("second@example.com").as(token).answers(403).run(server);
        assertThat(server.kernel.accounts().firstSuperuser().open()).isEmpty();
        String superuser = server.signIn("_superusers", "first@example.com");
        HttpCase.get("the only one", SUPERUSERS)
                .as(superuser)
                .answers(200, "\"totalItems\":1")
                .run(server);
        HttpCase.get("audited", "/api/audit?action=user_create")
                .as(superuser)
                .answers(200, "\"actor\":\"_superusers/setup_link\"", "\"address\":\"127.0.0.1\"", "f***@example.com")
                .run(server);
    }

    @Test
    void opensNothingElse() {
        HttpCase.get("list", SUPERUSERS).as(token).answers(403).run(server);
        HttpCase.get("collections", "/api/collections").as(token).answers(401).run(server);
        HttpCase.get("settings", "/api/settings").as(token).answers(401).run(server);
        HttpCase.get("audit", "/api/audit").as(token).answers(401).run(server);
        HttpCase.get("health", "/api/health")
                .as(token)
                .answers(200, "\"data\":{}")
                .run(server);
        HttpCase.post("refresh", "/api/collections/_superusers/auth-refresh", "")
                .as(token)
                .answers(401)
                .run(server);
        HttpCase.post("impersonate", "/api/collections/users/impersonate/x", "{}")
                .as(token)
                .answers(401)
                .run(server);
        HttpCase.post("another collection", "/api/collections/_mfas/records", "{}")
                .as(token)
                .answers(403)
                .run(server);
        create("still good").as(token).answers(400, "\"email\":{\"code\"").run(server);
        create("first@example.com").as("Bearer " + token).answers(200).run(server);
    }

    @Test
    void asksForWhatEverySuperuserNeedsAndStaysGoodMeanwhile() {
        HttpCase.post("no password", SUPERUSERS, "{\"email\":\"first@example.com\"}")
                .as(token)
                .answers(400, "\"password\":{\"code\":\"validation_required\"")
                .run(server);
        HttpCase.post("common password", SUPERUSERS, """
            {"email":"first@example.com","password":"password123","passwordConfirm":"password123"}\
            """)
                .as(token)
                .answers(400, "\"password\":{\"code\"")
                .run(server);
        create("first@example.com").as(token).answers(200).run(server);
    }

    @Test
    void aSuperuserMadeOtherwiseEndsIt() {
        server.kernel.records().create(Request.ofOperator(), "_superusers", TestServer.account("cli@example.com"));

        create("first@example.com").as(token).answers(403).run(server);
    }

    @Test
    void aNewLinkEndsTheOldOneAndOthersKeysAreNone() {
        String next = server.kernel.accounts().firstSuperuser().open().orElseThrow();

        create("first@example.com").as(token).answers(403).run(server);
        create("first@example.com")
                .as(next.substring(0, next.length() - 2) + "xx")
                .answers(403)
                .run(server);
        create("first@example.com").as(next).answers(200).run(server);
    }

    @RepeatedTest(3)
    void ofTwentyAtOnceOneWins() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 20; i++) {
                HttpCase attempt = create("first" + i + "@example.com").as(token);
                tries.add(() -> server.send(attempt).status());
            }
            var statuses = new ArrayList<Integer>();
            for (Future<Integer> done : threads.invokeAll(tries)) statuses.add(done.get());

            assertThat(statuses)
                    .containsOnlyOnce(200)
                    .allMatch(status -> List.of(200, 403).contains(status));
        }
        assertThat(server.kernel.accounts().firstSuperuser().open()).isEmpty();
    }
}
