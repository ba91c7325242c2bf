package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.query.Comparing;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Any;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.Condition.EveryRow;
import dev.ferritedb.ports.query.Condition.MissingOr;
import dev.ferritedb.ports.query.Condition.SomeRow;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Outcome;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.JsonDocuments;
import java.util.List;
import java.util.Optional;

/// Asks a condition of a record, with the answer that the store would give. Safe for concurrent use.
public final class RuleEvaluator {
    private final Scalars scalars;
    private final Functions functions;

    public RuleEvaluator(JsonDocuments documents) {
        this.scalars = new Scalars(documents);
        this.functions = new Functions(scalars);
    }

    /// Asks it of a record that need not be stored. What ranges over several records is the store's to answer,
    /// which has indexes; anything else is answered in memory.
    public boolean matches(Condition condition, StoredRecord record, Givens givens, RecordReads reads) {
        return ranges(condition)
                ? reads.satisfies(record, condition, givens)
                : matches(condition, record, givens, RecordLookup.in(reads));
    }

    /// @param related finds the records that relations of `record` name; it is asked again for each comparison
    public boolean matches(Condition condition, StoredRecord record, Givens givens, RecordLookup related) {
        var operands = new OperandValues(scalars, functions, givens, related);
        return outcome(condition, new Standing.Base(Optional.of(record)), operands)
                .holds();
    }

    private static boolean ranges(Condition condition) {
        return switch (condition) {
            case Constant _, Comparison _ -> false;
            case All(List<Condition> parts) -> parts.stream().anyMatch(RuleEvaluator::ranges);
            case Any(List<Condition> parts) -> parts.stream().anyMatch(RuleEvaluator::ranges);
            case MissingOr(var _, Condition rule) -> ranges(rule);
            case SomeRow _, EveryRow _ -> true;
        };
    }

    private static Outcome outcome(Condition condition, Standing standing, OperandValues operands) {
        return switch (condition) {
            case Constant constant -> Outcome.of(constant == Constant.ALWAYS);
            case All(List<Condition> parts) -> Outcome.all(parts, part -> outcome(part, standing, operands));
            case Any(List<Condition> parts) -> Outcome.any(parts, part -> outcome(part, standing, operands));
            case Comparison(var left, var operator, var right) ->
                Comparing.outcome(
                        left, operands.scalar(left, standing), operator, right, operands.scalar(right, standing));
            case SomeRow(Rows rows, Condition inner) -> {
                for (Standing.Row row : operands.rows(rows, standing)) {
                    if (outcome(inner, standing.at(rows, row), operands).holds()) yield Outcome.HOLDS;
                }
                yield Outcome.FAILS;
            }
            case EveryRow every -> Outcome.of(!fails(every, 0, standing, operands));
            case MissingOr(List<Hop> way, Condition rule) -> {
                Optional<StoredRecord> end = operands.end(way, standing);
                yield end.isEmpty() ? Outcome.HOLDS : outcome(rule, new Standing.Base(end), operands);
            }
        };
    }

    /// Whether the test fails for some combination of the rows from `next` on with those at hand.
    private static boolean fails(EveryRow every, int next, Standing standing, OperandValues operands) {
        if (next == every.rows().size()) {
            return outcome(every.among(), standing, operands).holds()
                    && outcome(every.test(), standing, operands) == Outcome.FAILS;
        }
        Rows rows = every.rows().get(next);
        for (Standing.Row row : operands.rows(rows, standing)) {
            if (fails(every, next + 1, standing.at(rows, row), operands)) return true;
        }
        return false;
    }
}
