package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CFG-05 of the security checklist: what strangers sent is one line of the table.
class AuditCommandTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void note() {
        shell = new Shell(folder);
        var stranger = new Request(
                Caller.GUEST,
                "POST",
                Request.Context.DEFAULT,
                Map.of(),
                Map.of(),
                new Origin("192.0.2.7", "curl\r\nroot login", "r1"));
        try (Workspace workspace = shell.workspace()) {
            var audit = workspace.kernel().audit();
            audit.note(
                    stranger,
                    AuditAction.AUTHENTICATION_FAILURE,
                    "users",
                    "a\nb",
                    AuditDetails.of("identity", "x\u001b[2J"));
            audit.note(Request.ofOperator(), AuditAction.FILE_CREATE, "things", "t1", AuditDetails.NONE);
            audit.note(Request.ofOperator(), AuditAction.FILE_DELETE, "things", "t1", AuditDetails.NONE);
        }
    }

    @Test
    void listsTheNewestFirstEachInOneLine() {
        String table = shell.done("audit", "list", "--resource", "things").out();
        assertThat(table.lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .map(line -> line.replaceFirst("^2\\S+ \\S+ ", "")))
                .containsExactly(
                        "TIME ACTOR ACTION RESOURCE ID ADDRESS DETAILS",
                        "operator file_delete things t1",
                        "operator file_create things t1");

        String failures = shell.done("audit", "list", "--action", "authentication_failure")
                .out();
        assertThat(failures.lines()).hasSize(2);
        assertThat(failures)
                .contains("guest", "192.0.2.7", "a\\u000ab", "\\u001b[2J")
                .doesNotContain("\u001b");
    }

    @Test
    void findsByActorAndTimeAndStopsAtTheLimit() {
        assertThat(shell.done("audit", "list", "--actor", "guest").out().lines())
                .hasSize(2);
        assertThat(shell.done("audit", "list", "--resource", "things", "--limit", "1")
                        .out()
                        .lines())
                .hasSize(2);
        assertThat(shell.done("audit", "list", "--resource", "things", "--limit", "2000")
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(shell.done("audit", "list", "--resource", "things", "--since", "1h")
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(shell.done("audit", "list", "--resource", "things", "--since", "2100-01-01")
                        .out()
                        .lines())
                .hasSize(1);
        for (String ago : new String[] {"30s", "30m", "7d"}) {
            assertThat(shell.done("audit", "list", "--resource", "things", "--since", ago)
                            .out()
                            .lines())
                    .hasSize(3);
        }
    }

    @Test
    void answersScripts() {
        var answer = shell.done("audit", "list", "--action", "file_delete", "--json");

        assertThat(answer.items()).hasSize(1);
        assertThat(((Value.Members) answer.items().getFirst()).members())
                .containsOnlyKeys(
                        "time", "actor", "action", "resource", "id", "details", "address", "agent", "requestId")
                .containsEntry("actor", Value.text("operator"))
                .containsEntry("id", Value.text("t1"));
        assertThat(shell.done("audit", "list", "--actor", "nobody", "--json").items())
                .isEmpty();
    }

    @Test
    void aWrongOptionIsOneLine() {
        var misspelt = shell.run("audit", "list", "--action", "logn");
        assertThat(misspelt.code()).isEqualTo(2);
        assertThat(misspelt.err()).contains("did you mean login?");
        assertThat(misspelt.err().lines()).hasSize(1);

        assertThat(shell.run("audit", "list", "--action", "dancing").err()).contains("known are login, logout");
        assertThat(shell.run("audit", "list", "--since", "yesterday").code()).isEqualTo(2);
        assertThat(shell.run("audit", "list", "--limit", "0").code()).isEqualTo(2);
        assertThat(shell.run("audit").code()).isEqualTo(2);
    }

    @Test
    void whatTheOperatorDoesToAccountsIsInIt() {
        shell.done("admin", "create", "root@example.com", "--password", "correct horse battery");
        shell.done("admin", "update", "root@example.com", "--password", "battery horse correct");
        shell.done("gen-jwt", "root@example.com", "--collection", "_superusers", "--expires", "60");

        String table = shell.done("audit", "list", "--actor", "operator", "--resource", "_superusers")
                .out();
        assertThat(table.lines().skip(1).map(line -> line.split(" +")[3]))
                .containsExactly("impersonate", "password_change", "user_create");
        assertThat(table).contains("{\"seconds\":\"60\"}").doesNotContain("battery", "root@");
    }
}
