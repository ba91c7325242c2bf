package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    Path folder;

    @Test
    void showsTheSettingsInColumns() {
        var answer = new Shell(folder).done("config", "show");

        assertThat(answer.out().lines())
                .containsExactly(
                        "SETTING          VALUE  FROM",
                        "server.port      8090   default",
                        "auth.jwt_secret  …      ferritedb.toml");
    }

    @Test
    void showsTheSettingsToScripts() {
        assertThat(new Shell(folder).done("config", "show", "--json").out())
                .contains("{\"key\":\"server.port\",\"value\":\"8090\",\"origin\":\"default\"}");
    }

    @Test
    void findsNothingWrongWithAConfigurationInOrder() {
        var answer = new Shell(folder).done("config", "check");

        assertThat(answer.err()).contains("in order");
        assertThat(new Shell(folder).done("config", "check", "--json").out()).isEqualToIgnoringNewLines("[]");
    }

    @Test
    void listsEachProblemAndFails() {
        var shell = new Shell(folder, "server.prt is not used; did you mean server.port?", "logging.level must be …");

        var answer = shell.run("config", "check");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().lines()).hasSize(2).allMatch(line -> line.startsWith("ferritedb: "));
        assertThat(shell.run("config", "check", "--json").items()).hasSize(2);
    }
}
