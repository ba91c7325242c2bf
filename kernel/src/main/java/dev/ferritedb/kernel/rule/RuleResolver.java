package dev.ferritedb.kernel.rule;

import dev.ferritedb.kernel.rule.NameResolver.Named;
import dev.ferritedb.kernel.rule.Syntax.Term;
import dev.ferritedb.ports.query.Comparing;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.LikePattern;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Syntax to a typed condition: finds out what its names mean and what follows from it.
final class RuleResolver {
    private static final Operand TRUE = new Literal(Value.Truth.TRUE);

    private final String source;
    private final NameResolver names;

    private RuleResolver(String source, NameResolver names) {
        this.source = source;
        this.names = names;
    }

    static RuleResolver trusted(String source, CollectionSchema collection, CollectionCatalog catalog) {
        return new RuleResolver(source, NameResolver.trusted(source, collection, catalog));
    }

    static RuleResolver forPublic(
            String source,
            CollectionSchema collection,
            CollectionCatalog catalog,
            Function<CollectionSchema, CompiledRule> listRules) {
        return new RuleResolver(source, NameResolver.forPublic(source, collection, catalog, listRules));
    }

    Condition condition(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Both both -> Condition.all(conditions(both.parts()));
            case Syntax.Either either -> Condition.any(conditions(either.parts()));
            case Syntax.Compared compared -> compared(compared);
            case Syntax.OneOf oneOf -> oneOf(oneOf);
            case Syntax.Bare bare -> bare(bare);
        };
    }

    private List<Condition> conditions(List<Syntax> parts) {
        return parts.stream().map(this::condition).toList();
    }

    /// What the records that the names walk through must satisfy besides.
    Condition restriction() {
        return names.restriction();
    }

    SortKey sortKey(String name, int offset, boolean descending) {
        if (name.indexOf(':') >= 0) throw error(offset, "A sort field has no modifier");
        Named named = names.resolve(name, offset);
        if (named.operand() instanceof Operand.Member member) {
            return new SortKey.By(member.path(), descending, named.guard());
        }
        throw error(offset, "'" + Names.abbreviated(name) + "' is no field to sort by");
    }

    private Condition compared(Syntax.Compared compared) {
        Named left = operand(compared.left());
        Named right = operand(compared.right());
        boolean like = compared.operator() == Operator.LIKE || compared.operator() == Operator.NOT_LIKE;
        if (like && right.operand() instanceof Literal(Value.Text(String text)) && LikePattern.tooLong(text)) {
            throw error(
                    compared.right().offset(),
                    "The text after ~ has at most " + LikePattern.MAX_LENGTH + " characters");
        }
        return guarded(comparison(left, compared.operator(), compared.some(), right), List.of(left, right));
    }

    private static Condition comparison(Named left, Operator operator, boolean some, Named right) {
        if (left.operand() instanceof Literal(Value one) && right.operand() instanceof Literal(Value other)) {
            boolean holds =
                    Comparing.holds(left.operand(), Scalar.of(one), operator, right.operand(), Scalar.of(other));
            return holds ? Condition.Constant.ALWAYS : Condition.Constant.NEVER;
        }
        return new Comparison(left.operand(), operator, some, right.operand());
    }

    private static Condition guarded(Condition condition, List<Named> operands) {
        var parts = new ArrayList<Condition>();
        parts.add(condition);
        for (Named operand : operands) parts.add(operand.guard());
        return Condition.all(parts);
    }

    private Condition oneOf(Syntax.OneOf oneOf) {
        Named left = operand(oneOf.left());
        var choices = new ArrayList<Condition>();
        for (Term term : oneOf.options()) {
            Named option = operand(term);
            choices.add(guarded(comparison(left, Operator.EQUAL, false, option), List.of(option)));
        }
        return guarded(Condition.any(choices), List.of(left));
    }

    private Condition bare(Syntax.Bare bare) {
        if (!(bare.term() instanceof Syntax.Name name)) {
            throw error(bare.term().offset(), "Expected an operator: a number or text alone is no condition");
        }
        Named named = operand(name);
        if (!mayStandAlone(named.operand())) {
            throw error(
                    name.offset(),
                    "'" + Names.abbreviated(name.text()) + "' is no boolean: expected an operator such as = after it");
        }
        Operator operator = bare.negated() ? Operator.NOT_EQUAL : Operator.EQUAL;
        Condition comparison = comparison(named, operator, false, new Named(TRUE, Condition.Constant.ALWAYS));
        return guarded(comparison, List.of(named));
    }

    private static boolean mayStandAlone(Operand operand) {
        return switch (operand) {
            case Literal(Value value) -> value instanceof Value.Truth;
            case Operand.RequestValue _ -> true;
            case Operand.Moment _ -> false;
            case Operand.Member(var path, Modifier modifier) ->
                modifier == Modifier.NONE
                        && switch (path.field().type().shape()) {
                            case TRUTH, JSON -> true;
                            case TEXT, NUMBER, LIST, POINT -> false;
                        };
        };
    }

    private Named operand(Term term) {
        return switch (term) {
            case Syntax.Name name -> names.resolve(name.text(), name.offset());
            case Syntax.NumberTerm number -> literal(number(number.text()));
            case Syntax.TextTerm text -> literal(Value.text(text.text()));
            case Syntax.Call call -> throw call(call);
        };
    }

    /// Functions resolve here: each to an operand of its own.
    private InvalidExpression call(Syntax.Call call) {
        return error(
                call.offset(), "Functions such as '" + Names.abbreviated(call.function()) + "' are not supported here");
    }

    private static Named literal(Value value) {
        return new Named(new Literal(value), Condition.Constant.ALWAYS);
    }

    private static Value number(String text) {
        var exact = new BigDecimal(text);
        double number = exact.doubleValue();
        boolean kept = Double.isFinite(number) && new BigDecimal(number).compareTo(exact) == 0;
        return kept || text.indexOf('.') >= 0 ? Value.number(number) : new Value.Exact(exact);
    }

    private InvalidExpression error(int offset, String reason) {
        return new InvalidExpression(source, offset, reason);
    }
}
