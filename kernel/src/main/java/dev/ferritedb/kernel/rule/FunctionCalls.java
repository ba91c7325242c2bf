package dev.ferritedb.kernel.rule;

import dev.ferritedb.kernel.rule.NameResolver.Named;
import dev.ferritedb.kernel.rule.Syntax.Term;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.DateMacro;
import dev.ferritedb.ports.query.Operand.Function;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What calls of functions mean. Source: the wire contract, section 15.5, and FerriteDB's additions.
final class FunctionCalls {
    private static final Map<String, Function> FUNCTIONS = Map.of(
            "geoDistance",
            Function.GEO_DISTANCE,
            "strftime",
            Function.STRFTIME,
            "size",
            Function.SIZE,
            "length",
            Function.SIZE,
            "contains",
            Function.CONTAINS,
            "startsWith",
            Function.STARTS_WITH,
            "endsWith",
            Function.ENDS_WITH);

    private final String source;
    private final java.util.function.Function<Term, Named> operands;
    private final TextSearches searches;

    /// @param operands what an argument means
    FunctionCalls(String source, java.util.function.Function<Term, Named> operands, TextSearches searches) {
        this.source = source;
        this.operands = operands;
        this.searches = searches;
    }

    /// Whether it says yes or no.
    static boolean isTruth(Function function) {
        return switch (function) {
            case CONTAINS, STARTS_WITH, ENDS_WITH -> true;
            case GEO_DISTANCE, STRFTIME, SIZE -> false;
        };
    }

    Named resolve(Syntax.Call call) {
        Function function = FUNCTIONS.get(call.function());
        if (function == null) {
            String suggestion = Names.suggestion("", call.function(), FUNCTIONS.keySet());
            throw error(call.offset(), "Unknown function '" + Names.abbreviated(call.function()) + "'" + suggestion);
        }
        var arguments = new ArrayList<Named>();
        for (Term argument : call.arguments()) arguments.add(operands.apply(argument));
        var given = new ArrayList<>(arguments.stream().map(Named::operand).toList());
        if (function == Function.STRFTIME && given.size() == 1) given.add(new Operand.Moment(DateMacro.NOW));
        switch (function) {
            case GEO_DISTANCE -> demandCoordinates(call, given);
            case STRFTIME -> demandFormat(call, given);
            case SIZE -> demand(call, given, 1);
            case CONTAINS, STARTS_WITH, ENDS_WITH -> {
                demand(call, given, 2);
                searches.add(given.getFirst(), given.getLast(), call.offset());
            }
        }
        Condition guard = Condition.all(arguments.stream().map(Named::guard).toList());
        return new Named(operand(function, given), guard);
    }

    private static Operand operand(Function function, List<Operand> arguments) {
        if (arguments.stream().noneMatch(Operand::stored)) return new Operand.Computed(function, arguments);
        boolean items = function == Function.SIZE
                && arguments.getFirst() instanceof Operand.Member(var path, Modifier modifier)
                && modifier == Modifier.NONE
                && path.field().type().shape() == FieldType.Shape.LIST;
        if (items) return new Operand.Member(((Operand.Member) arguments.getFirst()).path(), Modifier.LENGTH);
        return new Operand.Call(function, arguments);
    }

    private void demand(Syntax.Call call, List<Operand> arguments, int count) {
        if (arguments.size() == count) return;
        String expected = count == 1 ? "1 argument" : count + " arguments";
        throw error(call.offset(), call.function() + " takes " + expected + ", found " + arguments.size());
    }

    private void demandCoordinates(Syntax.Call call, List<Operand> arguments) {
        demand(call, arguments, 4);
        for (int i = 0; i < arguments.size(); i++) {
            if (call.arguments().get(i) instanceof Syntax.TextTerm text) {
                throw error(text.offset(), "geoDistance takes fields and numbers");
            }
        }
    }

    private void demandFormat(Syntax.Call call, List<Operand> arguments) {
        if (arguments.isEmpty()) throw error(call.offset(), "strftime takes a format, a time and modifiers");
        var modifiers = new ArrayList<String>();
        for (int i = 0; i < call.arguments().size(); i++) {
            if (i == 1) continue;
            Term written = call.arguments().get(i);
            if (!(written instanceof Syntax.TextTerm text)) {
                throw error(written.offset(), "strftime takes its format and modifiers as quoted text");
            }
            if (i > 1) modifiers.add(text.text());
        }
        if (call.arguments().size() > 1 && call.arguments().get(1) instanceof Syntax.Call nested) {
            throw error(nested.offset(), "strftime takes a text, a number or a field as its time");
        }
        String format = ((Syntax.TextTerm) call.arguments().getFirst()).text();
        try {
            Strftime.of(format, modifiers);
        } catch (IllegalArgumentException unknown) {
            throw error(call.offset(), Objects.requireNonNullElse(unknown.getMessage(), "strftime can not do that"));
        }
    }

    /// The format and the modifiers of a call, which are literals.
    static Strftime strftime(Operand format, List<Operand> modifiers) {
        return Strftime.of(
                text(format), modifiers.stream().map(FunctionCalls::text).toList());
    }

    private static String text(Operand operand) {
        return operand instanceof Literal(Value.Text(String text)) ? text : "";
    }

    private InvalidExpression error(int offset, String reason) {
        return new InvalidExpression(source, offset, reason);
    }
}
