package dev.ferritedb.distribution.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.ferritedb.distribution.architecture.Rules.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final List<String> MODULES = List.of(
            "ports",
            "kernel",
            "json",
            "sqlite",
            "fs",
            "identity",
            "mail",
            "http",
            "cli",
            "s3",
            "oauth2",
            "imaging",
            "metrics",
            "distribution");

    private static final Path KITS = Path.of("../ports/src/test");

    private static JavaClasses program;
    private static JavaClasses everything;

    @BeforeAll
    static void readClasses() {
        program = new ClassFileImporter()
                .withImportOption(location -> !isOfTests(location))
                .importPackages("dev.ferritedb");
        everything = new ClassFileImporter().importPackages("dev.ferritedb");
    }

    private static boolean isOfTests(Location location) {
        return location.contains("/test-classes/") || location.contains("-tests.jar");
    }

    @Test
    void readsClassesOfEveryModule() {
        assertThat(program.size()).isGreaterThan(300);
        for (String module : MODULES) {
            assertThat(program.stream().filter(type -> type.getPackageName().startsWith("dev.ferritedb." + module)))
                    .as(module)
                    .isNotEmpty();
        }
        assertThat(program.stream().map(type -> type.getSimpleName())).doesNotContain("ArchitectureTest");
    }

    @ParameterizedTest
    @MethodSource("dev.ferritedb.distribution.architecture.Rules#all")
    void holds(Case one) {
        one.rule().check(program);
    }

    @ParameterizedTest
    @MethodSource("dev.ferritedb.distribution.architecture.Rules#all")
    void reportsTheClassThatBreaksIt(Case one) {
        JavaClasses broken = everything.that(
                DescribedPredicate.describe("break it", type -> one.breakers().contains(type.getName())));
        assertThat(broken).hasSameSizeAs(one.breakers());

        EvaluationResult result = one.rule().evaluate(broken);

        assertThat(result.hasViolation()).as(one.name()).isTrue();
        String report = result.getFailureReport().toString();
        for (String breaker : one.breakers()) assertThat(report).contains(breaker);
    }

    @Test
    void everyContractOfAPortIsRunByAnAdapter() throws IOException {
        List<String> contracts = namesIn(sources(KITS), "abstract class (\\w+Contract)\\b");
        var run = Stream.of(
                        "adapters-sqlite",
                        "adapters-fs",
                        "adapters-identity",
                        "adapters-mail",
                        "json",
                        "plugin-s3",
                        "plugin-metrics")
                .map(module -> Path.of("..", module, "src/test"))
                .filter(Files::isDirectory)
                .flatMap(folder -> namesIn(sources(folder), "extends (\\w+Contract)\\b").stream())
                .toList();

        List<String> bases = namesIn(sources(KITS), "extends (\\w+Contract)\\b");
        assertThat(contracts).isNotEmpty();
        assertThat(run)
                .containsAll(contracts.stream()
                        .filter(contract -> !bases.contains(contract))
                        .toList());
    }

    private static List<String> namesIn(Stream<Path> files, String pattern) {
        var compiled = Pattern.compile(pattern);
        return files.flatMap(file -> compiled.matcher(text(file)).results().map((MatchResult match) -> match.group(1)))
                .distinct()
                .toList();
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
