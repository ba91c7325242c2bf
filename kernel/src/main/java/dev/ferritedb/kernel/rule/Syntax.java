package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Condition.Operator;
import java.util.List;

/// What was written, before anybody knows what its names mean. Offsets are chars from the start of the text.
sealed interface Syntax {

    record Both(List<Syntax> parts) implements Syntax {
        public Both {
            parts = List.copyOf(parts);
        }
    }

    record Either(List<Syntax> parts) implements Syntax {
        public Either {
            parts = List.copyOf(parts);
        }
    }

    /// @param some whether it was the any-form, `?=`
    record Compared(Term left, Operator operator, boolean some, Term right) implements Syntax {}

    /// `left in [options]`
    record OneOf(Term left, List<Term> options) implements Syntax {
        public OneOf {
            options = List.copyOf(options);
        }
    }

    /// A term alone as a condition, or `!` and a term.
    record Bare(Term term, boolean negated) implements Syntax {}

    sealed interface Term {
        int offset();
    }

    record Name(String text, int offset) implements Term {}

    record NumberTerm(String text, int offset) implements Term {}

    record TextTerm(String text, int offset) implements Term {}

    record Call(String function, List<Term> arguments, int offset) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
