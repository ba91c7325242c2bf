package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordIdsTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'notes','fields':[{'name':'title','type':'text'}]}");
        kernel.collection("""
                {'name':'countries','fields':[{'name':'id','type':'text','primaryKey':true,'required':true,
                 'min':0,'max':0,'pattern':'^.+$','autogeneratePattern':''}]}""");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void makesAnIdOfFifteenLettersAndDigits() {
        assertThat(kernel.create("notes", "{}").id()).matches("[a-z0-9]{15}");
        assertThat(kernel.create("notes", "{'id':''}").id()).matches("[a-z0-9]{15}");
    }

    @Test
    void takesTheIdThatIsChosen() {
        assertThat(kernel.create("notes", "{'id':'abcdefghijklmno'}").id()).isEqualTo("abcdefghijklmno");
        assertThat(kernel.create("countries", "{'id':'CH'}").id()).isEqualTo("CH");
    }

    @Test
    void refusesAnIdThatIsTaken() {
        kernel.create("notes", "{'id':'abcdefghijklmno'}");
        kernel.create("countries", "{'id':'CH'}");

        assertThat(codesOf(() -> kernel.create("notes", "{'id':'abcdefghijklmno'}")))
                .containsEntry("id", "validation_not_unique");
        assertThat(codesOf(() -> kernel.create("countries", "{'id':'CH'}")))
                .containsEntry("id", "validation_pk_invalid");
        assertThat(codesOf(() -> kernel.create("countries", "{'id':'ch'}")))
                .containsEntry("id", "validation_pk_invalid");
        assertThat(kernel.find("countries", "")).hasSize(1);
        assertThat(kernel.find("countries", "id = 'ch'")).isEmpty();
    }

    @Test
    void keepsIdsApartHoweverTheCollectionChanges() {
        kernel.create("countries", "{'id':'CH'}");
        kernel.change(
                "countries",
                "{'name':'lands','fields':[{'name':'id','type':'text','primaryKey':true,'pattern':'^[A-Za-z]+$','autogeneratePattern':'','min':0,'max':9},{'name':'x','type':'number'}]}");
        kernel.change(
                "lands",
                "{'fields':[{'name':'id','type':'text','primaryKey':true,'pattern':'^[A-Za-z]+$','autogeneratePattern':'','min':0,'max':9}]}");

        assertThat(codesOf(() -> kernel.create("lands", "{'id':'Ch'}"))).containsEntry("id", "validation_pk_invalid");
        kernel.kernel().schema().delete(KernelFixture.operator(), "lands");
        kernel.collection(
                "{'name':'countries','fields':[{'name':'id','type':'text','primaryKey':true,'pattern':'^.+$'}]}");
    }

    @ParameterizedTest(name = "{1} in {0} is refused with {2}")
    @CsvSource({
        "notes, short, validation_min_text_constraint",
        "notes, abcdefghijklmnop, validation_max_text_constraint",
        "notes, ABCDEFGHIJKLMNO, validation_invalid_format",
        "countries, a/b, validation_forbidden_pk_character",
        "countries, 'a b', validation_forbidden_pk_character",
        "countries, a%, validation_forbidden_pk_character",
        "countries, CON, validation_reserved_pk",
        "countries, lpt1, validation_reserved_pk"
    })
    void refusesAnIdThatDoesNotFit(String collection, String id, String code) {
        assertThat(codesOf(() -> kernel.create(collection, "{'id':'" + id + "'}")))
                .containsEntry("id", code);
    }

    @Test
    void demandsAnIdWhereNoneIsGenerated() {
        assertThat(codesOf(() -> kernel.create("countries", "{}"))).containsEntry("id", "validation_required");
    }

    @Test
    void keepsTheIdForEver() {
        String id = kernel.create("notes", "{}").id();

        assertThat(codesOf(() -> kernel.update("notes", id, "{'id':'abcdefghijklmno'}")))
                .containsEntry("id", "validation_pk_change");
        assertThat(kernel.update("notes", id, "{'id':'" + id + "','title':'x'}").text("title"))
                .isEqualTo("x");
    }

    @Test
    void putsAGeneratedValueBehindAPrefix() {
        kernel.collection(
                "{'name':'pages','fields':[{'name':'slug','type':'text','autogeneratePattern':'-[0-9]{4}'}]}");

        assertThat(kernel.create("pages", "{'slug:autogenerate':'hello'}").text("slug"))
                .matches("hello-\\d{4}");
        assertThat(kernel.create("pages", "{}").text("slug")).matches("-\\d{4}");
        assertThat(kernel.create("pages", "{'slug':'mine'}").text("slug")).isEqualTo("mine");
    }

    @Test
    void showsRulesTheValueThatWasGenerated() {
        kernel.collection("""
                {'name':'pages','fields':[{'name':'slug','type':'text','autogeneratePattern':'-[0-9]{4}'}],
                 'createRule':'@request.body.slug ~ \\"hello-\\" && @request.body.slug = slug'}""");

        assertThat(kernel.create(KernelFixture.guest(), "pages", "{'slug:autogenerate':'hello'}")
                        .record()
                        .text("slug"))
                .matches("hello-\\d{4}");
        assertThat(problemOf(() -> kernel.create(KernelFixture.guest(), "pages", "{'slug:autogenerate':'other'}"))
                        .code())
                .isEqualTo("create_refused");
    }

    @Test
    void namesEachFieldOfAUniqueIndexThatClashes() {
        kernel.collection("""
                {'name':'seats','fields':[{'name':'row','type':'text'},{'name':'seat','type':'number'},{'name':'who','type':'text'}],
                 'indexes':['CREATE UNIQUE INDEX idx_seats ON seats (row, seat)']}""");
        String first = kernel.create("seats", "{'row':'a','seat':1}").id();
        String second = kernel.create("seats", "{'row':'a','seat':2}").id();

        assertThat(codesOf(() -> kernel.create("seats", "{'row':'a','seat':1}")))
                .containsOnlyKeys("row", "seat")
                .containsValue("validation_not_unique");
        assertThat(codesOf(() -> kernel.update("seats", second, "{'seat':1}"))).containsOnlyKeys("row", "seat");
        assertThat(kernel.update("seats", first, "{'seat':1,'who':'me'}").text("who"))
                .isEqualTo("me");
    }
}
