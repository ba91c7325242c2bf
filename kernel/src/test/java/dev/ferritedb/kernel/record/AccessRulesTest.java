package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each rule's yes and no look like. Source: the wire contract, section 4.1.
class AccessRulesTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;
    private StoredRecord ann;
    private StoredRecord bob;
    private String note;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'locked','fields':[{'name':'title','type':'text'}]}");
        kernel.collection("""
                {'name':'notes','fields':[{'name':'title','type':'text','required':true},
                  {'name':'owner','type':'relation','collectionId':'users'}],
                 'listRule':'owner = @request.auth.id','viewRule':'owner = @request.auth.id',
                 'createRule':'@request.auth.id != \\"\\" && owner = @request.auth.id',
                 'updateRule':'owner = @request.auth.id && @request.body.owner:changed = false',
                 'deleteRule':'owner = @request.auth.id && title != \\"keep\\"'}""");
        ann = kernel.account("users", "ann@example.com");
        bob = kernel.account("users", "bob@example.com");
        note = kernel.create("notes", "{'title':'hers','owner':'" + ann.id() + "'}")
                .id();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void delete(Request request, String collection, String id) {
        kernel.kernel().records().delete(request, collection, id);
    }

    @Test
    void aLockedRuleIsForSuperusersAlone() {
        String id = kernel.create(kernel.superuser(), "locked", "{'title':'x'}")
                .record()
                .id();

        for (Request request : new Request[] {guest(), member(ann)}) {
            assertThat(problemOf(() -> kernel.list(request, "locked", "")))
                    .isEqualTo(Problem.Forbidden.onlySuperusers());
            assertThat(problemOf(() -> kernel.view(request, "locked", id)))
                    .isEqualTo(Problem.Forbidden.onlySuperusers());
            assertThat(problemOf(() -> kernel.create(request, "locked", "{}")))
                    .isEqualTo(Problem.Forbidden.onlySuperusers());
            assertThat(problemOf(() -> kernel.update(request, "locked", id, "{}")))
                    .isEqualTo(Problem.Forbidden.onlySuperusers());
            assertThat(problemOf(() -> delete(request, "locked", id))).isEqualTo(Problem.Forbidden.onlySuperusers());
        }
        assertThat(kernel.list(kernel.superuser(), "locked", "")).hasSize(1);
        assertThat(kernel.update(kernel.superuser(), "locked", id, "{'title':'y'}")
                        .record()
                        .text("title"))
                .isEqualTo("y");
        delete(kernel.superuser(), "locked", id);
        assertThat(kernel.find("locked", "")).isEmpty();
    }

    @Test
    void whoSatisfiesARuleMayActOnlyThere() {
        assertThat(kernel.list(member(ann), "notes", "")).hasSize(1);
        assertThat(kernel.list(member(bob), "notes", "")).isEmpty();
        assertThat(kernel.list(guest(), "notes", "")).isEmpty();
        assertThat(kernel.view(member(ann), "notes", note).text("title")).isEqualTo("hers");
        assertThat(kernel.update(member(ann), "notes", note, "{'title':'new'}")
                        .record()
                        .text("title"))
                .isEqualTo("new");
        String another = kernel.create(member(bob), "notes", "{'title':'his','owner':'" + bob.id() + "'}")
                .record()
                .id();
        delete(member(bob), "notes", another);
        assertThat(kernel.find("notes", "")).hasSize(1);
    }

    @Test
    void whoDoesNotIsToldAsIfThereWereNothing() {
        for (Request request : new Request[] {guest(), member(bob)}) {
            assertThat(problemOf(() -> kernel.view(request, "notes", note))).isEqualTo(Problem.NotFound.record());
            assertThat(problemOf(() -> kernel.update(request, "notes", note, "{'title':'mine'}")))
                    .isEqualTo(Problem.NotFound.record());
            assertThat(problemOf(() -> kernel.update(request, "notes", note, "{'title':''}")))
                    .isEqualTo(Problem.NotFound.record());
            assertThat(problemOf(() -> delete(request, "notes", note))).isEqualTo(Problem.NotFound.record());
        }
        assertThat(problemOf(() -> kernel.view(member(ann), "notes", "nothing00000000")))
                .isEqualTo(Problem.NotFound.record());
        assertThat(problemOf(() -> kernel.update(member(ann), "notes", "nothing00000000", "{}")))
                .isEqualTo(Problem.NotFound.record());
        assertThat(problemOf(() -> delete(member(ann), "notes", "nothing00000000")))
                .isEqualTo(Problem.NotFound.record());
        assertThat(kernel.view(operator(), "notes", note).text("title")).isEqualTo("hers");
    }

    @Test
    void aRefusedCreateSaysNothingOfTheFields() {
        Problem refused =
                problemOf(() -> kernel.create(member(bob), "notes", "{'title':'','owner':'" + ann.id() + "'}"));

        assertThat(refused).isEqualTo(Problem.Invalid.of("create_refused", "Failed to create record."));
        assertThat(problemOf(() -> kernel.create(guest(), "notes", "{'title':'x'}"))
                        .code())
                .isEqualTo("create_refused");
        assertThat(problemOf(() -> kernel.create(member(bob), "notes", "{'title':'','owner':'" + bob.id() + "'}"))
                        .code())
                .isEqualTo("record_invalid");
    }

    @Test
    void nobodyGivesARecordAwayWhenTheRuleSaysSo() {
        assertThat(problemOf(() -> kernel.update(member(ann), "notes", note, "{'owner':'" + bob.id() + "'}")))
                .isEqualTo(Problem.NotFound.record());
        assertThat(kernel.update(member(ann), "notes", note, "{'owner':'" + ann.id() + "','title':'still hers'}")
                        .record()
                        .text("owner"))
                .isEqualTo(ann.id());
    }

    @Test
    void aDeleteRuleSeesTheStoredRecord() {
        kernel.update("notes", note, "{'title':'keep'}");

        assertThat(problemOf(() -> delete(member(ann), "notes", note))).isEqualTo(Problem.NotFound.record());
    }

    @Test
    void aRuleThatNoLongerMakesSenseDenies() {
        kernel.collection("{'name':'tags','fields':[{'name':'word','type':'text'}]}");
        String id = kernel.create("tags", "{'word':'x'}").id();
        kernel.collection("""
                {'name':'tagged','fields':[{'name':'tag','type':'relation','collectionId':'tags'}],
                 'listRule':'tag.word = \\"x\\"','viewRule':'tag.word = \\"x\\"','createRule':'tag.word = \\"x\\"',
                 'updateRule':'tag.word = \\"x\\"','deleteRule':'tag.word = \\"x\\"'}""");
        String tagged = kernel.create(guest(), "tagged", "{'tag':'" + id + "'}")
                .record()
                .id();
        assertThat(kernel.list(guest(), "tagged", "")).hasSize(1);

        kernel.change("tags", "{'fields':[{'name':'other','type':'text'}]}");

        assertThat(problemOf(() -> kernel.list(guest(), "tagged", "")).code()).isEqualTo("rule_broken");
        assertThat(problemOf(() -> kernel.view(guest(), "tagged", tagged))).isEqualTo(Problem.NotFound.record());
        assertThat(problemOf(() -> kernel.update(guest(), "tagged", tagged, "{}")))
                .isEqualTo(Problem.NotFound.record());
        assertThat(problemOf(() -> delete(guest(), "tagged", tagged))).isEqualTo(Problem.NotFound.record());
        assertThat(problemOf(() -> kernel.create(guest(), "tagged", "{'tag':'" + id + "'}"))
                        .code())
                .isEqualTo("create_refused");
        assertThat(kernel.list(kernel.superuser(), "tagged", "")).hasSize(1);
    }

    @Test
    void aChangedRuleBindsTheNextRequest() {
        kernel.change("notes", "{'listRule':''}");
        assertThat(kernel.list(guest(), "notes", "")).hasSize(1);
        kernel.change("notes", "{'listRule':null}");
        assertThat(problemOf(() -> kernel.list(guest(), "notes", ""))).isEqualTo(Problem.Forbidden.onlySuperusers());
    }

    @Test
    void anUnknownCollectionIsNotFoundWhoeverAsks() {
        for (Request request : new Request[] {guest(), kernel.superuser()}) {
            assertThat(problemOf(() -> kernel.list(request, "nope", "")).code()).isEqualTo("collection_not_found");
            assertThat(problemOf(() -> kernel.create(request, "nope", "{}")).code())
                    .isEqualTo("collection_not_found");
        }
    }

    @Test
    void aCollectionIsFoundByItsIdAndInAnyCase() {
        String id =
                kernel.kernel().schema().catalog().named("notes").orElseThrow().id();

        assertThat(kernel.list(member(ann), id, "")).hasSize(1);
        assertThat(kernel.list(member(ann), "NOTES", "")).hasSize(1);
    }

    @Test
    void onlySuperusersTruncateAndImport() {
        assertThat(problemOf(() -> kernel.kernel().records().truncate(guest(), "notes")))
                .isEqualTo(Problem.Unauthenticated.missing());
        assertThat(problemOf(() -> kernel.kernel().records().truncate(member(ann), "notes")))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(() -> kernel.kernel()
                        .records()
                        .importBatch(member(ann), "notes", java.util.List.of(), ImportOutcome.OnExisting.SKIP)))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(problemOf(
                        () -> kernel.kernel().records().listAll(member(ann), "notes", "", "", _ -> {}, (_, _) -> {})))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
    }
}
