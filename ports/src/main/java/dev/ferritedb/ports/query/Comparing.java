package dev.ferritedb.ports.query;

import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.Scalar.Missing;
import dev.ferritedb.ports.query.Scalar.Real;
import dev.ferritedb.ports.query.Scalar.Text;
import dev.ferritedb.ports.query.Scalar.Whole;
import java.math.BigDecimal;

/// What the operators mean: the one definition that the evaluator and every store agree with.
/// Source: the wire contract, sections 15.6 and 15.7.
public final class Comparing {
    private Comparing() {}

    /// Whether the comparison holds between `left`, found for the operand `leftOperand`, and `right`, found for
    /// `rightOperand`.
    public static boolean holds(
            Operand leftOperand, Scalar left, Operator operator, Operand rightOperand, Scalar right) {
        return outcome(leftOperand, left, operator, rightOperand, right).holds();
    }

    /// As [#holds], with failing told apart from not holding.
    public static Outcome outcome(
            Operand leftOperand, Scalar left, Operator operator, Operand rightOperand, Scalar right) {
        return switch (operator) {
            case EQUAL -> equal(leftOperand, left, rightOperand, right);
            case NOT_EQUAL ->
                Outcome.of(!equal(leftOperand, left, rightOperand, right).holds());
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                if (left == Scalar.MISSING || right == Scalar.MISSING) yield Outcome.NEITHER;
                int order = ordered(leftOperand, left, rightOperand, right);
                yield Outcome.of(
                        switch (operator) {
                            case LESS -> order < 0;
                            case LESS_OR_EQUAL -> order <= 0;
                            case GREATER -> order > 0;
                            case GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, LIKE, NOT_LIKE -> order >= 0;
                        });
            }
            case LIKE -> like(left, rightOperand, right);
            case NOT_LIKE ->
                switch (like(left, rightOperand, right)) {
                    case HOLDS -> Outcome.FAILS;
                    case FAILS -> Outcome.HOLDS;
                    case NEITHER -> Outcome.NEITHER;
                };
        };
    }

    /// A stored value that is missing neither equals nor fails to equal one that was written or sent.
    private static Outcome equal(Operand leftOperand, Scalar left, Operand rightOperand, Scalar right) {
        if (leftOperand.strict() || rightOperand.strict()) {
            if (left == Scalar.MISSING || right == Scalar.MISSING) return Outcome.of(left == right);
            return Outcome.of(ordered(leftOperand, left, rightOperand, right) == 0);
        }
        if (left.isEmpty() || right.isEmpty()) {
            boolean oneStored = leftOperand.stored() != rightOperand.stored();
            Scalar stored = leftOperand.stored() ? left : right;
            Scalar sent = leftOperand.stored() ? right : left;
            if (oneStored && stored == Scalar.MISSING && !sent.isEmpty()) return Outcome.NEITHER;
            return Outcome.of(left.isEmpty() && right.isEmpty());
        }
        if (leftOperand.stored() && rightOperand.stored()) return Outcome.of(order(left, right) == 0);
        return Outcome.of(ordered(leftOperand, left, rightOperand, right) == 0);
    }

    /// Both read alike first: with a number field text that spells a number is one; beside a text field alone all
    /// is text.
    private static int ordered(Operand leftOperand, Scalar left, Operand rightOperand, Scalar right) {
        Operand.Reading one = leftOperand.reading();
        Operand.Reading other = rightOperand.reading();
        if (one == Operand.Reading.AS_NUMBER || other == Operand.Reading.AS_NUMBER) {
            return order(left.asNumber(), right.asNumber());
        }
        boolean textBesideOther = one != other && (one == Operand.Reading.AS_TEXT || other == Operand.Reading.AS_TEXT);
        return textBesideOther ? order(left.asText(), right.asText()) : order(left, right);
    }

    private static int order(Scalar left, Scalar right) {
        return switch (left) {
            case Text text -> right instanceof Text other ? byCodePoint(text.text(), other.text()) : 1;
            case Whole whole ->
                switch (right) {
                    case Whole other -> Long.compare(whole.number(), other.number());
                    case Real other -> compare(whole.number(), other.number());
                    case Text _ -> -1;
                    case Missing _ -> 1;
                };
            case Real real ->
                switch (right) {
                    case Whole other -> -compare(other.number(), real.number());
                    case Real other -> compare(real.number(), other.number());
                    case Text _ -> -1;
                    case Missing _ -> 1;
                };
            case Missing _ -> right == Scalar.MISSING ? 0 : -1;
        };
    }

    private static int compare(long whole, double real) {
        if (Double.isInfinite(real)) return real > 0 ? -1 : 1;
        return BigDecimal.valueOf(whole).compareTo(new BigDecimal(real));
    }

    private static int compare(double one, double other) {
        return one < other ? -1 : one > other ? 1 : 0;
    }

    private static int byCodePoint(String one, String other) {
        int shared = Math.min(one.length(), other.length());
        for (int i = 0; i < shared; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a == b) continue;
            boolean apart = Character.isSurrogate(a) != Character.isSurrogate(b);
            return apart ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
        }
        return Integer.compare(one.length(), other.length());
    }

    private static Outcome like(Scalar left, Operand rightOperand, Scalar right) {
        if (left == Scalar.MISSING) return Outcome.NEITHER;
        String pattern;
        if (rightOperand.stored()) {
            if (!(right.asText() instanceof Text text) || LikePattern.tooLong(text.text())) return Outcome.NEITHER;
            pattern = LikePattern.around(text.text());
        } else {
            String given = right.asText() instanceof Text text ? text.text() : "";
            if (LikePattern.tooLong(given)) return Outcome.NEITHER;
            pattern = LikePattern.of(given);
        }
        String text = left.asText() instanceof Text shown ? shown.text() : "";
        return Outcome.of(LikePattern.matches(pattern, text));
    }
}
