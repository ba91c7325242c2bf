package dev.ferritedb.kernel.rule;

/// One word of the language: `text` is what it stands for (a text literal's content, unescaped), `end` is where it
/// ends.
record Token(Kind kind, String text, int offset, int end) {
    enum Kind {
        NAME,
        NUMBER,
        TEXT,
        OPERATOR,
        AND,
        OR,
        NOT,
        OPEN,
        CLOSE,
        OPEN_LIST,
        CLOSE_LIST,
        COMMA,
        END
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /// As messages name it.
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "the text '" + abbreviated() + "'";
            case NAME, NUMBER, OPERATOR, AND, OR, NOT, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA ->
                "'" + abbreviated() + "'";
        };
    }

    private String abbreviated() {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
