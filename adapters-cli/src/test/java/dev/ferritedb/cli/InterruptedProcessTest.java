package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedProcessTest {
    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir
    Path folder;

    /// Ctrl-C goes the same way, but a build that runs in the background may have been told to ignore it.
    @Test
    void aSignalEndsAnImportBetweenTwoBatchesAndKeepsWhatWasWritten() throws IOException, InterruptedException {
        var shell = new Shell(folder);
        shell.done("admin", "create-collection", "rows", "--field=n:number");
        Process process = ProcessMain.start(folder, "import", "rows", "-", "--format=ndjson", "--batch-size=100");

        // More than pipe and read buffers take: once it is written, batches have been too.
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            for (int i = 0; i < 40_000; i++) in.write("{\"n\":" + i + "}\n");
            in.flush();
            process.destroy();
        }

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM_EXIT);
        long kept =
                shell.done("export", "rows", "--format=ndjson").out().lines().count();
        assertThat(kept).isPositive().isLessThanOrEqualTo(40_000);
        assertThat(folder.resolve("err.txt")).content().contains("created " + kept + ",");
    }
}
