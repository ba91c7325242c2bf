package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.json;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelationsTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'people','fields':[{'name':'name','type':'text'}]}");
        kernel.change("people", """
                {'fields':[{'name':'name','type':'text'},
                 {'name':'boss','type':'relation','collectionId':'people'},
                 {'name':'child','type':'relation','collectionId':'people','cascadeDelete':true}]}""");
        kernel.collection("""
                {'name':'teams','fields':[
                 {'name':'lead','type':'relation','collectionId':'people'},
                 {'name':'must','type':'relation','collectionId':'people','required':true},
                 {'name':'owner','type':'relation','collectionId':'people','cascadeDelete':true},
                 {'name':'all','type':'relation','collectionId':'people','maxSelect':9},
                 {'name':'gone','type':'relation','collectionId':'people','maxSelect':9,'cascadeDelete':true}]}""");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private String person(String more) {
        return kernel.create("people", more).id();
    }

    private void delete(String collection, String id) {
        kernel.kernel().records().delete(operator(), collection, id);
    }

    @Test
    void refusesToRelateToWhatDoesNotExist() {
        String ann = person("{}");

        assertThat(codesOf(
                        () -> kernel.create("teams", "{'must':'" + ann + "','all':['" + ann + "','nobody000000000']}")))
                .containsOnlyKeys("all")
                .containsValue("validation_missing_rel_records");
        String team = kernel.create("teams", "{'must':'" + ann + "'}").id();
        assertThat(codesOf(() -> kernel.update("teams", team, "{'lead':'nobody000000000'}")))
                .containsEntry("lead", "validation_missing_rel_records");
    }

    @Test
    void letsGoOfADeletedRecord() {
        String ann = person("{}");
        String bob = person("{}");
        String team = kernel.create(
                        "teams", "{'must':'" + bob + "','lead':'" + ann + "','all':['" + bob + "','" + ann + "']}")
                .id();

        delete("people", ann);

        var left = kernel.view(operator(), "teams", team);
        assertThat(left.text("lead")).isEmpty();
        assertThat(json(left.value("all"))).isEqualTo("[\"" + bob + "\"]");
    }

    @Test
    void refusesToDeleteWhatARequiredRelationNeeds() {
        String ann = person("{}");
        String bob = person("{}");
        kernel.create("teams", "{'must':'" + ann + "','lead':'" + bob + "'}");

        assertThat(problemOf(() -> delete("people", ann)).code()).isEqualTo("record_referenced");
        assertThat(kernel.find("people", "")).hasSize(2);
        delete("people", bob);
        assertThat(kernel.find("teams", "lead = ''")).hasSize(1);
    }

    @Test
    void deletesWhatRelatesInCascade() {
        String ann = person("{}");
        String bob = person("{}");
        kernel.create("teams", "{'must':'" + bob + "','owner':'" + ann + "'}");
        String shared = kernel.create("teams", "{'must':'" + bob + "','gone':['" + ann + "','" + bob + "']}")
                .id();

        delete("people", ann);

        assertThat(kernel.find("teams", "")).singleElement().satisfies(team -> {
            assertThat(team.id()).isEqualTo(shared);
            assertThat(json(team.value("gone"))).isEqualTo("[\"" + bob + "\"]");
        });
    }

    @Test
    void deletesAlongAChainAndRoundACircle() {
        String ann = person("{}");
        String bob = person("{'child':'" + ann + "'}");
        String cid = person("{'child':'" + bob + "','boss':'" + ann + "'}");
        kernel.update("people", ann, "{'child':'" + cid + "'}");

        delete("people", bob);

        assertThat(kernel.find("people", "")).isEmpty();
    }

    @Test
    void deletesAChainLongerThanAStackIsDeep() {
        chain(3000);

        delete("people", link(0));

        assertThat(kernel.find("people", "")).isEmpty();
    }

    @Test
    void deletesNothingOfALongChainWhoseEndIsNeeded() {
        chain(200);
        kernel.create("teams", "{'must':'" + link(199) + "'}");

        assertThat(problemOf(() -> delete("people", link(0))).code()).isEqualTo("record_referenced");
        assertThat(kernel.find("people", "")).hasSize(200);
    }

    /// Each but the first goes with the one before it.
    private void chain(int length) {
        var people = new ArrayList<Value.Members>();
        for (int i = 0; i < length; i++) {
            String before = i == 0 ? "" : link(i - 1);
            people.add(body("{'id':'" + link(i) + "','child':'" + before + "'}"));
        }
        assertThat(kernel.kernel().records().importBatch(operator(), "people", people, ImportOutcome.OnExisting.SKIP))
                .allMatch(ImportOutcome.Created.class::isInstance);
    }

    private static String link(int position) {
        return "p" + (10_000_000_000_000L + position);
    }

    @Test
    void letsGoOfWhatAnEarlierCascadeTook() {
        kernel.collection("{'name':'parts','fields':[{'name':'name','type':'text'}]}");
        kernel.change("parts", """
                {'fields':[{'name':'name','type':'text'},
                 {'name':'of','type':'relation','collectionId':'parts','maxSelect':9,'cascadeDelete':true}]}""");
        String whole = kernel.create("parts", "{}").id();
        String other = kernel.create("parts", "{}").id();
        String part = kernel.create("parts", "{'of':['" + whole + "']}").id();
        String shared = kernel.create("parts", "{'of':['" + whole + "','" + part + "','" + other + "']}")
                .id();

        delete("parts", whole);

        assertThat(kernel.find("parts", "")).extracting(left -> left.id()).containsExactly(other, shared);
        assertThat(json(kernel.view(operator(), "parts", shared).value("of"))).isEqualTo("[\"" + other + "\"]");
    }

    @Test
    void deletesARecordThatRelatesToItself() {
        String ann = person("{}");
        kernel.update("people", ann, "{'boss':'" + ann + "','child':'" + ann + "'}");

        delete("people", ann);

        assertThat(kernel.find("people", "")).isEmpty();
    }

    @Test
    void emptiesACollectionRecordByRecord() {
        String ann = person("{}");
        String bob = person("{'boss':'" + ann + "'}");
        kernel.create("teams", "{'must':'" + ann + "'}");

        assertThat(problemOf(() -> kernel.kernel().records().truncate(operator(), "people"))
                        .code())
                .isEqualTo("record_referenced");
        assertThat(kernel.find("people", "")).extracting(record -> record.id()).containsExactly(ann, bob);

        kernel.kernel().records().truncate(operator(), "teams");
        kernel.kernel().records().truncate(operator(), "people");
        assertThat(kernel.find("people", "")).isEmpty();
    }

    @Test
    void filtersAndSortsThroughARelation() {
        String ann = person("{'name':'Ann'}");
        String bob = person("{'name':'Bob','boss':'" + ann + "'}");
        person("{'name':'Cid','boss':'" + bob + "'}");

        assertThat(kernel.find("people", "boss.boss.name = 'Ann'"))
                .extracting(r -> r.text("name"))
                .containsExactly("Cid");
        assertThat(kernel.find("people", "boss.name = ''"))
                .extracting(r -> r.text("name"))
                .containsExactly("Ann");
    }
}
