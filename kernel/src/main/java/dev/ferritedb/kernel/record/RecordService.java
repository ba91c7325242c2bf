package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.rule.CompiledSort;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.identity.CommonPasswords;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/// Reads and writes records for whoever asks, under the rules of their collection.
///
/// Every use case refuses with `NotFound` (`collection_not_found`) for an unknown collection and `Forbidden`
/// (`superuser_required`) when the rule is locked and the caller no superuser.
public final class RecordService {
    private final RecordStore store;
    private final AccountTrail trail;
    private final RecordAccess access;
    private final RecordWriting writing;
    private final AccountChanges accountChanges;
    private final PasswordHasher passwords;
    private final TokenCodec tokens;

    public RecordService(
            RecordStore store,
            RuleBooks rules,
            PasswordHasher passwords,
            CommonPasswords commonPasswords,
            TokenCodec tokens,
            JsonDocuments json,
            InstantSource clock,
            RandomGenerator random,
            List<RecordHook> hooks,
            Audit audit) {
        this.store = store;
        this.trail = new AccountTrail(store, audit);
        this.passwords = passwords;
        this.tokens = tokens;
        this.access = new RecordAccess(rules, json, clock);
        var drafting = new RecordDrafting(json, clock, random, commonPasswords);
        this.writing = new RecordWriting(store, trail, access, passwords, drafting, hooks);
        this.accountChanges = new AccountChanges(store, writing, drafting, passwords);
    }

    /// What the use cases of accounts write with.
    public AccountChanges accountChanges() {
        return accountChanges;
    }

    /// Hands the records of one page to `sink`, in order.
    ///
    /// Refuses with `Invalid` (`invalid_filter`, `invalid_sort`) and with `Forbidden` when a filter or sort names
    /// what only superusers may.
    public ListQuery.Page list(Request request, String collection, ListQuery query, RecordSink sink) {
        return read(query, reads -> {
            RecordQuery selection = selection(request, reads, collection, query);
            int visited = visit(request, reads, selection, sink);
            return query.answered(query.skipTotal() ? -1 : total(reads, selection, visited));
        });
    }

    /// As [#list], but from where `cursor` leads on: empty is the start, and the page that follows is where the
    /// answer's cursor leads. However others change in between, no record is passed over that stays in its place,
    /// and none comes twice. The page number does not count.
    ///
    /// Refuses with `Invalid` besides: `invalid_cursor` for a cursor of another collection, sort, filter or
    /// caller and for orders that have none (`@random`, fields of related records); `cursor_lost` when the last
    /// record's values were too long for a cursor and it is gone or has changed.
    public CursorPage walk(Request request, String collection, ListQuery query, String cursor, RecordSink sink) {
        return read(query, reads -> {
            RecordQuery selection = selection(request, reads, collection, query);
            return walk(request, reads, selection, query, cursor, sink);
        });
    }

    /// As [#walk], each record with what `expand` asks for and the caller may see.
    public CursorPage walkExpanded(
            Request request,
            String collection,
            ListQuery query,
            String cursor,
            String expand,
            Consumer<Expansion.Expanded> sink) {
        return store.readLong(reads -> {
            RecordQuery selection = selection(request, reads, collection, query);
            var records = new ArrayList<RecordReply>();
            CursorPage page = walk(request, reads, selection, query, cursor, gathering(records));
            expanded(request, reads, records, expand).forEach(sink);
            return page;
        });
    }

    /// A client's own condition, or an order by related records, may keep the store busy for long.
    private <T> T read(ListQuery query, RecordStore.ReadBody<T> body) {
        boolean plain = query.filter().isEmpty() && query.sort().indexOf('.') < 0;
        return plain ? store.read(body) : store.readLong(body);
    }

    private static RecordSink gathering(List<RecordReply> records) {
        var allowance = new Allowance();
        return (row, exposure) -> {
            StoredRecord record = row.record();
            allowance.spend(record);
            records.add(new RecordReply(record, exposure));
        };
    }

    private CursorPage walk(
            Request request,
            RecordReads reads,
            RecordQuery selection,
            ListQuery query,
            String cursor,
            RecordSink sink) {
        var seal = new CursorSeal(tokens, reads.catalog(), request, selection.collection(), query);
        Optional<String> next = new RecordWalk(reads, selection, seal)
                .visit(cursor, row -> sink.record(row, access.exposure(request, reads, selection.givens(), row)));
        return new CursorPage(query.answered(query.skipTotal() ? -1 : reads.count(selection)), next);
    }

    private RecordQuery selection(Request request, RecordReads reads, String collection, ListQuery query) {
        CollectionSchema schema = access.collection(reads, collection);
        Condition rule = access.listRuleOrRefuse(request, access.book(reads, schema));
        Condition filter = access.filter(request, reads, schema, query.filter());
        CompiledSort order = access.order(request, reads, schema, query.sort());
        Condition where = Condition.both(Condition.both(rule, filter), order.restriction());
        Givens givens = access.givens(request, reads);
        return new RecordQuery(schema, where, givens, order.keys(), query.perPage(), query.offset());
    }

    private int visit(Request request, RecordReads reads, RecordQuery selection, RecordSink sink) {
        return reads.visit(
                selection, row -> sink.record(row, access.exposure(request, reads, selection.givens(), row)));
    }

    /// A page that is not full tells the total by itself.
    private static long total(RecordReads reads, RecordQuery selection, int visited) {
        boolean last = visited < selection.limit() && (visited > 0 || selection.offset() == 0);
        return last ? selection.offset() + visited : reads.count(selection);
    }

    /// As [#list], each record with what `expand` asks for and the caller may see.
    public ListQuery.Page listExpanded(
            Request request, String collection, ListQuery query, String expand, Consumer<Expansion.Expanded> sink) {
        return store.readLong(reads -> {
            RecordQuery selection = selection(request, reads, collection, query);
            var records = new ArrayList<RecordReply>();
            visit(request, reads, selection, gathering(records));
            expanded(request, reads, records, expand).forEach(sink);
            return query.answered(query.skipTotal() ? -1 : total(reads, selection, records.size()));
        });
    }

    /// As [#view], with what `expand` asks for and the caller may see.
    public Expansion.Expanded viewExpanded(Request request, String collection, String id, String expand) {
        return store.readLong(reads -> {
            var records = new ArrayList<RecordReply>();
            boolean visited = view(
                    request,
                    reads,
                    collection,
                    id,
                    (row, exposure) -> records.add(new RecordReply(row.record(), exposure)));
            if (!visited) throw new Refusal(Problem.NotFound.record());
            return expanded(request, reads, records, expand).getFirst();
        });
    }

    /// A record just written, with what `expand` asks for and the caller may see.
    public Expansion.Expanded expanded(Request request, RecordReply reply, String expand) {
        return store.readLong(
                reads -> expanded(request, reads, List.of(reply), expand).getFirst());
    }

    private List<Expansion.Expanded> expanded(
            Request request, RecordReads reads, List<RecordReply> records, String expand) {
        List<Expansion> expansions = new Expander(access, request, reads)
                .expand(records.stream().map(RecordReply::record).toList(), ExpandTree.of(expand));
        var expanded = new ArrayList<Expansion.Expanded>();
        for (int i = 0; i < records.size(); i++) {
            RecordReply reply = records.get(i);
            expanded.add(new Expansion.Expanded(reply.record(), reply.exposure(), expansions.get(i)));
        }
        return expanded;
    }

    /// Hands every record that `filter` lets through to `sink`, all as of one moment, after `total` heard how many
    /// there are. For superusers and the operator.
    public void listAll(
            Request request, String collection, String sort, String filter, LongConsumer total, RecordSink sink) {
        request.demandSuperuser();
        store.read(reads -> {
            var page = new ListQuery(1, ListQuery.PER_PAGE_MAX, sort, filter, true);
            total.accept(reads.count(selection(request, reads, collection, page)));
            int visited = ListQuery.PER_PAGE_MAX;
            while (visited == page.perPage()) {
                visited = visit(request, reads, selection(request, reads, collection, page), sink);
                page = page.next();
            }
            return page;
        });
    }

    /// Hands one record to `sink`. Refuses with `NotFound` (`record_not_found`) when there is none or the rule
    /// says no.
    public void view(Request request, String collection, String id, RecordSink sink) {
        boolean visited = store.read(reads -> view(request, reads, collection, id, sink));
        if (!visited) throw new Refusal(Problem.NotFound.record());
    }

    private boolean view(Request request, RecordReads reads, String collection, String id, RecordSink sink) {
        CollectionSchema schema = access.collection(reads, collection);
        Givens givens = access.givens(request, reads);
        Condition rule = access.ruleOrRefuse(request, access.book(reads, schema).view());
        return reads.visit(
                schema, id, rule, givens, row -> sink.record(row, access.exposure(request, reads, givens, row)));
    }

    /// Refuses with `Invalid`: `record_invalid` with the fields that are wrong, or `create_refused` when the rule
    /// says no.
    public RecordReply create(Request request, String collection, Value.Members body) {
        StoredRecord created = writing.create(request, collection, body);
        return reply(request, created);
    }

    /// Changes what `body` names. Refuses with `NotFound` (`record_not_found`) when there is none or the rule
    /// says no, with `Invalid` (`record_invalid`) when fields are wrong.
    public RecordReply update(Request request, String collection, String id, Value.Members body) {
        return update(request, collection, id, body, Precondition.NONE);
    }

    /// As the other, and refuses with `Outdated` (`record_changed`) a record for which `precondition` does not
    /// hold.
    public RecordReply update(
            Request request, String collection, String id, Value.Members body, Precondition precondition) {
        return reply(request, writing.update(request, collection, id, body, precondition));
    }

    /// Refuses with `NotFound` (`record_not_found`) when there is none or the rule says no, with `Invalid`
    /// (`record_referenced`) when a required relation points at it.
    public void delete(Request request, String collection, String id) {
        delete(request, collection, id, Precondition.NONE);
    }

    /// As the other, and refuses with `Outdated` (`record_changed`) a record for which `precondition` does not
    /// hold, or that the caller may delete but not view.
    public void delete(Request request, String collection, String id, Precondition precondition) {
        writing.delete(request, collection, id, precondition);
    }

    /// Runs all of `requests` in one transaction, in order, each under its own rules and as if sent alone. A
    /// later one sees what the earlier ones wrote; when one is refused, nothing of any is kept.
    ///
    /// @param timeout how long the transaction may take
    public BatchOutcome batch(List<BatchRequest> requests, Duration timeout) {
        return new RecordBatch(trail, writing, passwords, this::shown, requests, timeout).run();
    }

    private Expansion.Expanded shown(Request request, StoredRecord record, String expand, RecordReads reads) {
        RecordReply reply = new RecordReply(record, access.exposure(request, reads, record));
        return expand.isEmpty()
                ? new Expansion.Expanded(record, reply.exposure(), Expansion.NONE)
                : expanded(request, reads, List.of(reply), expand).getFirst();
    }

    /// Creates the records of `bodies` in one transaction, each for itself: one that is refused leaves the others
    /// alone. For superusers and the operator, whom no rule binds.
    ///
    /// @return an outcome for each body, in their order
    public List<ImportOutcome> importBatch(
            Request request, String collection, List<Value.Members> bodies, ImportOutcome.OnExisting onExisting) {
        return writing.importBatch(request, collection, bodies, onExisting);
    }

    /// Deletes every record, each as if deleted alone. For superusers; refuses views with `Invalid`
    /// (`collection_is_view`).
    public void truncate(Request request, String collection) {
        writing.truncate(request, collection);
    }

    /// What the caller may see of a record just written, or of the account just signed in.
    public RecordReply reply(Request request, StoredRecord record) {
        Exposure exposure = access.plainExposure(request, record.collection(), record.id())
                .orElseGet(() -> store.read(reads -> access.exposure(request, reads, record)));
        return new RecordReply(record, exposure);
    }
}
