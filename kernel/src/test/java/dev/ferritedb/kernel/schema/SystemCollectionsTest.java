package dev.ferritedb.kernel.schema;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Source: the wire contract, section 7.
class SystemCollectionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "_superusers, pbc_3142635823", "_externalAuths, pbc_2281828961", "_mfas, pbc_2279338944",
        "_otps, pbc_1638494021", "_authOrigins, pbc_4275539003", "users, _pb_users_auth_"
    })
    void haveTheIdsThatClientsKnow(String name, String id) {
        try (var kernel = KernelFixture.in(folder)) {
            assertThat(kernel.kernel().schema().view(operator(), name).id()).isEqualTo(id);
        }
    }

    @Test
    void areMadeOnceAndUsersOnlyOnANewServer() {
        try (var kernel = KernelFixture.in(folder)) {
            kernel.account("users", "ann@example.com");
            kernel.kernel().schema().delete(operator(), "users");
        }
        try (var kernel = KernelFixture.in(folder)) {
            assertThat(kernel.kernel().schema().catalog().named("users")).isEmpty();
            assertThat(kernel.kernel().schema().catalog().collections()).hasSize(6);
        }
    }

    @Test
    void keepTheirNameTheirRulesAndTheirSystemFields() {
        try (var kernel = KernelFixture.in(folder)) {
            assertThat(codesOf(() -> kernel.change("_superusers", "{'name':'bosses','listRule':''}")))
                    .containsEntry("name", "validation_collection_system_name_change")
                    .containsEntry("listRule", "validation_collection_system_rule_change");
            assertThat(codesOf(() -> kernel.change("_otps", "{'fields':[]}")))
                    .containsEntry(
                            "fields",
                            "validation_system_field_change validation_system_field_change "
                                    + "validation_system_field_change validation_system_field_change validation_system_field_change "
                                    + "validation_system_field_change");
            assertThat(problemOf(() -> kernel.kernel().schema().delete(operator(), "_superusers"))
                            .code())
                    .isEqualTo("collection_system");
        }
    }

    @Test
    void letSuperusersAlwaysSignInByPassword() {
        try (var kernel = KernelFixture.in(folder)) {
            CollectionSchema changed = kernel.change(
                    "_superusers",
                    "{'passwordAuth':{'enabled':false},'oauth2':{'enabled':true},'authToken':{'duration':60}}");

            assertThat(changed.auth().orElseThrow().passwordAuth().enabled()).isTrue();
            assertThat(changed.auth().orElseThrow().oauth2().enabled()).isFalse();
            assertThat(changed.auth().orElseThrow().tokens().auth().durationSeconds())
                    .isEqualTo(60);
        }
    }

    @Test
    void showAnAccountOnlyWhatIsItsOwn() {
        try (var kernel = KernelFixture.in(folder)) {
            StoredRecord ann = kernel.account("users", "ann@example.com");
            StoredRecord bob = kernel.account("users", "bob@example.com");
            kernel.create(
                    "_authOrigins",
                    "{'collectionRef':'_pb_users_auth_','recordRef':'" + ann.id() + "','fingerprint':'f'}");

            assertThat(kernel.list(member(ann), "_authOrigins", "")).hasSize(1);
            assertThat(kernel.list(member(bob), "_authOrigins", "")).isEmpty();
            assertThat(problemOf(() -> kernel.list(member(ann), "_superusers", "")))
                    .isEqualTo(Problem.Forbidden.onlySuperusers());
            assertThat(problemOf(() -> kernel.create(member(ann), "_mfas", "{}")))
                    .isEqualTo(Problem.Forbidden.onlySuperusers());
        }
    }

    @Test
    void forgetTheAccountsOfACollectionThatGoes() {
        try (var kernel = KernelFixture.in(folder)) {
            kernel.collection("{'name':'people','type':'auth'}");
            for (String collection : new String[] {"users", "people"}) {
                StoredRecord account = kernel.account(collection, "ann@example.com");
                kernel.create(
                        "_authOrigins",
                        "{'collectionRef':'" + account.collection().id() + "','recordRef':'" + account.id()
                                + "','fingerprint':'f'}");
            }

            kernel.kernel().schema().delete(operator(), "people");
            assertThat(kernel.find("_authOrigins", ""))
                    .extracting(origin -> origin.text("collectionRef"))
                    .containsExactly("_pb_users_auth_");
            kernel.kernel().schema().importAll(operator(), List.of(KernelFixture.body("{'name':'notes'}")), true);
            assertThat(kernel.find("_authOrigins", "")).isEmpty();
        }
    }

    @Test
    void areListedLikeRecords() {
        try (var kernel = KernelFixture.in(folder)) {
            kernel.collection("{'name':'notes'}");

            assertThat(list(kernel, new ListQuery(1, 30, "-name", "system = true && name ~ '_s%'", false)))
                    .containsExactly("_superusers", "_sessions");
            assertThat(list(kernel, new ListQuery(1, 30, "-system,name", "", false)))
                    .startsWith("_authOrigins")
                    .endsWith("notes", "users");
            assertThat(list(kernel, new ListQuery(1, 30, "-@rowid", "system = false", true)))
                    .containsExactly("notes", "users");
            assertThat(list(kernel, new ListQuery(1, 30, "@random", "type = 'auth'", true)))
                    .containsExactlyInAnyOrder("users", "_superusers");
            assertThat(list(kernel, new ListQuery(2, 3, "name", "", true))).hasSize(3);
            assertThat(kernel.kernel().schema().list(operator(), new ListQuery(2, 3, "", "", false), _ -> {}))
                    .isEqualTo(new ListQuery.Page(2, 3, 8, 3));
            assertThat(problemOf(() -> list(kernel, new ListQuery(1, 3, "", "nope = 1", true)))
                            .code())
                    .isEqualTo("invalid_filter");
            assertThat(problemOf(() -> list(kernel, new ListQuery(1, 3, "nope", "", true)))
                            .code())
                    .isEqualTo("invalid_sort");
        }
    }

    private static List<String> list(KernelFixture kernel, ListQuery query) {
        var names = new ArrayList<String>();
        kernel.kernel().schema().list(operator(), query, collection -> names.add(collection.name()));
        return names;
    }
}
