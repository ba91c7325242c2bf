package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs many writes in one transaction, in order, each as if sent alone: a later one sees what the earlier ones
/// wrote, and when one is refused none is kept.
///
/// Where passwords are hashed or verified, the transaction runs at least twice: the first run finds out which ones
/// and is undone, and only the last one is kept.
final class RecordBatch {
    /// Each run but the last computes what the one before missed. More are needed only when others keep changing
    /// the same accounts meanwhile.
    private static final int RUNS_MAX = 8;

    private final AccountTrail trail;
    private final RecordWriting writing;
    private final Showing showing;
    private final List<BatchRequest> requests;
    private final List<Optional<RecordDraft>> drafts;
    private final Duration timeout;
    private final BatchPasswords passwords;

    /// How a record just written is shown.
    @FunctionalInterface
    interface Showing {
        Expansion.Expanded of(Request request, StoredRecord record, String expand, RecordReads reads);
    }

    RecordBatch(
            AccountTrail trail,
            RecordWriting writing,
            PasswordHasher passwords,
            Showing showing,
            List<BatchRequest> requests,
            Duration timeout) {
        this.trail = trail;
        this.writing = writing;
        this.showing = showing;
        this.requests = List.copyOf(requests);
        this.drafts = this.requests.stream().map(this::prepared).toList();
        this.timeout = timeout;
        this.passwords = new BatchPasswords(passwords);
    }

    private Optional<RecordDraft> prepared(BatchRequest request) {
        return switch (request) {
            case BatchRequest.Write(Request asked, RecordWrite.Create create, String _) ->
                writing.plainDraft(asked, create.collection(), create.body());
            case BatchRequest.Write _, BatchRequest.Unfit _ -> Optional.empty();
        };
    }

    BatchOutcome run() {
        for (int run = 0; run < RUNS_MAX; run++) {
            BatchOutcome outcome = runOnce();
            boolean certain = switch (outcome) {
                case BatchOutcome.Done _ -> !passwords.stoodIn();
                case BatchOutcome.Failed _ -> !passwords.supposed();
                case BatchOutcome.TimedOut _ -> true;
            };
            if (certain) return outcome;
            passwords.catchUp();
        }
        throw new Refusal(new Problem.Unavailable(
                "batch_unsettled", "The accounts of the batch keep changing. Send the request again."));
    }

    /// Leaves the transaction undone.
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient BatchOutcome outcome;

        Undone(BatchOutcome outcome) {
            super("the batch is undone", null, false, false);
            this.outcome = outcome;
        }
    }

    private BatchOutcome runOnce() {
        try {
            return trail.write(asking(), timeout, this::runIn);
        } catch (Undone undone) {
            return undone.outcome;
        }
    }

    /// All requests of a batch come from the same caller.
    private Request asking() {
        for (BatchRequest request : requests) {
            if (request instanceof BatchRequest.Write write) return write.request();
        }
        return Request.ofOperator();
    }

    private BatchOutcome runIn(RecordWrites writes) {
        var answers = new ArrayList<Optional<Expansion.Expanded>>();
        for (int i = 0; i < requests.size(); i++) {
            try {
                answers.add(answer(writes, i));
            } catch (Refusal refusal) {
                throw undone(i, refusal);
            }
        }
        var done = new BatchOutcome.Done(answers);
        if (passwords.stoodIn()) throw new Undone(done);
        return done;
    }

    /// What concerns the whole transaction is no fault of one request.
    private static RuntimeException undone(int index, Refusal refusal) {
        if (refusal.problem() instanceof Problem.Unavailable) return refusal;
        if (refusal.problem().equals(Problem.Invalid.TOO_LONG)) return new Undone(BatchOutcome.TimedOut.TIMED_OUT);
        return new Undone(new BatchOutcome.Failed(index, refusal.problem()));
    }

    private Optional<Expansion.Expanded> answer(RecordWrites writes, int index) {
        return switch (requests.get(index)) {
            case BatchRequest.Unfit unfit -> throw new Refusal(unfit.problem());
            case BatchRequest.Write(Request request, RecordWrite write, String expand) ->
                written(writes, request, write, index).map(record -> showing.of(request, record, expand, writes));
        };
    }

    /// @return empty when the record is deleted
    private Optional<StoredRecord> written(RecordWrites writes, Request request, RecordWrite write, int index) {
        PasswordWork work = passwords.of(index);
        return switch (write) {
            case RecordWrite.Create create ->
                Optional.of(writing.create(writes, request, create, drafts.get(index), work));
            case RecordWrite.Update update ->
                Optional.of(writing.update(writes, request, update, Optional.empty(), work));
            case RecordWrite.Upsert upsert -> Optional.of(upserted(writes, request, upsert, work));
            case RecordWrite.Delete delete -> {
                writing.delete(writes, request, delete);
                yield Optional.empty();
            }
        };
    }

    /// Rules see the method of what it comes down to.
    private StoredRecord upserted(RecordWrites writes, Request request, RecordWrite.Upsert upsert, PasswordWork work) {
        String collection = upsert.collection();
        Optional<StoredRecord> stored = writing.named(writes, collection, upsert.body());
        if (stored.isEmpty()) {
            if (upsert.precondition() != Precondition.NONE) throw new Refusal(Problem.Outdated.record());
            var create = new RecordWrite.Create(collection, upsert.body());
            return writing.create(writes, request.as("POST"), create, Optional.empty(), work);
        }
        var update = new RecordWrite.Update(collection, stored.get().id(), upsert.body(), upsert.precondition());
        return writing.update(writes, request.as("PATCH"), update, Optional.empty(), work);
    }
}
