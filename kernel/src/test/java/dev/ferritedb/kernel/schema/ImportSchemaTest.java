package dev.ferritedb.kernel.schema;

import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportSchemaTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void bring(boolean deleteMissing, String... collections) {
        kernel.kernel()
                .schema()
                .importAll(
                        operator(),
                        Arrays.stream(collections).map(KernelFixture::body).toList(),
                        deleteMissing);
    }

    private String refusal(boolean deleteMissing, String... collections) {
        Problem.Invalid problem = (Problem.Invalid) problemOf(() -> bring(deleteMissing, collections));
        assertThat(problem.code()).isEqualTo("import_refused");
        assertThat(problem.fields()).singleElement().satisfies(field -> {
            assertThat(field.path()).containsExactly("collections");
            assertThat(field.code()).isIn("validation_collections_import_failure", "validation_required");
        });
        return problem.fields().getFirst().message();
    }

    private List<String> names() {
        return kernel.kernel().schema().catalog().collections().stream()
                .filter(collection -> !collection.system())
                .map(CollectionSchema::name)
                .toList();
    }

    @Test
    void makesCollectionsThatRelateToEachOtherAndViewsOnThem() {
        bring(
                false,
                "{'name':'seen','type':'view','viewQuery':'select id, b from a'}",
                "{'id':'aaa','name':'a','fields':[{'name':'b','type':'relation','collectionId':'bbb'}],'listRule':'b.a.id != \\\"\\\"'}",
                "{'id':'bbb','name':'b','fields':[{'name':'a','type':'relation','collectionId':'aaa'}]}");

        assertThat(names()).contains("a", "b", "seen");
        String a = kernel.create("a", "{}").id();
        String b = kernel.create("b", "{'a':'" + a + "'}").id();
        kernel.update("a", a, "{'b':'" + b + "'}");
        assertThat(kernel.find("seen", "")).hasSize(1);
    }

    @Test
    void changesWhatIsThereByIdOrName() {
        kernel.collection("{'id':'aaa','name':'a','fields':[{'name':'one','type':'text'}]}");
        kernel.create("a", "{'one':'kept'}");

        bring(false, "{'id':'aaa','name':'renamed','fields':[{'name':'two','type':'text'}]}");
        assertThat(kernel.kernel().schema().view(operator(), "renamed").fields())
                .extracting(Field::name)
                .containsExactly("id", "one", "two");
        assertThat(kernel.find("renamed", "one = 'kept'")).hasSize(1);

        bring(false, "{'name':'renamed','listRule':''}");
        assertThat(kernel.kernel()
                        .schema()
                        .view(operator(), "renamed")
                        .rules()
                        .list()
                        .text())
                .contains("");
    }

    @Test
    void deletesWhatIsMissingOnlyWhenAsked() {
        kernel.collection("{'name':'a','fields':[{'name':'one','type':'text'},{'name':'two','type':'text'}]}");
        kernel.collection("{'name':'b','fields':[{'name':'a','type':'relation','collectionId':'a'}]}");
        kernel.collection("{'name':'v','type':'view','viewQuery':'select id from b'}");

        bring(true, "{'name':'a','fields':[{'name':'two','type':'text'}]}");

        assertThat(names()).containsExactly("a");
        assertThat(kernel.kernel().schema().view(operator(), "a").fields())
                .extracting(Field::name)
                .containsExactly("id", "two");
        assertThat(kernel.kernel().schema().catalog().named("_superusers")).isPresent();
    }

    @Test
    void isWholeOrNotAtAll() {
        assertThat(refusal(false, "{'name':'good'}", "{'name':'bad name'}")).contains("bad name");
        assertThat(refusal(false, "{'name':'good'}", "{'name':'v','type':'view','viewQuery':'select nope'}"))
                .contains("viewQuery");
        assertThat(refusal(false, "{'name':'good','listRule':'nope = 1'}")).contains("nope");
        assertThat(refusal(false, "{'name':'good'}", "{'name':'good'}")).contains("twice");
        assertThat(refusal(false)).isNotEmpty();
        assertThat(names()).containsExactly("users");
    }

    @Test
    void keepsWhatOthersStillRelateTo() {
        kernel.collection("{'name':'a','fields':[{'name':'u','type':'relation','collectionId':'users'}]}");

        assertThat(refusal(true, "{'name':'a'}")).contains("users");
        assertThat(names()).containsExactlyInAnyOrder("users", "a");
    }

    @Test
    void takesBackWhatWasExported() {
        kernel.collection(
                "{'name':'a','fields':[{'name':'one','type':'text'}],'indexes':['CREATE INDEX i ON a (one)']}");
        var exported = kernel.kernel().schema().catalog().collections().stream()
                .map(collection -> dev.ferritedb.ports.schema.CollectionDocuments.write(
                        collection, dev.ferritedb.ports.schema.CollectionDocuments.Secrets.LEFT_OUT))
                .toList();
        var before = kernel.kernel().schema().catalog().collections();

        kernel.kernel().schema().importAll(operator(), exported, true);

        assertThat(kernel.kernel().schema().catalog().collections()).containsExactlyInAnyOrderElementsOf(before);
    }
}
