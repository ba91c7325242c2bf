package dev.ferritedb.sqlite.query;

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
import dev.ferritedb.ports.query.LikePattern;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A query whose givens are still open. What they hold changes the SQL in one way for each comparison that asks
/// for one, its [#turn]: a template is kept for each combination that was met.
final class PreparedQuery {
    private static final Operand NOTHING = new Operand.Literal(Value.NOTHING);
    private static final int TURNS_MAX = 62;
    private static final int TEMPLATES_MAX = 64;

    private final QueryKind kind;
    private final CollectionSchema collection;
    private final List<Field> among;
    private final Condition where;
    private final List<SortKey> order;
    private final List<Comparison> asking = new ArrayList<>();
    private final Map<Operand.Given, Integer> positions = new LinkedHashMap<>();
    private final Operand.Given[] givens;
    private final Map<Long, Template> templates = new ConcurrentHashMap<>();

    PreparedQuery(
            QueryKind kind, CollectionSchema collection, List<Field> among, Condition where, List<SortKey> order) {
        this.kind = kind;
        this.collection = collection;
        this.among = among;
        this.where = where;
        this.order = order;
        collect(where);
        for (SortKey key : order) if (key instanceof SortKey.By by) collect(by.shownWhen());
        this.givens = positions.keySet().toArray(Operand.Given[]::new);
    }

    private void collect(Condition condition) {
        switch (condition) {
            case Constant _ -> {}
            case All all -> all.parts().forEach(this::collect);
            case Any any -> any.parts().forEach(this::collect);
            case Comparison comparison -> {
                if (given(comparison.left()) | given(comparison.right())) asking.add(comparison);
            }
            case SomeRow(Rows rows, Condition inner) -> {
                collect(rows);
                collect(inner);
            }
            case EveryRow(List<Rows> rows, Condition among, Condition test) -> {
                rows.forEach(this::collect);
                collect(among);
                collect(test);
            }
            case MissingOr(var _, Condition rule) -> collect(rule);
        }
    }

    private void collect(Rows rows) {
        switch (rows) {
            case Rows.Related(List<Hop> way) -> {
                switch (way.getLast()) {
                    case Hop.Sent sent -> place(sent.ids());
                    case Hop.BackToSent back -> place(back.id());
                    case Hop.Forward _, Hop.Back _, Hop.Everything _ -> {}
                }
            }
            case Rows.Items _ -> {}
            case Rows.SentItems(Operand.RequestValue list) -> place(list);
        }
    }

    /// @return whether the operand itself is given, so that what it holds may change the SQL
    private boolean given(Operand operand) {
        return switch (operand) {
            case Operand.Given given
            when !given.stored() -> {
                place(given);
                yield true;
            }
            case Operand.Call(Operand.Function function, List<Operand> arguments) -> {
                arguments.forEach(this::given);
                if (function == Operand.Function.CONTAINS
                        && arguments.getFirst() instanceof Operand.RequestValue holder
                        && !holder.stored()) {
                    place(new Operand.RequestValue(holder.path(), Operand.Modifier.EACH));
                }
                yield false;
            }
            case Operand.Literal _, Operand.Member _, Operand.Given _ -> false;
        };
    }

    private void place(Operand.Given given) {
        positions.putIfAbsent(given, positions.size());
    }

    CompiledQuery bind(Givens request, String id, long limit, long offset) {
        var values = new Scalar[givens.length];
        for (int i = 0; i < values.length; i++) values[i] = Scalar.of(request.valueOf(givens[i]));
        return template(values).bind(values, id, limit, offset);
    }

    private Template template(Scalar[] values) {
        if (asking.size() > TURNS_MAX) return compile(values);
        long turns = 0;
        for (int i = 0; i < asking.size(); i++) if (turn(asking.get(i), values)) turns |= 1L << i;
        Template known = templates.get(turns);
        if (known != null) return known;
        Template made = compile(values);
        if (templates.size() < TEMPLATES_MAX) templates.put(turns, made);
        return made;
    }

    private Template compile(Scalar[] values) {
        var writer = new QueryWriter(collection, positions);
        return writer.write(kind, among, reduced(where, values), order, shown -> reduced(shown, values));
    }

    /// The condition as it stands for `values`: what they decide alone is decided, and a missing or empty one is
    /// spelt out.
    private Condition reduced(Condition condition, Scalar[] values) {
        return switch (condition) {
            case Constant constant -> constant;
            case All all -> Condition.all(reduced(all.parts(), values));
            case Any any -> Condition.any(reduced(any.parts(), values));
            case Comparison comparison -> reduced(comparison, values);
            case SomeRow(Rows rows, Condition inner) -> {
                Condition left = reduced(inner, values);
                yield left instanceof Constant ? left : new SomeRow(rows, left);
            }
            case EveryRow(List<Rows> rows, Condition among, Condition test) ->
                new EveryRow(rows, reduced(among, values), reduced(test, values));
            case MissingOr(List<Hop> way, Condition rule) -> {
                Condition left = reduced(rule, values);
                yield left == Constant.ALWAYS ? left : new MissingOr(way, left);
            }
        };
    }

    private List<Condition> reduced(List<Condition> parts, Scalar[] values) {
        return parts.stream().map(part -> reduced(part, values)).toList();
    }

    private Condition reduced(Comparison comparison, Scalar[] values) {
        Operand left = comparison.left();
        Operand right = comparison.right();
        if (left.stored() && right.stored()) return comparison;
        boolean turn = turn(comparison, values);
        if (!left.stored() && !right.stored()) return turn ? Constant.ALWAYS : Constant.NEVER;
        if (!turn) return comparison;
        return switch (comparison.operator()) {
            case EQUAL, NOT_EQUAL ->
                new Comparison(left.stored() ? left : NOTHING, comparison.operator(), right.stored() ? right : NOTHING);
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, LIKE, NOT_LIKE -> Constant.NEVER;
        };
    }

    /// Without a stored side: whether it holds. With one: whether the other is empty where that needs SQL of its
    /// own, or such that the comparison can't hold.
    private boolean turn(Comparison comparison, Scalar[] values) {
        Operand left = comparison.left();
        Operand right = comparison.right();
        if (!left.stored() && !right.stored()) {
            return Comparing.holds(left, constant(left, values), comparison.operator(), right, constant(right, values));
        }
        Scalar constant = constant(left.stored() ? right : left, values);
        return switch (comparison.operator()) {
            case EQUAL, NOT_EQUAL -> !left.strict() && !right.strict() && constant.isEmpty();
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> constant == Scalar.MISSING;
            case LIKE, NOT_LIKE ->
                left.stored()
                        ? constant.asText() instanceof Scalar.Text text && LikePattern.tooLong(text.text())
                        : constant == Scalar.MISSING;
        };
    }

    private Scalar constant(Operand operand, Scalar[] values) {
        return switch (operand) {
            case Operand.Literal literal -> Scalar.of(literal.value());
            case Operand.Given given -> values[position(given)];
            case Operand.Member _, Operand.Call _ -> throw new IllegalStateException("a stored value is no constant");
        };
    }

    private int position(Operand.Given given) {
        Integer position = positions.get(given);
        if (position == null) throw new IllegalStateException("not collected: " + given);
        return position;
    }
}
