package dev.ferritedb.kernel.schema;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A designer's regular expression, matched with a bound on its work: an expression that explodes on some input
/// finds no match there instead of holding a thread.
public final class BoundedPattern {
    /// Characters looked at for one match: about 10 ms at the most. A text that is longer than that is still read
    /// to its end, so its looks grow with it.
    private static final long LOOKS_MAX = 1_000_000;

    private static final long LOOKS_PER_CHARACTER = 4;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @throws PatternSyntaxException when `expression` is no regular expression
    public static BoundedPattern of(String expression) {
        return new BoundedPattern(Pattern.compile(expression));
    }

    /// @return whether the expression is found in `text`; false too when finding out takes too long
    public boolean isFoundIn(String text) {
        try {
            long looks = Math.max(LOOKS_MAX, LOOKS_PER_CHARACTER * text.length());
            return pattern.matcher(new CountedText(text, new long[] {looks})).find();
        } catch (TooManyLooks | StackOverflowError _) {
            return false;
        }
    }

    private record CountedText(CharSequence text, long[] looksLeft) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--looksLeft[0] < 0) throw new TooManyLooks();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.subSequence(start, end), looksLeft);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyLooks() {
            super("too many looks", null, false, false);
        }
    }
}
