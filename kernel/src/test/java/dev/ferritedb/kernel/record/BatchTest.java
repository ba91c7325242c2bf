package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
    private static final Duration PLENTY = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<RecordChange> changes = new CopyOnWriteArrayList<>();
    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder, new Refusing());
        kernel.collection("""
                {'name':'authors','createRule':'','viewRule':'','updateRule':'@request.auth.id != \\"\\"','deleteRule':'',
                 'fields':[{'name':'name','type':'text','required':true},{'name':'slug','type':'text'}],
                 'indexes':['CREATE UNIQUE INDEX idx_slug ON authors (slug) WHERE length(slug) > 0']}""");
        kernel.collection("""
                {'name':'posts','createRule':'author.name = \\"Ann\\"','viewRule':'','deleteRule':'','updateRule':'',
                 'fields':[{'name':'title','type':'text','max':20},
                  {'name':'author','type':'relation','collectionId':'authors','required':true,'cascadeDelete':true}]}""");
        kernel.store().onCommit(changes::addAll);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    /// Refuses whoever is called `no`.
    private static final class Refusing implements RecordHook {
        @Override
        public StoredRecord beforeCreate(StoredRecord record) {
            boolean refused = record.collection().name().equals("authors")
                    && record.text("name").equals("no");
            if (!refused) return record;
            throw Refusal.invalid("record_invalid", "No.", FieldProblem.at("name", "hook_no", "No."));
        }
    }

    private static BatchRequest of(Request request, RecordWrite write) {
        return new BatchRequest.Write(request.within(Request.Context.BATCH), write, "");
    }

    private static BatchRequest create(String collection, String json) {
        return of(guest(), new RecordWrite.Create(collection, body(json)));
    }

    private static BatchRequest update(String collection, String id, String json) {
        return of(guest(), new RecordWrite.Update(collection, id, body(json), Precondition.NONE));
    }

    private static BatchRequest delete(String collection, String id) {
        return of(guest(), new RecordWrite.Delete(collection, id, Precondition.NONE));
    }

    private BatchOutcome run(BatchRequest... requests) {
        return kernel.kernel().records().batch(List.of(requests), PLENTY);
    }

    private List<StoredRecord> done(BatchRequest... requests) {
        BatchOutcome outcome = run(requests);
        assertThat(outcome).isInstanceOf(BatchOutcome.Done.class);
        return ((BatchOutcome.Done) outcome)
                .answers().stream()
                        .flatMap(answer -> answer.stream().map(Expansion.Expanded::record))
                        .toList();
    }

    private BatchOutcome.Failed failed(BatchRequest... requests) {
        BatchOutcome outcome = run(requests);
        assertThat(outcome).isInstanceOf(BatchOutcome.Failed.class);
        return (BatchOutcome.Failed) outcome;
    }

    private static List<String> codes(BatchOutcome.Failed failed) {
        return ((Problem.Invalid) failed.problem())
                .fields().stream().map(FieldProblem::code).toList();
    }

    @Test
    void laterRequestsSeeWhatEarlierOnesWrote() {
        List<StoredRecord> written = done(
                create("authors", "{'id':'annannannannann','name':'Ann'}"),
                create("posts", "{'id':'postpostpost001','title':'one','author':'annannannannann'}"),
                update("posts", "postpostpost001", "{'title':'two'}"));

        assertThat(written)
                .extracting(record -> record.collection().name())
                .containsExactly("authors", "posts", "posts");
        assertThat(kernel.find("posts", ""))
                .extracting(post -> post.text("title"))
                .containsExactly("two");
        assertThat(changes).hasSize(3);
        assertThat(changes).extracting(RecordChange::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void rulesSeeWhatEarlierRequestsWrote() {
        assertThat(failed(
                                create("authors", "{'id':'bobbobbobbobbob','name':'Bob'}"),
                                create("posts", "{'title':'one','author':'bobbobbobbobbob'}"))
                        .problem()
                        .code())
                .isEqualTo("create_refused");
        StoredRecord ann = kernel.create("authors", "{'name':'Ann'}");
        BatchRequest renamed = of(
                member(ann),
                new RecordWrite.Update("authors", ann.id(), body("{'name':'Someone else'}"), Precondition.NONE));

        assertThat(failed(renamed, create("posts", "{'author':'" + ann.id() + "'}"))
                        .index())
                .isEqualTo(1);
        assertThat(done(create("posts", "{'author':'" + ann.id() + "'}"))).hasSize(1);
    }

    @Test
    void keepsNothingWhenOneOfFiftyIsForbidden() {
        StoredRecord ann = kernel.create("authors", "{'id':'annannannannann','name':'Ann'}");
        changes.clear();
        var requests = new ArrayList<BatchRequest>();
        for (int i = 0; i < 24; i++) requests.add(create("authors", "{'name':'author " + i + "'}"));
        requests.add(delete("authors", ann.id()));
        requests.add(update("authors", ann.id(), "{'name':'Eve'}"));
        for (int i = 0; i < 24; i++) requests.add(create("authors", "{'name':'late " + i + "'}"));

        BatchOutcome.Failed failed = failed(requests.toArray(BatchRequest[]::new));

        assertThat(failed.index()).isEqualTo(25);
        assertThat(failed.problem()).isEqualTo(Problem.NotFound.record());
        assertThat(kernel.find("authors", "")).containsExactly(ann);
        kernel.create("authors", "{'name':'next'}");
        assertThat(changes).hasSize(1);
    }

    @Test
    void tellsTheFirstFailureOnly() {
        BatchOutcome.Failed failed = failed(
                create("authors", "{'name':'Ann'}"),
                create("authors", "{}"),
                new BatchRequest.Unfit(Problem.Invalid.of("unfit", "No.")),
                create("nowhere", "{}"));

        assertThat(failed.index()).isEqualTo(1);
        assertThat(codes(failed)).containsExactly("validation_required");
        assertThat(failed(
                                create("authors", "{'name':'Ann'}"),
                                new BatchRequest.Unfit(Problem.Invalid.of("unfit", "No.")))
                        .problem()
                        .code())
                .isEqualTo("unfit");
        assertThat(kernel.find("authors", "")).isEmpty();
    }

    @Test
    void refusesTwoOfTheSameUniqueValue() {
        BatchOutcome.Failed failed =
                failed(create("authors", "{'name':'Ann','slug':'a'}"), create("authors", "{'name':'Abe','slug':'a'}"));

        assertThat(failed.index()).isEqualTo(1);
        assertThat(codes(failed)).containsExactly("validation_not_unique");
        assertThat(done(
                        create("authors", "{'id':'annannannannann','name':'Ann','slug':'a'}"),
                        delete("authors", "annannannannann"),
                        create("authors", "{'name':'Abe','slug':'a'}")))
                .hasSize(2);
    }

    @Test
    void refusesWhatAHookRefuses() {
        BatchOutcome.Failed failed = failed(create("authors", "{'name':'yes'}"), create("authors", "{'name':'no'}"));

        assertThat(failed.index()).isEqualTo(1);
        assertThat(codes(failed)).containsExactly("hook_no");
        assertThat(kernel.find("authors", "")).isEmpty();
    }

    @Test
    void upsertsByTheIdInTheBody() {
        StoredRecord ann = kernel.create("authors", "{'id':'annannannannann','name':'Ann','slug':'a'}");
        Request signedIn = member(ann);

        List<StoredRecord> written = done(
                of(
                        signedIn,
                        new RecordWrite.Upsert(
                                "authors", body("{'id':'annannannannann','name':'Anna'}"), Precondition.NONE)),
                of(
                        signedIn,
                        new RecordWrite.Upsert(
                                "authors", body("{'id':'bobbobbobbobbob','name':'Bob'}"), Precondition.NONE)),
                of(
                        signedIn,
                        new RecordWrite.Upsert(
                                "authors", body("{'id':'bobbobbobbobbob','slug':'b'}"), Precondition.NONE)),
                of(signedIn, new RecordWrite.Upsert("authors", body("{'name':'Cal'}"), Precondition.NONE)));

        assertThat(written).extracting(author -> author.text("name")).containsExactly("Anna", "Bob", "Bob", "Cal");
        assertThat(written).extracting(author -> author.text("slug")).containsExactly("a", "", "b", "");
        assertThat(kernel.find("authors", "")).hasSize(3);
        assertThat(failed(of(
                                guest(),
                                new RecordWrite.Upsert(
                                        "authors", body("{'id':'annannannannann','name':'x'}"), Precondition.NONE)))
                        .problem())
                .isEqualTo(Problem.NotFound.record());
    }

    @Test
    void expandsWhatTheSameBatchWrote() {
        BatchOutcome outcome = run(
                create("authors", "{'id':'annannannannann','name':'Ann'}"),
                new BatchRequest.Write(
                        guest(), new RecordWrite.Create("posts", body("{'author':'annannannannann'}")), "author"));

        Expansion expansion =
                ((BatchOutcome.Done) outcome).answers().get(1).orElseThrow().expansion();
        assertThat(((Expansion.One) expansion.branches().get("author"))
                        .record()
                        .record()
                        .text("name"))
                .isEqualTo("Ann");
    }

    @Test
    void rulesKnowThatTheyJudgeABatch() {
        kernel.change("posts", "{'createRule':'@request.context = \\\"batch\\\"'}");
        StoredRecord ann = kernel.create("authors", "{'name':'Ann'}");
        String post = "{'author':'" + ann.id() + "'}";

        assertThat(done(create("posts", post))).hasSize(1);
        assertThat(KernelFixture.problemOf(() -> kernel.create(guest(), "posts", post))
                        .code())
                .isEqualTo("create_refused");
    }

    @Test
    void isUndoneWhenItTakesTooLong() {
        var requests = Stream.generate(() -> create("authors", "{'name':'Ann'}"))
                .limit(50)
                .toList();

        assertThat(kernel.kernel().records().batch(requests, Duration.ZERO)).isEqualTo(BatchOutcome.TimedOut.TIMED_OUT);
        assertThat(kernel.find("authors", "")).isEmpty();
        kernel.create("authors", "{'name':'after'}");
        assertThat(changes).hasSize(1);
    }

    @Test
    void deletesInCascade() {
        StoredRecord ann = kernel.create("authors", "{'name':'Ann'}");

        assertThat(done(create("posts", "{'author':'" + ann.id() + "'}"), delete("authors", ann.id())))
                .hasSize(1);
        assertThat(kernel.find("posts", "")).isEmpty();
        assertThat(kernel.list(operator(), "authors", "")).isEmpty();
    }
}
