package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of auth collections: `people` manage each other when their `boss` flag is set.
class AccountsTest {
    private static final String PASSWORDS = "'password':'correct horse','passwordConfirm':'correct horse'";

    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("""
                {'name':'people','type':'auth','fields':[{'name':'boss','type':'bool'},{'name':'nick','type':'text'},
                 {'name':'salary','type':'number','hidden':true}],
                 'listRule':'','viewRule':'','createRule':'','updateRule':'@request.auth.id != \\"\\"','deleteRule':'',
                 'manageRule':'@request.auth.boss = true'}""");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private static String account(String email) {
        return "{'email':'" + email + "'," + PASSWORDS + "}";
    }

    @Test
    void signsUpWithAConfirmedPassword() {
        StoredRecord ann =
                kernel.create(guest(), "people", account("ann@example.com")).record();

        assertThat(ann.text("email")).isEqualTo("ann@example.com");
        assertThat(ann.text("password")).startsWith("$argon2id$");
        assertThat(ann.text("tokenKey")).hasSize(50);
        assertThat(ann.truth("verified")).isFalse();
    }

    @Test
    void refusesAPasswordThatIsMissingShortOrNotConfirmed() {
        assertThat(codesOf(() -> kernel.create(guest(), "people", "{'email':'a@example.com'}")))
                .containsOnlyKeys("password", "passwordConfirm")
                .containsValue("validation_required");
        assertThat(codesOf(
                        () -> kernel.create(guest(), "people", "{'email':'a@example.com','password':'correct horse'}")))
                .containsEntry("passwordConfirm", "validation_required");
        assertThat(codesOf(() -> kernel.create(
                        guest(),
                        "people",
                        "{'email':'a@example.com','password':'correct horse','passwordConfirm':'x'}")))
                .containsEntry("passwordConfirm", "validation_values_mismatch");
        assertThat(codesOf(() -> kernel.create(
                        guest(), "people", "{'email':'a@example.com','password':'short','passwordConfirm':'short'}")))
                .containsEntry("password", "validation_min_text_constraint");
        assertThat(codesOf(() -> kernel.create(guest(), "people", "{" + PASSWORDS + "}")))
                .containsEntry("email", "validation_required");
        assertThat(kernel.find("people", "")).isEmpty();
    }

    @Test
    void letsNobodyVerifyHimself() {
        String verified = "{'email':'a@example.com','verified':true," + PASSWORDS + "}";

        assertThat(codesOf(() -> kernel.create(guest(), "people", verified)))
                .containsEntry("verified", "validation_values_mismatch");
        StoredRecord ann = kernel.create(kernel.superuser(), "people", verified).record();
        assertThat(ann.truth("verified")).isTrue();
        assertThat(codesOf(() -> kernel.update(member(ann), "people", ann.id(), "{'verified':false}")))
                .containsEntry("verified", "validation_values_mismatch");
    }

    @Test
    void guardsEmailAndPasswordOfAnOrdinaryAccount() {
        StoredRecord ann = kernel.account("people", "ann@example.com");
        Request herself = member(ann);
        String newPassword = "'password':'battery staple','passwordConfirm':'battery staple'";

        assertThat(codesOf(() -> kernel.update(herself, "people", ann.id(), "{'email':'other@example.com'}")))
                .containsEntry("email", "validation_values_mismatch");
        assertThat(codesOf(() -> kernel.update(herself, "people", ann.id(), "{" + newPassword + "}")))
                .containsEntry("oldPassword", "validation_required");
        assertThat(codesOf(() ->
                        kernel.update(herself, "people", ann.id(), "{" + newPassword + ",'oldPassword':'wrong'}")))
                .containsEntry("oldPassword", "validation_invalid_old_password");
        StoredRecord changed = kernel.update(
                        herself, "people", ann.id(), "{" + newPassword + ",'oldPassword':'correct horse'}")
                .record();

        assertThat(changed.text("password")).isNotEqualTo(ann.text("password"));
        assertThat(changed.text("tokenKey")).isNotEqualTo(ann.text("tokenKey"));
    }

    @Test
    void endsSessionsWithANewEmailButNotWithANewNickname() {
        StoredRecord ann = kernel.account("people", "ann@example.com");

        StoredRecord renamed = kernel.update("people", ann.id(), "{'nick':'Annie'}");
        StoredRecord moved = kernel.update("people", ann.id(), "{'email':'ann@example.org'}");

        assertThat(renamed.text("tokenKey")).isEqualTo(ann.text("tokenKey"));
        assertThat(moved.text("tokenKey")).isNotEqualTo(ann.text("tokenKey")).hasSize(50);
    }

    @Test
    void letsAManagerDoWhatTheOwnerMayNot() {
        StoredRecord ann = kernel.account("people", "ann@example.com");
        StoredRecord boss = kernel.update(
                "people", kernel.account("people", "boss@example.com").id(), "{'boss':true}");
        String change =
                "{'email':'new@example.com','verified':true,'password':'battery staple','passwordConfirm':'battery staple'}";

        assertThat(codesOf(() -> kernel.update(member(ann), "people", boss.id(), change)))
                .isNotEmpty();
        StoredRecord changed =
                kernel.update(member(boss), "people", ann.id(), change).record();

        assertThat(changed.text("email")).isEqualTo("new@example.com");
        assertThat(changed.truth("verified")).isTrue();
    }

    @Test
    void bringsAccountsInWithoutAPasswordForTheOperatorAlone() {
        StoredRecord brought = kernel.create("people", "{'email':'moved@example.com'}");

        assertThat(brought.text("password")).isEmpty();
        assertThat(codesOf(() -> kernel.create(kernel.superuser(), "people", "{'email':'x@example.com'}")))
                .containsEntry("password", "validation_required");
    }

    @Test
    void dropsHiddenFieldsThatOthersSend() {
        StoredRecord ann = kernel.create(
                        guest(),
                        "people",
                        "{'email':'a@example.com','salary':9,'tokenKey':'" + "x".repeat(40) + "'," + PASSWORDS + "}")
                .record();
        assertThat(KernelFixture.json(ann.value("salary"))).isEqualTo("0");
        assertThat(ann.text("tokenKey")).hasSize(50);

        StoredRecord bob = kernel.create(
                        kernel.superuser(), "people", "{'email':'b@example.com','salary':9," + PASSWORDS + "}")
                .record();
        assertThat(KernelFixture.json(bob.value("salary"))).isEqualTo("9");
        String chosen = "y".repeat(40);
        assertThat(kernel.update("people", bob.id(), "{'email':'c@example.com','tokenKey':'" + chosen + "'}")
                        .text("tokenKey"))
                .isEqualTo(chosen);
    }

    @Test
    void keepsOneSpaceOfIdsForAllAccounts() {
        StoredRecord ann = kernel.account("people", "ann@example.com");

        assertThat(codesOf(() ->
                        kernel.create("users", "{'id':'" + ann.id() + "','email':'x@example.com'," + PASSWORDS + "}")))
                .containsEntry("id", "validation_invalid_auth_id");
    }

    @Test
    void refusesAnEmailThatIsTaken() {
        kernel.account("people", "ann@example.com");

        assertThat(codesOf(() -> kernel.create(guest(), "people", account("ann@example.com"))))
                .containsEntry("email", "validation_not_unique");
    }

    @Test
    void showsAnEmailToItsOwnerItsManagersAndSuperusersAlone() {
        StoredRecord ann = kernel.account("people", "ann@example.com");
        StoredRecord bob = kernel.account("people", "bob@example.com");
        StoredRecord boss = kernel.update(
                "people", kernel.account("people", "boss@example.com").id(), "{'boss':true}");
        kernel.update("people", bob.id(), "{'emailVisibility':true}");

        assertThat(emailsSeenBy(guest())).containsExactly("bob@example.com");
        assertThat(emailsSeenBy(member(ann))).containsExactly("ann@example.com", "bob@example.com");
        assertThat(emailsSeenBy(member(boss)))
                .containsExactly("ann@example.com", "bob@example.com", "boss@example.com");
        assertThat(emailsSeenBy(kernel.superuser())).hasSize(3);
        assertThat(kernel.kernel().records().reply(member(bob), ann).exposure()).isEqualTo(Exposure.PUBLIC);
        assertThat(kernel.kernel().records().reply(member(boss), ann).exposure())
                .isEqualTo(Exposure.OWN);
        assertThat(kernel.kernel().records().reply(member(ann), ann).exposure()).isEqualTo(Exposure.OWN);
    }

    private List<String> emailsSeenBy(Request request) {
        var seen = new ArrayList<String>();
        kernel.kernel().records().list(request, "people", ListQuery.FIRST_PAGE, (row, exposure) -> {
            StoredRecord record = row.record();
            var email = record.collection().field("email").orElseThrow();
            if (exposure.shows(record.collection(), email, record.truth("emailVisibility")))
                seen.add(record.text("email"));
        });
        return seen;
    }

    @Test
    void showsHiddenFieldsToSuperusersAndSecretsToNobody() {
        StoredRecord ann = kernel.account("people", "ann@example.com");
        var collection = ann.collection();

        assertThat(collection.fields().stream().filter(field -> Exposure.FULL.shows(collection, field, true)))
                .extracting(field -> field.name())
                .contains("salary", "email", "nick")
                .doesNotContain("password", "tokenKey");
        assertThat(collection.fields().stream().filter(field -> Exposure.PUBLIC.shows(collection, field, false)))
                .extracting(field -> field.name())
                .contains("nick")
                .doesNotContain("salary", "email");
    }

    @Test
    void keepsTheLastSuperuserAndTakesHisVerificationForGranted() {
        Request root = kernel.superuser();
        StoredRecord first = root.caller().signedIn().orElseThrow();
        assertThat(first.truth("verified")).isTrue();

        assertThat(problemOf(() -> kernel.kernel().records().delete(root, Caller.SUPERUSERS, first.id())))
                .isInstanceOf(Problem.Invalid.class)
                .extracting(Problem::code)
                .isEqualTo("last_superuser");
        assertThat(problemOf(() -> kernel.kernel().records().truncate(root, Caller.SUPERUSERS))
                        .code())
                .isEqualTo("last_superuser");
        StoredRecord second = kernel.account(Caller.SUPERUSERS, "second@example.com");
        kernel.kernel().records().delete(root, Caller.SUPERUSERS, second.id());
        assertThat(kernel.find(Caller.SUPERUSERS, "")).hasSize(1);
    }

    @Test
    void takesWhatBelongsToAnAccountAwayWithIt() {
        StoredRecord ann = kernel.account("people", "ann@example.com");
        StoredRecord bob = kernel.account("people", "bob@example.com");
        for (StoredRecord account : List.of(ann, bob)) {
            kernel.create(
                    "_externalAuths",
                    "{'collectionRef':'" + account.collection().id() + "','recordRef':'" + account.id()
                            + "','provider':'oidc','providerId':'" + account.id() + "'}");
        }

        kernel.kernel().records().delete(operator(), "people", ann.id());

        assertThat(kernel.find("_externalAuths", ""))
                .singleElement()
                .satisfies(link -> assertThat(link.text("recordRef")).isEqualTo(bob.id()));
    }

    @Test
    void forgetsWhatStandsOnCredentialsThatChange() {
        StoredRecord ann = kernel.account("people", "ann@example.com");
        StoredRecord bob = kernel.account("people", "bob@example.com");
        for (StoredRecord account : List.of(ann, bob)) {
            String of = "{'collectionRef':'" + account.collection().id() + "','recordRef':'" + account.id() + "',";
            kernel.create("_mfas", of + "'method':'password'}");
            kernel.create("_otps", of + "'password':'12345678'}");
            kernel.create("_authOrigins", of + "'fingerprint':'x'}");
        }

        kernel.update("people", ann.id(), "{'emailVisibility':true}");
        assertThat(kept()).containsExactly(2, 2, 2);
        kernel.update("people", ann.id(), "{'email':'anna@example.com'}");
        assertThat(kept()).containsExactly(2, 1, 2);
        kernel.update("people", ann.id(), "{" + PASSWORDS + "}");
        assertThat(kept()).containsExactly(1, 1, 1);
        assertThat(kernel.find("_otps", "recordRef = '" + bob.id() + "'")).hasSize(1);
    }

    private List<Integer> kept() {
        return Stream.of("_mfas", "_otps", "_authOrigins")
                .map(name -> kernel.find(name, "").size())
                .toList();
    }

    @Test
    void keepsTheLastSuperuserWhenWhatHeRelatesToGoes() {
        kernel.collection("{'name':'teams','fields':[{'name':'name','type':'text'}]}");
        var schema = kernel.kernel().schema();
        var fields = new ArrayList<Value>(((Value.Items) CollectionDocuments.write(
                                schema.catalog().named(Caller.SUPERUSERS).orElseThrow(),
                                CollectionDocuments.Secrets.SHOWN)
                        .get("fields"))
                .items());
        fields.add(body("{'name':'team','type':'relation','collectionId':'teams','cascadeDelete':true}"));
        schema.update(operator(), Caller.SUPERUSERS, new Value.Members(Map.of("fields", new Value.Items(fields))));
        String team = kernel.create("teams", "{}").id();
        for (String name : List.of("root", "second")) {
            StoredRecord superuser = kernel.account(Caller.SUPERUSERS, name + "@example.com");
            kernel.update(Caller.SUPERUSERS, superuser.id(), "{'team':'" + team + "'}");
        }

        assertThat(problemOf(() -> kernel.kernel().records().delete(operator(), "teams", team))
                        .code())
                .isEqualTo("last_superuser");
        assertThat(kernel.find(Caller.SUPERUSERS, "")).hasSize(2);

        kernel.account(Caller.SUPERUSERS, "third@example.com");
        kernel.kernel().records().delete(operator(), "teams", team);
        assertThat(kernel.find(Caller.SUPERUSERS, ""))
                .extracting(record -> record.text("email"))
                .containsExactly("third@example.com");
    }
}
