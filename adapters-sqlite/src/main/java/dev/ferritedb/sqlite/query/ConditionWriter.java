package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Any;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.Condition.EveryRow;
import dev.ferritedb.ports.query.Condition.MissingOr;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.Condition.SomeRow;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.LikePattern;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Operand.Reading;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.query.Scalar;
import java.util.List;
import java.util.Optional;

/// Writes conditions. A plain comparison is a bare column against a bound value, so that an index serves it; what
/// ranges over several rows is an EXISTS, which multiplies nothing.
final class ConditionWriter {
    private static final int CHAIN_MAX = 16;

    private final OperandWriter operands;
    private final From.Aliases aliases;

    ConditionWriter(OperandWriter operands, From.Aliases aliases) {
        this.operands = operands;
        this.aliases = aliases;
    }

    /// @param beside whether it stands beside others, so that a disjunction needs parentheses
    Fragment write(Condition condition, Place place, boolean beside) {
        return switch (condition) {
            case Constant constant -> Fragment.of(constant == Constant.ALWAYS ? "1" : "0");
            case All(List<Condition> parts) -> joined(parts, " AND ", place, false);
            case Any(List<Condition> parts) -> joined(parts, " OR ", place, beside);
            case Comparison comparison -> comparison(comparison, place);
            case SomeRow(Rows rows, Condition inner) -> some(rows, inner, place);
            case EveryRow every -> every(every, place);
            case MissingOr(List<Hop> way, Condition rule) -> missingOr(way, rule, place);
        };
    }

    private Fragment joined(List<Condition> parts, String word, Place place, boolean enclosed) {
        var whole = new Fragment();
        if (enclosed) whole.add("(");
        whole.add(balanced(parts, word, place));
        return enclosed ? whole.add(")") : whole;
    }

    /// SQLite takes expressions 1,000 deep, and a chain of `OR` is as deep as it is long.
    private Fragment balanced(List<Condition> parts, String word, Place place) {
        var whole = new Fragment();
        if (parts.size() > CHAIN_MAX) {
            int half = parts.size() / 2;
            return whole.add("(")
                    .add(balanced(parts.subList(0, half), word, place))
                    .add(")" + word + "(")
                    .add(balanced(parts.subList(half, parts.size()), word, place))
                    .add(")");
        }
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) whole.add(word);
            whole.add(write(parts.get(i), place, true));
        }
        return whole;
    }

    private Fragment some(Rows rows, Condition inner, Place place) {
        if (Membership.picksFew(rows, inner)) return pointed(rows, inner, place);
        Optional<Membership> linked = Membership.linked(rows, inner);
        if (linked.isPresent()) return in(linked.get(), rows, place);
        var range = new Range(operands, new From(aliases), !MissingRows.reject(inner, rows));
        Place at = range.over(rows, place);
        return ListSieve.of(rows, inner)
                .map(sieve -> sieved(sieve, place).add(" AND "))
                .orElseGet(Fragment::new)
                .add("EXISTS ")
                .add(range.select(Fragment.of("1"), write(inner, at, true)));
    }

    private Fragment sieved(ListSieve sieve, Place place) {
        String list = place.alias(sieve.holder()) + "."
                + QueryWriter.quoted(sieve.list().name());
        return Fragment.of("instr(" + list + ", ")
                .add(operands.within(sieve.wanted()))
                .add(")");
    }

    private Fragment pointed(Rows rows, Condition inner, Place place) {
        var range = new Range(operands, new From(aliases), false);
        Range.Pointing pointing = range.pointing(rows, place);
        return Fragment.of(pointing.anchor())
                .add(" IN ")
                .add(range.select(Fragment.of(pointing.column()), write(inner, pointing.place(), true)));
    }

    private Fragment in(Membership membership, Rows rows, Place place) {
        boolean orMissing = !MissingRows.reject(membership.rest(), rows);
        var range = new Range(operands, new From(aliases), orMissing);
        Place at = range.over(rows, place);
        Fragment row = orEmpty(membership.inner(), isThere(membership.inner(), at), at);
        return orEmpty(membership.outer(), isThere(membership.outer(), place), place)
                .add(" IN ")
                .add(range.select(row, write(membership.rest(), at, true)));
    }

    private Fragment every(EveryRow every, Place place) {
        Optional<Condition> failing = failing(every.test()).map(test -> Condition.both(every.among(), test));
        boolean few = every.rows().size() == 1
                && failing.filter(fails -> Membership.picksFew(every.rows().getFirst(), fails))
                        .isPresent();
        if (few) {
            return Fragment.of("(")
                    .add(pointed(every.rows().getFirst(), failing.orElseThrow(), place))
                    .add(") IS NOT 1");
        }
        var range = new Range(operands, new From(aliases), MissingRows.mayFail(every));
        Place at = place;
        for (Rows rows : every.rows()) at = range.over(rows, at);
        var fails = new Fragment();
        if (failing.isPresent()) {
            fails.add(write(failing.get(), at, true));
        } else {
            if (every.among() != Constant.ALWAYS) {
                fails.add(write(every.among(), at, true)).add(" AND ");
            }
            fails.add("NOT (").add(write(every.test(), at, false)).add(")");
        }
        return Fragment.of("NOT EXISTS ").add(range.select(Fragment.of("1"), fails));
    }

    /// @return what holds where `test` fails, empty when no operator says so
    private static Optional<Condition> failing(Condition test) {
        if (!(test instanceof Comparison(Operand left, Operator operator, Operand right))) return Optional.empty();
        Optional<Operator> opposite = switch (operator) {
            case EQUAL -> Optional.empty();
            case NOT_EQUAL -> Optional.of(Operator.EQUAL);
            case GREATER -> Optional.of(Operator.LESS_OR_EQUAL);
            case GREATER_OR_EQUAL -> Optional.of(Operator.LESS);
            case LESS -> Optional.of(Operator.GREATER_OR_EQUAL);
            case LESS_OR_EQUAL -> Optional.of(Operator.GREATER);
            case LIKE -> Optional.of(Operator.NOT_LIKE);
            case NOT_LIKE -> Optional.of(Operator.LIKE);
        };
        return opposite.map(other -> new Comparison(left, other, right));
    }

    private Fragment missingOr(List<Hop> way, Condition rule, Place place) {
        Place.Start start = place.start(way);
        var base = new Place.Base(place.alias(way), start.from(), false);
        return Fragment.of("(" + base.alias() + ".\"id\" IS NULL OR ")
                .add(write(rule, base, true))
                .add(")");
    }

    private Fragment comparison(Comparison comparison, Place place) {
        return switch (comparison.operator()) {
            case EQUAL, NOT_EQUAL -> equality(comparison, place);
            case GREATER -> ordered(comparison, " > ", place);
            case GREATER_OR_EQUAL -> ordered(comparison, " >= ", place);
            case LESS -> ordered(comparison, " < ", place);
            case LESS_OR_EQUAL -> ordered(comparison, " <= ", place);
            case LIKE -> like(comparison, " LIKE ", place);
            case NOT_LIKE -> like(comparison, " NOT LIKE ", place);
        };
    }

    private Fragment ordered(Comparison comparison, String word, Place place) {
        return side(comparison.left(), comparison.right(), place)
                .add(word)
                .add(side(comparison.right(), comparison.left(), place));
    }

    private Fragment side(Operand side, Operand other, Place place) {
        return side.stored()
                ? new Fragment().add(operands.beside(side, other, place))
                : operands.constant(side, other.reading());
    }

    private Fragment equality(Comparison comparison, Place place) {
        boolean same = comparison.operator() == Operator.EQUAL;
        Operand left = comparison.left();
        Operand right = comparison.right();
        boolean strict = left.strict() || right.strict();
        if (left.stored() && right.stored()) {
            return strict
                    ? operands.beside(left, right, place)
                            .add(same ? " IS " : " IS NOT ")
                            .add(operands.beside(right, left, place))
                    : between(left, same, right, place);
        }
        if (left.stored()) return equality(left, same, right, strict, place);
        if (right.stored()) return equality(right, same, left, strict, place);
        throw new IllegalStateException("a comparison of constants is decided before");
    }

    /// Columns of one kind are compared bare where they are never NULL: COALESCE would hide them from an index, and
    /// keeps a text beside a number from being read as one.
    private Fragment between(Operand left, boolean same, Operand right, Place place) {
        boolean alike = left.reading() == right.reading() && left.reading() != Reading.AS_IS;
        return orEmpty(left, alike && isThere(left, place), place)
                .add(same ? " = " : " <> ")
                .add(orEmpty(right, alike && isThere(right, place), place));
    }

    private Fragment orEmpty(Operand operand, boolean bare, Place place) {
        Fragment value = operands.stored(operand, place);
        return bare ? value : Fragment.of("COALESCE(").add(value).add(", '')");
    }

    private static boolean isThere(Operand operand, Place place) {
        return operand instanceof Operand.Member(var path, Modifier modifier)
                && modifier == Modifier.NONE
                && place.present(path.hops());
    }

    private Fragment equality(Operand operand, boolean same, Operand constant, boolean strict, Place place) {
        Fragment stored = operands.stored(operand, place);
        boolean empty = constant instanceof Operand.Literal(var value)
                && Scalar.of(value).isEmpty();
        boolean missing = constant instanceof Operand.Literal(var value) && Scalar.of(value) == Scalar.MISSING;
        Reading reading = operand.reading();
        if (strict && missing) return stored.add(same ? " IS NULL" : " IS NOT NULL");
        if (strict) return stored.add(same ? " IS " : " IS NOT ").add(operands.constant(constant, reading));
        if (empty && reading == Reading.AS_NUMBER) return stored.add(same ? " IS NULL" : " IS NOT NULL");
        if (empty && isThere(operand, place)) return stored.add(same ? " = ''" : " <> ''");
        if (empty) {
            return Fragment.of("(")
                    .add(stored)
                    .add(same ? " = '' OR " : " <> '' AND ")
                    .add(stored)
                    .add(same ? " IS NULL)" : " IS NOT NULL)");
        }
        return stored.add(same ? " = " : " IS NOT ").add(operands.constant(constant, reading));
    }

    private Fragment like(Comparison comparison, String word, Place place) {
        Operand left = inAnyCase(comparison.left());
        Fragment shown = left.stored() ? operands.spelt(left, place) : operands.constant(left, Reading.AS_TEXT);
        return new Fragment()
                .add(shown)
                .add(word)
                .add(pattern(comparison.right(), place))
                .add(" ESCAPE '\\'");
    }

    /// LIKE matches letters in either case by itself.
    private static Operand inAnyCase(Operand operand) {
        return operand instanceof Operand.Member(var path, Modifier modifier) && modifier == Modifier.LOWER
                ? new Operand.Member(path, Modifier.NONE)
                : operand;
    }

    private Fragment pattern(Operand operand, Place place) {
        if (operand.stored()) {
            Fragment stored = operands.spelt(operand, place);
            return Fragment.of("CASE WHEN length(")
                    .add(stored)
                    .add(") <= " + LikePattern.MAX_LENGTH + " THEN '%' || ")
                    .add(stored)
                    .add(" || '%' END");
        }
        return operands.bound(operand, Template::pattern, Template.PatternOf::new);
    }
}
