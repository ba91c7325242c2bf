package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Function;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Operand.RequestValue;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the operands of a condition are, seen from where its paths start: values, and the rows on their ways.
final class OperandValues {
    private final Scalars scalars;
    private final Functions functions;
    private final Givens givens;
    private final RecordLookup related;

    OperandValues(Scalars scalars, Functions functions, Givens givens, RecordLookup related) {
        this.scalars = scalars;
        this.functions = functions;
        this.givens = givens;
        this.related = related;
    }

    Scalar scalar(Operand operand, Standing standing) {
        return switch (operand) {
            case Operand.Literal literal -> Scalar.of(literal.value());
            case RequestValue value
            when value.modifier() == Modifier.EACH -> scalars.of(standing.item(new Rows.SentItems(value)));
            case Operand.Given given -> Scalar.of(givens.valueOf(given));
            case Operand.Member member -> member(member, standing);
            case Operand.Call(Function function, List<Operand> arguments) -> called(function, arguments, standing);
        };
    }

    Scalar called(Function function, List<Operand> operands, Standing standing) {
        List<Value> arguments =
                operands.stream().map(operand -> argument(operand, standing)).toList();
        return functions.result(function, operands, arguments, givens);
    }

    /// A list stays one.
    private Value argument(Operand operand, Standing standing) {
        return switch (operand) {
            case Operand.Member(FieldPath path, Modifier modifier)
            when modifier == Modifier.NONE -> scalars.opened(scalars.inside(value(path, standing), path.inside()));
            case RequestValue value
            when value.modifier() == Modifier.NONE -> {
                Value items = givens.valueOf(new RequestValue(value.path(), Modifier.EACH));
                yield items == Value.NOTHING ? givens.valueOf(value) : scalars.decoded(items);
            }
            case Operand.Literal _, Operand.Given _, Operand.Member _, Operand.Call _ ->
                Scalars.asValue(scalar(operand, standing));
        };
    }

    private Scalar member(Operand.Member member, Standing standing) {
        FieldPath path = member.path();
        return switch (member.modifier()) {
            case NONE -> scalars.of(scalars.inside(value(path, standing), path.inside()));
            case LOWER -> Scalars.lower(scalars.of(scalars.inside(value(path, standing), path.inside())));
            case LENGTH -> Scalars.length(value(path, standing));
            case EACH -> scalars.of(standing.item(new Rows.Items(path.hops(), path.field())));
            case ISSET, CHANGED -> throw new IllegalStateException("not of a stored value: " + member.modifier());
        };
    }

    private Value value(FieldPath path, Standing standing) {
        return end(path.hops(), standing)
                .map(record -> record.value(path.field().name()))
                .orElse(Value.NOTHING);
    }

    /// The record at the end of a way whose several rows are at hand.
    Optional<StoredRecord> end(List<Hop> way, Standing standing) {
        Standing.Start start = standing.start(way);
        Optional<StoredRecord> at = start.record();
        for (Hop hop : way.subList(start.length(), way.size())) {
            if (at.isEmpty()) return at;
            at = next(hop, at.get());
        }
        return at;
    }

    private Optional<StoredRecord> next(Hop hop, StoredRecord from) {
        return switch (hop) {
            case Hop.Forward forward ->
                found(forward, from.value(forward.relation().name()));
            case Hop.Back back ->
                related.naming(back.target(), back.relation(), from.id()).stream()
                        .findFirst();
            case Hop.Everything _, Hop.Sent _, Hop.BackToSent _ ->
                throw new IllegalStateException("leads to several records: " + hop.name());
        };
    }

    private Optional<StoredRecord> found(Hop hop, Value id) {
        return id instanceof Value.Text(String text) && !text.isEmpty()
                ? related.find(hop.target(), text)
                : Optional.empty();
    }

    /// @return at least one
    List<Standing.Row> rows(Rows rows, Standing standing) {
        var found = new ArrayList<Standing.Row>();
        switch (rows) {
            case Rows.Related(List<Hop> way) -> {
                List<Hop> before = way.subList(0, way.size() - 1);
                for (Optional<StoredRecord> record : records(way.getLast(), before, standing)) {
                    found.add(new Standing.Row(record, Value.NOTHING));
                }
            }
            case Rows.Items(List<Hop> way, Field field) -> {
                Value value = end(way, standing)
                        .map(record -> record.value(field.name()))
                        .orElse(Value.NOTHING);
                for (Value item : items(value)) found.add(new Standing.Row(Optional.empty(), item));
            }
            case Rows.SentItems(RequestValue list) -> {
                for (Value item : sent(list)) found.add(new Standing.Row(Optional.empty(), item));
            }
        }
        return found.isEmpty() ? List.of(Standing.Row.MISSING) : found;
    }

    private List<Optional<StoredRecord>> records(Hop hop, List<Hop> before, Standing standing) {
        return switch (hop) {
            case Hop.Forward forward ->
                named(
                        hop,
                        end(before, standing)
                                .map(record ->
                                        items(record.value(forward.relation().name())))
                                .orElse(List.of()));
            case Hop.Back back ->
                anchor(before, standing)
                        .map(id -> some(related.naming(back.target(), back.relation(), id)))
                        .orElse(List.of());
            case Hop.Everything everything -> some(related.all(everything.target()));
            case Hop.Sent(RequestValue ids, var _) -> named(hop, sent(ids));
            case Hop.BackToSent(RequestValue id, var target, Field relation) ->
                givens.valueOf(id) instanceof Value.Text(String text) && !text.isEmpty()
                        ? some(related.naming(target, relation, text))
                        : List.of();
        };
    }

    /// The id of the record at the end of `way`: of one that a relation names, as it stands there.
    private Optional<String> anchor(List<Hop> way, Standing standing) {
        boolean named = !way.isEmpty()
                && way.getLast() instanceof Hop.Forward
                && standing.start(way).length() < way.size();
        if (!named) return end(way, standing).map(StoredRecord::id);
        String relation = ((Hop.Forward) way.getLast()).relation().name();
        return end(way.subList(0, way.size() - 1), standing)
                .map(record -> record.text(relation))
                .filter(id -> !id.isEmpty());
    }

    private List<Optional<StoredRecord>> named(Hop hop, List<Value> ids) {
        return ids.stream().map(id -> found(hop, id)).toList();
    }

    private static List<Optional<StoredRecord>> some(List<StoredRecord> records) {
        return records.stream().map(Optional::of).toList();
    }

    private List<Value> sent(RequestValue list) {
        return items(scalars.decoded(givens.valueOf(list)));
    }

    private static List<Value> items(Value value) {
        return value instanceof Value.Items(List<Value> items) ? items : List.of();
    }
}
