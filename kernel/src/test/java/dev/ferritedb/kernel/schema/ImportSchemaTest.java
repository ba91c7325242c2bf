package dev.ferritedb.kernel.schema;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
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

    /// Each speaks of one that comes after it: back through a relation by name, through any record, and of a view.
    @Test
    void judgesRulesWhenAllCollectionsAreThere() {
        String[] collections = {
            "{'name':'teams','listRule':'members_via_team.user ?= @request.auth.id && @collection.seen.id ?= id'}",
            "{'name':'members','listRule':'team.members_via_team.user ?= @request.auth.id','fields':["
                    + "{'name':'team','type':'relation','collectionId':'teams'},"
                    + "{'name':'user','type':'text'}]}",
            "{'name':'seen','type':'view','viewQuery':'select id from teams','listRule':'@collection.members.team ?= id'}"
        };
        bring(false, collections);
        assertThat(names()).contains("teams", "members", "seen");
        bring(true, collections);

        String broken = collections[0].replace("members_via_team.user", "members_via_team.owner");
        assertThat(refusal(false, broken, collections[1]))
                .isEqualTo("'teams': listRule: Invalid rule: Unknown field 'members_via_team.owner' (position 1).");
        assertThat(refusal(true, collections[0], collections[1])).startsWith("'teams': listRule: Invalid rule: ");
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
    void letsCollectionsTakeOverEachOthersNames() {
        kernel.collection(
                "{'id':'aaa','name':'a','fields':[{'name':'t','type':'text'}],'indexes':['CREATE UNIQUE INDEX i ON a (t)']}");
        kernel.collection("{'id':'bbb','name':'b','fields':[{'name':'a','type':'relation','collectionId':'aaa'}]}");
        String note = kernel.create("a", "{'t':'kept'}").id();
        kernel.create("b", "{'a':'" + note + "'}");

        bring(false, "{'id':'aaa','name':'B'}", "{'id':'bbb','name':'a'}");
        assertThat(kernel.find("a", "a.t = 'kept'")).hasSize(1);
        assertThat(codesOf(() -> kernel.create("B", "{'t':'kept'}"))).containsEntry("t", "validation_not_unique");

        bring(false, "{'id':'bbb','name':'b'}", "{'id':'aaa','name':'c'}");
        assertThat(kernel.find("c", "")).hasSize(1);
        assertThat(kernel.find("b", "a.t = 'kept'")).hasSize(1);
        assertThat(names()).containsExactlyInAnyOrder("users", "b", "c");
        assertThat(refusal(false, "{'id':'aaa','name':'b'}")).contains("'b'");
        assertThat(refusal(false, "{'id':'aaa','name':'b'}", "{'id':'bbb','name':'c'}", "{'id':'aaa','name':'d'}"))
                .contains("twice");
    }

    @Test
    void makesAViewAfterThoseItStandsOnWhateverTheOrder() {
        String[] views = {
            "{'name':'top','type':'view','viewQuery':'select id from middle'}",
            "{'name':'middle','type':'view','viewQuery':'select id from bottom'}",
            "{'name':'bottom','type':'view','viewQuery':'select id from users'}"
        };
        bring(false, views);

        assertThat(names()).contains("top", "middle", "bottom");
        assertThat(refusal(false, views[1], views[1])).contains("middle", "twice");
        bring(true, "{'name':'users'}");
        assertThat(names()).containsExactly("users");
    }

    @Test
    void refusesViewsThatStandOnEachOtherAndToDeleteWhatAViewStandsOn() {
        assertThat(refusal(
                        false,
                        "{'name':'v','type':'view','viewQuery':'select id from w'}",
                        "{'name':'w','type':'view','viewQuery':'select id from v'}"))
                .contains("viewQuery");
        kernel.collection("{'name':'a'}");
        kernel.collection("{'name':'v','type':'view','viewQuery':'select id from a'}");

        assertThat(refusal(true, "{'name':'users'}", "{'name':'v'}")).contains("'a'");
        assertThat(names()).containsExactlyInAnyOrder("users", "a", "v");
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
