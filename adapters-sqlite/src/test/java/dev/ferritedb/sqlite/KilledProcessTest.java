package dev.ferritedb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {
    private static final int ROUNDS = Integer.getInteger("ferrite.kill.rounds", 3);

    @TempDir
    Path folder;

    @Test
    void losesNoAcknowledgedWriteWhenItIsKilled() throws IOException, InterruptedException, SQLException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Path file = folder.resolve("data.db");
        Notes.openWithNotes(file).close();
        var acknowledged = new ArrayList<String>();

        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(writeUntilKilled(file, "r" + round, 500 + random.nextInt(2_000)));

            try (SqliteRecordStore store = Notes.open(file)) {
                List<String> found = store.read(reads -> reads.existing(Notes.COLLECTION, acknowledged));
                assertThat(found).as("seed %d, round %d", seed, round).hasSameSizeAs(acknowledged);
            }
            assertThat(Notes.sql(file, "PRAGMA integrity_check")).isEqualTo("ok");
        }
    }

    @Test
    void saysOkToNoWriteOnceTheDiskTakesNoMore() throws IOException, InterruptedException, SQLException {
        Path file = folder.resolve("data.db");
        Notes.openWithNotes(file).close();

        // The shell's limit on file sizes, in blocks of 1,024 bytes, stands for a disk that fails.
        Process process = new ProcessBuilder(
                        "bash", "-c", "ulimit -f 1500; exec " + String.join(" ", WritingProcess.command(file, "r")))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = read(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        List<String> acknowledged =
                lines.stream().filter(line -> line.startsWith("r")).toList();
        assertThat(lines).endsWith(WritingProcess.FAILED_FOR_GOOD);
        assertThat(acknowledged).isNotEmpty();
        try (SqliteRecordStore store = Notes.open(file)) {
            List<String> found = store.read(reads -> reads.existing(Notes.COLLECTION, acknowledged));
            assertThat(found).hasSameSizeAs(acknowledged);
        }
        assertThat(Notes.sql(file, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    private static List<String> writeUntilKilled(Path file, String prefix, int writes)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(WritingProcess.command(file, prefix))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var acknowledged = new ArrayList<String>();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // A last line may be cut off in its middle: it was not acknowledged.
                if (line.endsWith(WritingProcess.END)) acknowledged.add(line.replace(WritingProcess.END, ""));
                if (acknowledged.size() == writes) process.toHandle().destroyForcibly();
            }
        }
        process.waitFor();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(writes);
        return acknowledged;
    }

    private static List<String> read(Process process) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.replace(WritingProcess.END, ""))
                    .toList();
        }
    }
}
