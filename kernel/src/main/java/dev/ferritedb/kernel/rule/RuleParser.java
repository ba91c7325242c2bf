package dev.ferritedb.kernel.rule;

import dev.ferritedb.kernel.rule.Syntax.Term;
import dev.ferritedb.kernel.rule.Token.Kind;
import dev.ferritedb.ports.query.Condition.Operator;
import java.util.ArrayList;
import java.util.List;

/// Text to syntax. Never deeper than [#DEPTH_MAX], never wider than [#EXPRESSIONS_MAX]. Source: the wire
/// contract, section 15.1, and FerriteDB's additions.
final class RuleParser {
    /// Conditions in one text; each option of an `in` counts as one.
    static final int EXPRESSIONS_MAX = 200;

    /// Parentheses within one another.
    static final int DEPTH_MAX = 32;

    /// Function calls within one another.
    static final int CALL_DEPTH_MAX = 3;

    private static final int ARGUMENTS_MAX = 10;

    private final String source;
    private final RuleLexer lexer;
    private Token current;
    private Token previous;
    private int expressions;
    private int depth;

    private RuleParser(String source) {
        this.source = source;
        this.lexer = new RuleLexer(source);
        this.current = lexer.next();
        this.previous = current;
    }

    /// @throws InvalidExpression when the text is no condition
    static Syntax parse(String source) {
        var parser = new RuleParser(source);
        if (parser.current.is(Kind.END)) throw parser.error(parser.current, "Expected a condition, found nothing");
        Syntax whole = parser.either();
        if (!parser.current.is(Kind.END)) throw parser.expectedJoin();
        return whole;
    }

    private Syntax either() {
        var parts = new ArrayList<Syntax>();
        do parts.add(both());
        while (take(Kind.OR));
        return parts.size() == 1 ? parts.getFirst() : new Syntax.Either(parts);
    }

    private Syntax both() {
        var parts = new ArrayList<Syntax>();
        do parts.add(condition());
        while (take(Kind.AND));
        return parts.size() == 1 ? parts.getFirst() : new Syntax.Both(parts);
    }

    private Syntax condition() {
        if (current.is(Kind.OPEN)) return group();
        if (take(Kind.NOT)) {
            count();
            if (current.is(Kind.OPEN)) throw error(current, "'!' stands only before a boolean field or value");
            return new Syntax.Bare(term(0), true);
        }
        count();
        Term left = term(0);
        if (current.is(Kind.OPERATOR)) {
            String operator = advance().text();
            boolean some = operator.startsWith("?");
            return new Syntax.Compared(left, operator(some ? operator.substring(1) : operator), some, term(0));
        }
        if (current.is(Kind.NAME) && current.text().equals("in")) {
            advance();
            return new Syntax.OneOf(left, options());
        }
        if (current.is(Kind.AND) || current.is(Kind.OR) || current.is(Kind.CLOSE) || current.is(Kind.END)) {
            return new Syntax.Bare(left, false);
        }
        throw error(current, "Expected an operator after " + previous.shown() + ", found " + current.shown());
    }

    private Syntax group() {
        Token open = advance();
        if (++depth > DEPTH_MAX) throw error(open, "More than " + DEPTH_MAX + " parentheses within one another");
        Syntax inner = either();
        depth--;
        if (take(Kind.CLOSE)) return inner;
        if (current.is(Kind.END)) throw error(open, "This parenthesis is not closed");
        throw expectedJoin();
    }

    private List<Term> options() {
        if (!take(Kind.OPEN_LIST)) throw error(current, "Expected '[' after 'in', found " + current.shown());
        var options = new ArrayList<Term>();
        if (take(Kind.CLOSE_LIST)) return options;
        do {
            if (!options.isEmpty()) count();
            options.add(term(0));
        } while (take(Kind.COMMA));
        if (take(Kind.CLOSE_LIST)) return options;
        throw error(current, "Expected ',' or ']', found " + current.shown());
    }

    private Term term(int calls) {
        Token token = current;
        return switch (token.kind()) {
            case NAME -> {
                advance();
                yield current.is(Kind.OPEN) && current.offset() == token.end()
                        ? call(token, calls + 1)
                        : new Syntax.Name(token.text(), token.offset());
            }
            case NUMBER -> {
                advance();
                yield new Syntax.NumberTerm(token.text(), token.offset());
            }
            case TEXT -> {
                advance();
                yield new Syntax.TextTerm(token.text(), token.offset());
            }
            case OPERATOR, AND, OR, NOT, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, END ->
                throw error(token, "Expected a field, a number or a text, found " + token.shown());
        };
    }

    private Term call(Token name, int calls) {
        if (calls > CALL_DEPTH_MAX) throw error(name, "More than " + CALL_DEPTH_MAX + " functions within one another");
        advance();
        var arguments = new ArrayList<Term>();
        while (!current.is(Kind.CLOSE)) {
            if (arguments.size() == ARGUMENTS_MAX) throw error(current, "More than " + ARGUMENTS_MAX + " arguments");
            arguments.add(term(calls));
            if (!take(Kind.COMMA)) break;
        }
        if (take(Kind.CLOSE)) return new Syntax.Call(name.text(), arguments, name.offset());
        throw error(current, "Expected ',' or ')', found " + current.shown());
    }

    private static Operator operator(String text) {
        return switch (text) {
            case "=", "==" -> Operator.EQUAL;
            case "!=" -> Operator.NOT_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case "~" -> Operator.LIKE;
            case "!~" -> Operator.NOT_LIKE;
            default -> throw new IllegalStateException("the lexer knows no operator " + text);
        };
    }

    private boolean take(Kind kind) {
        if (!current.is(kind)) return false;
        advance();
        return true;
    }

    private Token advance() {
        previous = current;
        current = lexer.next();
        return previous;
    }

    private void count() {
        if (++expressions > EXPRESSIONS_MAX) throw error(current, "More than " + EXPRESSIONS_MAX + " conditions");
    }

    private InvalidExpression expectedJoin() {
        String hint = switch (current.text()) {
            case "and", "AND" -> "; write && for 'and'";
            case "or", "OR" -> "; write || for 'or'";
            default -> "";
        };
        return error(current, "Expected && or ||, found " + current.shown() + hint);
    }

    private InvalidExpression error(Token token, String reason) {
        return new InvalidExpression(source, token.offset(), reason);
    }
}
