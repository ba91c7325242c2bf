package dev.ferritedb.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// SQL text cut into its words, the way SQLite's own tokenizer cuts it; comments and blanks fall out.
final class SqlTokens {
    enum Kind {
        /// A bare word: a keyword or a name.
        WORD,
        /// A name in double quotes, back quotes or brackets; `text` is without them.
        QUOTED,
        /// A text literal; `text` is its value.
        STRING,
        NUMBER,
        SYMBOL,
        /// Something that never ends: an open quote or comment.
        BROKEN
    }

    record Token(Kind kind, String text) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
        }

        boolean isAny(String... words) {
            for (String word : words) {
                if (is(word)) return true;
            }
            return false;
        }

        boolean isName() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }

        String lower() {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        var cutter = new SqlTokens(sql);
        while (cutter.at < sql.length()) cutter.next();
        return List.copyOf(cutter.tokens);
    }

    private void next() {
        char c = sql.charAt(at);
        switch (c) {
            case '-' -> {
                if (sql.startsWith("--", at)) at = after("\n", at, sql.length());
                else symbol();
            }
            case '/' -> {
                if (sql.startsWith("/*", at)) at = after("*/", at + 2, sql.length());
                else symbol();
            }
            case '\'' -> quoted('\'', Kind.STRING);
            case '"' -> quoted('"', Kind.QUOTED);
            case '`' -> quoted('`', Kind.QUOTED);
            case '[' -> quoted(']', Kind.QUOTED);
            default -> {
                if (Character.isWhitespace(c)) at++;
                else if (isWordStart(c)) word();
                else if (c >= '0' && c <= '9') number();
                else symbol();
            }
        }
    }

    private int after(String end, int from, int otherwise) {
        int found = sql.indexOf(end, from);
        return found < 0 ? otherwise : found + end.length();
    }

    private void symbol() {
        tokens.add(new Token(Kind.SYMBOL, sql.substring(at, at + 1)));
        at++;
    }

    private void quoted(char end, Kind kind) {
        var text = new StringBuilder();
        int i = at + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c != end) {
                text.append(c);
                i++;
            } else if (end != ']' && i + 1 < sql.length() && sql.charAt(i + 1) == end) {
                text.append(c);
                i += 2;
            } else {
                tokens.add(new Token(kind, text.toString()));
                at = i + 1;
                return;
            }
        }
        tokens.add(new Token(Kind.BROKEN, text.toString()));
        at = sql.length();
    }

    private void word() {
        int start = at;
        while (at < sql.length() && (isWordStart(sql.charAt(at)) || isDigit(sql.charAt(at)))) at++;
        tokens.add(new Token(Kind.WORD, sql.substring(start, at)));
    }

    private void number() {
        int start = at;
        while (at < sql.length() && (isWordStart(sql.charAt(at)) || isDigit(sql.charAt(at)) || sql.charAt(at) == '.'))
            at++;
        tokens.add(new Token(Kind.NUMBER, sql.substring(start, at)));
    }

    private static boolean isWordStart(char c) {
        return c == '_' || c == '$' || c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
