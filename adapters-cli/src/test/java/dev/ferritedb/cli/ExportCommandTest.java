package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void makeNotes() {
        shell = new Shell(folder);
        shell.done("admin", "create-collection", "people", "--id-pattern=^[a-z]+$", "--field=name:text");
        shell.file("people.csv", "id,name\nann,Ann\nben,Ben\n");
        shell.done("import", "people", folder.resolve("people.csv").toString());
    }

    private void makeEverything(String name) {
        shell.done(
                "admin",
                "create-collection",
                name,
                "--id-pattern=^[a-z]+$",
                "--field=t_text:text",
                "--field=t_preset:text:default=x",
                "--field=t_number:number",
                "--field=t_bool:bool",
                "--field=t_email:email",
                "--field=t_url:url",
                "--field=t_editor:editor",
                "--field=t_date:date",
                "--field=t_created:autodate",
                "--field=t_updated:autodate:update",
                "--field=t_select:select:a|b",
                "--field=t_selects:select:multiple:a|b|c",
                "--field=t_relation:relation:people",
                "--field=t_relations:relation:multiple:people",
                "--field=t_file:file",
                "--field=t_files:file:multiple",
                "--field=t_json:json",
                "--field=t_password:password:hidden",
                "--field=t_point:geoPoint",
                "--field=t_hidden:text:hidden");
    }

    private static final String EVERYTHING = """
            {"id":"full","t_text":"a,\\"b\\"\\r\\n=1+1 \\u00e4\\ud83d\\ude00","t_preset":"y","t_number":-1.5e-7,"t_bool":true,"t_email":"a@example.com","t_url":"https://example.com/?a=1,2","t_editor":"<p>x</p>","t_date":"2026-01-31 18:30:00.123Z","t_created":"2020-01-01 00:00:00.000Z","t_updated":"2020-01-02 00:00:00.000Z","t_select":"a","t_selects":["c","a"],"t_relation":"ann","t_relations":["ben","ann"],"t_file":"pic_0123456789.png","t_files":["a_0123456789.png","b_0123456789.png"],"t_json":{"a":[1,"2",null,{"b":9007199254740993}]},"t_password":"a long secret","t_point":{"lon":8.54,"lat":-47.38},"t_hidden":"secret"}
            {"id":"cleared","t_preset":""}
            {"id":"plain"}
            {"id":"strings","t_text":" leading","t_json":"123","t_number":12345678901234567000}
            {"id":"lists","t_json":[],"t_text":"[1]","t_select":"b"}
            {"id":"truths","t_json":false,"t_text":"-5"}
            {"id":"empties","t_json":"","t_text":"\\"quoted\\""}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv"})
    void whatIsExportedComesInAgainAsItWas(String format) {
        makeEverything("things");
        makeEverything("copies");
        shell.file("things.ndjson", EVERYTHING);
        shell.done("import", "things", folder.resolve("things.ndjson").toString());
        Path first = folder.resolve("first." + format);
        Path second = folder.resolve("second." + format);

        shell.done("export", "things", "-o", first.toString());
        shell.done("import", "copies", first.toString());
        shell.done("export", "copies", "-o", second.toString());

        assertThat(second).hasSameTextualContentAs(first);
        assertThat(shell.done("export", "things", "--format=ndjson").out())
                .isEqualTo(shell.done("export", "copies", "--format=ndjson").out())
                .contains("\"t_created\":\"2020-01-01 00:00:00.000Z\"", "9007199254740993", "\"t_json\":\"123\"")
                .contains("\"t_hidden\":\"secret\"", "\"t_file\":\"pic_0123456789.png\"")
                .doesNotContain("t_password", "argon2");
    }

    @Test
    void writesAnArrayWithARecordALine() {
        assertThat(shell.done("export", "people").out())
                .isEqualTo("[\n{\"id\":\"ann\",\"name\":\"Ann\"},\n{\"id\":\"ben\",\"name\":\"Ben\"}\n]\n");
        assertThat(shell.done("export", "people", "--filter", "id = 'nobody'").items())
                .isEmpty();
    }

    @Test
    void filtersSortsAndChoosesFields() {
        var answer = shell.done(
                "export", "people", "--format=csv", "--sort=-id", "--filter", "name ~ 'n'", "--fields", "name, id");

        assertThat(answer.out()).isEqualTo("name,id\nBen,ben\nAnn,ann\n");
        assertThat(answer.err()).contains("people: exported 2");
    }

    @Test
    void neverWritesWhatTokensAndPasswordsAreMadeOf() {
        shell.done("seed");

        assertThat(shell.done("export", "users").out())
                .contains("\"email\":\"alice@example.com\"")
                .doesNotContain("tokenKey", "password", "argon2");
        assertThat(shell.run("export", "users", "--fields", "tokenKey").code()).isEqualTo(2);
    }

    @Test
    void disarmsFormulasForSpreadsheetsOnlyWhenAsked() {
        shell.file("evil.csv", "id,name\nevil,=HYPERLINK(1)\nminus,-1\nat,@x\nplus,+1\n");
        shell.done("import", "people", folder.resolve("evil.csv").toString());

        assertThat(shell.done("export", "people", "--format=csv").out()).contains("evil,=HYPERLINK(1)");
        assertThat(shell.done("export", "people", "--format=csv", "--spreadsheet")
                        .out())
                .contains("evil,'=HYPERLINK(1)", "minus,'-1", "at,'@x", "plus,'+1", "ann,Ann");
    }

    @Test
    void leavesAFileAsItWasWhenTheExportFails() throws IOException {
        Path file = shell.file("out.json", "before");

        var answer = shell.run("export", "people", "-o", file.toString(), "--filter", "nothing = 1");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(file).hasContent("before");
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void leavesNothingHalfDoneWhenInterrupted() {
        Path file = folder.resolve("out.json");

        var answer = shell.stoppedAtOnce().run("export", "people", "-o", file.toString());

        assertThat(answer.code()).isEqualTo(130);
        assertThat(answer.err()).contains("not complete");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesWhatCanNotBeWritten() {
        assertThat(shell.run("export", "nothing").code()).isEqualTo(1);
        assertThat(shell.run("export", "people", "-o", folder.toString()).err()).contains("is a folder");
        assertThat(shell.run(
                                "export",
                                "people",
                                "-o",
                                folder.resolve("no/out.json").toString())
                        .err())
                .contains("there is no folder");
        assertThat(shell.run("export", "people", "--format", "xml").code()).isEqualTo(2);
        assertThat(shell.run("export", "people", "--sort", "nothing").code()).isEqualTo(1);
    }

    @Test
    void goesThroughMoreRecordsThanOnePage() {
        var rows = new StringBuilder("id,name\n");
        for (int i = 0; i < 2_500; i++) {
            rows.append("x").append(letters(i)).append(",N").append(i).append('\n');
        }
        shell.file("many.csv", rows.toString());
        shell.done("import", "people", folder.resolve("many.csv").toString());

        var answer = shell.watched().run("export", "people", "--format", "ndjson");

        assertThat(answer.out().lines().distinct()).hasSize(2_502);
        assertThat(answer.err()).contains("export people");
    }

    private static String letters(int number) {
        var letters = new StringBuilder();
        for (int rest = number; rest > 0; rest /= 26) letters.append((char) ('a' + rest % 26));
        return letters.append("zz").toString();
    }
}
