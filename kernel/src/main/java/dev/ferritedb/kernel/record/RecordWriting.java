package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.rule.CompiledRule;
import dev.ferritedb.kernel.rule.RuleBook;
import dev.ferritedb.kernel.schema.SystemCollections;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.persistence.RecordWrites.WriteOutcome;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Creates, changes and deletes records. What needs no store (coercion, validation, hashing) happens before the
/// writer's queue; rule, uniqueness, relations and the write itself share one transaction.
final class RecordWriting {
    private static final String CREATE_FAILED = "Failed to create record.";
    private static final String UPDATE_FAILED = "Failed to update record.";

    private final RecordStore store;
    private final RecordAccess access;
    private final PasswordHasher passwords;
    private final RecordDrafting drafting;
    private final AccountRules accounts;
    private final List<RecordHook> hooks;

    RecordWriting(
            RecordStore store,
            RecordAccess access,
            PasswordHasher passwords,
            RecordDrafting drafting,
            List<RecordHook> hooks) {
        this.store = store;
        this.access = access;
        this.passwords = passwords;
        this.drafting = drafting;
        this.accounts = new AccountRules(passwords, drafting);
        this.hooks = hooks;
    }

    StoredRecord create(Request request, String collection, Value.Members body) {
        RecordDraft draft = store.read(reads -> {
            CollectionSchema schema = writable(reads, collection);
            CompiledRule rule = access.book(reads, schema).create();
            access.ruleOrRefuse(request, rule);
            RecordDraft drafted = created(request, schema, body, reads);
            boolean costly =
                    !drafted.problems().isEmpty() || !drafted.newPasswords().isEmpty();
            if (costly) demandCreateRule(request, rule, drafted, reads);
            demandValid(drafted, CREATE_FAILED);
            return drafted;
        });
        Map<String, Value> hashes = hashed(draft);
        return store.write(writes -> {
            CollectionSchema schema = writable(writes, collection);
            RecordDraft current = schema.equals(draft.record().collection())
                    ? draft
                    : valid(created(request, schema, body, writes), CREATE_FAILED);
            demandCreateRule(request, access.book(writes, schema).create(), current, writes);
            return inserted(writes, current.with(hashes));
        });
    }

    private RecordDraft created(Request request, CollectionSchema schema, Value.Members body, RecordReads reads) {
        RecordDraft draft = drafting.create(schema, body, request.caller());
        if (schema.auth().isEmpty()) return draft;
        return accounts.create(draft, level(request, draft.record(), draft, Optional.empty(), reads));
    }

    private AccountRules.Level level(
            Request request, StoredRecord record, RecordDraft draft, Optional<StoredRecord> before, RecordReads reads) {
        boolean manager = request.caller() instanceof Caller.Member
                && access.manages(request, record, givens(request, reads, draft, before), reads);
        return AccountRules.Level.of(request.caller(), manager);
    }

    private Givens givens(Request request, RecordReads reads, RecordDraft draft, Optional<StoredRecord> before) {
        return before.map(stored -> access.updating(request, reads, stored, draft.submitted()))
                .orElseGet(() -> access.creating(request, reads, draft.record().collection(), draft.submitted()));
    }

    private void demandCreateRule(Request request, CompiledRule rule, RecordDraft draft, RecordReads reads) {
        Givens givens = givens(request, reads, draft, Optional.empty());
        StoredRecord candidate = draft.record();
        if (candidate.collection().auth().isPresent()) candidate = candidate.with("verified", Value.Truth.FALSE);
        if (!access.allows(request, rule, candidate, givens, reads)) {
            throw new Refusal(Problem.Invalid.of("create_refused", CREATE_FAILED));
        }
    }

    private StoredRecord inserted(RecordWrites writes, RecordDraft draft) {
        StoredRecord record = draft.record();
        for (RecordHook hook : hooks) record = hook.beforeCreate(record);
        List<FieldProblem> problems = new ArrayList<>(missingRelations(writes, record, Optional.empty()));
        if (draft.idChosen()) idTakenByAnotherAccount(writes, record).ifPresent(problems::add);
        demandNone(problems, CREATE_FAILED);
        demandWritten(writes.insert(record), record.collection(), CREATE_FAILED);
        return record;
    }

    StoredRecord update(Request request, String collection, String id, Value.Members body, Precondition precondition) {
        Change prepared = store.read(reads -> {
            CollectionSchema schema = writable(reads, collection);
            access.ruleOrRefuse(request, access.book(reads, schema).update());
            StoredRecord before = reads.find(schema, id).orElseThrow(() -> new Refusal(Problem.NotFound.record()));
            RecordDraft draft = changed(request, before, body, reads);
            boolean costly =
                    !draft.problems().isEmpty() || !draft.newPasswords().isEmpty();
            if (costly) demandUpdateRule(request, before, draft, reads);
            demandValid(draft, UPDATE_FAILED);
            return new Change(before, draft);
        });
        Map<String, Value> hashes = hashed(prepared.draft);
        return store.write(writes -> {
            CollectionSchema schema = writable(writes, collection);
            StoredRecord before = writes.find(schema, id).orElseThrow(() -> new Refusal(Problem.NotFound.record()));
            boolean same = schema.equals(prepared.before.collection()) && before.equals(prepared.before);
            RecordDraft draft = same ? prepared.draft : valid(changed(request, before, body, writes), UPDATE_FAILED);
            demandUpdateRule(request, before, draft, writes);
            demand(precondition, request, before, writes);
            return updated(writes, before, draft.with(hashes));
        });
    }

    private record Change(StoredRecord before, RecordDraft draft) {}

    private RecordDraft changed(Request request, StoredRecord before, Value.Members body, RecordReads reads) {
        RecordDraft draft = drafting.update(before, body, request.caller());
        if (before.collection().auth().isEmpty()) return draft;
        return accounts.update(before, draft, level(request, before, draft, Optional.of(before), reads));
    }

    private void demandUpdateRule(Request request, StoredRecord before, RecordDraft draft, RecordReads reads) {
        CompiledRule rule = access.book(reads, before.collection()).update();
        Givens givens = givens(request, reads, draft, Optional.of(before));
        if (!access.allows(request, rule, before, givens, reads)) throw new Refusal(Problem.NotFound.record());
    }

    private void demand(Precondition precondition, Request request, StoredRecord current, RecordReads reads) {
        if (precondition == Precondition.NONE) return;
        var seen = new RecordReply(current, access.exposure(request, reads, current));
        if (!precondition.holds(seen)) throw new Refusal(Problem.Outdated.record());
    }

    private StoredRecord updated(RecordWrites writes, StoredRecord before, RecordDraft draft) {
        StoredRecord after = draft.record();
        for (RecordHook hook : hooks) after = hook.beforeUpdate(before, after);
        demandNone(missingRelations(writes, after, Optional.of(before)), UPDATE_FAILED);
        demandWritten(writes.update(before, after), after.collection(), UPDATE_FAILED);
        if (after.collection().auth().isPresent()) SystemCollections.forgetSignIns(before, after, writes);
        return after;
    }

    void delete(Request request, String collection, String id, Precondition precondition) {
        store.write(writes -> {
            CollectionSchema schema = writable(writes, collection);
            RuleBook book = access.book(writes, schema);
            access.ruleOrRefuse(request, book.delete());
            StoredRecord record = writes.find(schema, id)
                    .filter(found ->
                            access.allows(request, book.delete(), found, access.givens(request, writes), writes))
                    .orElseThrow(() -> new Refusal(Problem.NotFound.record()));
            demandSeen(precondition, request, book, record, writes);
            new RecordDeletion(writes, hooks).delete(record);
            return record;
        });
    }

    /// To one who may not view the record no precondition tells what it is: unlike an update, a deletion does not
    /// show it anyway.
    private void demandSeen(
            Precondition precondition, Request request, RuleBook book, StoredRecord record, RecordReads reads) {
        if (precondition == Precondition.NONE) return;
        boolean viewable = access.allows(request, book.view(), record, access.givens(request, reads), reads);
        if (!viewable) throw new Refusal(Problem.Outdated.record());
        demand(precondition, request, record, reads);
    }

    void truncate(Request request, String collection) {
        request.demandSuperuser();
        store.write(writes -> {
            CollectionSchema schema = writable(writes, collection);
            var deletion = new RecordDeletion(writes, hooks);
            List<StoredRecord> some = first(writes, schema);
            while (!some.isEmpty()) {
                for (StoredRecord record : some) {
                    writes.find(schema, record.id()).ifPresent(deletion::delete);
                }
                some = first(writes, schema);
            }
            return schema;
        });
    }

    private static List<StoredRecord> first(RecordReads reads, CollectionSchema schema) {
        var records = new ArrayList<StoredRecord>();
        var query = new RecordQuery(schema, Condition.Constant.ALWAYS, Givens.NONE, List.of(), 500, 0);
        reads.visit(query, row -> records.add(row.record()));
        return records;
    }

    List<ImportOutcome> importBatch(
            Request request, String collection, List<Value.Members> bodies, ImportOutcome.OnExisting onExisting) {
        request.demandSuperuser();
        var hashes = new ArrayList<Map<String, Value>>();
        CollectionSchema known = store.read(reads -> writable(reads, collection));
        for (Value.Members body : bodies) {
            hashes.add(hashed(drafting.create(known, body, request.caller())));
        }
        return store.write(writes -> {
            CollectionSchema schema = writable(writes, collection);
            var outcomes = new ArrayList<ImportOutcome>();
            for (int i = 0; i < bodies.size(); i++) {
                outcomes.add(imported(request, writes, schema, bodies.get(i), hashes.get(i), onExisting));
            }
            return outcomes;
        });
    }

    private ImportOutcome imported(
            Request request,
            RecordWrites writes,
            CollectionSchema schema,
            Value.Members body,
            Map<String, Value> hashes,
            ImportOutcome.OnExisting onExisting) {
        try {
            Optional<StoredRecord> existing = drafting.chosenId(schema, body).flatMap(id -> writes.find(schema, id));
            if (existing.isEmpty()) {
                RecordDraft draft = valid(created(request, schema, body, writes), CREATE_FAILED);
                return new ImportOutcome.Created(
                        inserted(writes, draft.with(hashes)).id());
            }
            StoredRecord before = existing.get();
            return switch (onExisting) {
                case SKIP -> new ImportOutcome.Existing(before.id());
                case UPDATE -> {
                    RecordDraft draft = valid(changed(request, before, body, writes), UPDATE_FAILED);
                    StoredRecord wanted = draft.with(hashes).record();
                    if (wanted.equals(before)) yield new ImportOutcome.Existing(before.id());
                    yield new ImportOutcome.Updated(
                            updated(writes, before, draft.with(hashes)).id());
                }
            };
        } catch (Refusal refusal) {
            return new ImportOutcome.Failed(refusal.problem());
        }
    }

    private CollectionSchema writable(RecordReads reads, String collection) {
        CollectionSchema schema = access.collection(reads, collection);
        if (!schema.isView()) return schema;
        throw new Refusal(Problem.Invalid.of("collection_is_view", "Unsupported collection type."));
    }

    private Map<String, Value> hashed(RecordDraft draft) {
        var hashes = new LinkedHashMap<String, Value>();
        draft.newPasswords().forEach((field, password) -> hashes.put(field, Value.text(passwords.hash(password))));
        return hashes;
    }

    private static RecordDraft valid(RecordDraft draft, String failure) {
        demandValid(draft, failure);
        return draft;
    }

    private static void demandValid(RecordDraft draft, String failure) {
        demandNone(draft.problems(), failure);
    }

    private static void demandNone(List<FieldProblem> problems, String failure) {
        if (!problems.isEmpty()) throw new Refusal(new Problem.Invalid("record_invalid", failure, problems));
    }

    private static void demandWritten(WriteOutcome outcome, CollectionSchema collection, String failure) {
        switch (outcome) {
            case WriteOutcome.Written _ -> {}
            case WriteOutcome.Duplicate duplicate ->
                demandNone(
                        duplicate.fields().stream()
                                .map(field -> notUnique(collection, field))
                                .toList(),
                        failure);
        }
    }

    private static FieldProblem notUnique(CollectionSchema collection, String name) {
        boolean freelyChosenId = collection
                .field(name)
                .filter(Field::isPrimaryKey)
                .map(field -> (FieldType.Text) field.type())
                .filter(type -> !type.pattern().equals(FieldType.Text.ID.pattern()))
                .isPresent();
        return FieldProblem.at(
                name,
                freelyChosenId ? "validation_pk_invalid" : "validation_not_unique",
                freelyChosenId ? "The record id is invalid or already exists." : "Value must be unique.");
    }

    private static List<FieldProblem> missingRelations(
            RecordReads reads, StoredRecord record, Optional<StoredRecord> before) {
        var problems = new ArrayList<FieldProblem>();
        List<Field> fields = record.collection().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!(fields.get(i).type() instanceof FieldType.Relation relation)) continue;
            Value value = record.value(i);
            int position = i;
            if (before.filter(old -> old.value(position).equals(value)).isPresent()) continue;
            List<String> ids = Choices.of(value);
            if (ids.isEmpty()) continue;
            String name = fields.get(i).name();
            Optional<CollectionSchema> target = reads.catalog().byId(relation.collectionId());
            if (target.isEmpty()) {
                problems.add(FieldProblem.at(
                        name, "validation_missing_rel_collection", "The related collection is missing."));
            } else if (new HashSet<>(reads.existing(target.get(), ids)).size() < ids.size()) {
                problems.add(FieldProblem.at(
                        name,
                        "validation_missing_rel_records",
                        "Failed to find all relation records with the provided ids."));
            }
        }
        return problems;
    }

    /// Accounts of all auth collections share one space of ids, so that a token's id means one account.
    private static Optional<FieldProblem> idTakenByAnotherAccount(RecordReads reads, StoredRecord record) {
        if (record.collection().auth().isEmpty()) return Optional.empty();
        return reads.catalog().collections().stream()
                .filter(other -> other.auth().isPresent()
                        && !other.id().equals(record.collection().id()))
                .filter(other -> reads.find(other, record.id()).isPresent())
                .findFirst()
                .map(_ -> FieldProblem.at(
                        "id", "validation_invalid_auth_id", "The record id is invalid or already exists."));
    }
}
