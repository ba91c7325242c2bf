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
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
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
    private final AccountTrail trail;
    private final RecordAccess access;
    private final PasswordHasher passwords;
    private final RecordDrafting drafting;
    private final AccountRules accounts;
    private final PasswordWork verifying;
    private final List<RecordHook> hooks;

    RecordWriting(
            RecordStore store,
            AccountTrail trail,
            RecordAccess access,
            PasswordHasher passwords,
            RecordDrafting drafting,
            List<RecordHook> hooks) {
        this.store = store;
        this.trail = trail;
        this.access = access;
        this.passwords = passwords;
        this.verifying = PasswordWork.at(passwords, Map.of());
        this.drafting = drafting;
        this.accounts = new AccountRules(drafting);
        this.hooks = hooks;
    }

    <T> T write(Request request, RecordStore.WriteBody<T> body) {
        return trail.write(request, body);
    }

    StoredRecord create(Request request, String collection, Value.Members body) {
        return create(request, collection, body, (_, _) -> {});
    }

    StoredRecord create(Request request, String collection, Value.Members body, AccountChanges.AfterCreate more) {
        RecordDraft draft = plainDraft(request, collection, body).orElseGet(() -> judged(request, collection, body));
        PasswordWork work = PasswordWork.at(passwords, hashed(draft));
        var asked = new RecordWrite.Create(collection, body);
        return trail.write(request, writes -> {
            StoredRecord created = create(writes, request, asked, Optional.of(draft), work);
            more.run(writes, created);
            return created;
        });
    }

    /// What needs no look into the store: most creates reach the writer at once. Whatever seems wrong is left to
    /// those who look, for what is known without looking may be a moment old.
    Optional<RecordDraft> plainDraft(Request request, String collection, Value.Members body) {
        CollectionCatalog catalog = store.catalog();
        return catalog.find(collection)
                .filter(schema ->
                        !schema.isView() && schema.auth().isEmpty() && access.mayCreate(request, schema, catalog))
                .map(schema -> drafting.create(schema, body, request.caller()))
                .filter(draft ->
                        draft.problems().isEmpty() && draft.newPasswords().isEmpty());
    }

    /// Nobody makes the server hash, and nobody hears what is wrong with a record, whom the rule does not let
    /// create it.
    private RecordDraft judged(Request request, String collection, Value.Members body) {
        return store.read(reads -> {
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
    }

    /// Creates within a transaction that others may share.
    ///
    /// @param prepared good for the collection it was made for
    StoredRecord create(
            RecordWrites writes,
            Request request,
            RecordWrite.Create asked,
            Optional<RecordDraft> prepared,
            PasswordWork work) {
        CollectionSchema schema = writable(writes, asked.collection());
        CompiledRule rule = access.book(writes, schema).create();
        access.ruleOrRefuse(request, rule);
        RecordDraft draft = prepared.filter(
                        known -> schema.equals(known.record().collection()))
                .orElseGet(() -> created(request, schema, asked.body(), writes));
        demandCreateRule(request, rule, draft, writes);
        demandValid(draft, CREATE_FAILED);
        return inserted(writes, draft.with(work.hashes(draft)));
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
        List<FieldProblem> problems =
                new ArrayList<>(StoredNeighbours.missingRelations(writes, record, Optional.empty()));
        if (draft.idChosen())
            StoredNeighbours.idTakenByAnotherAccount(writes, record).ifPresent(problems::add);
        demandNone(problems, CREATE_FAILED);
        demandWritten(writes.insert(record), record.collection(), CREATE_FAILED);
        return record;
    }

    StoredRecord update(Request request, String collection, String id, Value.Members body, Precondition precondition) {
        Change prepared = store.read(reads -> {
            CollectionSchema schema = writable(reads, collection);
            access.ruleOrRefuse(request, access.book(reads, schema).update());
            StoredRecord before = reads.find(schema, id).orElseThrow(() -> new Refusal(Problem.NotFound.record()));
            RecordDraft draft = changed(request, before, body, reads, verifying);
            boolean costly =
                    !draft.problems().isEmpty() || !draft.newPasswords().isEmpty();
            if (costly) demandUpdateRule(request, before, draft, reads);
            demandValid(draft, UPDATE_FAILED);
            return new Change(before, draft);
        });
        var asked = new RecordWrite.Update(collection, id, body, precondition);
        PasswordWork work = PasswordWork.at(passwords, hashed(prepared.draft));
        return trail.write(request, writes -> update(writes, request, asked, Optional.of(prepared), work));
    }

    /// Updates within a transaction that others may share.
    ///
    /// @param prepared good for the stored record it was made for
    StoredRecord update(
            RecordWrites writes,
            Request request,
            RecordWrite.Update asked,
            Optional<Change> prepared,
            PasswordWork work) {
        CollectionSchema schema = writable(writes, asked.collection());
        access.ruleOrRefuse(request, access.book(writes, schema).update());
        StoredRecord before = writes.find(schema, asked.id()).orElseThrow(() -> new Refusal(Problem.NotFound.record()));
        RecordDraft draft = prepared.filter(
                        known -> schema.equals(known.before.collection()) && before.equals(known.before))
                .map(Change::draft)
                .orElseGet(() -> changed(request, before, asked.body(), writes, work));
        demandUpdateRule(request, before, draft, writes);
        demand(asked.precondition(), request, before, writes);
        demandValid(draft, UPDATE_FAILED);
        return updated(writes, before, draft.with(work.hashes(draft)));
    }

    record Change(StoredRecord before, RecordDraft draft) {}

    private RecordDraft changed(
            Request request, StoredRecord before, Value.Members body, RecordReads reads, PasswordWork work) {
        RecordDraft draft = drafting.update(before, body, request.caller());
        if (before.collection().auth().isEmpty()) return draft;
        AccountRules.Level level = level(request, before, draft, Optional.of(before), reads);
        return accounts.update(before, draft, level, work);
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
        demandNone(StoredNeighbours.missingRelations(writes, after, Optional.of(before)), UPDATE_FAILED);
        demandWritten(writes.update(before, after), after.collection(), UPDATE_FAILED);
        if (after.collection().auth().isPresent()) {
            SystemCollections.forgetSignIns(before, after, writes);
            if (isShutOut(writes, before, after)) SystemCollections.endSessions(after, writes);
        }
        return after;
    }

    /// Sessions of an account that its collection lets in no longer end at once. The wire contract's tokens stay
    /// what they are, and can't be refreshed.
    private boolean isShutOut(RecordReads reads, StoredRecord before, StoredRecord after) {
        return after.collection().auth().isPresent()
                && before.value("tokenKey").equals(after.value("tokenKey"))
                && access.letsIn(before, reads)
                && !access.letsIn(after, reads);
    }

    /// Changes an account without asking who wants it.
    StoredRecord changed(RecordWrites writes, StoredRecord before, RecordDraft draft) {
        return updated(writes, before, accounts.renewed(before, draft));
    }

    /// Gives an account another token key without asking who wants it.
    StoredRecord signedOut(RecordWrites writes, StoredRecord before, RecordDraft draft) {
        return updated(writes, before, accounts.signedOut(before, draft));
    }

    /// Creates a record without asking who wants it.
    StoredRecord kept(RecordWrites writes, RecordDraft draft) {
        return inserted(writes, draft);
    }

    /// Deletes a record without asking who wants it.
    void deleted(RecordWrites writes, StoredRecord record) {
        new RecordDeletion(writes, hooks).delete(record);
    }

    void delete(Request request, String collection, String id, Precondition precondition) {
        trail.write(request, writes -> {
            delete(writes, request, new RecordWrite.Delete(collection, id, precondition));
            return id;
        });
    }

    /// Deletes within a transaction that others may share.
    void delete(RecordWrites writes, Request request, RecordWrite.Delete asked) {
        CollectionSchema schema = writable(writes, asked.collection());
        RuleBook book = access.book(writes, schema);
        access.ruleOrRefuse(request, book.delete());
        StoredRecord record = writes.find(schema, asked.id())
                .filter(found -> access.allows(request, book.delete(), found, access.givens(request, writes), writes))
                .orElseThrow(() -> new Refusal(Problem.NotFound.record()));
        demandSeen(asked.precondition(), request, book, record, writes);
        new RecordDeletion(writes, hooks).delete(record);
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

    /// The stored record that `body` names by its id, when there is one.
    Optional<StoredRecord> named(RecordWrites writes, String collection, Value.Members body) {
        CollectionSchema schema = writable(writes, collection);
        return drafting.chosenId(schema, body).flatMap(id -> writes.find(schema, id));
    }

    void truncate(Request request, String collection) {
        request.demandSuperuser();
        trail.write(request, writes -> {
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
        return trail.write(request, writes -> {
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
                    RecordDraft draft = valid(changed(request, before, body, writes, verifying), UPDATE_FAILED);
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
                                .map(field -> StoredNeighbours.notUnique(collection, field))
                                .toList(),
                        failure);
        }
    }
}
