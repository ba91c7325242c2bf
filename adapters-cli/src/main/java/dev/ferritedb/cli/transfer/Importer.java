package dev.ferritedb.cli.transfer;

import dev.ferritedb.cli.terminal.Interruption;
import dev.ferritedb.cli.transfer.ImportReport.Totals;
import dev.ferritedb.cli.transfer.RowOutcome.Done;
import dev.ferritedb.cli.transfer.RowOutcome.Failed;
import dev.ferritedb.cli.transfer.RowOutcome.Reason;
import dev.ferritedb.kernel.record.ImportOutcome;
import dev.ferritedb.kernel.record.ImportOutcome.OnExisting;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Brings the rows of a file into a collection, a batch at a time. A row that is wrong is reported and the others go
/// in.
public final class Importer {
    /// Written into a record's JSON by the server; no field and nothing to warn of.
    private static final Set<String> DECORATION = Set.of("collectionId", "collectionName", "expand");

    private static final String CONFIRMATION = "passwordConfirm";

    private final CollectionSchema collection;
    private final Batches batches;
    private final ImportReport report;
    private final Choices choices;
    private final List<Pending> pending = new ArrayList<>();
    private final Set<String> unknownNames = new HashSet<>();
    private long created;
    private long updated;
    private long skipped;
    private long failed;
    private long missingRelations;
    private int ready;

    /// Writes a batch in one transaction.
    @FunctionalInterface
    public interface Batches {
        /// @return an outcome for each of `bodies`, in their order
        List<ImportOutcome> write(List<Value.Members> bodies, OnExisting onExisting);
    }

    /// A row of the batch that is being filled: to be written, or already known to be wrong.
    private sealed interface Pending {
        record Ready(Rows.Row.Read row, Value.Members body) implements Pending {}

        record Wrong(RowOutcome outcome) implements Pending {}
    }

    /// @param batchSize records written in one transaction
    /// @param idName the member or column that holds the record's id
    public record Choices(OnExisting onExisting, int batchSize, String idName) {}

    public Importer(CollectionSchema collection, Batches batches, ImportReport report, Choices choices) {
        this.collection = collection;
        this.batches = batches;
        this.report = report;
        this.choices = choices;
    }

    /// Closes `in`. The batch under way when `interruption` is requested is written; what follows isn't.
    ///
    /// @param pointer where in a JSON document the array is; empty for the document itself
    public Totals run(BufferedInputStream in, Format format, String pointer, Interruption interruption)
            throws IOException {
        boolean interrupted = false;
        try (Rows rows = Rows.of(format, in, pointer, collection)) {
            Optional<Rows.Row> next = rows.next();
            while (next.isPresent() && !interrupted) {
                take(next.get());
                if (ready == choices.batchSize()) writeBatch();
                interrupted = interruption.requested();
                next = rows.next();
            }
        }
        writeBatch();
        var totals = new Totals(created, updated, skipped, failed, missingRelations, interrupted);
        report.end(totals);
        return totals;
    }

    private void take(Rows.Row row) {
        switch (row) {
            case Rows.Row.Unreadable(long number, long line, String reason, boolean last) -> {
                String message = last ? reason + "; nothing after it could be read" : reason;
                wrong(number, line, "", List.of(new Reason("", Reason.UNREADABLE, message)));
            }
            case Rows.Row.Read read -> typed(read);
        }
    }

    private void typed(Rows.Row.Read row) {
        var body = new LinkedHashMap<String, Value>();
        var reasons = new ArrayList<Reason>();
        for (Map.Entry<String, Value> member : row.members().members().entrySet()) {
            String name = member.getKey();
            Optional<Field> field = collection.field(name);
            if (field.isPresent()) {
                FieldValue.ofFile(field.get(), member.getValue())
                        .ifPresentOrElse(
                                value -> body.put(name, value),
                                () -> reasons.add(new Reason(name, Reason.SEVERAL, "Takes one value, not several.")));
            } else if (collection.auth().isPresent() && name.equals(CONFIRMATION)) {
                body.put(name, member.getValue());
            } else if (!name.equals(choices.idName())) {
                warnOnce(name);
            }
            if (name.equals(choices.idName())) body.put("id", member.getValue());
        }
        if (reasons.isEmpty() && body.isEmpty()) {
            reasons.add(new Reason("", Reason.UNREADABLE, "none of its names is a field of " + collection.name()));
        }
        if (reasons.isEmpty()) {
            pending.add(new Pending.Ready(row, new Value.Members(body)));
            ready++;
        } else {
            wrong(row.number(), row.line(), id(row.members()), reasons);
        }
    }

    private void warnOnce(String name) {
        if (DECORATION.contains(name) || !unknownNames.add(name)) return;
        report.warning("'" + name + "' is no field of " + collection.name() + ", so it is left out");
    }

    private void wrong(long number, long line, String id, List<Reason> reasons) {
        pending.add(new Pending.Wrong(new RowOutcome(number, line, id, new Failed(reasons))));
    }

    private void writeBatch() {
        List<Value.Members> bodies = new ArrayList<>(ready);
        for (Pending one : pending) {
            if (one instanceof Pending.Ready(Rows.Row.Read _, Value.Members body)) bodies.add(body);
        }
        List<ImportOutcome> outcomes = bodies.isEmpty() ? List.of() : batches.write(bodies, choices.onExisting());
        int position = 0;
        for (Pending one : pending) {
            tell(
                    switch (one) {
                        case Pending.Wrong(RowOutcome outcome) -> outcome;
                        case Pending.Ready(Rows.Row.Read row, Value.Members _) ->
                            outcome(row, outcomes.get(position++));
                    });
        }
        pending.clear();
        ready = 0;
    }

    private RowOutcome outcome(Rows.Row.Read row, ImportOutcome outcome) {
        return switch (outcome) {
            case ImportOutcome.Created(String id) -> new RowOutcome(row.number(), row.line(), id, Done.CREATED);
            case ImportOutcome.Updated(String id) -> new RowOutcome(row.number(), row.line(), id, Done.UPDATED);
            case ImportOutcome.Existing(String id) ->
                new RowOutcome(
                        row.number(),
                        row.line(),
                        id,
                        switch (choices.onExisting()) {
                            case SKIP -> Done.SKIPPED;
                            case UPDATE -> Done.UNCHANGED;
                        });
            case ImportOutcome.Failed(var problem) ->
                new RowOutcome(row.number(), row.line(), id(row.members()), new Failed(RowOutcome.reasons(problem)));
        };
    }

    private void tell(RowOutcome outcome) {
        switch (outcome.result()) {
            case Done.CREATED -> created++;
            case Done.UPDATED -> updated++;
            case Done.UNCHANGED, Done.SKIPPED -> skipped++;
            case Failed(List<Reason> reasons) -> {
                failed++;
                if (reasons.stream().anyMatch(reason -> reason.code().equals(Reason.MISSING_RELATION)))
                    missingRelations++;
            }
        }
        report.row(outcome);
    }

    private String id(Value.Members members) {
        return members.get(choices.idName()) instanceof Value.Text(String id) ? id : "";
    }
}
