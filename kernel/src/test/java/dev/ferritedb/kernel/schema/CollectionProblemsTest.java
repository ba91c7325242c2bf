package dev.ferritedb.kernel.schema;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused at its bound and beyond, each beside what is still let through.
class CollectionProblemsTest {
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

    private static String fields(int count) {
        return String.join(
                ",",
                IntStream.range(0, count)
                        .mapToObj(i -> "{'name':'f" + i + "','type':'bool'}")
                        .toList());
    }

    private static Arguments bound(String what, String good, String bad, String place, String code) {
        return Arguments.of(what, good, bad, place, code);
    }

    static Stream<Arguments> bounds() {
        String field = "{'name':'x','fields':[{'name':'%s','type':'text','help':'%s'}]}";
        String auth = "{'name':'x','type':'auth','authToken':{'secret':'%s'}}";
        return Stream.of(
                bound(
                        "a name",
                        "{'name':'" + "n".repeat(255) + "'}",
                        "{'name':'" + "n".repeat(256) + "'}",
                        "name",
                        "validation_length_too_long"),
                bound(
                        "an id",
                        "{'name':'x','id':'" + "i".repeat(100) + "'}",
                        "{'name':'x','id':'" + "i".repeat(101) + "'}",
                        "id",
                        "validation_invalid_or_existing_id"),
                bound(
                        "a field's name",
                        field.formatted("f".repeat(100), ""),
                        field.formatted("f".repeat(101), ""),
                        "fields.0.name",
                        "validation_length_too_long"),
                bound(
                        "a help text",
                        field.formatted("f", "\u00e9".repeat(300)),
                        field.formatted("f", "\u00e9".repeat(301)),
                        "fields.0.help",
                        "validation_length_too_long"),
                bound(
                        "all fields, the id among them",
                        "{'name':'x','fields':[" + fields(499) + "]}",
                        "{'name':'x','fields':[" + fields(500) + "]}",
                        "fields",
                        "validation_length_too_long"),
                bound(
                        "a secret",
                        auth.formatted("s".repeat(255)),
                        auth.formatted("s".repeat(256)),
                        "authToken.secret",
                        "validation_length_out_of_range"),
                bound(
                        "a short secret",
                        auth.formatted("s".repeat(30)),
                        auth.formatted("s".repeat(29)),
                        "authToken.secret",
                        "validation_length_out_of_range"),
                bound(
                        "a view's query",
                        "{'name':'x','type':'view','viewQuery':'select id from users" + " ".repeat(4980) + "'}",
                        "{'name':'x','type':'view','viewQuery':'select id from users" + " ".repeat(4981) + "'}",
                        "viewQuery",
                        "validation_invalid_view_query"),
                bound(
                        "the shape of the id",
                        "{'name':'x','fields':[{'name':'id','type':'text','primaryKey':true,'pattern':'^[A-Z]{2}$'}]}",
                        "{'name':'x','fields':[{'name':'id','type':'text','primaryKey':true,'pattern':''}]}",
                        "fields.0.pattern",
                        "validation_required"),
                bound(
                        "the type of the id",
                        "{'name':'x','fields':[{'name':'id','type':'text','primaryKey':true,'pattern':'a'}]}",
                        "{'name':'x','fields':[{'name':'id','type':'number'}]}",
                        "fields",
                        "validation_missing_primary_key"),
                bound(
                        "a pattern that values are made from",
                        "{'name':'x','fields':[{'name':'f','type':'text','autogeneratePattern':'(a{1000}){4}'}]}",
                        "{'name':'x','fields':[{'name':'f','type':'text','autogeneratePattern':'((a{1000}){1000}){1000}'}]}",
                        "fields.0.autogeneratePattern",
                        "validation_invalid_autogenerate_pattern"));
    }

    @ParameterizedTest(name = "{0} may be so long and no longer")
    @MethodSource("bounds")
    void letsThroughUpToTheBoundAndNotBeyond(String what, String good, String bad, String place, String code) {
        assertThat(codesOf(() -> kernel.collection(bad))).as(what).containsOnly(Map.entry(place, code));
        assertThatCode(() -> kernel.collection(good)).as(what).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON x (a); DROP TABLE users",
                "CREATE INDEX i ON x (CAST(a AS [b'c]) ); DROP TABLE users; --'))",
                "CREATE INDEX i ON x (a, CAST(a AS [b\"c]) ); DROP TABLE users; --\"))",
                "CREATE INDEX i ON x (a) WHERE CAST(a AS [b'c]) ; DROP TABLE users; --'",
                "CREATE INDEX i ON x (a [",
                "CREATE INDEX [i; DROP TABLE users] ON x (a)",
                "CREATE INDEX i ON x (a) /* b */",
                "CREATE INDEX i ON x (a COLLATE [b c])",
                "CREATE TABLE y (a)"
            })
    void takesNoSecondStatementForAnIndex(String statement) {
        var document = new Value.Members(Map.of(
                "name", Value.text("x"),
                "fields", body("{'fields':[{'name':'a','type':'text'}]}").get("fields"),
                "indexes", new Value.Items(List.of(Value.text(statement)))));

        assertThat(codesOf(() -> kernel.kernel().schema().create(operator(), document)))
                .containsOnly(Map.entry("indexes.0", "validation_invalid_index_expression"));
        assertThat(kernel.find("users", "")).isEmpty();
    }

    @Test
    void takesAnIndexOverBracketedNamesAndExpressions() {
        CollectionSchema made = kernel.collection(
                "{'name':'x','fields':[{'name':'a','type':'text'}],'indexes':['CREATE INDEX [i] ON [x] ([a], CAST(a AS [b c]) DESC)']}");

        assertThat(made.indexes()).containsExactly("CREATE INDEX `i` ON `x` (`a`, CAST(a AS [b c]) DESC)");
    }

    @Test
    void givesNoCollectionTheNameOfAnIndex() {
        kernel.collection("{'name':'notes','indexes':['CREATE INDEX idx_notes ON notes (id)']}");
        kernel.collection("{'name':'other'}");

        assertThat(codesOf(() -> kernel.collection("{'name':'IDX_notes'}")))
                .containsOnly(Map.entry("name", "validation_collection_name_invalid"));
        assertThat(codesOf(() -> kernel.change("other", "{'name':'idx_notes'}")))
                .containsOnly(Map.entry("name", "validation_collection_name_invalid"));
        assertThat(codesOf(() -> kernel.change("notes", "{'name':'idx_notes'}")))
                .containsOnly(Map.entry("name", "validation_collection_name_invalid"));
        assertThat(codesOf(() -> kernel.collection("{'name':'x','indexes':['CREATE INDEX other ON x (id)']}")))
                .containsOnly(Map.entry("indexes.0", "validation_existing_index_name"));
        assertThat(kernel.change("other", "{'name':'notes_idx'}").name()).isEqualTo("notes_idx");
    }

    @Test
    void givesNoCollectionTheIdOfAnotherAsItsName() {
        kernel.collection("{'name':'notes','id':'papers'}");

        assertThat(codesOf(() -> kernel.collection("{'name':'papers'}")))
                .containsOnly(Map.entry("name", "validation_collection_name_id_duplicate"));
        assertThat(kernel.change("notes", "{'name':'papers'}").id()).isEqualTo("papers");
    }

    @Test
    void letsANewCollectionHaveTheNameThatAnotherGaveUp() {
        String old = kernel.collection("{'name':'notes'}").id();
        kernel.change("notes", "{'name':'papers'}");

        CollectionSchema made = kernel.collection(
                "{'name':'notes','fields':[{'name':'of','type':'relation','collectionId':'papers'}]}");
        assertThat(made.id()).isNotEqualTo(old);
        String paper = kernel.create("papers", "{}").id();
        kernel.create("notes", "{'of':'" + paper + "'}");
        assertThat(kernel.find("papers", "")).hasSize(1);
        kernel.kernel()
                .schema()
                .importAll(operator(), List.of(body("{'name':'other','id':'x'}"), body("{'name':'notes'}")), false);
        assertThat(kernel.find("notes", "of.id = '" + paper + "'")).hasSize(1);
        assertThat(codesOf(() -> kernel.collection("{'name':'Notes'}")))
                .containsExactly(Map.entry("name", "validation_collection_name_exists"));
        assertThat(codesOf(() -> kernel.collection("{'name':'free','id':'" + old + "'}")))
                .containsExactly(Map.entry("id", "validation_invalid_or_existing_id"));
    }

    @Test
    void countsAnIndexAsUniqueOverAFieldOnlyWhenItIsOverNothingElse() {
        String document = """
                {'name':'people','type':'auth','fields':[{'name':'nick','type':'text'}],'passwordAuth':{'identityFields':['nick']},
                 'indexes':['CREATE UNIQUE INDEX idx_nick ON people (%s)']}""";

        assertThat(codesOf(() -> kernel.collection(document.formatted("nick, lower(email)"))))
                .containsOnly(Map.entry("passwordAuth.identityFields.0", "validation_missing_unique_constraint"));
        assertThat(kernel.collection(document.formatted("NICK COLLATE NOCASE")).indexes())
                .hasSize(3);
    }

    @Test
    void keepsEmailsApartWhateverOtherIndexesThereAre() {
        CollectionSchema people = kernel.collection("""
                {'name':'people','type':'auth','indexes':['CREATE UNIQUE INDEX i ON people (email, lower(id))',
                 'CREATE UNIQUE INDEX j ON people (tokenKey, lower(id))']}""");
        kernel.account("people", "ann@example.com");

        assertThat(people.indexes()).hasSize(4);
        assertThat(codesOf(() -> kernel.account("people", "ann@example.com")))
                .containsEntry("email", "validation_not_unique");
    }

    @Test
    void letsACollectionRelateToItselfByName() {
        CollectionSchema tree = kernel.collection(
                "{'name':'tree','fields':[{'name':'parent','type':'relation','collectionId':'Tree'}]}");

        assertThat(tree.field("parent").orElseThrow().type()).isEqualTo(new FieldType.Relation(tree.id(), false, 0, 0));
        String root = kernel.create("tree", "{}").id();
        kernel.create("tree", "{'parent':'" + root + "'}");
        assertThat(kernel.find("tree", "parent.id = '" + root + "'")).hasSize(1);
        assertThat(codesOf(() -> kernel.collection(
                        "{'name':'bush','fields':[{'name':'parent','type':'relation','collectionId':'hedge'}]}")))
                .containsOnly(Map.entry("fields.0.collectionId", "validation_field_relation_missing_collection"));
    }

    static Stream<Arguments> useCases() {
        Value.Members document = body("{'name':'x'}");
        return Stream.of(
                useCase("list", (schema, by) -> schema.list(by, ListQuery.FIRST_PAGE, _ -> {})),
                useCase("view", (schema, by) -> schema.view(by, "users")),
                useCase("create", (schema, by) -> schema.create(by, document)),
                useCase("update", (schema, by) -> schema.update(by, "users", body("{}"))),
                useCase("delete", (schema, by) -> schema.delete(by, "users")),
                useCase("import", (schema, by) -> schema.importAll(by, List.of(document), false)),
                useCase("scaffolds", (schema, by) -> schema.scaffolds(by)),
                useCase("dry run", (schema, by) -> schema.dryRunView(by, "select 1 as id")));
    }

    private interface UseCase {
        void run(SchemaService schema, Request by);
    }

    private static Arguments useCase(String name, UseCase useCase) {
        return Arguments.of(name, useCase);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("useCases")
    void isForSuperusersAndTheOperatorAlone(String name, UseCase useCase) {
        SchemaService schema = kernel.kernel().schema();
        Request member = member(kernel.account("users", "ann@example.com"));
        var before = schema.catalog();

        assertThat(problemOf(() -> useCase.run(schema, guest()))).as(name).isEqualTo(Problem.Unauthenticated.missing());
        assertThat(problemOf(() -> useCase.run(schema, member))).as(name).isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(schema.catalog()).isEqualTo(before);
        assertThatCode(() -> useCase.run(schema, kernel.superuser())).as(name).doesNotThrowAnyException();
    }
}
