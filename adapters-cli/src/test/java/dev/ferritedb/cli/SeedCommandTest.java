package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedCommandTest {
    @TempDir
    Path folder;

    @Test
    void makesTheDemoContentAndKeepsItTheSecondTime() {
        var shell = new Shell(folder);

        var first = shell.done("seed");
        String posts = shell.done("export", "posts", "--format=ndjson").out();
        var second = shell.done("seed", "--json");

        assertThat(first.err()).contains("demo content: created ");
        assertThat(posts.lines()).hasSize(5);
        assertThat(posts).contains("Welcome to FerriteDB");
        assertThat(posts.lines().filter(line -> line.contains("\"published\":true")))
                .hasSize(4);
        assertThat(posts.lines().filter(line -> line.contains("\"status\":\"draft\"")))
                .hasSize(1);
        assertThat(second.out()).isEqualToIgnoringNewLines("{\"created\":0,\"changed\":0,\"kept\":12}");
        assertThat(shell.done("export", "posts", "--format=ndjson").out()).isEqualTo(posts);
        assertThat(shell.done("admin", "list").out()).contains("admin@ferritedb.dev");
        assertThat(shell.done("admin", "list", "--collection", "users").out())
                .contains("admin@ferritedb.dev", "alice@example.com", "bob@example.com", "carol@example.com");
    }

    @Test
    void forceBringsTheDemoBackAndLeavesOtherRecordsAlone() {
        var shell = new Shell(folder);
        shell.done("seed");
        shell.done("admin", "update", "alice@example.com", "--collection=users", "--password", "my own secret");
        shell.done("admin", "create", "mine@example.com", "--collection=users", "--password", "my own secret");
        shell.file("p.ndjson", "{\"id\":\"demopostwelcome\",\"title\":\"Changed\"}");
        shell.done("import", "posts", folder.resolve("p.ndjson").toString(), "--update");

        shell.done("seed");
        assertThat(shell.done("export", "posts").out()).contains("Changed");
        shell.done("seed", "--force");

        assertThat(shell.done("export", "posts").out()).doesNotContain("Changed");
        assertThat(shell.done("admin", "list", "--collection=users").out()).contains("mine@example.com");
        assertThat(shell.done("serve").err()).contains("user alice@example.com");
    }

    @Test
    void completesTheUsersCollectionThatIsThereFromTheStart() {
        var shell = new Shell(folder);

        assertThat(shell.done("seed", "--json").out()).contains("\"changed\":1");
        assertThat(shell.done("export", "users", "--fields", "email,role").out())
                .contains("\"role\":\"editor\"");
        assertThat(rules(shell)).contains("@request.body.role:changed = false");
    }

    @Test
    void leavesTheRulesOfAUsersCollectionAloneThatSomebodyMadeHisOwn() {
        var shell = new Shell(folder);
        try (Workspace workspace = shell.workspace()) {
            var patch = new Value.Members(Map.of("updateRule", Value.text("verified = true")));
            workspace.kernel().schema().update(Request.ofOperator(), "users", patch);
        }

        shell.done("seed");
        assertThat(rules(shell)).isEqualTo("verified = true");
        shell.done("seed", "--force");
        assertThat(rules(shell)).contains("@request.body.role:changed = false");
    }

    private static String rules(Shell shell) {
        try (Workspace workspace = shell.workspace()) {
            CollectionSchema users =
                    workspace.kernel().schema().catalog().named("users").orElseThrow();
            return users.rules().update().text().orElse("locked");
        }
    }

    @Test
    void failsWhereThereIsNoDataFolder() {
        var answer =
                new Shell(folder).run("seed", "--data", folder.resolve("none").toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().lines()).hasSize(1);
    }

    @Test
    void servesWithTheDemoAndNamesTheAccounts() {
        var shell = new Shell(folder);

        var answer = shell.done("serve", "--demo", "--host", "0.0.0.0", "--port", "9000");

        assertThat(answer.out())
                .contains("FerriteDB 1.2.3 is serving", "API       http://127.0.0.1:8090/api/", "Admin UI  http://")
                .contains("admin@ferritedb.dev   Admin123!", "alice@example.com     Password123!");
        assertThat(answer.err())
                .startsWith("warning: still with the public demo password: superuser admin@ferritedb.dev");
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(shell.program().launched())
                .extracting(GlobalOptions::settings)
                .containsExactly(Map.of("server.host", "0.0.0.0", "server.port", "9000"));
    }

    @Test
    void warnsNoMoreOnceThePasswordsAreChanged() {
        var shell = new Shell(folder);
        shell.done("seed");
        for (String user : List.of("admin@ferritedb.dev", "alice@example.com", "bob@example.com")) {
            shell.done("admin", "update", user, "--collection=users", "--password", "no longer public");
        }
        shell.done("admin", "update", "admin@ferritedb.dev", "--password", "no longer public");

        assertThat(shell.done("serve").err()).contains("user carol@example.com").doesNotContain("alice", "superuser");
        shell.done("admin", "delete", "carol@example.com", "--collection=users");
        assertThat(shell.done("serve").err()).isEmpty();
    }

    @Test
    void servesWithALinkForTheFirstSuperuserUntilThereIsOne() {
        var shell = new Shell(folder);

        String first = shell.done("serve").out();
        String second = shell.done("serve").out();
        shell.done("admin", "create", "root@example.com", "--password", "my own secret");

        assertThat(first)
                .contains("good for 30 minutes and one time")
                .containsPattern("http://127.0.0.1:8090/_/#/pbinstall/[\\w.-]+\\n");
        assertThat(second).contains("/_/#/pbinstall/").isNotEqualTo(first);
        assertThat(shell.done("serve").out()).doesNotContain("pbinstall", "no superuser");
        assertThat(shell.done("admin", "list").out().lines()).hasSize(2);
    }

    @Test
    void theLinkLeadsToThePublicAddressWhenThereIsOne() {
        var shell = new Shell(folder);
        try (Workspace workspace = shell.workspace()) {
            var meta = new Value.Members(Map.of("appURL", Value.text("https://app.example.com")));
            workspace.kernel().settings().update(Request.ofOperator(), new Value.Members(Map.of("meta", meta)));
        }

        assertThat(shell.done("serve").out()).contains("  https://app.example.com/_/#/pbinstall/");
    }

    @Test
    void servesWithoutTheDemoAndSaysWhenAPortIsTaken() {
        var shell = new Shell(folder);

        assertThat(shell.done("serve").out()).doesNotContain("Demo accounts");
        assertThat(shell.run("serve", "--port", "1").err())
                .isEqualToIgnoringNewLines("ferritedb: port 1 is taken: choose another with --port");
        assertThat(shell.run("serve", "--port", "70000").code()).isEqualTo(2);
    }
}
