package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.persistence.ViewOutcome;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Brings many collections in at once. They may relate to each other in any order, so all of them are completed
/// first and each is judged against what there will be. Views come after what they stand on, and rules, which may
/// speak of every collection, are judged when all are there.
final class SchemaImport {
    static final String FAILED = "Failed to import collections.";

    private final RecordWrites writes;
    private final CollectionChanges changes;
    private final boolean deleteMissing;

    SchemaImport(RecordWrites writes, CollectionChanges changes, boolean deleteMissing) {
        this.writes = writes;
        this.changes = changes;
        this.deleteMissing = deleteMissing;
    }

    private record Step(CollectionDraft draft, Optional<CollectionSchema> before) {
        boolean isView() {
            return draft.collection().isView();
        }

        boolean keepsName() {
            return oldName().equals(lower(draft.collection().name()));
        }

        String oldName() {
            return before.map(old -> lower(old.name())).orElse("");
        }
    }

    void run(List<Value.Members> documents) {
        List<Step> listed = documents.stream().map(this::step).toList();
        Set<String> changed = new HashSet<>();
        for (Step step : listed) {
            step.before.ifPresent(old -> demand(changed.add(old.id()), listedTwice(old)));
        }
        List<Step> steps = withNamesFreed(listed);
        List<CollectionSchema> tables = new ArrayList<>();
        for (Step step : steps) {
            if (!step.isView()) tables.add(changes.completed(step.draft, writes.catalog(), step.before));
        }
        Set<String> kept = new HashSet<>();
        tables.forEach(table -> demand(kept.add(table.id()), listedTwice(table)));
        CollectionCatalog planned = planned(tables);
        List<CollectionSchema> made = new ArrayList<>();
        for (Step step : steps) {
            if (!step.isView()) made.add(make(step, planned));
        }
        made.addAll(makeViews(steps.stream().filter(Step::isView).toList()));
        made.forEach(collection -> kept.add(collection.id()));
        if (deleteMissing) deleteAllBut(kept);
        for (CollectionSchema collection : made) {
            attempt(collection.name(), () -> {
                changes.demandRules(collection, writes.catalog());
                return collection;
            });
        }
    }

    private Step step(Value.Members document) {
        Optional<CollectionSchema> before = text(document, "id")
                .flatMap(writes.catalog()::byId)
                .or(() -> text(document, "name").flatMap(writes.catalog()::named));
        CollectionDraft draft = before.map(old -> deleteMissing
                        ? CollectionDraft.changed(old, document)
                        : CollectionDraft.changedKeepingFields(old, document))
                .orElseGet(() -> changes.draft(document));
        return new Step(draft, before);
    }

    /// Collections may take over each other's names: who gives one up waits under a name that nobody else can have.
    private List<Step> withNamesFreed(List<Step> steps) {
        Set<String> wanted = new HashSet<>();
        for (Step step : steps) {
            if (!step.keepsName()) wanted.add(lower(step.draft.collection().name()));
        }
        return steps.stream()
                .map(step -> step.keepsName() || !wanted.contains(step.oldName()) ? step : movedAside(step))
                .toList();
    }

    private Step movedAside(Step step) {
        CollectionSchema before = step.before.orElseThrow();
        CollectionSchema aside = before.withName("_importing_" + before.id()).withIndexes(List.of());
        return attempt(step, () -> {
            SchemaService.demandMade(writes.change(before, aside), FAILED);
            return new Step(step.draft, Optional.of(aside));
        });
    }

    /// One that stands on a view further down the list waits for it.
    private List<CollectionSchema> makeViews(List<Step> views) {
        var made = new ArrayList<CollectionSchema>();
        var waiting = new ArrayDeque<>(views);
        int inVain = 0;
        while (!waiting.isEmpty()) {
            Step step = waiting.removeFirst();
            boolean canWait = inVain < waiting.size();
            if (canWait && !isUnderstood(step)) {
                waiting.addLast(step);
                inVain++;
            } else {
                made.add(make(step, writes.catalog()));
                inVain = 0;
            }
        }
        return made;
    }

    private boolean isUnderstood(Step step) {
        return step.draft.collection().kind() instanceof CollectionKind.View view
                && writes.describeView(view.query()) instanceof ViewOutcome.Columns;
    }

    private CollectionCatalog planned(List<CollectionSchema> tables) {
        Set<String> replaced = new HashSet<>();
        tables.forEach(table -> replaced.add(table.id()));
        var collections = new ArrayList<>(tables);
        writes.catalog().collections().stream()
                .filter(collection -> !replaced.contains(collection.id()))
                .forEach(collections::add);
        return new CollectionCatalog(writes.catalog().version(), collections);
    }

    private CollectionSchema make(Step step, CollectionCatalog planned) {
        return attempt(step, () -> {
            CollectionSchema collection = changes.formed(step.draft, planned, step.before);
            step.before.ifPresentOrElse(before -> changes.make(before, collection), () -> changes.make(collection));
            return collection;
        });
    }

    private static <T> T attempt(Step step, Supplier<T> work) {
        return attempt(step.draft.collection().name(), work);
    }

    private static <T> T attempt(String collection, Supplier<T> work) {
        try {
            return work.get();
        } catch (Refusal refusal) {
            throw failed("'" + collection + "': " + described(refusal.problem()));
        }
    }

    private void deleteAllBut(Set<String> kept) {
        List<CollectionSchema> missing = new ArrayList<>();
        for (CollectionSchema collection : writes.catalog().collections()) {
            if (!collection.system() && !kept.contains(collection.id())) missing.add(collection);
        }
        Set<String> going = new HashSet<>();
        missing.forEach(collection -> going.add(collection.id()));
        for (CollectionSchema collection : missing) {
            Optional<CollectionSchema> user = SchemaService.referencing(writes.catalog(), collection)
                    .filter(other -> !going.contains(other.id()));
            demand(user.isEmpty(), "'" + collection.name() + "' is missing but still related to.");
        }
        missing.reversed().stream().filter(CollectionSchema::isView).forEach(this::drop);
        missing.stream().filter(collection -> !collection.isView()).forEach(this::drop);
    }

    private void drop(CollectionSchema collection) {
        attempt(collection.name(), () -> {
            if (collection.auth().isPresent()) SystemCollections.forgetAccountsOf(collection, writes);
            SchemaService.demandMade(writes.drop(collection), FAILED);
            return collection;
        });
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Optional<String> text(Value.Members document, String name) {
        return document.get(name) instanceof Value.Text text && !text.text().isEmpty()
                ? Optional.of(text.text())
                : Optional.empty();
    }

    private static String described(Problem problem) {
        if (!(problem instanceof Problem.Invalid invalid) || invalid.fields().isEmpty()) return problem.message();
        var text = new StringBuilder();
        for (FieldProblem field : invalid.fields()) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(String.join(".", field.path()))
                    .append(": ")
                    .append(field.message());
        }
        return text.toString();
    }

    private static String listedTwice(CollectionSchema collection) {
        return "The collection " + collection.name() + " is listed twice.";
    }

    private static void demand(boolean holds, String message) {
        if (!holds) throw failed(message);
    }

    private static Refusal failed(String message) {
        return Refusal.invalid(
                "import_refused",
                FAILED,
                FieldProblem.at("collections", "validation_collections_import_failure", message));
    }
}
