package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CFG-05 of the security checklist on the way from a request into the audit log and out of it.
class AuditEndpointTest {
    @TempDir
    Path folder;

    private TestServer server;
    private String superuser;

    @BeforeEach
    void open() {
        server = TestServer.start(folder);
        superuser = server.superuser();
        for (int i = 0; i < 5; i++) note(AuditAction.FILE_CREATE, "n" + i);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void note(AuditAction action, String id) {
        server.kernel.audit().note(Request.ofOperator(), action, "things", id, AuditDetails.of("note", "hello"));
    }

    private List<Value.Members> items(String query) {
        TestServer.Answer answer = HttpCase.get("", "/api/audit" + query)
                .as(superuser)
                .answers(200)
                .run(server);
        return ((Value.Items) answer.json().get("items"))
                .items().stream().map(Value.Members.class::cast).toList();
    }

    private List<String> ids(String query) {
        return items(query).stream()
                .map(item -> ((Value.Text) item.get("id")).text())
                .toList();
    }

    @Test
    void isForSuperusersAlone() {
        server.record("users", """
            {"email":"ann@example.com","password":"%s","passwordConfirm":"%s"}\
            """.formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        String member = server.signIn("users", "ann@example.com");

        HttpCase.get("guest", "/api/audit").answers(401).run(server);
        HttpCase.get("member", "/api/audit").as(member).answers(403).run(server);
        HttpCase.get("member, wrong query", "/api/audit?sort=x")
                .as(member)
                .answers(403)
                .run(server);
        HttpCase.get("superuser", "/api/audit").as(superuser).answers(200).run(server);
        HttpCase.delete("nobody deletes", "/api/audit")
                .as(superuser)
                .answers(404)
                .run(server);
    }

    @Test
    void notesWhatAnAccountMayNotDo() {
        server.record("users", """
                {"email":"ann@example.com","password":"%s","passwordConfirm":"%s"}""".formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        String member = server.signIn("users", "ann@example.com");
        HttpCase.get("guest", "/api/collections").answers(401).run(server);
        HttpCase.get("member", "/api/collections?x=secret")
                .as(member)
                .answers(403)
                .run(server);

        HttpCase.get("", "/api/audit?action=authorization_failure")
                .as(superuser)
                .answers(
                        200,
                        "\"totalItems\":1",
                        "\"actor\":\"users/",
                        "{\"request\":\"GET /api/collections\",\"reason\":\"superuser_required\"}")
                .not("x=secret")
                .run(server);
    }

    @Test
    void givesPagesNewestFirstInTheEnvelopeOfRecords() {
        HttpCase.get("", "/api/audit?action=file_create&page=2&perPage=2")
                .as(superuser)
                .answers(200, "\"page\":2,\"perPage\":2,\"totalItems\":5,\"totalPages\":3}")
                .run(server);
        HttpCase.get("", "/api/audit?action=file_create&skipTotal=1")
                .as(superuser)
                .answers(200, "\"totalItems\":-1,\"totalPages\":-1}")
                .run(server);

        assertThat(ids("?action=file_create&page=2&perPage=2")).containsExactly("n2", "n1");
        assertThat(ids("?action=file_create&sort=time&perPage=2")).containsExactly("n0", "n1");
        assertThat(items("?action=file_create&perPage=1").getFirst().members())
                .containsKeys("time")
                .containsAllEntriesOf(Map.of(
                        "actor", Value.text("operator"),
                        "action", Value.text("file_create"),
                        "resource", Value.text("things"),
                        "id", Value.text("n4"),
                        "details", AuditDetails.of("note", "hello"),
                        "address", Value.Text.EMPTY,
                        "agent", Value.Text.EMPTY,
                        "requestId", Value.Text.EMPTY));
    }

    @Test
    void findsByActorResourceAndTime() {
        String time =
                ((Value.Text) items("?action=file_create&perPage=1").getFirst().get("time")).text();
        String day = time.substring(0, 10);

        assertThat(ids("?actor=operator&action=file_create")).hasSize(5);
        assertThat(ids("?actor=guest&action=file_create")).isEmpty();
        assertThat(ids("?resource=things")).hasSize(5);
        assertThat(ids("?resource=thing")).isEmpty();
        assertThat(ids("?resource=things&from=" + day + "&to=" + day)).hasSize(5);
        assertThat(ids("?resource=things&from=2100-01-01")).isEmpty();
        assertThat(ids("?resource=things&to=2020-01-01")).isEmpty();
        assertThat(ids("?resource=things&to=" + time.replace(" ", "%20"))).hasSize(5);
        assertThat(items("?action=login").getFirst().get("actor").toString()).contains("_superusers/");
    }

    @Test
    void saysWhatIsWrongWithAQuery() {
        HttpCase.get("", "/api/audit?action=dance")
                .as(superuser)
                .answers(400, "\"action\":{\"code\"")
                .run(server);
        HttpCase.get("", "/api/audit?sort=actor")
                .as(superuser)
                .answers(400, "\"sort\":{\"code\"")
                .run(server);
        HttpCase.get("", "/api/audit?from=yesterday")
                .as(superuser)
                .answers(400, "\"from\":{\"code\"")
                .run(server);
        HttpCase.get("", "/api/audit?to=x")
                .as(superuser)
                .answers(400, "\"to\":{\"code\"")
                .run(server);
        HttpCase.get("", "/api/audit?page=x").as(superuser).answers(400).run(server);
    }

    @Test
    void keepsWhereAFailedSignInCameFromInOneLineAndWithoutItsSecrets() {
        HttpCase.post("", "/api/collections/users/auth-with-password", """
            {"identity":"eve@example.com\\r\\n\\u2028INFO all is well","password":"hunter2 hunter2"}\
            """)
                .header("User-Agent", "evil\tagent")
                .header("x-request-id", "my-request-1")
                .answers(400)
                .run(server);

        TestServer.Answer answer = HttpCase.get("", "/api/audit?action=authentication_failure")
                .as(superuser)
                .answers(
                        200,
                        "\"actor\":\"guest\"",
                        "\"resource\":\"users\"",
                        "\"address\":\"127.0.0.1\"",
                        "\"agent\":\"evil\\\\u0009agent\"",
                        "\"requestId\":\"my-request-1\"",
                        "e***@example.com\\\\u000d\\\\u000a\\\\u2028INFO all is well")
                .not("hunter2", "eve@")
                .run(server);
        assertThat(answer.body().strip().lines()).hasSize(1);
    }
}
