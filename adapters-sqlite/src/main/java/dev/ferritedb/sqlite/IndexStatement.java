package dev.ferritedb.sqlite;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.sqlite.SqlTokens.Token;
import java.util.List;
import java.util.Optional;

/// A `CREATE INDEX` statement, as far as it must be understood: `body` are the tokens from the column list on.
record IndexStatement(String name, String table, List<Token> body) {

    /// @return empty when `sql` is not one such statement and nothing else
    static Optional<IndexStatement> parse(String sql) {
        List<Token> tokens = SqlTokens.of(sql);
        if (!tokens.isEmpty() && tokens.getLast().is(";")) tokens = tokens.subList(0, tokens.size() - 1);
        if (tokens.stream().anyMatch(token -> token.is(";") || token.kind() == SqlTokens.Kind.BROKEN)) {
            return Optional.empty();
        }
        var reader = new Reader(tokens);
        if (!reader.skip("CREATE")) return Optional.empty();
        reader.skip("UNIQUE");
        if (!reader.skip("INDEX")) return Optional.empty();
        if (reader.skip("IF") && !(reader.skip("NOT") && reader.skip("EXISTS"))) return Optional.empty();
        String name = reader.name();
        if (reader.skip(".")) name = reader.name();
        if (!reader.skip("ON")) return Optional.empty();
        String table = reader.name();
        List<Token> body = reader.rest();
        if (name.isEmpty()
                || table.isEmpty()
                || body.isEmpty()
                || !body.getFirst().is("(")) return Optional.empty();
        return Optional.of(new IndexStatement(name, table, body));
    }

    /// The collection's fields that the index's column list speaks of, in its order.
    List<String> fields(CollectionSchema collection) {
        int depth = 0;
        int end = 0;
        do {
            if (body.get(end).is("(")) depth++;
            if (body.get(end).is(")")) depth--;
            end++;
        } while (depth > 0 && end < body.size());
        return body.subList(0, end).stream()
                .filter(Token::isName)
                .flatMap(token -> collection.fields().stream()
                        .map(field -> field.name())
                        .filter(field -> field.equalsIgnoreCase(token.text())))
                .distinct()
                .toList();
    }

    private static final class Reader {
        private final List<Token> tokens;
        private int at;

        Reader(List<Token> tokens) {
            this.tokens = tokens;
        }

        boolean skip(String word) {
            if (at >= tokens.size() || !tokens.get(at).is(word)) return false;
            at++;
            return true;
        }

        /// @return empty when there is none
        String name() {
            if (at >= tokens.size() || !tokens.get(at).isName()) return "";
            return tokens.get(at++).text();
        }

        List<Token> rest() {
            return tokens.subList(at, tokens.size());
        }
    }
}
