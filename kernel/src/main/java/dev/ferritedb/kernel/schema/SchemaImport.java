package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Brings many collections in at once. They may relate to each other in any order, so all of them are completed
/// first and each is judged against what there will be; views come last, for they stand on the others.
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
    }

    void run(List<Value.Members> documents) {
        List<Step> steps = documents.stream().map(this::step).toList();
        List<CollectionSchema> tables = new ArrayList<>();
        for (Step step : steps) {
            if (!step.isView()) tables.add(changes.completed(step.draft, writes.catalog(), step.before));
        }
        Set<String> kept = new HashSet<>();
        tables.forEach(table -> demand(kept.add(table.id()), "The collection " + table.name() + " is listed twice."));
        CollectionCatalog planned = planned(tables);
        for (Step step : steps) {
            if (!step.isView()) make(step, planned);
        }
        for (Step step : steps) {
            if (step.isView()) kept.add(make(step, writes.catalog()).id());
        }
        if (deleteMissing) deleteAllBut(kept);
    }

    private Step step(Value.Members document) {
        Optional<CollectionSchema> before = text(document, "id")
                .flatMap(writes.catalog()::byId)
                .or(() -> text(document, "name").flatMap(writes.catalog()::named));
        CollectionDraft draft = before.map(old -> deleteMissing
                        ? CollectionDraft.changed(old, document)
                        : CollectionDraft.changedKeepingFields(old, document))
                .orElseGet(() -> CollectionDraft.created(document));
        return new Step(draft, before);
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
        try {
            CollectionSchema collection = changes.judged(step.draft, planned, step.before);
            if (step.before.isPresent()) changes.make(step.before.get(), collection);
            else SchemaService.demandMade(writes.create(collection), FAILED);
            return collection;
        } catch (Refusal refusal) {
            throw failed("'" + step.draft.collection().name() + "': " + described(refusal.problem()));
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
        missing.stream()
                .sorted((first, second) -> Boolean.compare(second.isView(), first.isView()))
                .forEach(this::drop);
    }

    private void drop(CollectionSchema collection) {
        if (collection.auth().isPresent()) SystemCollections.forgetAccountsOf(collection, writes);
        SchemaService.demandMade(writes.drop(collection), FAILED);
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
