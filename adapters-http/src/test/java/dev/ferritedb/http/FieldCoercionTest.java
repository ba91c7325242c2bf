package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What each field type makes of each kind of JSON value, and how far numbers and text come back as they were sent.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldCoercionTest {
    private static final String ALL = "/api/collections/all/records";

    /// A word is the code of the problem, without `validation_`; anything else is the value that comes back.
    private static final String TABLE = """
                     | null              | true        | 7           | 7.5         | "x"         | ""                | "7"         | []            | ["x"]         | [7]           | {}            | {"lon":1,"lat":2} | [[7]]
            text     | ""                | "true"      | "7"         | "7.5"       | "x"         | ""                | "7"         | invalid_value | invalid_value | invalid_value | invalid_value | invalid_value     | invalid_value
            editor   | ""                | "true"      | "7"         | "7.5"       | "x"         | ""                | "7"         | invalid_value | invalid_value | invalid_value | invalid_value | invalid_value     | invalid_value
            email    | ""                | is_email    | is_email    | is_email    | is_email    | ""                | is_email    | invalid_value | invalid_value | invalid_value | invalid_value | invalid_value     | invalid_value
            url      | ""                | invalid_url | invalid_url | invalid_url | invalid_url | ""                | invalid_url | invalid_value | invalid_value | invalid_value | invalid_value | invalid_value     | invalid_value
            number   | 0                 | 1           | 7           | 7.5         | not_a_number | 0                | 7           | not_a_number  | not_a_number  | not_a_number  | not_a_number  | not_a_number      | not_a_number
            bool     | false             | true        | true        | true        | invalid_value | false           | invalid_value | invalid_value | invalid_value | invalid_value | invalid_value | invalid_value   | invalid_value
            date     | ""                | invalid_date | invalid_date | invalid_date | invalid_date | ""            | invalid_date | invalid_date | invalid_date  | invalid_date  | invalid_date  | invalid_date      | invalid_date
            autodate | ""                | ""          | ""          | ""          | ""          | ""                | ""          | ""            | ""            | ""            | ""            | ""                | ""
            json     | null              | true        | 7           | 7.5         | "x"         | ""                | 7           | []            | ["x"]         | [7]           | {}            | {"lon":1,"lat":2} | [[7]]
            geoPoint | {"lon":0,"lat":0} | invalid_value | invalid_value | invalid_value | invalid_value | {"lon":0,"lat":0} | invalid_value | invalid_value | invalid_value | invalid_value | {"lon":0,"lat":0} | {"lon":1,"lat":2} | invalid_value
            select   | ""                | "true"      | "7"         | invalid_value | "x"       | ""                | "7"         | ""            | "x"           | "7"           | invalid_value | invalid_value     | invalid_value
            selects  | []                | ["true"]    | ["7"]       | invalid_value | ["x"]     | []                | ["7"]       | []            | ["x"]         | ["7"]         | invalid_value | invalid_value     | invalid_value
            relation | ""                | missing_rel_records | missing_rel_records | missing_rel_records | missing_rel_records | "" | missing_rel_records | "" | missing_rel_records | missing_rel_records | invalid_value | invalid_value | invalid_value
            relations | []               | missing_rel_records | missing_rel_records | missing_rel_records | missing_rel_records | [] | missing_rel_records | [] | missing_rel_records | missing_rel_records | invalid_value | invalid_value | invalid_value
            file     | ""                | invalid_file | invalid_file | invalid_file | invalid_file | ""            | invalid_file | ""           | invalid_file  | invalid_file  | invalid_value | invalid_value     | invalid_value
            files    | []                | invalid_file | invalid_file | invalid_file | invalid_file | []            | invalid_file | []           | invalid_file  | invalid_file  | invalid_value | invalid_value     | invalid_value
            """;

    private TestServer server;

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        server.collection("""
                {"name":"targets","fields":[]}""");
        server.collection("""
                {"name":"all","listRule":"","viewRule":"","createRule":"","updateRule":"","fields":[
                 {"name":"text","type":"text","max":12000000},{"name":"number","type":"number"},{"name":"bool","type":"bool"},
                 {"name":"email","type":"email"},{"name":"url","type":"url"},{"name":"editor","type":"editor","maxSize":12000000},
                 {"name":"date","type":"date"},{"name":"autodate","type":"autodate","onUpdate":true},
                 {"name":"json","type":"json","maxSize":12000000},{"name":"geoPoint","type":"geoPoint"},
                 {"name":"select","type":"select","values":["x","7","true"]},
                 {"name":"selects","type":"select","values":["x","7","true"],"maxSelect":3},
                 {"name":"relation","type":"relation","collectionId":"targets"},
                 {"name":"relations","type":"relation","collectionId":"targets","maxSelect":3},
                 {"name":"file","type":"file"},{"name":"files","type":"file","maxSelect":3}]}""");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> cells() {
        List<List<String>> rows = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
        var cells = new ArrayList<Arguments>();
        for (List<String> row : rows.subList(1, rows.size())) {
            assertThat(row).hasSameSizeAs(rows.getFirst());
            for (int i = 1; i < row.size(); i++) {
                cells.add(Arguments.of(row.getFirst(), rows.getFirst().get(i), row.get(i)));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} makes {2} of {1}")
    @MethodSource("cells")
    void takesWhatLosesNothingAndRefusesTheRest(String field, String sent, String result) {
        HttpCase request = post(field + " " + sent, ALL, "{\"" + field + "\":" + sent + "}");
        boolean refused =
                result.matches("[a-z_]+") && !List.of("null", "true", "false").contains(result);
        if (refused) {
            request.answers(400, "{\"data\":{\"" + field + "\":{\"code\":\"validation_" + result + "\"")
                    .run(server);
        } else {
            String made = request.answers(200, "\"" + field + "\":" + result)
                    .run(server)
                    .text("id");
            get("read again", ALL + "/" + made)
                    .answers(200, "\"" + field + "\":" + result)
                    .run(server);
        }
    }

    @ParameterizedTest(name = "{0} comes back as {1}")
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "1.0, 1",
        "9007199254740991, 9007199254740991",
        "9007199254740992, 9007199254740992",
        "-9007199254740992, -9007199254740992",
        "9007199254740994, 9007199254740994",
        "9223372036854776000, 9223372036854776000",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "1e-7, 1e-7",
        "1E2, 100",
        "123456789.125, 123456789.125",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "-1.7976931348623157e308, -1.7976931348623157e+308",
        "5e-324, 5e-324",
        "2.2250738585072014e-308, 2.2250738585072014e-308"
    })
    void givesNumbersBackAsTheyWereSent(String sent, String back) {
        String made = post(sent, ALL, "{\"number\":" + sent + ",\"json\":" + sent + "}")
                .answers(200, "\"number\":" + back + ",")
                .run(server)
                .text("id");
        get("read again", ALL + "/" + made)
                .answers(200, "\"number\":" + back + ",")
                .run(server);
        if (back.contains("e")) return; // the filter language has no exponents
        get("found by it", ALL + "?filter=number%3D" + back + "%26%26id%3D'" + made + "'")
                .answers(200, made)
                .run(server);
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource({
        "9007199254740993",
        "-9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "100000000000000000001",
        "1e309",
        "-1e309",
        "1e99999",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "01",
        ".5",
        "5."
    })
    void refusesNumbersThatItCouldNotGiveBack(String sent) {
        post(sent, ALL, "{\"number\":" + sent + "}").answers(400).run(server);
        boolean spelt = !sent.matches("01|\\.5|5\\.");
        if (spelt)
            post("as text", ALL, "{\"number\":\"" + sent + "\"}")
                    .answers(400, "\"number\":{\"code\":\"validation_not_a_number\"")
                    .run(server);
    }

    @Test
    void givesTextBackToTheLastCodePoint() {
        for (String text : List.of(
                "\u202eabc\u202c \u2066x\u2069 \u200f\u200b\ufeff",
                "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud834\udd1e \udbff\udfff",
                "e\u0301 \u00e9 \u212b \ufdfa",
                "\u0001\u0008\u000b\u001f\u007f\u0085",
                "\uffff\ufffe\ufdd0",
                "line\r\nline\ttab \\ \" ' / </script> &amp; ${x} %s {0}",
                " leading and trailing ",
                "' OR 1=1; DROP TABLE users; --",
                "\ud83d\ude00".repeat(2_600_000),
                "x".repeat(10 * 1024 * 1024))) {
            String body = Json.write(Value.text(text));
            TestServer.Answer made = post(
                            "text of " + text.length(),
                            ALL,
                            "{\"text\":" + body + ",\"editor\":" + body + ",\"json\":{\"a\":" + body + "}}")
                    .answers(200)
                    .run(server);
            TestServer.Answer read =
                    get("read again", ALL + "/" + made.text("id")).answers(200).run(server);
            for (TestServer.Answer answer : List.of(made, read)) {
                assertThat(answer.text("text").equals(text)).as("text").isTrue();
                assertThat(answer.text("editor").equals(text)).as("editor").isTrue();
                assertThat(((Value.Members) answer.json().get("json")).get("a").equals(Value.text(text)))
                        .as("json")
                        .isTrue();
            }
        }
    }

    @ParameterizedTest(name = "{0} is no text")
    @CsvSource({"a\\u0000b", "\\u0000", "\\ud800", "a\\udc00", "\\ude00\\ud83d"})
    void refusesTextThatNoDatabaseKeeps(String text) {
        for (String field : List.of("text", "editor", "json", "email", "url", "select", "date")) {
            post(field, ALL, "{\"" + field + "\":\"" + text + "\"}")
                    .answers(400)
                    .run(server);
        }
        post("as a name", ALL, "{\"json\":{\"" + text + "\":1}}").answers(400).run(server);
    }
}
