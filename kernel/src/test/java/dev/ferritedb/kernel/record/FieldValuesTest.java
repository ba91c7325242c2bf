package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.json;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each type takes and what it makes of it; what each option refuses, and with which code.
class FieldValuesTest {
    @TempDir
    static Path folder;

    private static KernelFixture kernel;

    @BeforeAll
    static void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'targets','fields':[{'name':'title','type':'text'}]}");
        kernel.create("targets", "{'id':'target000000001'}");
        kernel.create("targets", "{'id':'target000000002'}");
        kernel.collection("""
                {'name':'plain','fields':[
                 {'name':'text','type':'text'},{'name':'number','type':'number'},{'name':'bool','type':'bool'},
                 {'name':'email','type':'email'},{'name':'url','type':'url'},{'name':'editor','type':'editor'},
                 {'name':'date','type':'date'},{'name':'json','type':'json'},{'name':'geo','type':'geoPoint'},
                 {'name':'one','type':'select','values':['a','b','c']},
                 {'name':'many','type':'select','values':['a','b','c'],'maxSelect':3},
                 {'name':'rel','type':'relation','collectionId':'targets'},
                 {'name':'rels','type':'relation','collectionId':'targets','maxSelect':5},
                 {'name':'file','type':'file'},{'name':'secret','type':'password'}]}""");
        kernel.collection("""
                {'name':'bounded','fields':[
                 {'name':'text','type':'text','min':2,'max':4,'pattern':'^[a-z]+$'},
                 {'name':'whole','type':'number','min':-5,'max':5,'onlyInt':true},
                 {'name':'only','type':'email','onlyDomains':['example.com']},
                 {'name':'except','type':'email','exceptDomains':['example.com']},
                 {'name':'here','type':'url','onlyDomains':['example.com']},
                 {'name':'elsewhere','type':'url','exceptDomains':['example.com']},
                 {'name':'editor','type':'editor','maxSize':10},
                 {'name':'json','type':'json','maxSize':10},
                 {'name':'date','type':'date','min':'2026-01-01','max':'2026-12-31 23:59:59Z'},
                 {'name':'many','type':'select','values':['a','b','c'],'maxSelect':2},
                 {'name':'rels','type':'relation','collectionId':'targets','minSelect':2,'maxSelect':2},
                 {'name':'files','type':'file','maxSelect':2},
                 {'name':'secret','type':'password','min':4,'max':8,'pattern':'[0-9]'},
                 {'name':'geo','type':'geoPoint'}]}""");
        for (String type :
                new String[] {"text", "number", "bool", "email", "url", "editor", "date", "json", "geoPoint", "password"
                }) {
            kernel.collection(
                    "{'name':'must_" + type + "','fields':[{'name':'f','type':'" + type + "','required':true}]}");
        }
    }

    @AfterAll
    static void close() {
        kernel.close();
    }

    @ParameterizedTest(name = "{0} takes {1} as {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text   | 'x'                       | 'x'",
                "text   | 5                         | '5'",
                "text   | 2.5                       | '2.5'",
                "text   | true                      | 'true'",
                "text   | null                      | ''",
                "text   | 12345678901234567890123   | '12345678901234567890123'",
                "number | 5                         | 5",
                "number | '5.5'                     | 5.5",
                "number | ' 7 '                     | 7",
                "number | true                      | 1",
                "number | ''                        | 0",
                "number | null                      | 0",
                "number | 9007199254740992          | 9007199254740992",
                "number | -9007199254740992         | -9007199254740992",
                "number | 1e23                      | 1e+23",
                "number | '1e23'                    | 1e+23",
                "number | 0.1234567890123456789     | 0.12345678901234568",
                "bool   | true                      | true",
                "bool   | 'true'                    | true",
                "bool   | 'T'                       | true",
                "bool   | '0'                       | false",
                "bool   | ''                        | false",
                "bool   | 2                         | true",
                "bool   | 0                         | false",
                "bool   | 9007199254740993          | true",
                "bool   | null                      | false",
                "email  | 'a.b+c@example.com'       | 'a.b+c@example.com'",
                "url    | 'https://example.com/x?y' | 'https://example.com/x?y'",
                "editor | '<p>x</p>'                | '<p>x</p>'",
                "date   | '2026-01-31'              | '2026-01-31 00:00:00.000Z'",
                "date   | '2026-01-31T12:00:00+02:00' | '2026-01-31 10:00:00.000Z'",
                "date   | '2026-01-31 12:00:00.123Z'  | '2026-01-31 12:00:00.123Z'",
                "date   | '2026-01-31 12:00'        | '2026-01-31 12:00:00.000Z'",
                "date   | ''                        | ''",
                "date   | null                      | ''",
                "one    | 'a'                       | 'a'",
                "one    | ['a','b']                 | 'b'",
                "one    | []                        | ''",
                "many   | 'a'                       | ['a']",
                "many   | ['b','a','b','']          | ['b','a']",
                "many   | null                      | []",
                "rel    | 'target000000001'         | 'target000000001'",
                "many   | [null,'a',null]           | ['a']",
                "many   | ' [\\u0022b\\u0022]'          | ['b']",
                "rels   | ['target000000002','target000000001'] | ['target000000002','target000000001']",
                "json   | {'a':[1,null]}            | {'a':[1,null]}",
                "json   | 'text'                    | 'text'",
                "json   | '123'                     | 123",
                "json   | '{'                       | '{'",
                "json   | 12345678901234567890      | 12345678901234567890",
                "json   | null                      | null",
                "geo    | {'lon':8.5,'lat':'47'}    | {'lon':8.5,'lat':47}",
                "json   | 'null'                    | null",
                "json   | ''                        | ''",
                "geo    | null                      | {'lon':0,'lat':0}",
                "geo    | ''                        | {'lon':0,'lat':0}",
                "file   | ''                        | ''",
            })
    void takesWhatLosesNothing(String field, String sent, String kept) {
        String id = kernel.create("plain", "{'" + field + "':" + sent + "}").id();

        var stored = kernel.view(operator(), "plain", id).value(field);

        String shown =
                stored instanceof dev.ferritedb.ports.value.Value.Json document ? document.encoded() : json(stored);
        assertThat(shown).isEqualTo(kept.replace('\'', '"'));
    }

    @ParameterizedTest(name = "{0} refuses {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text   | {}              | validation_invalid_value",
                "text   | ['a']           | validation_invalid_value",
                "number | 'abc'           | validation_not_a_number",
                "number | '1d'            | validation_not_a_number",
                "number | '--1'           | validation_not_a_number",
                "number | '1e999'         | validation_not_a_number",
                "number | {}              | validation_not_a_number",
                "number | 9007199254740993   | validation_not_a_number",
                "number | '9007199254740993' | validation_not_a_number",
                "number | 1000000000000000000001 | validation_not_a_number",
                "email  | {}              | validation_invalid_value",
                "url    | []              | validation_invalid_value",
                "editor | {}              | validation_invalid_value",
                "secret | ['a']           | validation_invalid_value",
                "date   | true            | validation_invalid_date",
                "date   | {}              | validation_invalid_date",
                "rel    | {}              | validation_invalid_value",
                "rels   | [['a']]         | validation_invalid_value",
                "file   | {}              | validation_invalid_value",
                "file   | [[]]            | validation_invalid_value",
                "geo    | []              | validation_invalid_value",
                "number | []              | validation_not_a_number",
                "bool   | {}              | validation_invalid_value",
                "bool   | 'maybe'         | validation_invalid_value",
                "bool   | []              | validation_invalid_value",
                "email  | 'nobody'        | validation_is_email",
                "email  | 'a@b'           | validation_is_email",
                "email  | '@example.com'  | validation_is_email",
                "url    | 'example'       | validation_invalid_url",
                "url    | 'javascript:x'  | validation_invalid_url",
                "url    | 'http://[x'     | validation_invalid_url",
                "date   | 'tomorrow'      | validation_invalid_date",
                "date   | '2026-02-30'    | validation_invalid_date",
                "date   | 5               | validation_invalid_date",
                "one    | 'd'             | validation_invalid_value",
                "one    | {}              | validation_invalid_value",
                "many   | [{}]            | validation_invalid_value",
                "rel    | 'missing00000000' | validation_missing_rel_records",
                "geo    | 5               | validation_invalid_value",
                "geo    | {'lon':'x'}     | validation_invalid_value",
                "geo    | 'nowhere'       | validation_invalid_value",
                "geo    | {'lon':0,'lat':91}  | validation_invalid_latitude",
                "geo    | {'lon':181,'lat':0} | validation_invalid_longitude",
            })
    void refusesWhatItWouldHaveToChange(String field, String sent, String code) {
        assertThat(codesOf(() -> kernel.create("plain", "{'" + field + "':" + sent + "}")))
                .containsExactlyEntriesOf(java.util.Map.of(field, code));
    }

    @ParameterizedTest(name = "{0}: {1} is refused with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text   | 'a'                    | validation_min_text_constraint",
                "text   | 'abcde'                | validation_max_text_constraint",
                "text   | 'AB'                   | validation_invalid_format",
                "whole  | 1.5                    | validation_only_int_constraint",
                "whole  | -6                     | validation_min_number_constraint",
                "whole  | 6                      | validation_max_number_constraint",
                "only   | 'a@other.com'          | validation_email_domain_not_allowed",
                "except | 'a@EXAMPLE.com'        | validation_email_domain_not_allowed",
                "here   | 'https://other.com'    | validation_url_domain_not_allowed",
                "elsewhere | 'https://example.com' | validation_url_domain_not_allowed",
                "editor | '12345678901'          | validation_content_size_limit",
                "json   | '12345678901x'         | validation_json_size_limit",
                "date   | '2025-12-31'           | validation_min_greater_equal_than_required",
                "date   | '2027-01-01'           | validation_max_less_equal_than_required",
                "many   | ['a','b','c']          | validation_too_many_values",
                "rels   | ['target000000001']    | validation_not_enough_values",
                "files  | ['a','b','c']          | validation_too_many_files",
                "secret | '1ab'                  | validation_min_text_constraint",
                "secret | '123456789'            | validation_max_text_constraint",
                "secret | 'abcd'                 | validation_invalid_format",
            })
    void refusesWhatAnOptionForbids(String field, String sent, String code) {
        assertThat(codesOf(() -> kernel.create("bounded", "{'" + field + "':" + sent + "}")))
                .containsEntry(field, code);
    }

    @ParameterizedTest(name = "{0}: {1} is within bounds")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text|'ab'",
                "text|'abcd'",
                "text|''",
                "whole|-5",
                "whole|5",
                "only|'a@example.com'",
                "except|'a@other.com'",
                "here|'https://example.com'",
                "elsewhere|'https://other.com'",
                "editor|'1234567890'",
                "json|'12345678'",
                "date|'2026-01-01'",
                "date|'2026-12-31'",
                "many|['a','b']",
                "secret|'123a'",
                "secret|'12345678'",
                "rels|['target000000001','target000000002']",
                "geo|{'lon':180,'lat':-90}"
            })
    void takesTheBoundsThemselves(String field, String sent) {
        assertThat(kernel.create("bounded", "{'" + field + "':" + sent + "}").id())
                .hasSize(15);
    }

    @ParameterizedTest(name = "a required {0} is not {1} but may be {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text|''|'x'", "number|0|1", "bool|false|true", "email|''|'a@example.com'",
                        "url|''|'http://example.com'",
                "editor|''|'x'", "date|''|'2026-01-01'", "json|[]|[0]", "json|{}|0", "json|null|false",
                "geoPoint|{'lon':0,'lat':0}|{'lon':1,'lat':0}", "password|''|'x'"
            })
    void demandsAValueWhereOneIsRequired(String type, String empty, String value) {
        assertThat(codesOf(() -> kernel.create("must_" + type, "{'f':" + empty + "}")))
                .containsEntry("f", "validation_required");
        assertThat(codesOf(() -> kernel.create("must_" + type, "{}"))).containsEntry("f", "validation_required");
        assertThat(kernel.create("must_" + type, "{'f':" + value + "}").id()).hasSize(15);
    }

    @org.junit.jupiter.api.Test
    void namesEveryFieldThatIsWrongAtOnce() {
        assertThat(codesOf(() -> kernel.kernel()
                        .records()
                        .create(operator(), "plain", body("{'number':'x','email':'y','bool':[]}"))))
                .containsOnlyKeys("number", "email", "bool");
    }

    @org.junit.jupiter.api.Test
    void endsAPatternThatWouldNeverEnd() {
        kernel.collection("{'name':'exploding','fields':[{'name':'t','type':'text','pattern':'^(a+)+$'}]}");

        assertThat(codesOf(() -> kernel.create("exploding", "{'t':'" + "a".repeat(200) + "!'}")))
                .containsEntry("t", "validation_invalid_format");
    }

    @org.junit.jupiter.api.Test
    void keepsAPasswordAsItsHashAlone() {
        String id = kernel.create("plain", "{'secret':'open sesame'}").id();

        String hash = kernel.view(operator(), "plain", id).text("secret");

        assertThat(hash).startsWith("$argon2id$").doesNotContain("sesame");
        assertThat(kernel.update("plain", id, "{'text':'other'}").text("secret"))
                .isEqualTo(hash);
        assertThat(kernel.update("plain", id, "{'secret':'another'}").text("secret"))
                .startsWith("$argon2id$")
                .isNotEqualTo(hash);
    }

    @ParameterizedTest(name = "a required {0} is not {1} but may be {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "one  | ''   | 'a'",
                "many | []   | ['a']",
                "rel  | null | 'target000000001'",
                "rels | ['']  | ['target000000001']",
                "file | ''   | 'x.png'",
            })
    void demandsAChoiceWhereOneIsRequired(String field, String empty, String value) {
        kernel.collection("""
                {'name':'choose_%s','fields':[{'name':'f','required':true,%s}]}""".formatted(
                        field,
                        switch (field) {
                            case "one" -> "'type':'select','values':['a']";
                            case "many" -> "'type':'select','values':['a','b'],'maxSelect':2";
                            case "rel" -> targets("");
                            case "rels" -> targets(",'maxSelect':2");
                            default -> "'type':'file'";
                        }));
        String name = "choose_" + field;

        assertThat(codesOf(() -> kernel.create(name, "{'f':" + empty + "}"))).containsEntry("f", "validation_required");
        assertThat(codesOf(() -> kernel.create(name, "{}"))).containsEntry("f", "validation_required");
        assertThat(kernel.create(name, "{'f':" + value + "}").id()).hasSize(15);
    }

    private static String targets(String more) {
        String id = kernel.kernel()
                .schema()
                .catalog()
                .named("targets")
                .orElseThrow()
                .id();
        return "'type':'relation','collectionId':'" + id + "'" + more;
    }
}
