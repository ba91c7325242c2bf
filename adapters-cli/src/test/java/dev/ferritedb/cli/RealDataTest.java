package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's `iso-codes`: languages, countries, subdivisions, currencies. Without that package the test is skipped.
class RealDataTest {
    private static final Path ISO = Path.of("/usr/share/iso-codes/json");

    @TempDir
    Path folder;

    private Shell shell;

    @Test
    void theIsoCodesGoInAreFoundAndComeOutAgain() throws IOException {
        assumeTrue(Files.isDirectory(ISO), "needs Debian's package iso-codes");
        shell = new Shell(folder);
        makeCollections();
        String countries = ISO.resolve("iso_3166-1.json").toString();
        Path subdivisions = subdivisionsWithTheirCountry();

        var languages =
                shell.done("import", "languages", ISO.resolve("iso_639-3.json").toString(), "--at", "/639-3");
        var currencies =
                shell.done("import", "currencies", ISO.resolve("iso_4217.json").toString(), "--at", "/4217");
        var states = shell.done("import", "countries", countries, "--at", "/3166-1", "--id", "alpha_2");
        var parts = shell.done("import", "subdivisions", subdivisions.toString(), "--id", "code");

        long total = List.of(languages, currencies, states, parts).stream()
                .mapToLong(RealDataTest::created)
                .sum();
        assertThat(total)
                .isEqualTo(count("iso_639-3.json", "639-3")
                        + count("iso_4217.json", "4217")
                        + count("iso_3166-1.json", "3166-1")
                        + count("iso_3166-2.json", "3166-2"));
        assertThat(total).isGreaterThan(13_000);
        var found = shell.done(
                "export",
                "subdivisions",
                "--format=ndjson",
                "--fields=id,name,country",
                "--filter=name ~ 'land' && country.name = 'Switzerland'");
        assertThat(found.out()).isEqualTo("{\"id\":\"CH-BL\",\"name\":\"Basel-Landschaft\",\"country\":\"CH\"}\n");
        assertSameAgain("languages");
        assertSameAgain("subdivisions");
        var again = shell.run("import", "countries", countries, "--at", "/3166-1", "--id", "alpha_2");
        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("created 0, updated 0, skipped " + created(states));
    }

    private void makeCollections() {
        shell.done(
                "admin",
                "create-collection",
                "languages",
                "--field=alpha_3:text:required:unique:min=3:max=3",
                "--field=alpha_2:text",
                "--field=name:text:required",
                "--field=inverted_name:text",
                "--field=common_name:text",
                "--field=bibliographic:text",
                "--field=scope:select:required:I|M|S",
                "--field=type:select:required:A|C|E|H|L|S");
        shell.done(
                "admin",
                "create-collection",
                "currencies",
                "--field=alpha_3:text:required:unique",
                "--field=name:text:required",
                "--field=numeric:text:required");
        shell.done(
                "admin",
                "create-collection",
                "countries",
                "--id-pattern=^[A-Z]{2}$",
                "--field=alpha_2:text:required",
                "--field=alpha_3:text:required:unique",
                "--field=name:text:required",
                "--field=official_name:text",
                "--field=common_name:text",
                "--field=numeric:text",
                "--field=flag:text");
        shell.done(
                "admin",
                "create-collection",
                "subdivisions",
                "--id-pattern=^[A-Z]{2}-[A-Z0-9]{1,3}$",
                "--field=code:text:required",
                "--field=name:text:required",
                "--field=type:text",
                "--field=parent:text",
                "--field=country:relation:required:countries");
    }

    private Path subdivisionsWithTheirCountry() {
        String lines = entries("iso_3166-2.json", "3166-2").stream()
                .map(entry -> {
                    var members = new LinkedHashMap<>(((Value.Members) entry).members());
                    String code = ((Value.Text) members.get("code")).text();
                    members.put("country", Value.text(code.substring(0, 2)));
                    return Json.write(new Value.Members(members));
                })
                .collect(Collectors.joining("\n"));
        return shell.file("subdivisions.ndjson", lines);
    }

    private void assertSameAgain(String collection) {
        Path file = folder.resolve(collection + ".csv");
        shell.done("export", collection, "-o", file.toString());
        var again = shell.run("import", collection, file.toString(), "--update");
        assertThat(again.err()).contains("created 0, updated 0").contains("failed 0");
    }

    private static long created(Shell.Answer answer) {
        return Long.parseLong(answer.err().replaceAll("(?s).*created (\\d+),.*", "$1"));
    }

    private static int count(String file, String list) {
        return entries(file, list).size();
    }

    private static List<Value> entries(String file, String list) {
        try {
            return ((Value.Items) ((Value.Members) Json.read(Files.readAllBytes(ISO.resolve(file)))).get(list)).items();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
