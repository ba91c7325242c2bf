package dev.ferritedb.kernel.schema;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewsTest {
    @TempDir
    Path folder;

    /// Only the first row tells.
    private static final String FAILS = "select id, json_extract(title, '$') as x from books";

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection(
                "{'name':'books','fields':[{'name':'title','type':'text'},{'name':'pages','type':'number'},{'name':'owner','type':'relation','collectionId':'users'}]}");
        kernel.create("books", "{'title':'Dune','pages':412}");
        kernel.create("books", "{'title':'Emma','pages':474}");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private CollectionSchema view(String query) {
        return kernel.collection("{'name':'seen','type':'view','listRule':'','viewQuery':'" + query + "'}");
    }

    private static List<String> types(CollectionSchema collection) {
        return collection.fields().stream()
                .map(field -> field.name() + " " + field.type().wireName())
                .toList();
    }

    @Test
    void infersWhatItsColumnsAre() {
        CollectionSchema seen = view("""
                select b.id, b.title as name, b.pages, b.owner, u.id as reader, count(b.id) as n, total(b.pages) as sum,
                 cast(b.pages as text) as spelt, cast(b.pages as int) as whole, cast(b.pages as real) as fine,
                 cast(b.pages as bool) as any, upper(b.title) as loud from books b left join users u on u.id = b.owner group by b.id""".replace("\n", " "));

        assertThat(types(seen))
                .containsExactly(
                        "id text",
                        "name text",
                        "pages number",
                        "owner relation",
                        "reader relation",
                        "n number",
                        "sum number",
                        "spelt text",
                        "whole number",
                        "fine number",
                        "any bool",
                        "loud json");
        assertThat(kernel.list(guest(), "seen", "pages > 450"))
                .singleElement()
                .satisfies(row -> assertThat(row.text("name")).isEqualTo("Emma"));
    }

    @Test
    void showsItsFieldsBeforeItIsMade() {
        ViewDryRun dryRun = kernel.kernel()
                .schema()
                .dryRunView(operator(), "select (row_number() over ()) as id, title from books order by title desc;");
        assertThat(dryRun.fields()).extracting(Field::name).containsExactly("id", "title");
        assertThat(dryRun.sample())
                .extracting(row -> row.id() + row.text("title"))
                .containsExactly("2Emma", "1Dune");
        assertThat(problemOf(() -> kernel.kernel().schema().dryRunView(operator(), FAILS))
                        .code())
                .isEqualTo("invalid_view_query");
        assertThat(problemOf(() -> kernel.kernel().schema().dryRunView(operator(), "select nope from books"))
                        .code())
                .isEqualTo("invalid_view_query");
        assertThat(codesOf(() -> kernel.kernel().schema().dryRunView(operator(), " ")))
                .containsKey("query");
        assertThat(codesOf(() -> kernel.kernel().schema().dryRunView(operator(), "x".repeat(6000))))
                .containsKey("query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "select * from books", "select title from books", "select id from books; drop table books",
                        "delete from books",
                "pragma user_version", "attach x as y", "select id from nope", "select id from _collections",
                        "insert into books(id) values (1)"
            })
    void refusesAQueryThatIsNoView(String query) {
        assertThat(codesOf(() -> view(query))).containsKey("viewQuery");
        assertThat(kernel.find("books", "")).hasSize(2);
    }

    @Test
    void isReadOnlyAndHasNoIndexes() {
        assertThat(codesOf(() -> kernel.collection("""
                {'name':'seen','type':'view','viewQuery':'select id from books','createRule':'','updateRule':'id = 1','deleteRule':'',
                 'indexes':['CREATE INDEX i ON seen (id)']}""")))
                .containsOnlyKeys("createRule", "updateRule", "deleteRule", "indexes");
    }

    @Test
    void followsChangesOfWhatItStandsOn() {
        CollectionSchema before = view("select id, pages from books");
        String title = before.fields().getFirst().id();

        kernel.change(
                "books", "{'fields':[{'name':'title','type':'text'},{'name':'pages','type':'number','onlyInt':true}]}");

        CollectionSchema after = kernel.kernel().schema().view(operator(), "seen");
        assertThat(after.field("pages").orElseThrow().type())
                .isNotEqualTo(before.field("pages").orElseThrow().type());
        assertThat(after.field("pages").orElseThrow().id())
                .isEqualTo(before.field("pages").orElseThrow().id());
        assertThat(after.fields().getFirst().id()).isEqualTo(title);
        assertThat(codesOf(() -> kernel.change("books", "{'fields':[{'name':'title','type':'text'}]}")))
                .containsKey("viewQuery");
        assertThat(kernel.find("books", "pages = 412")).hasSize(1);
    }

    @ParameterizedTest(name = "{0} gives none")
    @ValueSource(strings = {"select owner as id from books limit 1", "select pages > 0 as id from books"})
    void needsAnIdOfItsOwnForEachRecord(String query) {
        view("select id from books");
        assertThat(codesOf(() -> kernel.change("seen", "{'viewQuery':'" + query + "'}")))
                .containsExactly(Map.entry("viewQuery", "validation_invalid_view_query"));
        kernel.kernel().schema().delete(operator(), "seen");

        assertThat(codesOf(() -> view(query))).containsExactly(Map.entry("viewQuery", "validation_invalid_view_query"));
        assertThat(kernel.kernel().schema().catalog().named("seen")).isEmpty();
        view("select (row_number() over ()) as id, title from books");
        assertThat(kernel.list(guest(), "seen", ""))
                .extracting(StoredRecord::id)
                .containsExactly("1", "2");
    }

    @Test
    void refusesAQueryThatFailsOnceItIsRun() {
        assertThat(codesOf(() -> view(FAILS.replace("'$'", "char(36)"))))
                .containsExactly(Map.entry("viewQuery", "validation_invalid_view_query"));
    }

    @Test
    void changesItsQuery() {
        view("select id, pages from books");

        assertThat(types(kernel.change("seen", "{'viewQuery':'select id, title from books'}")))
                .containsExactly("id text", "title text");
        assertThat(codesOf(() -> kernel.change("seen", "{'viewQuery':'select nope from books'}")))
                .containsKey("viewQuery");
        assertThat(kernel.list(guest(), "seen", "title = 'Dune'")).hasSize(1);
    }

    @Test
    void standsOnAnotherViewAndIsRelatedToByViewsAlone() {
        view("select id, title from books");
        kernel.collection("{'name':'over','type':'view','listRule':'','viewQuery':'select id, title from seen'}");

        assertThat(kernel.list(guest(), "over", "")).hasSize(2);
        assertThat(codesOf(() -> kernel.collection(
                        "{'name':'x','fields':[{'name':'v','type':'relation','collectionId':'seen'}]}")))
                .containsEntry("fields.0.collectionId", "validation_relation_field_non_view_base_collection");
        assertThat(problemOf(() -> kernel.kernel().schema().delete(operator(), "seen"))
                        .code())
                .isEqualTo("collection_invalid");
        assertThat(kernel.list(guest(), "over", "")).hasSize(2);
    }
}
