package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the shell samples of the guide to import and export as they stand there.
class GuideTest {
    private static final Path GUIDE =
            Path.of("../docs/import-export.md").toAbsolutePath().normalize();
    private static final Pattern SAMPLE = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theSamplesOfTheGuideWork() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(Path.of("/usr/share/iso-codes/json")), "needs Debian's package iso-codes");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/jq")), "needs jq");
        String samples = SAMPLE.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining());
        String command =
                ProcessMain.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path script = folder.resolve("script.sh");
        Files.writeString(script, "set -euo pipefail\nferritedb() { " + command + " \"$@\"; }\n" + samples);
        Path output = folder.resolve("output.txt");

        Process process = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said)
                .contains("languages: created 7910, ", "countries: created 249, ", "currencies: created 181, ")
                .contains("subdivisions: created 5127, ", "subdivisions: created 0, updated 0, skipped 5127, failed 0")
                .contains("Basel-Landschaft");
    }
}
