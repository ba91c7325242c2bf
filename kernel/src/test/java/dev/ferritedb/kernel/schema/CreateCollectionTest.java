package dev.ferritedb.kernel.schema;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionDocuments.Secrets;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateCollectionTest {
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

    private static List<String> names(CollectionSchema collection) {
        return collection.fields().stream().map(Field::name).toList();
    }

    @Test
    void startsClosedWithAnIdOfItsOwnName() {
        CollectionSchema notes = kernel.collection("{'name':'notes'}");

        assertThat(notes.id()).matches("pbc_\\d+");
        assertThat(notes.rules()).isEqualTo(AccessRules.CLOSED);
        assertThat(names(notes)).containsExactly("id");
        assertThat(notes.created()).isEqualTo("2026-03-01 12:00:00.000Z").isEqualTo(notes.updated());
        assertThat(kernel.kernel().schema().view(operator(), "NOTES")).isEqualTo(notes);
    }

    @Test
    void givesAnAuthCollectionWhatSigningInNeeds() {
        CollectionSchema people =
                kernel.collection("{'name':'people','type':'auth','fields':[{'name':'nick','type':'text'}]}");

        assertThat(names(people))
                .containsExactly("id", "password", "tokenKey", "email", "emailVisibility", "verified", "nick");
        assertThat(people.field("tokenKey").orElseThrow().hidden()).isTrue();
        assertThat(people.field("password").orElseThrow().hidden()).isTrue();
        assertThat(people.indexes())
                .hasSize(2)
                .allSatisfy(index -> assertThat(index).contains("UNIQUE", "`people`"));
        assertThat(people.auth().orElseThrow().tokens().auth().secret()).hasSize(50);
    }

    @Test
    void makesSystemFieldsSystemEvenWhenTheyAreSentOtherwise() {
        CollectionSchema people = kernel.collection("""
                {'name':'people','type':'auth','system':true,'fields':[{'name':'tokenKey','type':'text','min':30,'max':60,
                 'autogeneratePattern':'[a-z]{40}'},{'name':'password','type':'password','min':10}]}""");

        assertThat(people.system()).isFalse();
        assertThat(people.field("tokenKey").orElseThrow()).satisfies(field -> {
            assertThat(field.system()).isTrue();
            assertThat(field.hidden()).isTrue();
        });
        assertThat(people.field("password").orElseThrow().type()).isEqualTo(new FieldType.Password("", 10, 0, 0));
    }

    @Test
    void letsARelationNameItsTarget() {
        CollectionSchema notes = kernel.collection(
                "{'name':'notes','fields':[{'name':'owner','type':'relation','collectionId':'users'}]}");

        assertThat(notes.field("owner").orElseThrow().type())
                .isEqualTo(new FieldType.Relation("_pb_users_auth_", false, 0, 0));
    }

    @Test
    void putsIndexesOnTheCollectionWhateverTableTheyName() {
        CollectionSchema notes = kernel.collection("""
                {'name':'notes','fields':[{'name':'a','type':'text'}],
                 'indexes':['create unique index if not exists x.idx_a on other ( `a` collate nocase desc ) where a != \\"\\"']}""");

        assertThat(notes.indexes())
                .containsExactly("CREATE UNIQUE INDEX `idx_a` ON `notes` (`a` COLLATE nocase DESC) WHERE a != \"\"");
        kernel.create("notes", "{'a':'Word'}");
        assertThat(codesOf(() -> kernel.create("notes", "{'a':'wORD'}"))).containsEntry("a", "validation_not_unique");
    }

    @Test
    void givesFieldsOfOneNameAndTypeTheSameIdAndOthersAnother() {
        CollectionSchema one =
                kernel.collection("{'name':'one','fields':[{'name':'a','type':'text'},{'name':'b','type':'text'}]}");
        CollectionSchema two = kernel.collection(
                "{'name':'two','fields':[{'name':'a','type':'text'},{'name':'b','type':'bool','id':'mine'}]}");

        assertThat(one.field("a").orElseThrow().id())
                .isEqualTo(two.field("a").orElseThrow().id());
        assertThat(one.field("b").orElseThrow().id()).isNotEqualTo("mine");
        assertThat(two.field("b").orElseThrow().id()).isEqualTo("mine");
    }

    @Test
    void showsSecretsOnlyWhenAsked() {
        CollectionSchema people = kernel.collection("""
                {'name':'people','type':'auth','oauth2':{'providers':[{'name':'oidc','clientId':'x','clientSecret':'hush'}]}}""");

        String shown = KernelFixture.json(CollectionDocuments.write(people, Secrets.LEFT_OUT));
        assertThat(shown)
                .doesNotContain(
                        "hush", people.auth().orElseThrow().tokens().file().secret(), "\"secret\"");
        assertThat(KernelFixture.json(CollectionDocuments.write(people, Secrets.SHOWN)))
                .contains("hush");
        assertThat(CollectionDocuments.read(CollectionDocuments.write(people, Secrets.SHOWN))
                        .collection())
                .isEqualTo(people);
    }

    @ParameterizedTest(name = "{0}: {1} is refused at {2} with {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "no name            | {}                                     | name | validation_required",
                "blanks             | {'name':'a b'}                         | name | validation_match_invalid",
                "an attack          | {'name':'a;drop table users'}          | name | validation_match_invalid",
                "a back relation    | {'name':'a_via_b'}                     | name | validation_found_via",
                "SQLite's own       | {'name':'sqlite_master'}               | name | validation_collection_name_invalid",
                "the system's       | {'name':'_changes'}                    | name | validation_collection_name_invalid",
                "in use             | {'name':'USERS'}                       | name | validation_collection_name_exists",
                "an id              | {'name':'_pb_users_auth_'}             | name | validation_collection_name_invalid",
                "an id in use       | {'name':'x','id':'_pb_users_auth_'}    | id   | validation_invalid_or_existing_id",
                "an odd id          | {'name':'x','id':'a b'}                | id   | validation_invalid_or_existing_id",
                "an unknown type    | {'name':'x','type':'table'}            | type | validation_in_invalid",
                "a number as a name | {'name':5}                             | name | validation_invalid_value",
                "no field name      | {'name':'x','fields':[{'type':'text'}]} | fields.0.name | validation_required",
                "no field type      | {'name':'x','fields':[{'name':'a'}]}   | fields.0.type | validation_required",
                "an unknown type    | {'name':'x','fields':[{'name':'a','type':'int'}]} | fields.0.type | validation_in_invalid",
                "a field with blank | {'name':'x','fields':[{'name':'a b','type':'text'}]} | fields.0.name | validation_match_invalid",
                "a quoted field     | {'name':'x','fields':[{'name':'a`b','type':'text'}]} | fields.0.name | validation_match_invalid",
                "a reserved field   | {'name':'x','fields':[{'name':'Expand','type':'text'}]} | fields.0.name | validation_reserved_field_name",
                "a rowid            | {'name':'x','fields':[{'name':'rowid','type':'text'}]} | fields.0.name | validation_reserved_field_name",
                "a via field        | {'name':'x','fields':[{'name':'a_via_b','type':'text'}]} | fields.0.name | validation_found_via",
                "an auth's own      | {'name':'x','type':'auth','fields':[{'name':'oldPassword','type':'text'}]} | fields.0.name | validation_reserved_field_name",
                "a name twice       | {'name':'x','fields':[{'name':'a','type':'text'},{'name':'A','type':'bool'}]} | fields.1.name | validation_duplicated_field_name",
                "an id twice        | {'name':'x','fields':[{'name':'a','type':'text','id':'i'},{'name':'b','type':'bool','id':'i'}]} | fields.1.id | validation_duplicated_field_id",
                "two primary keys   | {'name':'x','fields':[{'name':'a','type':'text','primaryKey':true,'pattern':'a'}]} | fields | validation_unsupported_composite_pk",
                "a field as text    | {'name':'x','fields':['a']}            | fields.0 | validation_invalid_value",
                "fields as an object | {'name':'x','fields':{}}              | fields | validation_invalid_value",
                "a rule as a number | {'name':'x','listRule':5}              | listRule | validation_invalid_value",
                "a rule that fails  | {'name':'x','viewRule':'nope = 1'}     | viewRule | validation_invalid_rule",
                "an auth rule       | {'name':'x','type':'auth','authRule':'nope = 1'} | authRule | validation_invalid_rule",
                "an mfa rule        | {'name':'x','type':'auth','mfa':{'rule':'nope = 1'}} | mfa.rule | validation_invalid_rule",
                "all may manage     | {'name':'x','type':'auth','manageRule':''} | manageRule | validation_nil_or_not_empty_required",
                "no index           | {'name':'x','indexes':['DROP TABLE users']} | indexes.0 | validation_invalid_index_expression",
                "two statements     | {'name':'x','indexes':['CREATE INDEX i ON x (id); DROP TABLE users']} | indexes.0 | validation_invalid_index_expression",
                "a comment          | {'name':'x','indexes':['CREATE INDEX i ON x (id) WHERE 1 -- x']} | indexes.0 | validation_invalid_index_expression",
                "an unknown column  | {'name':'x','indexes':['CREATE INDEX i ON x (nope)']} | indexes.0 | validation_invalid_index_expression",
                "an index twice     | {'name':'x','indexes':['CREATE INDEX i ON x (id)','CREATE UNIQUE INDEX I ON x (id)']} | indexes.1 | validation_duplicated_index_name",
                "the same columns   | {'name':'x','indexes':['CREATE INDEX i ON x (id)','CREATE INDEX j ON x (id)']} | indexes.1 | validation_duplicated_index_definition",
                "another's index    | {'name':'x','indexes':['CREATE INDEX idx_email__pb_users_auth_ ON x (id)']} | indexes.0 | validation_existing_index_name",
                "SQLite's index     | {'name':'x','indexes':['CREATE INDEX sqlite_i ON x (id)']} | indexes.0 | validation_invalid_index_expression",
                "an index on none   | {'name':'x','indexes':['CREATE INDEX i ON x ()']} | indexes.0 | validation_invalid_index_expression",
                "a broken condition | {'name':'x','indexes':['CREATE INDEX i ON x (id) WHERE nope(1)']} | indexes.0 | validation_invalid_index_expression",
            })
    void refusesWhatMakesNoSense(String what, String document, String place, String code) {
        int before = kernel.kernel().schema().catalog().collections().size();

        assertThat(codesOf(() -> kernel.collection(document))).as(what).containsEntry(place, code);
        assertThat(kernel.kernel().schema().catalog().collections()).hasSize(before);
    }

    @ParameterizedTest(name = "{0} is refused at {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'type':'text','min':5,'max':3                     | max | validation_min_greater_equal_than_required",
                "'type':'text','pattern':'['                       | pattern | validation_invalid_regex",
                "'type':'text','autogeneratePattern':'(a'          | autogeneratePattern | validation_invalid_autogenerate_pattern",
                "'type':'text','max':3,'autogeneratePattern':'a{5}' | autogeneratePattern | validation_invalid_autogenerate_pattern_value",
                "'type':'text','min':-1                            | min | validation_invalid_value",
                "'type':'text','min':1.5                           | min | validation_invalid_value",
                "'type':'number','min':5,'max':3                   | max | validation_min_greater_equal_than_required",
                "'type':'number','min':'x'                         | min | validation_invalid_value",
                "'type':'email','onlyDomains':['a.b'],'exceptDomains':['c.d'] | onlyDomains | validation_empty",
                "'type':'url','onlyDomains':['not a domain']       | onlyDomains | validation_is_domain",
                "'type':'date','min':'x'                           | min | validation_date_invalid",
                "'type':'date','min':'2026-02-01','max':'2026-01-01' | max | validation_date_out_of_range",
                "'type':'autodate'                                 | onCreate | validation_required",
                "'type':'select'                                   | values | validation_required",
                "'type':'select','values':['']                     | values | validation_required",
                "'type':'select','values':['a'],'maxSelect':2      | maxSelect | validation_max_less_equal_than_required",
                "'type':'relation'                                 | collectionId | validation_required",
                "'type':'relation','collectionId':'nope'           | collectionId | validation_field_relation_missing_collection",
                "'type':'relation','collectionId':'users','minSelect':3,'maxSelect':2 | minSelect | validation_max_less_equal_than_required",
                "'type':'file','thumbs':['0x0','10x10','x']        | thumbs.0 | validation_invalid_thumb_size",
                "'type':'file','maxSize':-1                        | maxSize | validation_min_greater_equal_than_required",
                "'type':'password','cost':99                       | cost | validation_invalid_value",
                "'type':'password','min':9,'max':8                 | max | validation_min_greater_equal_than_required",
                "'type':'bool','hidden':'yes'                      | hidden | validation_invalid_value",
            })
    void refusesOptionsThatMakeNoSense(String options, String place, String code) {
        String document = "{'name':'x','fields':[{'name':'f'," + options + "}]}";

        assertThat(codesOf(() -> kernel.collection(document))).containsEntry("fields.0." + place, code);
    }

    @ParameterizedTest(name = "{0} is refused at {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'authToken':{'secret':'short'}                     | authToken.secret | validation_length_out_of_range",
                "'fileToken':{'duration':5}                         | fileToken.duration | validation_min_greater_equal_than_required",
                "'fileToken':{'duration':99999999}                  | fileToken.duration | validation_max_less_equal_than_required",
                "'passwordAuth':{'identityFields':[]}               | passwordAuth.identityFields | validation_required",
                "'passwordAuth':{'identityFields':['nope']}         | passwordAuth.identityFields.0 | validation_missing_field",
                "'passwordAuth':{'identityFields':['verified']}     | passwordAuth.identityFields.0 | validation_missing_unique_constraint",
                "'mfa':{'enabled':true}                             | mfa.enabled | validation_mfa_not_enough_auths",
                "'mfa':{'enabled':true,'duration':5},'otp':{'enabled':true} | mfa.duration | validation_min_greater_equal_than_required",
                "'otp':{'enabled':true,'length':3}                  | otp.length | validation_min_greater_equal_than_required",
                "'verificationTemplate':{'subject':''}              | verificationTemplate.subject | validation_required",
                "'resetPasswordTemplate':{'body':' '}               | resetPasswordTemplate.body | validation_required",
            })
    void refusesAuthOptionsThatMakeNoSense(String options, String place, String code) {
        assertThat(codesOf(() -> kernel.collection("{'name':'x','type':'auth'," + options + "}")))
                .containsEntry(place, code);
    }

    @Test
    void refusesAuthFieldsOfAnotherType() {
        assertThat(codesOf(() ->
                        kernel.collection("{'name':'x','type':'auth','fields':[{'name':'email','type':'text'}]}")))
                .containsEntry("fields", "validation_missing_email_field");
    }

    @Test
    void namesAllThatIsWrong() {
        assertThat(codesOf(() -> kernel.collection(
                        "{'name':'a b','fields':[{'name':'x','type':'select'},{'name':'','type':'text'}]}")))
                .containsOnlyKeys("name", "fields.0.values", "fields.1.name");
    }

    @Test
    void isForSuperusers() {
        var user = member(kernel.account("users", "ann@example.com"));
        SchemaService schema = kernel.kernel().schema();
        var document = KernelFixture.body("{'name':'x'}");

        assertThat(problemOf(() -> schema.create(guest(), document))).isEqualTo(Problem.Unauthenticated.missing());
        assertThat(problemOf(() -> schema.create(user, document))).isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(() -> schema.view(user, "users"))).isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(() -> schema.update(user, "users", document)))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(() -> schema.delete(user, "users"))).isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(() -> schema.importAll(user, List.of(document), false)))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(() -> schema.scaffolds(user))).isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(() -> schema.dryRunView(user, "select 1 as id")))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(() -> schema.list(user, ListQuery.FIRST_PAGE, _ -> {})))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(schema.create(kernel.superuser(), document).name()).isEqualTo("x");
    }

    @Test
    void showsTheDefaultsOfEachType() {
        List<CollectionSchema> scaffolds = kernel.kernel().schema().scaffolds(operator());

        assertThat(scaffolds)
                .extracting(scaffold -> scaffold.kind().wireName())
                .containsExactly("base", "auth", "view");
        assertThat(scaffolds)
                .allSatisfy(
                        scaffold -> assertThat(scaffold.id() + scaffold.name()).isEmpty());
    }
}
