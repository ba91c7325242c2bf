package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.Interruption;
import dev.ferritedb.cli.terminal.Terminal;
import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs commands on a data folder, as from a shell, and keeps what they said.
final class Shell {
    private final TestProgram program;
    private final Path folder;
    private InputStream in = InputStream.nullInputStream();
    private List<String> typed = List.of();
    private boolean watched;
    private boolean stopAtOnce;

    Shell(Path folder, String... configurationProblems) {
        this.folder = folder;
        this.program = new TestProgram(folder, configurationProblems);
    }

    record Answer(int code, String out, String err) {
        Value json() {
            return Json.read(out.strip());
        }

        List<Value> items() {
            return ((Value.Items) json()).items();
        }
    }

    TestProgram program() {
        return program;
    }

    Workspace workspace() {
        return program.openWorkspace(new GlobalOptions(Optional.empty(), Optional.empty(), false, Map.of()));
    }

    Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shell in(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// What a person types where no echo is shown.
    Shell typing(String... lines) {
        typed = List.of(lines);
        return this;
    }

    Shell watched() {
        watched = true;
        return this;
    }

    Shell stoppedAtOnce() {
        stopAtOnce = true;
        return this;
    }

    Answer run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var lines = new ArrayDeque<>(typed);
        var terminal = new Terminal(
                in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                watched,
                _ -> Optional.ofNullable(lines.poll()),
                this::interruption);
        int code = new FerriteCli(program, terminal).run(arguments);
        typed = List.of();
        in = InputStream.nullInputStream();
        stopAtOnce = false;
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// As [#run], for a step that must succeed before the one in question.
    Answer done(String... arguments) {
        Answer answer = run(arguments);
        if (answer.code() != 0) throw new AssertionError(String.join(" ", arguments) + ": " + answer);
        return answer;
    }

    private Interruption interruption() {
        var interruption = Interruption.manual();
        if (stopAtOnce) interruption.request();
        return interruption;
    }
}
