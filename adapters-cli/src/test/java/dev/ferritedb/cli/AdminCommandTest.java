package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminCommandTest {
    private static final String SECRET = "correct horse battery";

    @TempDir
    Path folder;

    @Test
    void createsASuperuserWithATypedPassword() {
        var shell = new Shell(folder);

        var created = shell.typing(SECRET, SECRET).run("admin", "create", "root@example.com");

        assertThat(created.code()).isZero();
        assertThat(created.out()).isEmpty();
        assertThat(created.err())
                .contains("created root@example.com in _superusers")
                .doesNotContain(SECRET);
        assertThat(shell.done("admin", "list").out()).contains("EMAIL", "root@example.com", "yes");
    }

    @Test
    void warnsOfAPasswordThatEveryoneTriesFirst() {
        var shell = new Shell(folder);

        var created = shell.run("admin", "create", "root@example.com", "--password", "password123");

        assertThat(created.code()).isZero();
        assertThat(created.err())
                .contains("warning: ", "created root@example.com")
                .doesNotContain("password123");
        assertThat(shell.run("admin", "update", "root@example.com", "--password", SECRET)
                        .err())
                .doesNotContain("warning");
    }

    @Test
    void refusesTwoDifferentTypedPasswords() {
        var shell = new Shell(folder);

        var answer = shell.typing(SECRET, "something else").run("admin", "create", "root@example.com");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("not the same").doesNotContain(SECRET);
        assertThat(shell.done("admin", "list").out()).doesNotContain("root@example.com");
    }

    @Test
    void takesThePasswordFromStandardInputOrFromAnOption() {
        var shell = new Shell(folder);

        var first = shell.in(SECRET + "\nignored")
                .run("admin", "create", "--email", "a@example.com", "--password-stdin", "--json");
        shell.done("admin", "create", "b@example.com", "--password", SECRET);

        assertThat(first.out()).contains("\"email\":\"a@example.com\"").doesNotContain("password", "tokenKey");
        assertThat(shell.done("admin", "list", "--json").items()).hasSize(2);
    }

    @Test
    void saysHowToGiveAPasswordWhereNobodyCanBeAsked() {
        var shell = new Shell(folder);

        assertThat(shell.run("admin", "create", "a@example.com").code()).isEqualTo(2);
        assertThat(shell.run("admin", "create", "a@example.com").err()).contains("--password-stdin");
        assertThat(shell.run("admin", "create", "a@example.com", "--password-stdin")
                        .err())
                .contains("no password");
        assertThat(shell.run("admin", "create", "a@example.com", "--password-stdin", "--password", "x")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void saysWhatIsWrongWithAnAccountInOneLine() {
        var answer = new Shell(folder).run("admin", "create", "no-email", "--password", "short");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).contains("email: ", "password: ").doesNotContain("short.");
    }

    @Test
    void refusesAnEmailThatIsMissingOrGivenTwice() {
        var shell = new Shell(folder);

        assertThat(shell.run("admin", "create").err()).contains("which e-mail?");
        assertThat(shell.run("admin", "create", "a@example.com", "--email", "b@example.com")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void managesTheAccountsOfAnotherCollection() {
        var shell = new Shell(folder);
        shell.done("seed");

        shell.done(
                "admin",
                "create",
                "dora@example.com",
                "--collection",
                "users",
                "--password",
                SECRET,
                "--set",
                "role=editor");
        var updated = shell.done(
                "admin", "update", "dora@example.com", "--collection", "users", "--set", "first_name=Dora", "--json");

        assertThat(updated.out()).contains("\"first_name\":\"Dora\"", "\"role\":\"editor\"");
        assertThat(shell.run(
                                "admin",
                                "create",
                                "x@example.com",
                                "--collection",
                                "users",
                                "--password",
                                SECRET,
                                "--set",
                                "rle=x")
                        .err())
                .contains("no field 'rle'");
        assertThat(shell.run("admin", "list", "--collection", "posts").code()).isEqualTo(1);
    }

    @Test
    void changesAnAccountAndEndsItsTokens() {
        var shell = new Shell(folder);
        shell.done("admin", "create", "root@example.com", "--password", SECRET);

        shell.done("admin", "update", "root@example.com", "--email", "root2@example.com");
        shell.typing("another secret", "another secret").run("admin", "update", "root2@example.com", "--ask-password");

        assertThat(shell.done("admin", "list").out())
                .contains("root2@example.com")
                .doesNotContain("root@example.com");
        assertThat(shell.run("admin", "update", "root2@example.com").code()).isEqualTo(2);
        assertThat(shell.run("admin", "update", "root2@example.com").err()).contains("nothing to change");
        assertThat(shell.run("admin", "update", "nobody@example.com", "--email", "x@example.com")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void deletesAnAccountButNeverTheLastSuperuser() {
        var shell = new Shell(folder);
        shell.done("admin", "create", "a@example.com", "--password", SECRET);
        shell.done("admin", "create", "b@example.com", "--password", SECRET);

        assertThat(shell.done("admin", "delete", "a@example.com").err()).contains("deleted a@example.com");
        var last = shell.run("admin", "delete", "b@example.com");

        assertThat(last.code()).isEqualTo(1);
        assertThat(last.err()).contains("only existing superuser");
        assertThat(shell.run("admin", "delete", "nobody@example.com").err()).contains("there is no account");
    }

    @Test
    void deletesByIdAndAnswersScripts() {
        var shell = new Shell(folder);
        shell.done("seed");
        var bob = shell.done(
                "admin", "create", "bill@example.com", "--collection", "users", "--password", SECRET, "--json");
        String id = ((dev.ferritedb.ports.value.Value.Text)
                        ((dev.ferritedb.ports.value.Value.Members) bob.json()).get("id"))
                .text();

        var deleted = shell.done("admin", "delete", id, "--collection", "users", "--json");

        assertThat(deleted.out()).isEqualToIgnoringNewLines("{\"id\":\"" + id + "\"}");
    }

    @Test
    void makesTokensOfAccounts() {
        var shell = new Shell(folder);
        shell.done("admin", "create", "root@example.com", "--password", SECRET);

        var token = shell.done("gen-jwt", "root@example.com", "--collection", "_superusers", "--expires", "60");

        assertThat(token.out().strip().split("\\.")).hasSize(3);
        assertThat(shell.done("gen-jwt", "root@example.com", "--collection", "_superusers", "--json")
                        .out())
                .startsWith("{\"token\":\"");
        assertThat(shell.run("gen-jwt", "nobody@example.com", "--collection", "_superusers")
                        .code())
                .isEqualTo(1);
        assertThat(shell.run("gen-jwt", "root@example.com", "--expires", "-1").code())
                .isEqualTo(2);
    }
}
