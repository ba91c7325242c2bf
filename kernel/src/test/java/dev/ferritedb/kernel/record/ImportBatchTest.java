package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.record.ImportOutcome.Created;
import dev.ferritedb.kernel.record.ImportOutcome.Existing;
import dev.ferritedb.kernel.record.ImportOutcome.Failed;
import dev.ferritedb.kernel.record.ImportOutcome.OnExisting;
import dev.ferritedb.kernel.record.ImportOutcome.Updated;
import dev.ferritedb.ports.problem.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportBatchTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("""
                {'name':'words','fields':[
                 {'name':'id','type':'text','primaryKey':true,'required':true,'pattern':'^[a-z]+$','min':1,'max':9,'autogeneratePattern':''},
                 {'name':'text','type':'text','required':true},{'name':'created','type':'autodate','onCreate':true},
                 {'name':'picture','type':'file'}],
                 'indexes':['CREATE UNIQUE INDEX idx_words ON words (text)']}""");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private List<ImportOutcome> bring(OnExisting onExisting, String... bodies) {
        var read = Arrays.stream(bodies).map(KernelFixture::body).toList();
        return kernel.kernel().records().importBatch(operator(), "words", read, onExisting);
    }

    @Test
    void createsEachForItself() {
        List<ImportOutcome> outcomes = bring(
                OnExisting.SKIP,
                "{'id':'a','text':'one'}",
                "{'id':'b'}",
                "{'id':'c','text':'one'}",
                "{'id':'d','text':'two'}");

        assertThat(outcomes.get(0)).isEqualTo(new Created("a"));
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(((Problem.Invalid) failed.problem()).fields())
                                .singleElement()
                                .satisfies(field -> assertThat(field.code()).isEqualTo("validation_required")));
        assertThat(outcomes.get(2))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(((Problem.Invalid) failed.problem()).fields())
                                .singleElement()
                                .satisfies(field -> assertThat(field.code()).isEqualTo("validation_not_unique")));
        assertThat(outcomes.get(3)).isEqualTo(new Created("d"));
        assertThat(kernel.find("words", "")).extracting(word -> word.id()).containsExactly("a", "d");
    }

    @Test
    void leavesWhatIsThereOrChangesItAsAsked() {
        bring(OnExisting.SKIP, "{'id':'a','text':'one'}");

        assertThat(bring(OnExisting.SKIP, "{'id':'a','text':'other'}")).containsExactly(new Existing("a"));
        assertThat(kernel.find("words", "text = 'one'")).hasSize(1);
        assertThat(bring(OnExisting.UPDATE, "{'id':'a','text':'other'}")).containsExactly(new Updated("a"));
        assertThat(bring(OnExisting.UPDATE, "{'id':'a','text':'other'}")).containsExactly(new Existing("a"));
        assertThat(bring(OnExisting.UPDATE, "{'id':'a','text':''}").getFirst()).isInstanceOf(Failed.class);
        assertThat(kernel.find("words", "text = 'other'")).hasSize(1);
    }

    @Test
    void keepsDatesAndFileNamesThatTheOperatorBrings() {
        bring(OnExisting.SKIP, "{'id':'a','text':'one','created':'2001-02-03 04:05:06.789Z','picture':'a.png'}");

        var word = kernel.view(operator(), "words", "a");
        assertThat(word.text("created")).isEqualTo("2001-02-03 04:05:06.789Z");
        assertThat(word.text("picture")).isEqualTo("a.png");
    }

    @Test
    void takesNeitherFromAnyoneElse() {
        var bodies = List.of(
                body("{'id':'a','text':'one','created':'2001-02-03 04:05:06.789Z'}"),
                body("{'id':'b','text':'two','picture':'b.png'}"));

        List<ImportOutcome> outcomes =
                kernel.kernel().records().importBatch(kernel.superuser(), "words", bodies, OnExisting.SKIP);

        assertThat(outcomes.getFirst()).isEqualTo(new Created("a"));
        assertThat(outcomes.getLast()).isInstanceOf(Failed.class);
        assertThat(kernel.view(operator(), "words", "a").text("created")).isEqualTo("2026-03-01 12:00:00.000Z");
    }

    @Test
    void hashesThePasswordsOfImportedAccounts() {
        var account = body("{'email':'a@example.com','password':'correct horse'}");

        kernel.kernel().records().importBatch(operator(), "users", List.of(account), OnExisting.SKIP);

        assertThat(kernel.find("users", ""))
                .singleElement()
                .satisfies(user -> assertThat(user.text("password")).startsWith("$argon2id$"));
    }

    @Test
    void refusesAView() {
        kernel.collection("{'name':'seen','type':'view','viewQuery':'select id, text from words'}");

        assertThat(problemOf(() ->
                                kernel.kernel().records().importBatch(operator(), "seen", List.of(), OnExisting.SKIP))
                        .code())
                .isEqualTo("collection_is_view");
        assertThat(problemOf(() -> kernel.create("seen", "{}")).code()).isEqualTo("collection_is_view");
        assertThat(problemOf(() -> kernel.update("seen", "x", "{}")).code()).isEqualTo("collection_is_view");
        assertThat(problemOf(() -> kernel.kernel().records().delete(operator(), "seen", "x"))
                        .code())
                .isEqualTo("collection_is_view");
        assertThat(problemOf(() -> kernel.kernel().records().truncate(operator(), "seen"))
                        .code())
                .isEqualTo("collection_is_view");
    }

    @Test
    void givesAnExistingAccountItsNewPasswordWhateverElseIsLeftOut() {
        var ann = kernel.account("users", "ann@example.com");
        var change = body("{'id':'" + ann.id() + "','password':'battery staple'}");

        assertThat(kernel.kernel().records().importBatch(operator(), "users", List.of(change), OnExisting.UPDATE))
                .containsExactly(new Updated(ann.id()));

        assertThat(kernel.view(operator(), "users", ann.id()).text("password"))
                .startsWith("$argon2id$")
                .isNotEqualTo(ann.text("password"));
    }

    @Test
    void leavesThePasswordOfAnExistingAccountAloneWhenNoneIsBrought() {
        var ann = kernel.account("users", "ann@example.com");
        var change = body("{'id':'" + ann.id() + "','name':'Ann'}");

        kernel.kernel().records().importBatch(operator(), "users", List.of(change), OnExisting.UPDATE);

        var changed = kernel.view(operator(), "users", ann.id());
        assertThat(changed.text("name")).isEqualTo("Ann");
        assertThat(changed.text("password")).isEqualTo(ann.text("password"));
    }

    @Test
    void hashesTheOtherPasswordOfAnAccountBroughtWithoutItsOwn() {
        kernel.collection("{'name':'people','type':'auth','fields':[{'name':'pin','type':'password'}]}");
        var account = body("{'email':'a@example.com','pin':'1234'}");

        kernel.kernel().records().importBatch(operator(), "people", List.of(account), OnExisting.SKIP);

        assertThat(kernel.find("people", "")).singleElement().satisfies(person -> {
            assertThat(person.text("pin")).startsWith("$argon2id$");
            assertThat(person.text("password")).isEmpty();
        });
    }

    @Test
    void findsARecordByAnIdThatIsSpelledAsANumber() {
        kernel.collection("""
                {'name':'years','fields':[{'name':'id','type':'text','primaryKey':true,'required':true,
                 'min':0,'max':0,'pattern':'^[0-9]+$','autogeneratePattern':''},{'name':'n','type':'number'}]}""");
        kernel.create("years", "{'id':'1999'}");
        var change = body("{'id':1999,'n':2}");

        assertThat(kernel.kernel().records().importBatch(operator(), "years", List.of(change), OnExisting.UPDATE))
                .containsExactly(new Updated("1999"));
        assertThat(kernel.find("years", "n = 2")).hasSize(1);
    }
}
