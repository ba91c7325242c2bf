package dev.ferritedb.kernel.rule;

import dev.ferritedb.kernel.rule.NameResolver.ListRules;
import dev.ferritedb.kernel.rule.NameResolver.Named;
import dev.ferritedb.kernel.rule.Syntax.Term;
import dev.ferritedb.ports.query.Comparing;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.EveryRow;
import dev.ferritedb.ports.query.Condition.MissingOr;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.LikePattern;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Syntax to a typed condition: finds out what its names mean and what follows from it.
final class RuleResolver {
    private static final Named TRUE = new Named(new Literal(Value.Truth.TRUE));

    private final String source;
    private final NameResolver names;
    private final TextSearches searches;
    private final FunctionCalls calls;

    private RuleResolver(String source, NameResolver names, TextSearches searches) {
        this.source = source;
        this.names = names;
        this.searches = searches;
        this.calls = new FunctionCalls(source, this::operand, searches);
    }

    static RuleResolver trusted(String source, CollectionSchema collection, CollectionCatalog catalog) {
        NameResolver names = NameResolver.trusted(source, collection, catalog);
        return new RuleResolver(source, names, TextSearches.unlimited(source));
    }

    static RuleResolver forPublic(
            String source, CollectionSchema collection, CollectionCatalog catalog, ListRules listRules) {
        NameResolver names = NameResolver.forPublic(source, collection, catalog, listRules);
        return new RuleResolver(source, names, TextSearches.limited(source));
    }

    /// @return the condition, and what the records that its names walk through must satisfy besides
    Condition condition(Syntax syntax) {
        var parts = new ArrayList<Condition>();
        parts.add(typed(syntax));
        parts.addAll(names.restrictions());
        return Quantifiers.placed(Condition.all(parts));
    }

    private Condition typed(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Both both -> Condition.all(typed(both.parts()));
            case Syntax.Either either -> Condition.any(typed(either.parts()));
            case Syntax.Compared(Term left, Operator operator, boolean some, Term right) -> {
                List<Named> lefts = operands(left);
                List<Named> rights = operands(right);
                if (operator == Operator.LIKE || operator == Operator.NOT_LIKE) {
                    demandShortPattern(right);
                    countPatterns(lefts, rights, left.offset());
                }
                yield compared(lefts, operator, some, rights);
            }
            case Syntax.OneOf oneOf -> oneOf(oneOf);
            case Syntax.Bare bare -> bare(bare);
        };
    }

    private List<Condition> typed(List<Syntax> parts) {
        return parts.stream().map(this::typed).toList();
    }

    /// What the records that the sort's names walk through must satisfy.
    Condition restriction() {
        return Condition.all(List.copyOf(names.restrictions()));
    }

    SortKey sortKey(String name, int offset, boolean descending) {
        Named named = names.resolve(name, offset).getFirst();
        if (!(named.operand() instanceof Operand.Member member)) {
            throw error(offset, "'" + Names.abbreviated(name) + "' is no field to sort by");
        }
        if (!Quantifiers.of(List.of(member)).isEmpty()) {
            throw error(offset, "'" + Names.abbreviated(name) + "' leads to several records: they give no order");
        }
        return new SortKey.By(member.path(), member.modifier(), descending, named.guard());
    }

    private void demandShortPattern(Term right) {
        if (right instanceof Syntax.TextTerm(String text, int offset) && LikePattern.tooLong(text)) {
            throw error(offset, "The text after ~ has at most " + LikePattern.MAX_LENGTH + " characters");
        }
    }

    private void countPatterns(List<Named> lefts, List<Named> rights, int offset) {
        for (Named left : lefts) {
            for (Named right : rights) searches.addPattern(left.operand(), right.operand(), offset);
        }
    }

    private Condition compared(List<Named> lefts, Operator operator, boolean some, List<Named> rights) {
        var alternatives = new ArrayList<Condition>();
        for (Named left : lefts) {
            for (Named right : rights) {
                alternatives.add(asked(comparison(left, operator, right), some, left, List.of(right)));
            }
        }
        return Condition.any(alternatives);
    }

    private static Condition comparison(Named left, Operator operator, Named right) {
        if (left.operand() instanceof Literal(Value one) && right.operand() instanceof Literal(Value other)) {
            boolean holds =
                    Comparing.holds(left.operand(), Scalar.of(one), operator, right.operand(), Scalar.of(other));
            return holds ? Condition.Constant.ALWAYS : Condition.Constant.NEVER;
        }
        return new Comparison(left.operand(), operator, right.operand());
    }

    /// A plain operator over several rows asks that it holds for one and fails for none. Only rows that may be seen
    /// count there: else a test that fails would tell of a row that is hidden.
    private Condition asked(Condition test, boolean some, Named left, List<Named> others) {
        var parts = new ArrayList<Condition>();
        var operands = new ArrayList<Operand>();
        parts.add(test);
        parts.add(left.guard());
        operands.add(left.operand());
        for (Named other : others) {
            parts.add(other.guard());
            operands.add(other.operand());
        }
        List<Rows> rows = some || anyRowIsEnough(operands) ? List.of() : Quantifiers.of(operands);
        if (!rows.isEmpty()) {
            var among = new ArrayList<>(parts.subList(1, parts.size()));
            for (MissingOr restriction : names.restrictions()) {
                if (Quantifiers.comesThrough(restriction.way(), rows)) among.add(restriction);
            }
            var every = new EveryRow(rows, Condition.all(among), test);
            if (every.among() == Condition.Constant.ALWAYS && holdsOrFails(test)) return every;
            parts.add(every);
        }
        return Condition.all(parts);
    }

    /// Whether it holds for some row if it fails for none: there is at least one, be it a missing one.
    private static boolean holdsOrFails(Condition test) {
        return test instanceof Comparison comparison && comparison.operator() == Operator.NOT_EQUAL;
    }

    private static boolean anyRowIsEnough(List<Operand> operands) {
        return operands.stream()
                .anyMatch(operand -> operand instanceof Operand.Call(Operand.Function function, var _)
                        && function == Operand.Function.GEO_DISTANCE);
    }

    private Condition oneOf(Syntax.OneOf oneOf) {
        var options = new ArrayList<Named>();
        for (Term term : oneOf.options()) options.add(operand(term));
        var alternatives = new ArrayList<Condition>();
        for (Named left : operands(oneOf.left())) {
            var choices = new ArrayList<Condition>();
            for (Named option : options) {
                choices.add(Condition.both(comparison(left, Operator.EQUAL, option), option.guard()));
            }
            alternatives.add(asked(Condition.any(choices), false, left, withoutGuards(options)));
        }
        return Condition.any(alternatives);
    }

    private static List<Named> withoutGuards(List<Named> options) {
        return options.stream().map(option -> new Named(option.operand())).toList();
    }

    private Condition bare(Syntax.Bare bare) {
        if (bare.term() instanceof Syntax.NumberTerm || bare.term() instanceof Syntax.TextTerm) {
            throw error(bare.term().offset(), "Expected an operator: a number or text alone is no condition");
        }
        List<Named> named = operands(bare.term());
        for (Named one : named) {
            if (!mayStandAlone(one.operand())) {
                throw error(
                        bare.term().offset(),
                        "'" + Names.abbreviated(shown(bare.term()))
                                + "' is no boolean: expected an operator such as = after it");
            }
        }
        Operator operator = bare.negated() ? Operator.NOT_EQUAL : Operator.EQUAL;
        return compared(named, operator, false, List.of(TRUE));
    }

    private static String shown(Term term) {
        return switch (term) {
            case Syntax.Name name -> name.text();
            case Syntax.Call call -> call.function() + "(…)";
            case Syntax.NumberTerm number -> number.text();
            case Syntax.TextTerm text -> text.text();
        };
    }

    private static boolean mayStandAlone(Operand operand) {
        return switch (operand) {
            case Literal(Value value) -> value instanceof Value.Truth;
            case Operand.RequestValue _ -> true;
            case Operand.Moment _ -> false;
            case Operand.Call(Operand.Function function, var _) -> FunctionCalls.isTruth(function);
            case Operand.Computed(Operand.Function function, var _) -> FunctionCalls.isTruth(function);
            case Operand.Member(var path, Modifier modifier) ->
                modifier == Modifier.NONE
                        && switch (path.field().type().shape()) {
                            case TRUTH, JSON -> true;
                            case TEXT, NUMBER, LIST, POINT -> false;
                        };
        };
    }

    private List<Named> operands(Term term) {
        return switch (term) {
            case Syntax.Name name -> names.resolve(name.text(), name.offset());
            case Syntax.NumberTerm number -> List.of(literal(number(number.text())));
            case Syntax.TextTerm text -> List.of(literal(Value.text(text.text())));
            case Syntax.Call call -> List.of(calls.resolve(call));
        };
    }

    private Named operand(Term term) {
        List<Named> variants = operands(term);
        if (variants.size() > 1) {
            throw error(
                    term.offset(),
                    "'" + Names.abbreviated(shown(term))
                            + "' leads to different collections for different accounts: compare it alone");
        }
        return variants.getFirst();
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
