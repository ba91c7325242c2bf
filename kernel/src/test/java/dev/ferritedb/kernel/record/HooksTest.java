package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
    @TempDir
    Path folder;

    /// Shouts titles, and refuses what is named `no`.
    private static final class Shouting implements RecordHook {
        @Override
        public StoredRecord beforeCreate(StoredRecord record) {
            if (record.text("title").equals("no")) {
                throw Refusal.invalid("record_invalid", "No.", FieldProblem.at("title", "shouting_no", "No."));
            }
            return record.collection().name().equals("notes") ? shouted(record) : record;
        }

        @Override
        public StoredRecord beforeUpdate(StoredRecord before, StoredRecord after) {
            return shouted(after);
        }

        @Override
        public void beforeDelete(StoredRecord record) {
            if (record.text("title").equals("KEEP")) throw new Refusal(Problem.Invalid.of("kept", "It is kept."));
        }

        private static StoredRecord shouted(StoredRecord record) {
            return record.with("title", Value.text(record.text("title").toUpperCase(java.util.Locale.ROOT)));
        }
    }

    private static final class Listening implements RecordHook {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void after(RecordChange change) {
            heard.add(
                    switch (change) {
                        case RecordChange.Created created ->
                            "+" + created.record().text("title");
                        case RecordChange.Updated updated ->
                            updated.before().text("title") + ">"
                                    + updated.after().text("title");
                        case RecordChange.Deleted deleted ->
                            "-" + deleted.before().text("title");
                    });
        }
    }

    private static final class Failing implements RecordHook {
        @Override
        public void after(RecordChange change) {
            throw new IllegalStateException("this hook always fails");
        }
    }

    private KernelFixture open(RecordHook... hooks) {
        KernelFixture kernel = KernelFixture.in(folder, hooks);
        kernel.collection("{'name':'notes','fields':[{'name':'title','type':'text'}]}");
        return kernel;
    }

    @Test
    void changeWhatIsStored() {
        try (var kernel = open(new Shouting())) {
            StoredRecord note = kernel.create("notes", "{'title':'hello'}");
            assertThat(note.text("title")).isEqualTo("HELLO");
            assertThat(kernel.update("notes", note.id(), "{'title':'bye'}").text("title"))
                    .isEqualTo("BYE");
            assertThat(kernel.find("notes", "title = 'BYE'")).hasSize(1);
        }
    }

    @Test
    void refuseAWriteWithACodeOfTheirOwn() {
        try (var kernel = open(new Shouting())) {
            assertThat(codesOf(() -> kernel.create("notes", "{'title':'no'}"))).containsEntry("title", "shouting_no");
            String kept = kernel.create("notes", "{'title':'keep'}").id();
            assertThat(problemOf(() -> kernel.kernel().records().delete(operator(), "notes", kept))
                            .code())
                    .isEqualTo("kept");
            assertThat(kernel.find("notes", "")).hasSize(1);
        }
    }

    @Test
    void hearOfChangesInTheirOrderOnceTheyAreKept() {
        var listening = new Listening();
        try (var kernel = open(new Failing(), listening)) {
            String note = kernel.create("notes", "{'title':'a'}").id();
            kernel.update("notes", note, "{'title':'b'}");
            codesOf(() -> kernel.create("notes", "{'title':[]}"));
            kernel.kernel().records().delete(operator(), "notes", note);
        }
        assertThat(listening.heard).containsExactly("+a", "a>b", "-b");
    }

    /// As a plugin that lacks one of its own classes does.
    private static final class Incomplete implements RecordHook {
        @Override
        public void after(RecordChange change) {
            throw new NoClassDefFoundError("a class this hook lacks");
        }
    }

    @Test
    void hearOfChangesAfterAnotherHookLacksAClass() {
        var listening = new Listening();
        try (var kernel = open(new Incomplete(), listening)) {
            kernel.create("notes", "{'title':'a'}");
            kernel.create("notes", "{'title':'b'}");
        }
        assertThat(listening.heard).containsExactly("+a", "+b");
    }

    @Test
    void hearOfEachRecordThatGoesOrLetsGoInCascade() {
        var listening = new Listening();
        try (var kernel = open(listening)) {
            kernel.collection("""
                    {'name':'replies','fields':[{'name':'title','type':'text'},
                     {'name':'note','type':'relation','collectionId':'notes','cascadeDelete':true},
                     {'name':'about','type':'relation','collectionId':'notes'}]}""");
            String note = kernel.create("notes", "{'title':'a'}").id();
            kernel.create("replies", "{'title':'goes','note':'" + note + "'}");
            kernel.create("replies", "{'title':'stays','about':'" + note + "'}");
            kernel.kernel().records().delete(operator(), "notes", note);
        }
        assertThat(listening.heard.subList(0, 3)).containsExactly("+a", "+goes", "+stays");
        assertThat(listening.heard.subList(3, listening.heard.size()))
                .containsExactlyInAnyOrder("-goes", "stays>stays", "-a")
                .endsWith("-a");
    }

    @Test
    void stopADeletionInCascadeAsAWhole() {
        try (var kernel = open(new Shouting())) {
            kernel.change("notes", """
                    {'fields':[{'name':'title','type':'text'},
                     {'name':'over','type':'relation','collectionId':'notes','cascadeDelete':true}]}""");
            String top = kernel.create("notes", "{'title':'top'}").id();
            kernel.create("notes", "{'title':'plain','over':'" + top + "'}");
            kernel.create("notes", "{'title':'keep','over':'" + top + "'}");

            assertThat(problemOf(() -> kernel.kernel().records().delete(operator(), "notes", top))
                            .code())
                    .isEqualTo("kept");
            assertThat(kernel.find("notes", "")).hasSize(3);
        }
    }
}
