package dev.ferritedb.kernel.schema;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.json;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeCollectionTest {
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

    private String idOf(String collection, String field) {
        return kernel.kernel()
                .schema()
                .catalog()
                .named(collection)
                .flatMap(found -> found.field(field))
                .map(Field::id)
                .orElseThrow();
    }

    @Test
    void keepsTheValuesOfARenamedField() {
        kernel.collection("{'name':'notes','fields':[{'name':'a','type':'text'},{'name':'b','type':'text'}]}");
        String note = kernel.create("notes", "{'a':'first','b':'second'}").id();
        String a = idOf("notes", "a");
        String b = idOf("notes", "b");

        kernel.change(
                "notes",
                "{'fields':[{'id':'" + a + "','name':'b','type':'text'},{'id':'" + b + "','name':'a','type':'text'}]}");

        StoredRecord swapped = kernel.view(operator(), "notes", note);
        assertThat(swapped.text("b")).isEqualTo("first");
        assertThat(swapped.text("a")).isEqualTo("second");
    }

    @Test
    void addsAndDropsFieldsAndNothingElseChanges() {
        kernel.collection("{'name':'notes','fields':[{'name':'keep','type':'text'},{'name':'drop','type':'number'}]}");
        String note = kernel.create("notes", "{'keep':'x','drop':5}").id();

        kernel.change("notes", "{'fields':[{'name':'keep','type':'text'},{'name':'more','type':'json'}]}");

        StoredRecord changed = kernel.view(operator(), "notes", note);
        assertThat(changed.collection().fields()).extracting(Field::name).containsExactly("id", "keep", "more");
        assertThat(changed.text("keep")).isEqualTo("x");
    }

    @Test
    void convertsBetweenSingleAndMultiple() {
        kernel.collection(
                "{'name':'notes','fields':[{'name':'s','type':'select','values':['a','b']},{'name':'e','type':'select','values':['a','b']}]}");
        String note = kernel.create("notes", "{'s':'a'}").id();

        kernel.change(
                "notes",
                "{'fields':[{'name':'s','type':'select','values':['a','b'],'maxSelect':2},{'name':'e','type':'select','values':['a','b'],'maxSelect':2}]}");
        assertThat(json(kernel.view(operator(), "notes", note).value("s"))).isEqualTo("[\"a\"]");
        assertThat(json(kernel.view(operator(), "notes", note).value("e"))).isEqualTo("[]");

        kernel.update("notes", note, "{'s+':'b'}");
        kernel.change(
                "notes",
                "{'fields':[{'name':'s','type':'select','values':['a','b']},{'name':'e','type':'select','values':['a','b']}]}");
        assertThat(json(kernel.view(operator(), "notes", note).value("s"))).isEqualTo("\"b\"");
    }

    @Test
    void keepsTheTypeOfAFieldButLetsANewOneTakeItsName() {
        kernel.collection("{'name':'notes','fields':[{'name':'n','type':'text'},{'name':'other','type':'text'}]}");
        String note = kernel.create("notes", "{'n':'5','other':'x'}").id();
        String n = idOf("notes", "n");

        assertThat(codesOf(() -> kernel.change(
                        "notes",
                        "{'fields':[{'id':'" + n + "','name':'n','type':'number'},{'name':'other','type':'text'}]}")))
                .containsEntry("fields.0.type", "validation_field_type_change");
        assertThat(kernel.view(operator(), "notes", note).text("n")).isEqualTo("5");

        kernel.change("notes", "{'fields':[{'id':'fresh','name':'n','type':'number'},{'name':'other','type':'text'}]}");
        assertThat(json(kernel.view(operator(), "notes", note).value("n"))).isEqualTo("0");
        assertThat(kernel.view(operator(), "notes", note).text("other")).isEqualTo("x");
    }

    @Test
    void keepsRecordsRelationsAndIndexesOfARenamedCollection() {
        kernel.collection(
                "{'name':'notes','fields':[{'name':'a','type':'text'}],'indexes':['CREATE UNIQUE INDEX idx_a ON notes (a)']}");
        kernel.collection("{'name':'lines','fields':[{'name':'note','type':'relation','collectionId':'notes'}]}");
        String note = kernel.create("notes", "{'a':'x'}").id();
        kernel.create("lines", "{'note':'" + note + "'}");

        CollectionSchema renamed = kernel.change("notes", "{'name':'papers'}");

        assertThat(renamed.indexes()).containsExactly("CREATE UNIQUE INDEX `idx_a` ON `papers` (`a`)");
        assertThat(kernel.find("lines", "note.a = 'x'")).hasSize(1);
        assertThat(codesOf(() -> kernel.create("papers", "{'a':'x'}"))).containsEntry("a", "validation_not_unique");
        assertThat(problemOf(() -> kernel.find("notes", "")).code()).isEqualTo("collection_not_found");
    }

    @Test
    void leavesWhatThePatchDoesNotNameAndTurnsTheClock() {
        CollectionSchema before =
                kernel.collection("{'name':'notes','listRule':'','fields':[{'name':'a','type':'text'}]}");
        kernel.turnClock(Duration.ofMinutes(5));

        CollectionSchema after = kernel.change("notes", "{'viewRule':'','system':true,'id':'other','created':'x'}");

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.fields()).isEqualTo(before.fields());
        assertThat(after.rules().list()).isEqualTo(before.rules().list());
        assertThat(after.system()).isFalse();
        assertThat(after.created()).isEqualTo("2026-03-01 12:00:00.000Z");
        assertThat(after.updated()).isEqualTo("2026-03-01 12:05:00.000Z");
    }

    @Test
    void changesNothingWhenSomethingIsWrong() {
        kernel.collection("{'name':'notes','fields':[{'name':'a','type':'text'}]}");
        kernel.create("notes", "{'a':'same'}");
        kernel.create("notes", "{'a':'same'}");
        CollectionSchema before = kernel.kernel().schema().view(operator(), "notes");

        assertThat(codesOf(() -> kernel.change("notes", "{'listRule':'nope = 1','name':'papers'}")))
                .containsKey("listRule");
        assertThat(codesOf(() -> kernel.change("notes", "{'type':'auth'}")))
                .containsEntry("type", "validation_collection_type_change");
        assertThat(codesOf(() -> kernel.change(
                        "notes",
                        "{'fields':[{'name':'b','type':'text'}],'indexes':['CREATE UNIQUE INDEX i ON notes (b)']}")))
                .containsEntry("indexes.0", "validation_invalid_index_expression");

        assertThat(kernel.kernel().schema().view(operator(), "notes")).isEqualTo(before);
        assertThat(kernel.find("notes", "a = 'same'")).hasSize(2);
        assertThat(problemOf(() -> kernel.change("nope", "{}")).code()).isEqualTo("collection_not_found");
    }

    @Test
    void keepsARelationOnItsTarget() {
        kernel.collection("{'name':'notes','fields':[{'name':'owner','type':'relation','collectionId':'users'}]}");
        String owner = idOf("notes", "owner");

        assertThat(codesOf(() -> kernel.change(
                        "notes",
                        "{'fields':[{'id':'" + owner
                                + "','name':'owner','type':'relation','collectionId':'_superusers'}]}")))
                .containsEntry("fields.0.collectionId", "validation_field_relation_change");
    }

    @Test
    void keepsSystemFieldsAndAddsThemWhenTheyAreLeftOut() {
        String email = idOf("users", "email");

        assertThat(codesOf(() ->
                        kernel.change("users", "{'fields':[{'id':'" + email + "','name':'mail','type':'email'}]}")))
                .containsEntry("fields", "validation_system_field_change validation_missing_email_field");
        CollectionSchema kept = kernel.change("users", "{'fields':[{'name':'name','type':'text'}]}");
        assertThat(kept.fields())
                .extracting(Field::name)
                .containsExactly("id", "password", "tokenKey", "email", "emailVisibility", "verified", "name");
    }

    @Test
    void keepsSecretsThatAPatchLeavesOut() {
        CollectionSchema before = kernel.collection("""
                {'name':'people','type':'auth','oauth2':{'providers':[{'name':'a','clientId':'1','clientSecret':'sa'},
                 {'name':'b','clientId':'2','clientSecret':'sb'}]}}""");

        CollectionSchema after = kernel.change("people", """
                {'authToken':{'duration':100},'oauth2':{'providers':[{'name':'b','clientId':'3'},{'name':'c','clientId':'4'}]}}""");

        AuthOptions options = after.auth().orElseThrow();
        assertThat(options.tokens().auth().secret())
                .isEqualTo(before.auth().orElseThrow().tokens().auth().secret());
        assertThat(options.tokens().auth().durationSeconds()).isEqualTo(100);
        assertThat(options.oauth2().providers())
                .extracting(provider -> json(provider))
                .containsExactly(
                        "{\"name\":\"b\",\"clientId\":\"3\",\"clientSecret\":\"sb\"}",
                        "{\"name\":\"c\",\"clientId\":\"4\"}");
        assertThat(options.toString())
                .doesNotContain("sb")
                .doesNotContain(options.tokens().file().secret());
    }

    @Test
    void endsAllSessionsWhenWhoMaySignInChanges() {
        StoredRecord ann = kernel.account("users", "ann@example.com");
        String token = kernel.kernel().accounts().signIn().tokenFor("users", ann.id(), Duration.ZERO);
        assertThat(kernel.kernel().authenticator().callerOf(token)).isInstanceOf(Caller.Member.class);

        kernel.change("users", "{'authRule':'verified = true'}");

        assertThat(kernel.kernel().authenticator().callerOf(token)).isEqualTo(Caller.GUEST);
    }

    @Test
    void holdsFiveCollectionsOfMoreThanFiftyFields() {
        Map<String, String> values = Map.of(
                "text",
                "'x'",
                "number",
                "1.5",
                "bool",
                "true",
                "email",
                "'a@example.com'",
                "url",
                "'https://example.com'",
                "editor",
                "'<b>x</b>'",
                "date",
                "'2026-01-01'",
                "json",
                "{'a':1}",
                "geoPoint",
                "{'lon':1,'lat':2}",
                "password",
                "'secret'");
        for (int c = 0; c < 5; c++) {
            String name = "wide" + c;
            var fields = new StringBuilder();
            var record = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                for (var type : values.entrySet()) {
                    fields.append("{'name':'")
                            .append(type.getKey())
                            .append(i)
                            .append("','type':'")
                            .append(type.getKey())
                            .append("'},");
                    record.append("'")
                            .append(type.getKey())
                            .append(i)
                            .append("':")
                            .append(type.getValue())
                            .append(',');
                }
            }
            String all = fields.substring(0, fields.length() - 1);
            kernel.collection("{'name':'" + name + "','fields':[" + all + "]}");
            String id = kernel.create(name, "{" + record.substring(0, record.length() - 1) + "}")
                    .id();

            CollectionSchema changed = kernel.change(
                    name,
                    "{'fields':["
                            + all.replace("'name':'text0'", "'name':'renamed'")
                                    .replace(
                                            "{'name':'renamed'", "{'id':'" + idOf(name, "text0") + "','name':'renamed'")
                            + ",{'name':'added','type':'bool'}]}");

            assertThat(changed.fields()).hasSizeGreaterThan(60);
            StoredRecord kept = kernel.view(operator(), name, id);
            assertThat(kept.text("renamed")).isEqualTo("x");
            assertThat(json(kept.value("geoPoint5"))).isEqualTo("{\"lon\":1,\"lat\":2}");
        }
    }

    @Test
    void deletesACollectionNobodyRelatesTo() {
        kernel.collection("{'name':'notes','fields':[{'name':'owner','type':'relation','collectionId':'users'}]}");
        kernel.create("notes", "{}");

        assertThat(problemOf(() -> kernel.kernel().schema().delete(operator(), "users"))
                        .code())
                .isEqualTo("collection_referenced");
        assertThat(problemOf(() -> kernel.kernel().schema().delete(operator(), "_otps"))
                        .code())
                .isEqualTo("collection_system");
        kernel.kernel().schema().delete(operator(), "notes");
        kernel.kernel().schema().delete(operator(), "users");
        assertThat(kernel.kernel().schema().catalog().named("notes")).isEmpty();
        assertThat(problemOf(() -> kernel.kernel().schema().delete(operator(), "notes"))
                        .code())
                .isEqualTo("collection_not_found");
        assertThat(kernel.collection("{'name':'notes'}").fields()).hasSize(1);
        assertThat(kernel.find("notes", "")).isEmpty();
    }
}
