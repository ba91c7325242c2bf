package dev.ferritedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateCollectionCommandTest {
    @TempDir
    Path folder;

    @Test
    void makesACollectionOfEveryFieldType() {
        var shell = new Shell(folder);
        shell.done("admin", "create-collection", "people", "--field", "name:text:required:unique");

        var made = shell.done(
                "admin",
                "create-collection",
                "things",
                "--json",
                "--field=title:text:required:unique:min=2:max=40:pattern=^[a-z\\:]+$:presentable",
                "--field=count:number:int:min=0:max=10:default=3",
                "--field=done:bool:default=true",
                "--field=mail:email",
                "--field=link:url",
                "--field=body:editor:max=2000",
                "--field=due:date:min=2026-01-01 00\\:00\\:00.000Z",
                "--field=created:autodate",
                "--field=updated:autodate:update",
                "--field=state:select:open|done:default=open",
                "--field=labels:select:max=2:a|b|c:default=a|b",
                "--field=owner:relation:required:cascade:people",
                "--field=friends:relation:multiple:min=1:people",
                "--field=photo:file:protected",
                "--field=data:json:default=[]:hidden",
                "--field=secret:password:min=8",
                "--field=place:geopoint",
                "--list-rule=",
                "--view-rule=done = true",
                "--create-rule=@request.auth.id != ''",
                "--update-rule=@request.auth.id != ''",
                "--delete-rule=@request.auth.id != ''");

        assertThat(made.out())
                .contains("\"listRule\":\"\"", "\"viewRule\":\"done = true\"")
                .contains("\"pattern\":\"^[a-z:]+$\"", "\"onlyInt\":true", "\"default\":3", "\"default\":[]")
                .contains(
                        "\"default\":[\"a\",\"b\"]", "\"cascadeDelete\":true", "\"onUpdate\":true", "\"maxSelect\":999")
                .contains("CREATE UNIQUE INDEX");
        shell.file("one.ndjson", "{\"title\":\"ab\",\"owner\":\"nobody\"}\n");
        assertThat(shell.run("import", "things", folder.resolve("one.ndjson").toString())
                        .err())
                .contains("owner: ");
    }

    @Test
    void makesAuthCollectionsViewsAndIdsOfOnesOwn() {
        var shell = new Shell(folder);

        shell.done("admin", "create-collection", "members", "--type", "auth");
        var made = shell.done(
                "admin", "create-collection", "countries", "--id-pattern", "^[A-Z]{2}$", "--field", "name:text");
        shell.done(
                "admin", "create-collection", "names", "--type", "view", "--query", "SELECT id, name FROM countries");
        shell.file("c.csv", "id,name\nCH,Switzerland\nxx,Nowhere\n");
        var imported = shell.run("import", "countries", folder.resolve("c.csv").toString());

        assertThat(made.err()).contains("created collection countries with 2 fields");
        assertThat(imported.err()).contains("created 1", "failed 1", "row 2 (line 3, id xx)");
        assertThat(shell.done("export", "names", "--format", "csv").out()).isEqualTo("id,name\nCH,Switzerland\n");
        assertThat(shell.run("import", "names", folder.resolve("c.csv").toString())
                        .err())
                .contains("is a view");
    }

    @Test
    void readsADocumentAndLaysItsOptionsOverIt() {
        var shell = new Shell(folder);
        Path file = shell.file("c.json", "{\"name\":\"old\",\"fields\":[{\"name\":\"a\",\"type\":\"text\"}]}");

        var made = shell.done(
                "admin", "create-collection", "fresh", "--from", file.toString(), "--field", "b:bool", "--json");

        assertThat(made.out()).contains("\"name\":\"fresh\"", "\"name\":\"a\"", "\"name\":\"b\"");
    }

    @Test
    void refusesFilesThatHoldNoCollection() {
        var shell = new Shell(folder);

        assertThat(shell.run(
                                "admin",
                                "create-collection",
                                "--from",
                                shell.file("l.json", "[]").toString())
                        .err())
                .contains("holds no JSON object");
        assertThat(shell.run(
                                "admin",
                                "create-collection",
                                "--from",
                                shell.file("b.json", "{").toString())
                        .err())
                .contains("b.json: ");
        assertThat(shell.run("admin", "create-collection", "--from", "nowhere.json")
                        .err())
                .contains("there is no file nowhere.json");
        assertThat(shell.run("admin", "create-collection").err()).contains("which name?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "title; expected NAME:TYPE",
                ":text; expected NAME:TYPE",
                "title:txt; no type 'txt'",
                "title:text:requird; no option 'requird'",
                "title:text:; no option ''",
                "title:text:max=many; 'many' is no number",
                "title:text:int; no option 'int'",
                "title:text:multiple; no option 'multiple'",
                "owner:relation; which collection",
                "owner:relation:nobody; no collection 'nobody'",
                "parent:relation:notes; only once it exists",
                "state:select; which values",
                "done:bool:default=maybe; default must be true or false",
                "n:number:default=x; no default",
                "j:json:default={; no default"
            })
    void saysWhatIsWrongWithAField(String spec, String reason) {
        var answer = new Shell(folder).run("admin", "create-collection", "notes", "--field", spec);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).contains("--field " + spec, reason);
    }

    @Test
    void saysWhatTheSchemaRefuses() {
        var shell = new Shell(folder);

        var hostile = shell.run("admin", "create-collection", "drop table;--", "--field", "select:text");
        var rule = shell.run("admin", "create-collection", "notes", "--list-rule", "nothing = (");

        assertThat(hostile.code()).isEqualTo(1);
        assertThat(hostile.err().lines()).hasSize(1);
        assertThat(hostile.err()).contains("name: ");
        assertThat(rule.code()).isEqualTo(1);
        assertThat(rule.err()).contains("listRule: ");
    }
}
