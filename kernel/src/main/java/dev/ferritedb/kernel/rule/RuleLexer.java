package dev.ferritedb.kernel.rule;

import dev.ferritedb.kernel.rule.Token.Kind;

/// Reads one word after the other, when asked: a text that is refused is not read to its end.
final class RuleLexer {
    private static final int NUMBER_MAX_LENGTH = 100;
    private static final int HEX_DIGITS = 4;

    private final String source;
    private int at;

    RuleLexer(String source) {
        this.source = source;
    }

    Token next() {
        skipBlanksAndComments();
        if (at >= source.length()) return new Token(Kind.END, "", source.length(), source.length());
        char c = source.charAt(at);
        if (startsName(c)) return name();
        if (digit(c) || (c == '-' && at + 1 < source.length() && digit(source.charAt(at + 1)))) return number();
        return switch (c) {
            case '\'', '"' -> text(c);
            case '(' -> word(Kind.OPEN, 1);
            case ')' -> word(Kind.CLOSE, 1);
            case '[' -> word(Kind.OPEN_LIST, 1);
            case ']' -> word(Kind.CLOSE_LIST, 1);
            case ',' -> word(Kind.COMMA, 1);
            case '&' -> doubled('&', Kind.AND);
            case '|' -> doubled('|', Kind.OR);
            default -> operator();
        };
    }

    private void skipBlanksAndComments() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else if (source.startsWith("//", at)) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end + 1;
            } else {
                return;
            }
        }
    }

    private Token word(Kind kind, int length) {
        var token = new Token(kind, source.substring(at, at + length), at, at + length);
        at += length;
        return token;
    }

    private Token doubled(char sign, Kind kind) {
        if (at + 1 < source.length() && source.charAt(at + 1) == sign) return word(kind, 2);
        throw error(at, "Expected '" + sign + sign + "', found a single '" + sign + "'");
    }

    private Token operator() {
        int start = at;
        int from = source.charAt(at) == '?' ? at + 1 : at;
        int length = operatorLength(from);
        if (length > 0) return word(Kind.OPERATOR, from - start + length);
        if (from == start && source.charAt(at) == '!') return word(Kind.NOT, 1);
        throw error(start, "Unexpected character " + shown(source.codePointAt(start)));
    }

    private int operatorLength(int from) {
        if (from >= source.length()) return 0;
        char second = from + 1 < source.length() ? source.charAt(from + 1) : ' ';
        return switch (source.charAt(from)) {
            case '=' -> second == '=' ? 2 : 1;
            case '>', '<' -> second == '=' ? 2 : 1;
            case '~' -> 1;
            case '!' -> second == '=' || second == '~' ? 2 : 0;
            default -> 0;
        };
    }

    private static String shown(int codePoint) {
        return codePoint < ' ' ? "U+%04X".formatted(codePoint) : "'" + Character.toString(codePoint) + "'";
    }

    private Token name() {
        int start = at;
        at++;
        while (at < source.length() && continuesName(source.charAt(at))) at++;
        char last = source.charAt(at - 1);
        if (last == '.' || last == ':') throw error(at - 1, "A name can't end in '" + last + "'");
        return new Token(Kind.NAME, source.substring(start, at), start, at);
    }

    private static boolean startsName(char c) {
        return letter(c) || c == '_' || c == '@' || c == '#';
    }

    private static boolean continuesName(char c) {
        return letter(c) || digit(c) || c == '_' || c == '.' || c == ':';
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token number() {
        int start = at;
        at++;
        skipDigits();
        if (at < source.length() && source.charAt(at) == '.') {
            at++;
            if (at >= source.length() || !digit(source.charAt(at))) throw error(at, "Expected a digit after the point");
            skipDigits();
        }
        if (at < source.length() && continuesName(source.charAt(at))) {
            throw error(at, "Unexpected character " + shown(source.charAt(at)) + " in a number");
        }
        if (at - start > NUMBER_MAX_LENGTH) {
            throw error(start, "A number has at most " + NUMBER_MAX_LENGTH + " characters");
        }
        return new Token(Kind.NUMBER, source.substring(start, at), start, at);
    }

    private void skipDigits() {
        while (at < source.length() && digit(source.charAt(at))) at++;
    }

    /// A backslash escapes the surrounding quote and itself, and makes `n` a line end; within double quotes it does
    /// what it does in JSON, for clients that quote so. Before anything else it stays.
    private Token text(char quote) {
        int start = at;
        var content = new StringBuilder();
        at++;
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c == quote) return new Token(Kind.TEXT, content.toString(), start, at);
            if (c == '\\' && at < source.length()) content.append(escaped(quote));
            else content.append(c);
        }
        throw error(start, "The text that starts here is not closed: expected " + quote);
    }

    /// Reads on behind what it understood.
    private String escaped(char quote) {
        char c = source.charAt(at);
        String meant = c == quote || c == '\\' ? String.valueOf(c) : c == 'n' ? "\n" : quote == '"' ? ofJson(c) : "";
        if (meant.isEmpty()) return "\\";
        at += c == 'u' ? 1 + HEX_DIGITS : 1;
        return meant;
    }

    private String ofJson(char c) {
        return switch (c) {
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'u' -> ofHex(at + 1, at + 1 + HEX_DIGITS);
            default -> "";
        };
    }

    private String ofHex(int from, int end) {
        if (end > source.length()) return "";
        for (int i = from; i < end; i++) if (Character.digit(source.charAt(i), 16) < 0) return "";
        return String.valueOf((char) Integer.parseInt(source, from, end, 16));
    }

    private InvalidExpression error(int offset, String reason) {
        return new InvalidExpression(source, offset, reason);
    }
}
