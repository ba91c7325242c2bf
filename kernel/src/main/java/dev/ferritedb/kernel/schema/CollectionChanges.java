package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.persistence.ViewOutcome;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Completes, judges and makes collections within one transaction. Whatever is wrong refuses the whole with
/// `failure`.
final class CollectionChanges {
    static final int VIEW_QUERY_MAX = 5000;
    static final int SAMPLE_SIZE = 10;

    private final RecordWrites writes;
    private final String now;
    private final RandomGenerator random;
    private final int passwordMinLength;
    private final List<IdentityProvider> identityProviders;
    private final String failure;

    CollectionChanges(
            RecordWrites writes,
            Instant now,
            RandomGenerator random,
            int passwordMinLength,
            List<IdentityProvider> identityProviders,
            String failure) {
        this.writes = writes;
        this.now = DateText.of(now);
        this.random = random;
        this.passwordMinLength = passwordMinLength;
        this.identityProviders = identityProviders;
        this.failure = failure;
    }

    /// A new collection as `document` describes it.
    CollectionDraft draft(Value.Members document) {
        return CollectionDraft.created(document, passwordMinLength);
    }

    CollectionSchema create(CollectionSchema trusted) {
        return create(new CollectionDraft(trusted, List.of()));
    }

    CollectionSchema create(CollectionDraft draft) {
        CollectionSchema collection = judged(draft, writes.catalog(), Optional.empty());
        make(collection);
        return collection;
    }

    void make(CollectionSchema collection) {
        SchemaService.demandMade(writes.create(collection), failure);
        if (collection.isView()) demandIds(collection);
    }

    CollectionSchema change(CollectionSchema before, CollectionDraft draft) {
        CollectionSchema after = judged(draft, writes.catalog(), Optional.of(before));
        make(before, after);
        return after;
    }

    /// Changes the store, and with it the fields of views that stand on the collection.
    void make(CollectionSchema before, CollectionSchema after) {
        SchemaService.demandMade(writes.change(before, after), failure);
        if (after.isView() && !after.kind().equals(before.kind())) demandIds(after);
        for (CollectionSchema view : writes.catalog().collections()) {
            if (!view.isView() || view.id().equals(after.id())) continue;
            CollectionSchema inferred = withInferredFields(view, Optional.of(view), writes.catalog());
            if (!inferred.fields().equals(view.fields())) {
                SchemaService.demandMade(writes.change(view, inferred.withUpdated(now)), failure);
            }
        }
    }

    /// Looks at the first records only: a query may give very many.
    private void demandIds(CollectionSchema view) {
        Set<String> ids = new HashSet<>();
        var seen = new AtomicInteger();
        Optional<String> failed = writes.sample(view, SAMPLE_SIZE, row -> {
            seen.incrementAndGet();
            ids.add(row.record().id());
        });
        if (failed.isPresent()) throw refusedQuery(failed.get());
        if (ids.contains("") || ids.size() < seen.get()) throw refusedQuery("each record needs an id of its own");
    }

    /// @param planned the collections there will be, those of the same import included
    CollectionSchema judged(CollectionDraft draft, CollectionCatalog planned, Optional<CollectionSchema> before) {
        CollectionSchema whole = formed(draft, planned, before);
        demandRules(whole, planned);
        return whole;
    }

    /// Refuses rules that make no sense among the collections of `planned`.
    void demandRules(CollectionSchema collection, CollectionCatalog planned) {
        List<FieldProblem> problems = new RuleValidator(planned, collection).problems();
        if (!problems.isEmpty()) throw new Refusal(new Problem.Invalid("collection_invalid", failure, problems));
    }

    /// As [#judged], its rules aside.
    CollectionSchema formed(CollectionDraft draft, CollectionCatalog planned, Optional<CollectionSchema> before) {
        CollectionSchema whole = completed(draft, planned, before);
        var problems = new ArrayList<>(draft.problems());
        new CollectionValidator(planned, whole, before, draft.collection().fields(), identityProviders)
                .problems().stream()
                        .filter(problem -> draft.problems().stream()
                                .noneMatch(unread -> unread.path().equals(problem.path())))
                        .forEach(problems::add);
        if (before.isEmpty()) {
            boolean chosen = !draft.collection().id().isEmpty();
            writes.catalog().find(whole.id()).ifPresent(other -> taken(whole, chosen, other, problems));
        }
        if (!problems.isEmpty()) throw new Refusal(new Problem.Invalid("collection_invalid", failure, problems));
        return whole;
    }

    private static void taken(
            CollectionSchema whole, boolean idChosen, CollectionSchema other, List<FieldProblem> problems) {
        boolean sameName = other.name().equalsIgnoreCase(whole.name());
        if (sameName) problems.add(FieldProblem.at("name", CollectionValidator.NAME_EXISTS, "The name is in use."));
        if (idChosen || !sameName)
            problems.add(FieldProblem.at("id", "validation_invalid_or_existing_id", "The id is in use."));
    }

    CollectionSchema completed(CollectionDraft draft, CollectionCatalog planned, Optional<CollectionSchema> before) {
        CollectionSchema drafted = draft.collection();
        if (drafted.isView() && draft.problems().isEmpty()) drafted = withInferredFields(drafted, before, planned);
        var completion = new CollectionCompletion(planned, random, passwordMinLength);
        CollectionSchema asDrafted = drafted;
        return before.map(old -> completion.changed(old, asDrafted, now))
                .orElseGet(() -> completion.created(asDrafted, now));
    }

    /// Ids of fields whose names stay are kept.
    private CollectionSchema withInferredFields(
            CollectionSchema view, Optional<CollectionSchema> before, CollectionCatalog planned) {
        if (!(view.kind() instanceof CollectionKind.View kind)) return view;
        List<Field> fields = inferred(kind.query(), planned);
        Map<String, String> ids = before.map(CollectionSchema::fields).orElse(List.of()).stream()
                .collect(Collectors.toMap(Field::name, Field::id, (first, _) -> first));
        return view.withFields(fields.stream()
                .map(field -> field.withId(ids.getOrDefault(field.name(), field.id())))
                .toList());
    }

    private List<Field> inferred(String query, CollectionCatalog planned) {
        if (query.isBlank()) throw Refusal.invalid("collection_invalid", failure, FieldProblem.required("viewQuery"));
        if (query.length() > VIEW_QUERY_MAX)
            throw refusedQuery("The length must be no more than " + VIEW_QUERY_MAX + ".");
        return switch (writes.describeView(query)) {
            case ViewOutcome.Columns columns -> ViewFields.of(columns, planned);
            case ViewOutcome.Refused refused -> throw refusedQuery(refused.message());
        };
    }

    private Refusal refusedQuery(String message) {
        return Refusal.invalid(
                "collection_invalid",
                failure,
                FieldProblem.at("viewQuery", "validation_invalid_view_query", "Invalid view query: " + message));
    }
}
