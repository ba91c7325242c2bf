package dev.ferritedb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.distribution.BuiltDistribution.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs the samples of README.md and docs/. In each document the `sh` blocks run one after the other in one shell,
/// beside a server with demo data; a `json` or `text` block right after one is what it must print, with `…` for
/// anything and white space as it may be.
class DocumentationIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SAMPLE =
            Pattern.compile("```sh\n(.*?)```\n(?:\n*```(?:json|text)\n(.*?)```)?", Pattern.DOTALL);
    private static final Pattern JAVA_SAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String END_OF_SAMPLE = "=====";

    @TempDir
    Path folder;

    private record Sample(String script, String expected) {}

    @TestFactory
    Stream<DynamicTest> everySamplePrintsWhatTheDocumentSays() throws IOException {
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs"))) {
            List<Path> documents = Stream.concat(Stream.of(ROOT.resolve("README.md")), guides.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            assertThat(samples(documents.getFirst())).hasSizeGreaterThan(5);
            return documents.stream()
                    .map(document ->
                            DynamicTest.dynamicTest(ROOT.relativize(document).toString(), () -> run(document)));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyJavaSampleIsPartOfATestedProgram() throws IOException {
        String tested = folded(testedPrograms());
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs"))) {
            return guides.sorted().toList().stream()
                    .flatMap(guide -> javaSamples(guide)
                            .map(sample -> DynamicTest.dynamicTest(
                                    guide.getFileName() + ": "
                                            + sample.lines().findFirst().orElse(""),
                                    () -> assertThat(tested).contains(folded(sample)))));
        }
    }

    private static Stream<String> javaSamples(Path document) {
        return JAVA_SAMPLE.matcher(text(document)).results().map(match -> match.group(1));
    }

    private static String testedPrograms() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentationIT::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Sample> samples(Path document) {
        var samples = new ArrayList<Sample>();
        Matcher matcher = SAMPLE.matcher(text(document));
        while (matcher.find()) {
            samples.add(new Sample(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2)));
        }
        return samples;
    }

    private void run(Path document) throws IOException, InterruptedException {
        List<Sample> samples = samples(document);
        if (samples.isEmpty()) return;
        Path place =
                Files.createDirectories(folder.resolve(document.getFileName().toString()));
        try (Server server = Server.start(BuiltDistribution.HOME, place, "--demo")) {
            String output = output(place, server, samples);
            String[] printed = output.split(END_OF_SAMPLE + "\n", -1);
            assertThat(printed).as(output).hasSize(samples.size() + 1);
            for (int i = 0; i < samples.size(); i++) {
                Sample sample = samples.get(i);
                if (sample.expected.isEmpty()) continue;
                assertThat(folded(printed[i])).as(sample.script).matches(pattern(sample.expected));
            }
        }
    }

    /// The samples name the launcher of the checkout and the default port; here they get the packed program and
    /// this server.
    private static String output(Path place, Server server, List<Sample> samples)
            throws IOException, InterruptedException {
        var script = new StringBuilder("set -euo pipefail\n");
        for (Sample sample : samples)
            script.append(sample.script).append("echo ").append(END_OF_SAMPLE).append('\n');
        Path launcher = place.resolve("ferritedb");
        Files.writeString(
                launcher, "#!/bin/sh\nexec '" + BuiltDistribution.HOME.resolve("bin/ferritedb") + "' \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        Path out = place.resolve("samples.out");
        Path err = place.resolve("samples.err");
        Process shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        script.toString()
                                .replace("127.0.0.1:8090", server.address().getAuthority()))
                .directory(place.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(shell.waitFor(120, TimeUnit.SECONDS)).as("ends in time").isTrue();
        assertThat(shell.exitValue())
                .as(Files.readString(out) + Files.readString(err))
                .isZero();
        return Files.readString(out);
    }

    private static Pattern pattern(String expected) {
        String[] parts = folded(expected).split("…", -1);
        return Pattern.compile(
                String.join(".*", Stream.of(parts).map(Pattern::quote).toList()), Pattern.DOTALL);
    }

    private static String folded(String text) {
        return text.replaceAll("\\s+", "");
    }
}
