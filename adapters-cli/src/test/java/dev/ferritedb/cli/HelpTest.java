package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "migrate",
                "migrate run",
                "migrate status",
                "migrate revert",
                "admin",
                "admin create",
                "admin list",
                "admin update",
                "admin delete",
                "admin create-collection",
                "audit",
                "audit list",
                "import",
                "export",
                "gen-jwt",
                "seed",
                "config",
                "config show",
                "config check"
            })
    void everyCommandExplainsItselfWithAnExampleOfItsOwn(String command) {
        var answer = new Shell(folder).run((command + " --help").split(" "));

        assertThat(answer.code()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .contains("Usage: ferritedb " + command)
                .contains("--config", "--data", "--debug", "--version", "--help")
                .contains("Examples:")
                .containsPattern("(?m)^  .*ferritedb " + command);
    }

    @Test
    void theProgramListsItsCommands() {
        var answer = new Shell(folder).run("--help");

        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .contains("serve", "migrate", "admin", "import", "export", "gen-jwt", "seed", "config", "Examples:");
    }

    @Test
    void withoutACommandTheHelpGoesToStandardErrorAndTheUsageIsWrong() {
        var answer = new Shell(folder).run();

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("Usage: ferritedb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "import --version", "admin list -V"})
    void tellsItsVersionBeforeAndAfterACommand(String arguments) {
        var answer = new Shell(folder).run(arguments.split(" "));

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).isEqualToIgnoringNewLines("ferritedb 1.2.3");
    }

    @Test
    void aMisspeltCommandIsOneLineWithASuggestion() {
        var answer = new Shell(folder).run("exprt", "posts");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).contains("exprt", "did you mean", "export");
    }

    @Test
    void aMisspeltOptionIsOneLineWithASuggestion() {
        var answer = new Shell(folder).run("import", "posts", "f.csv", "--fromat", "csv");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).contains("--fromat", "did you mean", "--format", "ferritedb import --help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "migrate",
                "config",
                "import posts",
                "gen-jwt",
                "export",
                "admin update",
                "serve --port x"
            })
    void whatIsMissingOrWrongIsOneLineAndWrongUsage(String arguments) {
        var answer = new Shell(folder).run(arguments.split(" "));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).startsWith("ferritedb: ").contains("--help");
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheCommand() {
        var shell = new Shell(folder);
        Path none = folder.resolve("none");

        assertThat(shell.run("--data", none.toString(), "migrate", "status").err())
                .contains("there is no folder " + none);
        assertThat(shell.run("migrate", "status", "--data", none.toString()).err())
                .contains("there is no folder " + none);
        assertThat(shell.run("--data", "serve", "migrate", "status").err()).contains("there is no folder serve");
        assertThat(shell.run("migrate", "status", "--config", "x.toml").code()).isZero();
    }

    @Test
    void showsWhereAnErrorComesFromOnlyWhenAsked() {
        var shell = new Shell(folder);

        var plain = shell.run("export", "nothing");
        var detailed = shell.run("export", "nothing", "--debug");

        assertThat(plain.code()).isEqualTo(1);
        assertThat(plain.err().lines())
                .containsExactly("ferritedb: There is no collection 'nothing'. [collection_not_found]");
        assertThat(detailed.err()).contains("dev.ferritedb.ports.problem.Refusal");
    }
}
