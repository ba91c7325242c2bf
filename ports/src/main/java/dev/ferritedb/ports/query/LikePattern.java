package dev.ferritedb.ports.query;

/// Patterns of `~`: `%` stands for any text, `_` for one code point, a backslash takes the next one literally.
/// ASCII letters match in either case. Both sides end at a NUL. Source: the wire contract, section 15.7.
public final class LikePattern {
    /// Longest text that may stand at the right of `~`, in code points; a longer one matches nothing, nor does it
    /// with `!~`.
    public static final int MAX_LENGTH = 256;

    private LikePattern() {}

    public static boolean tooLong(String text) {
        if (text.length() <= MAX_LENGTH) return false;
        int end = text.indexOf('\0');
        return text.codePointCount(0, end < 0 ? text.length() : end) > MAX_LENGTH;
    }

    /// The pattern for a literal or a value of the request: as it stands if it holds an unescaped `%`, else
    /// "contains".
    public static String of(String text) {
        return holdsWildcard(text) ? text : "%" + literal(text) + "%";
    }

    /// The pattern for a stored value: "contains", with its own wildcards.
    public static String around(String stored) {
        return "%" + stored + "%";
    }

    /// How often `wildcard`, `%` or `_`, stands for anything in a text as [#of] takes it.
    public static int wildcards(String text, char wildcard) {
        if (!holdsWildcard(text)) return 0;
        int found = 0;
        for (int i = 0; i < end(text); i++) {
            char c = text.charAt(i);
            if (c == wildcard) found++;
            if (c == '\\') i++;
        }
        return found;
    }

    private static boolean holdsWildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') return true;
            if (c == '\\') i++;
        }
        return false;
    }

    /// Escapes what is not escaped yet, so that `50\%` and `50%` both look for a percent sign where no wildcard is
    /// meant.
    private static String literal(String text) {
        var escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && special(text.charAt(i + 1))) {
                escaped.append(c).append(text.charAt(++i));
            } else {
                if (special(c)) escaped.append('\\');
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean special(char c) {
        return c == '\\' || c == '%' || c == '_';
    }

    /// In time proportional to the product of both lengths at most.
    public static boolean matches(String pattern, String text) {
        int patternEnd = end(pattern);
        int textEnd = end(text);
        int p = 0;
        int t = 0;
        int afterWildcard = -1;
        int resumeAt = 0;
        while (true) {
            if (p < patternEnd && pattern.charAt(p) == '%') {
                afterWildcard = ++p;
                resumeAt = t;
                continue;
            }
            if (t >= textEnd) return onlyWildcards(pattern, p, patternEnd);
            int step = p < patternEnd ? stepLength(pattern, p, patternEnd, text.codePointAt(t)) : 0;
            if (step > 0) {
                p += step;
                t += Character.charCount(text.codePointAt(t));
            } else if (afterWildcard >= 0) {
                resumeAt += Character.charCount(text.codePointAt(resumeAt));
                p = afterWildcard;
                t = resumeAt;
            } else {
                return false;
            }
        }
    }

    /// @return how many chars of the pattern matched the code point; 0 when it does not match
    private static int stepLength(String pattern, int p, int patternEnd, int found) {
        int wanted = pattern.codePointAt(p);
        if (wanted == '_') return 1;
        if (wanted != '\\') return same(wanted, found) ? Character.charCount(wanted) : 0;
        if (p + 1 >= patternEnd) return 0;
        int literal = pattern.codePointAt(p + 1);
        return same(literal, found) ? 1 + Character.charCount(literal) : 0;
    }

    private static boolean onlyWildcards(String pattern, int from, int patternEnd) {
        for (int p = from; p < patternEnd; p++) if (pattern.charAt(p) != '%') return false;
        return true;
    }

    private static boolean same(int one, int other) {
        return one == other || (one < 128 && other < 128 && lower(one) == lower(other));
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    private static int end(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text.length() : end;
    }
}
