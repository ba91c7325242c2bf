package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.problem.Problem;

/// A rule, filter or sort that can't be understood: where, and what was expected there. No stack trace: it is not
/// a bug. Each caller turns it into the refusal that fits: a rule's field gets `validation_invalid_rule`, a
/// client's filter [#asFilterProblem].
public final class InvalidExpression extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final int offset;
    private final int line;
    private final int column;

    InvalidExpression(String text, int offset, String reason) {
        super(null, null, false, false);
        this.reason = reason;
        this.offset = Math.min(offset, text.length());
        int lines = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < this.offset; i = text.indexOf('\n', i + 1)) {
            lines++;
            lineStart = i + 1;
        }
        this.line = lines;
        this.column = this.offset - lineStart + 1;
    }

    /// What is wrong, without the place.
    public String reason() {
        return reason;
    }

    /// The chars before the place, from 0.
    public int offset() {
        return offset;
    }

    /// From 1.
    public int line() {
        return line;
    }

    /// From 1, in chars.
    public int column() {
        return column;
    }

    @Override
    public String getMessage() {
        String place = line == 1 ? "position " + column : "line " + line + ", column " + column;
        return reason + " (" + place + ")";
    }

    /// A filter or sort that a client sent.
    public Problem asFilterProblem() {
        return Problem.Invalid.of("invalid_filter", getMessage());
    }
}
