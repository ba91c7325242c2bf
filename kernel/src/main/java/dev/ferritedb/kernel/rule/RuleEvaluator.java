package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Comparing;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Any;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Optional;

/// Asks a condition of a record in memory, with the answer that the store would give. Safe for concurrent use.
public final class RuleEvaluator {
    private final Scalars scalars;

    public RuleEvaluator(JsonDocuments documents) {
        this.scalars = new Scalars(documents);
    }

    /// @param related finds the records that relations of `record` name; it is asked again for each comparison
    public boolean matches(Condition condition, StoredRecord record, Givens givens, RecordLookup related) {
        return switch (condition) {
            case Constant constant -> constant == Constant.ALWAYS;
            case All(List<Condition> parts) -> {
                for (Condition part : parts) if (!matches(part, record, givens, related)) yield false;
                yield true;
            }
            case Any(List<Condition> parts) -> {
                for (Condition part : parts) if (matches(part, record, givens, related)) yield true;
                yield false;
            }
            case Comparison(Operand left, Condition.Operator operator, boolean _, Operand right) ->
                Comparing.holds(
                        left,
                        scalar(left, record, givens, related),
                        operator,
                        right,
                        scalar(right, record, givens, related));
        };
    }

    private Scalar scalar(Operand operand, StoredRecord record, Givens givens, RecordLookup related) {
        return switch (operand) {
            case Operand.Literal literal -> Scalar.of(literal.value());
            case Operand.Given given -> Scalar.of(givens.valueOf(given));
            case Operand.Member member -> member(member, record, related);
        };
    }

    private Scalar member(Operand.Member member, StoredRecord record, RecordLookup related) {
        FieldPath path = member.path();
        Optional<StoredRecord> holder = end(path.hops(), record, related);
        Value value = holder.isEmpty()
                ? Value.NOTHING
                : holder.get().value(path.field().name());
        return switch (member.modifier()) {
            case NONE -> scalars.of(scalars.inside(value, path.inside()));
            case LOWER -> Scalars.lower(scalars.of(scalars.inside(value, path.inside())));
            case LENGTH -> Scalars.length(value);
            case EACH, ISSET, CHANGED ->
                throw new IllegalStateException("not of a stored value here: " + member.modifier());
        };
    }

    private static Optional<StoredRecord> end(List<FieldPath.Hop> hops, StoredRecord record, RecordLookup related) {
        Optional<StoredRecord> at = Optional.of(record);
        for (FieldPath.Hop hop : hops) {
            if (at.isEmpty()) return at;
            String id = at.get().text(hop.relation().name());
            at = id.isEmpty() ? Optional.empty() : related.find(hop.target(), id);
        }
        return at;
    }
}
