package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportCommandTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void makeNotes() {
        shell = new Shell(folder);
        shell.done(
                "admin",
                "create-collection",
                "notes",
                "--id-pattern=^[a-z]+$",
                "--field=title:text:required",
                "--field=count:number",
                "--field=done:bool",
                "--field=due:date",
                "--field=labels:select:multiple:a|b|c",
                "--field=state:select:open|done:default=open",
                "--field=data:json",
                "--field=place:geoPoint");
    }

    private Shell.Answer imported(String name, String content, String... options) {
        var arguments = new java.util.ArrayList<>(
                java.util.List.of("import", "notes", shell.file(name, content).toString()));
        arguments.addAll(java.util.List.of(options));
        return shell.run(arguments.toArray(String[]::new));
    }

    private String exported() {
        return shell.done("export", "notes", "--format", "ndjson", "--fields", "id,title,count,done")
                .out();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n.json   | [{\"id\":\"x\",\"title\":\"T\",\"count\":2.5,\"done\":true}]",
                "n.ndjson | {\"id\":\"x\",\"title\":\"T\",\"count\":2.5,\"done\":true}",
                "n.jsonl  | {\"id\":\"x\",\"title\":\"T\",\"count\":\"2.5\",\"done\":\"true\"}",
                "n.csv    | `id,title,count,done\nx,T,2.5,true\n`",
                "n.data   | ` \n[{\"id\":\"x\",\"title\":\"T\",\"count\":2.5,\"done\":true}]`",
                "n.txt    | {\"id\":\"x\",\"title\":\"T\",\"count\":2.5,\"done\":true}",
                "n.tab    | `\uFEFFid,title,count,done\r\nx,T,2.5,true`",
            })
    void knowsTheFormatByNameOrContentAndTypesByTheSchema(String name, String content) {
        var answer = imported(name, content);

        assertThat(answer.err()).isEqualToIgnoringNewLines("notes: created 1, updated 0, skipped 0, failed 0");
        assertThat(answer.code()).isZero();
        assertThat(exported()).isEqualTo("{\"id\":\"x\",\"title\":\"T\",\"count\":2.5,\"done\":true}\n");
    }

    @Test
    void readsAnArrayInsideADocument() {
        var answer = imported(
                "iso.json",
                "{\"meta\":{},\"data\":{\"639-3\":[{\"id\":\"x\",\"title\":\"T\"}]}}",
                "--at",
                "/data/639-3");

        assertThat(answer.code()).isZero();
        assertThat(imported("iso.json", "{\"data\":[]}", "--at", "/nothing").err())
                .contains("iso.json: ");
        assertThat(imported("iso.json", "{\"data\":[]}", "--at", "nothing").code())
                .isEqualTo(2);
        assertThat(imported("iso.json", "{\"data\":[]}", "--at", "/data", "--format", "csv")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void readsStandardInput() {
        var answer = shell.in("{\"id\":\"x\",\"title\":\"T\"}\n{\"id\":\"y\",\"title\":\"U\"}\n")
                .run("import", "notes", "-", "--format", "ndjson");

        assertThat(answer.err()).contains("created 2");
    }

    @Test
    void aSecondImportSaysWhatItDidWithEachRow() {
        String rows = "id,title\nx,One\ny,Two\n";
        imported("n.csv", rows);

        var again = imported("n.csv", rows);
        var updated = imported("n.csv", "id,title\nx,One\ny,Changed\nz,Three\n", "--update");

        assertThat(again.code()).isZero();
        assertThat(again.err())
                .contains(
                        "row 1 (line 2, id x): skipped",
                        "row 2 (line 3, id y): skipped",
                        "created 0, updated 0, skipped 2");
        assertThat(updated.err())
                .contains("row 1 (line 2, id x): unchanged", "row 2 (line 3, id y): updated")
                .contains("created 1, updated 1, skipped 1, failed 0");
        assertThat(exported()).contains("Changed", "Three");
    }

    @Test
    void reportsEveryBadRowWithItsPlaceAndGoesOn() {
        var answer = imported("n.csv", """
                id,title,count,done,due,labels,place
                a,Good,1,true,2026-01-31,a,
                b,,1,true,,,
                c,Bad number,many,true,,,
                d,"Two
                lines",1,maybe,,,
                e,Bad date,1,true,yesterday,,
                f,Bad label,1,true,,"[""a"",""z""]",
                g,Short
                h,Bad place,1,true,,,here
                UPPER,Bad id,1,true,,,
                i,Good too,1,true,2026-01-31T10:00:00Z,"[""b"",""c""]","{""lon"":8.5,""lat"":47.4}"
                """);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("row 2 (line 3, id b): failed, title: ", "[validation_required]")
                .contains("row 3 (line 4, id c): failed, count: ")
                .contains("row 4 (line 5, id d): failed, done: ")
                .contains("row 5 (line 7, id e): failed, due: ")
                .contains("row 6 (line 8, id f): failed, labels: ")
                .contains("row 7 (line 9): failed, 2 cells where the first line has 7")
                .contains("row 8 (line 10, id h): failed, place: ")
                .contains("row 9 (line 11, id UPPER): failed, id: ")
                .contains("created 2, updated 0, skipped 0, failed 8");
        assertThat(exported().lines()).hasSize(2);
    }

    @Test
    void goesOnAfterALineThatIsNoJson() {
        var answer =
                imported("n.ndjson", "{\"id\":\"a\",\"title\":\"A\"}\n{broken\n[1]\n{\"id\":\"b\",\"title\":\"B\"}\n");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("row 2 (line 2): failed, ", "row 3 (line 3): failed, not an object", "created 2");
    }

    @Test
    void keepsWhatCameBeforeTheEndOfABrokenFile() {
        var json = imported("n.json", "[{\"id\":\"a\",\"title\":\"A\"},{\"id\":\"b\",");
        var csv = imported("n.csv", "id,title\nc,C\nd,\"never closed\n");

        assertThat(json.code()).isEqualTo(1);
        assertThat(json.err()).contains("nothing after it could be read", "created 1");
        assertThat(csv.code()).isEqualTo(1);
        assertThat(csv.err()).contains("row 2 (line 3): failed, the closing quote", "created 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n.csv  | ``             | the file is empty",
                "n.csv  | `id,,title\n`  | one name is empty",
                "n.csv  | `id,title,id\n`| names a field twice",
                "n.csv  | `\"id`         | line 1 is no line of a CSV file",
                "n.json | `{\"a\":1}`    | none of its names is a field",
            })
    void refusesAFileThatCanNotBeMeant(String name, String content, String reason) {
        var answer = imported(name, content, name.endsWith("json") ? "--format=json" : "--format=csv");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains(reason);
    }

    @Test
    void refusesWhatIsMissing() {
        assertThat(shell.run("import", "nothing", "x.csv").err()).contains("no collection 'nothing'");
        assertThat(shell.run("import", "notes", "nowhere.csv").err()).contains("there is no file nowhere.csv");
        assertThat(shell.run("import", "notes", "x.csv", "--batch-size", "0").code())
                .isEqualTo(2);
        assertThat(shell.run("import", "notes", "x.csv", "--format", "xml").code())
                .isEqualTo(2);
    }

    @Test
    void warnsOnceOfEachNameThatIsNoField() {
        var answer = imported("n.ndjson", """
                {"id":"a","title":"A","ttle":"x","collectionName":"notes","expand":{}}
                {"id":"b","title":"B","ttle":"y"}
                {"nothing":1}
                """);

        assertThat(answer.err())
                .containsOnlyOnce("'ttle' is no field of notes")
                .contains("none of its names is a field");
        assertThat(answer.err()).doesNotContain("collectionName", "'expand'");
    }

    @Test
    void anEmptyCellLeavesTheDefaultAndOneWithQuotesClearsIt() {
        imported("n.csv", "id,title,state\na,A,\nb,B,\"\"\nc,C,done\n");

        assertThat(shell.done("export", "notes", "--format", "csv", "--fields", "id,state")
                        .out())
                .isEqualTo("id,state\na,open\nb,\"\"\nc,done\n");
    }

    @Test
    void takesTheIdFromAnotherColumn() {
        var answer = imported("n.csv", "code,title\nx,One\nNO,Two\n", "--id", "code");

        assertThat(answer.err())
                .contains("row 2 (line 3, id NO): failed, id: ", "created 1")
                .doesNotContain("warning");
        assertThat(exported()).startsWith("{\"id\":\"x\",\"title\":\"One\"");
    }

    @Test
    void refusesSeveralValuesWhereOneIsKept() {
        var answer = imported("n.ndjson", "{\"id\":\"a\",\"title\":\"A\",\"state\":[\"open\",\"done\"]}");

        assertThat(answer.err()).contains("state: Takes one value, not several");
    }

    @Test
    void reportsToScriptsRowByRow() {
        imported("n.csv", "id,title\nx,One\n");

        var answer = imported("n.csv", "id,title\nx,One\ny,Two\nz,\n", "--json");

        assertThat(answer.code()).isEqualTo(1);
        var report = (Value.Members) answer.json();
        assertThat(report.get("created")).isEqualTo(Value.number(1));
        assertThat(report.get("skipped")).isEqualTo(Value.number(1));
        assertThat(report.get("failed")).isEqualTo(Value.number(1));
        assertThat(report.get("interrupted")).isEqualTo(Value.Truth.FALSE);
        assertThat(answer.out())
                .contains("{\"row\":1,\"line\":2,\"id\":\"x\",\"outcome\":\"skipped\"}")
                .contains("{\"row\":2,\"line\":3,\"id\":\"y\",\"outcome\":\"created\"}")
                .contains(
                        "{\"row\":3,\"line\":4,\"id\":\"z\",\"outcome\":\"failed\",\"problems\":[{\"field\":\"title\"");
    }

    @Test
    void aRelationToARowThatComesLaterFailsClearlyAndWorksTheSecondTime() {
        shell.done("admin", "create-collection", "tasks", "--field=note:relation:notes", "--field=name:text");
        shell.file("t.ndjson", "{\"id\":\"aaaaaaaaaaaaaaa\",\"name\":\"n\",\"note\":\"later\"}\n");

        var first = shell.run("import", "tasks", folder.resolve("t.ndjson").toString());
        imported("n.csv", "id,title\nlater,Later\n");
        var second = shell.run("import", "tasks", folder.resolve("t.ndjson").toString());

        assertThat(first.code()).isEqualTo(1);
        assertThat(first.err()).contains("note: ", "point at records that are not there", "import it again");
        assertThat(second.err()).contains("created 1");
    }

    @Test
    void bringsAccountsInWithOrWithoutAPassword() {
        shell.done("seed");
        shell.file("u.csv", "email,password,first_name\nx@example.com,a long secret,X\ny@example.com,,Y\n");

        var answer = shell.run("import", "users", folder.resolve("u.csv").toString());

        assertThat(answer.err()).contains("created 2");
        assertThat(shell.done("admin", "list", "--collection", "users").out())
                .contains("x@example.com", "y@example.com");
    }

    @Test
    void stopsAfterTheBatchUnderWayWhenInterrupted() {
        shell.file("n.csv", "id,title\na,A\nb,B\nc,C\n");

        var answer = shell.stoppedAtOnce()
                .run("import", "notes", folder.resolve("n.csv").toString(), "--batch-size", "1");

        assertThat(answer.code()).isEqualTo(130);
        assertThat(answer.err()).contains("interrupted", "created 1");
        assertThat(exported().lines()).hasSize(1);
    }

    @Test
    void drawsProgressOnlyWhileAPersonWatches() {
        var watched = shell.watched()
                .run("import", "notes", shell.file("n.csv", "id,title\na,A\n").toString());

        assertThat(watched.err()).contains("import notes", "%").contains("created 1");
        assertThat(watched.out()).isEmpty();
    }

    @Test
    void showsNoControlCharactersOfTheFile() {
        var answer = imported("n.ndjson", "{\"id\":\"\\u001b[31mred\",\"title\":\"T\"}");

        assertThat(answer.err()).doesNotContain("\u001b").contains("?[31mred");
    }
}
