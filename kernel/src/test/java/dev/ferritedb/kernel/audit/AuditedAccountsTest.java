package dev.ferritedb.kernel.audit;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.BatchRequest;
import dev.ferritedb.kernel.record.Precondition;
import dev.ferritedb.kernel.record.RecordWrite;
import dev.ferritedb.ports.audit.AuditEntry;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of accounts, collections and settings is audited, whichever way it is done, and only what was kept.
class AuditedAccountsTest {
    private static final String EMAIL_KEPT = "{'email':'a***@example.com'}";

    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.change("users", "{'fields':" + fieldsWithRole() + "}");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private String fieldsWithRole() {
        var document = CollectionDocuments.write(
                kernel.store().catalog().named("users").orElseThrow(), CollectionDocuments.Secrets.LEFT_OUT);
        String fields = KernelFixture.json(document.get("fields"));
        return fields.substring(0, fields.length() - 1).replace('"', '\'')
                + ",{'name':'role','type':'text'},{'name':'nick','type':'text'}]";
    }

    private List<String> actions() {
        return kernel.audited().stream()
                .map(AuditEntry::action)
                .filter(action -> !action.startsWith("collection") && !action.startsWith("field"))
                .toList();
    }

    private static final String PASSWORDS = "'password':'correct horse','passwordConfirm':'correct horse'";

    @Test
    void tellsARegistrationFromAnAccountThatOthersMake() {
        StoredRecord own = kernel.create(guest(), "users", "{'email':'ann@example.com'," + PASSWORDS + "}")
                .record();
        kernel.create(kernel.superuser(), "users", "{'email':'abe@example.com'," + PASSWORDS + "}");

        assertThat(kernel.audited(AuditAction.REGISTRATION)).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo(own.id());
            assertThat(entry.details()).isEqualTo(body(EMAIL_KEPT));
        });
        assertThat(kernel.audited(AuditAction.USER_CREATE))
                .extracting(AuditEntry::resource)
                .containsExactly("_superusers", "users");
    }

    @Test
    void namesEachKindOfChangeOfAnAccountOnItsOwn() {
        StoredRecord ann = kernel.account("users", "ann@example.com");
        Request superuser = kernel.superuser();
        kernel.update(superuser, "users", ann.id(), "{'password':'another horse','passwordConfirm':'another horse'}");
        kernel.update(superuser, "users", ann.id(), "{'email':'alf@example.com','role':'admin'}");
        kernel.update(superuser, "users", ann.id(), "{'nick':'Al'}");
        kernel.update(superuser, "users", ann.id(), "{'nick':'Al'}");

        assertThat(kernel.audited(AuditAction.PASSWORD_CHANGE)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).startsWith("_superusers/");
            assertThat(entry.details()).isEqualTo(Value.Members.EMPTY);
        });
        assertThat(kernel.audited(AuditAction.EMAIL_CHANGE))
                .extracting(AuditEntry::details)
                .containsExactly(body("{'before':{'email':'a***@example.com'},'after':{'email':'a***@example.com'}}"));
        assertThat(kernel.audited(AuditAction.ROLE_CHANGE))
                .extracting(AuditEntry::details)
                .containsExactly(body("{'before':{'role':''},'after':{'role':'admin'}}"));
        assertThat(kernel.audited(AuditAction.USER_UPDATE))
                .extracting(AuditEntry::details)
                .containsExactly(body("{'before':{'nick':''},'after':{'nick':'Al'}}"));
    }

    @Test
    void anAddressIsProvenOrHeldUnproven() {
        StoredRecord ann = kernel.account("users", "ann@example.com");
        Request superuser = kernel.superuser();
        kernel.update(superuser, "users", ann.id(), "{'verified':true}");
        kernel.update(superuser, "users", ann.id(), "{'verified':false}");

        assertThat(kernel.audited(AuditAction.VERIFICATION)).hasSize(1);
        assertThat(kernel.audited(AuditAction.USER_UPDATE))
                .extracting(AuditEntry::details)
                .containsExactly(body("{'before':{'verified':true},'after':{'verified':false}}"));
    }

    @Test
    void notesNothingOfWhatIsRefused() {
        StoredRecord ann = kernel.account("users", "ann@example.com");
        int before = kernel.audited().size();

        problemOf(() -> kernel.update(guest(), "users", ann.id(), "{'nick':'Eve'}"));
        problemOf(() -> kernel.create(guest(), "users", "{'email':'ann@example.com'," + PASSWORDS + "}"));
        problemOf(() -> kernel.kernel().records().delete(guest(), "users", ann.id()));

        assertThat(kernel.audited()).hasSize(before);
    }

    @Test
    void aBatchIsNotedOnceItIsKept() {
        StoredRecord ann = kernel.account("users", "ann@example.com");
        Request superuser = kernel.superuser();
        int before = actions().size();
        var nick = new RecordWrite.Update("users", ann.id(), body("{'nick':'Al'}"), Precondition.NONE);
        var fresh = new RecordWrite.Create("users", body("{'email':'bob@example.com'," + PASSWORDS + "}"));
        var wrong = new RecordWrite.Create("users", body("{}"));

        run(superuser, nick, wrong);
        assertThat(actions()).hasSize(before);

        run(superuser, nick, fresh);
        assertThat(actions().subList(before, actions().size())).containsExactly("user_update", "user_create");
    }

    private void run(Request request, RecordWrite... writes) {
        kernel.kernel()
                .records()
                .batch(
                        List.of(writes).stream()
                                .<BatchRequest>map(write -> new BatchRequest.Write(request, write, ""))
                                .toList(),
                        Duration.ofSeconds(5));
    }

    @Test
    void deletionsAreNotedByWhicheverWay() {
        StoredRecord ann = kernel.account("users", "ann@example.com");
        kernel.account("users", "bob@example.com");
        kernel.kernel().records().delete(member(ann), "users", ann.id());
        kernel.kernel().records().truncate(operator(), "users");

        assertThat(kernel.audited(AuditAction.USER_DELETE))
                .extracting(AuditEntry::actor)
                .containsExactly("users/" + ann.id(), "operator");
    }

    @Test
    void anIdentityElsewhereIsUnlinkedUnlessItsAccountGoes() {
        StoredRecord ann = kernel.account("users", "ann@example.com");
        StoredRecord first = link(ann, "google");
        link(ann, "github");

        kernel.kernel().records().delete(member(ann), "_externalAuths", first.id());
        kernel.kernel().records().delete(operator(), "users", ann.id());

        assertThat(kernel.audited(AuditAction.OAUTH2_LINK))
                .extracting(entry -> entry.details().get("provider"))
                .containsExactly(Value.text("google"), Value.text("github"));
        assertThat(kernel.audited(AuditAction.OAUTH2_UNLINK)).singleElement().satisfies(entry -> {
            assertThat(entry.resource()).isEqualTo("users");
            assertThat(entry.id()).isEqualTo(ann.id());
            assertThat(entry.details()).isEqualTo(body("{'provider':'google'}"));
        });
    }

    private StoredRecord link(StoredRecord account, String provider) {
        return kernel.create(
                "_externalAuths",
                "{'collectionRef':'%s','recordRef':'%s','provider':'%s','providerId':'1'}"
                        .formatted(account.collection().id(), account.id(), provider));
    }

    @Test
    void recordsOfOtherCollectionsAreNotNoted() {
        kernel.collection("{'name':'notes','fields':[{'name':'title','type':'text'}]}");
        int before = kernel.audited().size();

        kernel.create("notes", "{'title':'x'}");

        assertThat(kernel.audited()).hasSize(before);
    }

    @Test
    void collectionsAndTheirFieldsAreNoted() {
        kernel.collection("{'name':'notes','fields':[{'name':'title','type':'text'}]}");
        kernel.change("notes", "{'listRule':'','fields':[{'name':'body','type':'text'}]}");
        kernel.kernel().schema().delete(operator(), "notes");

        assertThat(kernel.audited().stream().filter(entry -> entry.resource().equals("notes")))
                .extracting(AuditEntry::action)
                .containsExactly(
                        "collection_create", "collection_update", "field_create", "field_delete", "collection_delete");
        assertThat(kernel.audited(AuditAction.COLLECTION_UPDATE).getLast().details())
                .isEqualTo(body("{'before':{'listRule':null},'after':{'listRule':''}}"));
    }

    @Test
    void settingsAreNotedWithoutTheirSecrets() {
        kernel.kernel()
                .settings()
                .update(kernel.superuser(), body("{'smtp':{'password':'hunter2','host':'mail.example.com'}}"));

        AuditEntry entry = kernel.audited(AuditAction.SETTINGS_CHANGE).getLast();
        assertThat(entry.resource()).isEqualTo("settings");
        assertThat(KernelFixture.json(entry.details()))
                .contains("\"before\":{\"smtp\":", "mail.example.com", "[redacted]")
                .doesNotContain("hunter2");
    }
}
