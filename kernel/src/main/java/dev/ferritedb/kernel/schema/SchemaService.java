package dev.ferritedb.kernel.schema;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome;
import dev.ferritedb.ports.persistence.ViewOutcome;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Designs collections while the server runs. Each use case is for superusers: it refuses guests with
/// `Unauthenticated` and others with `Forbidden` (`superuser_required`); an unknown collection is `NotFound`
/// (`collection_not_found`).
public final class SchemaService {
    private final RecordStore store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final int passwordMinLength;
    private final List<IdentityProvider> identityProviders;
    private final CollectionListing listing;
    private final SchemaTrail trail;

    /// @param passwordMinLength what the password field of a new auth collection starts with
    /// @param identityProviders those that auth collections may name; with none, any name will do
    public SchemaService(
            RecordStore store,
            RuleBooks rules,
            JsonDocuments json,
            InstantSource clock,
            RandomGenerator random,
            int passwordMinLength,
            List<IdentityProvider> identityProviders,
            Audit audit) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.passwordMinLength = passwordMinLength;
        this.identityProviders = List.copyOf(identityProviders);
        this.trail = new SchemaTrail(audit);
        this.listing = new CollectionListing(rules, json, clock, random);
    }

    /// All collections as they are now.
    public CollectionCatalog catalog() {
        return store.catalog();
    }

    /// Makes the system collections that are missing, and `users` on a new server.
    public void ensureSystemCollections() {
        boolean complete = SystemCollections.drafts(passwordMinLength).stream()
                .allMatch(draft -> catalog().named(draft.name()).isPresent());
        if (complete) return;
        store.write(writes -> {
            boolean isNew = writes.catalog().named(Caller.SUPERUSERS).isEmpty();
            var changes = changes(writes, "Failed to create the system collections.");
            for (CollectionSchema draft : SystemCollections.drafts(passwordMinLength)) {
                if (writes.catalog().named(draft.name()).isEmpty()) changes.create(draft);
            }
            if (isNew) changes.create(SystemCollections.usersDraft(passwordMinLength));
            return isNew;
        });
    }

    /// Hands the collections of one page to `sink`. Filter and sort know `id`, `created`, `updated`, `name`,
    /// `system`, `type`.
    public ListQuery.Page list(Request request, ListQuery query, Consumer<CollectionSchema> sink) {
        request.demandSuperuser();
        return listing.list(catalog(), query, sink);
    }

    public CollectionSchema view(Request request, String nameOrId) {
        request.demandSuperuser();
        return find(catalog(), nameOrId);
    }

    private <T> T write(Request request, RecordStore.WriteBody<T> body) {
        Written<T> written = store.write(writes -> {
            CollectionCatalog before = writes.catalog();
            return new Written<>(body.run(writes), before, writes.catalog());
        });
        trail.note(request, written.before, written.after);
        return written.result;
    }

    private record Written<T>(T result, CollectionCatalog before, CollectionCatalog after) {}

    /// Refuses with `Invalid` (`collection_invalid`), the places named.
    public CollectionSchema create(Request request, Value.Members document) {
        request.demandSuperuser();
        return write(request, writes -> {
            var changes = changes(writes, "Failed to create collection.");
            return changes.create(changes.draft(document));
        });
    }

    /// Lays `patch` over the collection. Refuses with `Invalid` (`collection_invalid`), the places named.
    public CollectionSchema update(Request request, String nameOrId, Value.Members patch) {
        request.demandSuperuser();
        return write(request, writes -> {
            CollectionSchema before = find(writes.catalog(), nameOrId);
            return changes(writes, "Failed to update collection.")
                    .change(before, CollectionDraft.changed(before, patch));
        });
    }

    /// Refuses with `Invalid` (`collection_referenced`, `collection_system`).
    public void delete(Request request, String nameOrId) {
        request.demandSuperuser();
        write(request, writes -> {
            CollectionSchema collection = find(writes.catalog(), nameOrId);
            demandDeletable(writes.catalog(), collection);
            if (collection.auth().isPresent()) SystemCollections.forgetAccountsOf(collection, writes);
            demandMade(writes.drop(collection), "Failed to delete collection " + collection.name() + ".");
            return collection;
        });
    }

    /// Creates or changes all of `collections` in one transaction; with `deleteMissing` those not listed go, system
    /// ones stay. Refuses with `Invalid` (`import_refused`).
    public void importAll(Request request, List<Value.Members> collections, boolean deleteMissing) {
        request.demandSuperuser();
        if (collections.isEmpty()) {
            throw Refusal.invalid("import_refused", SchemaImport.FAILED, FieldProblem.required("collections"));
        }
        write(request, writes -> {
            new SchemaImport(writes, changes(writes, SchemaImport.FAILED), deleteMissing).run(collections);
            return collections.size();
        });
    }

    /// The default of each type, with empty id and name: base, auth, view.
    public List<CollectionSchema> scaffolds(Request request) {
        request.demandSuperuser();
        return List.of(Scaffolds.base(), Scaffolds.auth(passwordMinLength), Scaffolds.view());
    }

    /// What a view's query would give: its fields, and its first records. Refuses with `Invalid`
    /// (`invalid_view_query`).
    public ViewDryRun dryRunView(Request request, String query) {
        request.demandSuperuser();
        if (query.isBlank() || query.length() > CollectionChanges.VIEW_QUERY_MAX) {
            throw Refusal.invalid(
                    "invalid_view_query",
                    "Invalid view query.",
                    FieldProblem.at(
                            "query",
                            "validation_length_out_of_range",
                            "The length must be between 1 and " + CollectionChanges.VIEW_QUERY_MAX + "."));
        }
        return store.read(reads -> switch (reads.describeView(query)) {
            case ViewOutcome.Columns columns -> {
                List<Field> fields = ViewFields.of(columns, reads.catalog());
                CollectionSchema view = Scaffolds.view()
                        .withKind(new CollectionKind.View(query))
                        .withFields(fields);
                var sample = new ArrayList<StoredRecord>();
                reads.sample(view, CollectionChanges.SAMPLE_SIZE, row -> sample.add(row.record()))
                        .ifPresent(SchemaService::refuseQuery);
                yield new ViewDryRun(fields, sample);
            }
            case ViewOutcome.Refused refused -> throw refusedQuery(refused.message());
        });
    }

    private static void refuseQuery(String reason) {
        throw refusedQuery(reason);
    }

    private static Refusal refusedQuery(String reason) {
        return new Refusal(Problem.Invalid.of("invalid_view_query", "Invalid view query. Raw error: \n" + reason));
    }

    private CollectionChanges changes(RecordWrites writes, String failure) {
        return new CollectionChanges(writes, clock.instant(), random, passwordMinLength, identityProviders, failure);
    }

    private static CollectionSchema find(CollectionCatalog catalog, String nameOrId) {
        return catalog.find(nameOrId).orElseThrow(() -> new Refusal(Problem.NotFound.collection(nameOrId)));
    }

    private static void demandDeletable(CollectionCatalog catalog, CollectionSchema collection) {
        if (collection.system()) {
            throw new Refusal(Problem.Invalid.of(
                    "collection_system",
                    "Failed to delete collection " + collection.name() + ": it is a system collection."));
        }
        referencing(catalog, collection).ifPresent(other -> {
            throw new Refusal(Problem.Invalid.of(
                    "collection_referenced",
                    "Failed to delete collection " + collection.name() + ": the collection " + other.name()
                            + " relates to it."));
        });
    }

    static Optional<CollectionSchema> referencing(CollectionCatalog catalog, CollectionSchema collection) {
        return catalog.collections().stream()
                .filter(other -> !other.id().equals(collection.id()) && !other.isView())
                .filter(other -> other.fields().stream().anyMatch(field -> relatesTo(field, collection)))
                .findFirst();
    }

    private static boolean relatesTo(Field field, CollectionSchema collection) {
        return field.type() instanceof FieldType.Relation relation
                && relation.collectionId().equals(collection.id());
    }

    static void demandMade(SchemaOutcome outcome, String failure) {
        switch (outcome) {
            case SchemaOutcome.Made _ -> {}
            case SchemaOutcome.IndexRefused refused ->
                throw new Refusal(new Problem.Invalid(
                        "collection_invalid",
                        failure,
                        List.of(new FieldProblem(
                                List.of("indexes", Integer.toString(refused.position())),
                                "validation_invalid_index_expression",
                                "The index can't be made: " + refused.message() + ".",
                                java.util.Map.of()))));
            case SchemaOutcome.ViewRefused refused ->
                throw Refusal.invalid(
                        "collection_invalid",
                        failure,
                        FieldProblem.at(
                                "viewQuery",
                                "validation_invalid_view_query",
                                "The view " + refused.collectionName() + " would no longer work: " + refused.message()
                                        + "."));
        }
    }
}
