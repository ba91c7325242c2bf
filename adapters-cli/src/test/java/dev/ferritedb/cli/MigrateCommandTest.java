package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {
    @TempDir
    Path folder;

    @Test
    void appliesTellsAndReverts() {
        var shell = new Shell(folder);

        assertThat(shell.done("migrate", "status").out())
                .contains("MIGRATION", "APPLIED")
                .contains("no");
        assertThat(shell.done("migrate", "run").out()).startsWith("applied ");
        assertThat(shell.done("migrate", "status", "--json").out())
                .contains("\"applied\":true")
                .doesNotContain("\"applied\":false");
        int applied = shell.done("migrate", "status", "--json").items().size();
        assertThat(shell.done("migrate", "revert").out()).startsWith("reverted ");
        assertThat(shell.done("migrate", "revert", "--count", "99", "--json").items())
                .hasSize(applied - 1);
        assertThat(shell.done("migrate", "status", "--json").out()).doesNotContain("\"applied\":true");
    }

    @Test
    void saysWhenThereIsNothingToDo() {
        var shell = new Shell(folder);
        shell.done("migrate", "run");

        var again = shell.done("migrate", "run");

        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("nothing to do");
        assertThat(shell.done("migrate", "run", "--json").out()).isEqualToIgnoringNewLines("[]");
    }

    @Test
    void refusesACountBelowOne() {
        var answer = new Shell(folder).run("migrate", "revert", "--count", "0");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("--count");
    }

    @Test
    void failsWhereThereIsNoDataFolder() {
        var answer = new Shell(folder)
                .run("migrate", "run", "--data", folder.resolve("none").toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().lines()).hasSize(1);
    }
}
