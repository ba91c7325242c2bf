package dev.ferritedb.ports.schema;

import dev.ferritedb.ports.schema.IndexDefinition.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one `CREATE INDEX` statement from left to right.
final class IndexStatementParser {
    private final String statement;
    private int at;

    IndexStatementParser(String statement) {
        this.statement = statement.strip();
    }

    Optional<IndexDefinition> parse() {
        if (!word("CREATE")) return Optional.empty();
        boolean unique = word("UNIQUE");
        if (!word("INDEX")) return Optional.empty();
        if (word("IF") && !(word("NOT") && word("EXISTS"))) return Optional.empty();
        Optional<String> name = identifier();
        if (name.isPresent() && symbol('.')) name = identifier();
        if (name.isEmpty() || !word("ON")) return Optional.empty();
        Optional<String> table = identifier();
        if (table.isEmpty() || !symbol('(')) return Optional.empty();
        int end = closingBracket();
        if (end < 0) return Optional.empty();
        List<Column> columns = columns(statement.substring(at, end));
        at = end + 1;
        boolean partial = word("WHERE");
        String where = rest();
        if (columns.isEmpty() || where.isEmpty() == partial || !isOneExpression(where)) return Optional.empty();
        return Optional.of(new IndexDefinition(name.get(), unique, table.get(), columns, where));
    }

    private static List<Column> columns(String text) {
        var columns = new ArrayList<Column>();
        for (String part : IndexDefinition.topLevelParts(text)) {
            Optional<Column> column = column(part);
            if (column.isEmpty()) return List.of();
            columns.add(column.get());
        }
        return columns;
    }

    private static Optional<Column> column(String part) {
        String expression = part;
        String order = "";
        String collation = "";
        for (String word : new String[] {"ASC", "DESC"}) {
            if (IndexDefinition.upper(expression).endsWith(" " + word)) {
                order = word;
                expression = expression
                        .substring(0, expression.length() - word.length())
                        .strip();
            }
        }
        int collate = IndexDefinition.upper(expression).lastIndexOf(" COLLATE ");
        if (collate >= 0) {
            collation = expression.substring(collate + " COLLATE ".length()).strip();
            expression = expression.substring(0, collate).strip();
            if (!IndexDefinition.isName(collation)) return Optional.empty();
        }
        if (expression.isEmpty() || !isOneExpression(expression)) return Optional.empty();
        var alone = new IndexStatementParser(expression);
        Optional<String> name = alone.identifier().filter(found -> alone.rest().isEmpty());
        return Optional.of(new Column(name.orElse(expression), name.isPresent(), collation, order));
    }

    /// No second statement, no comment, brackets and quotes closed.
    private static boolean isOneExpression(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';' || (c == '-' && text.startsWith("--", i)) || (c == '/' && text.startsWith("/*", i)))
                return false;
            if (c == '(') depth++;
            if (c == ')' && --depth < 0) return false;
            if (isQuote(c)) {
                i = text.indexOf(IndexDefinition.closing(c), i + 1);
                if (i < 0) return false;
            }
        }
        return depth == 0;
    }

    private int closingBracket() {
        int depth = 1;
        for (int i = at; i < statement.length(); i++) {
            char c = statement.charAt(i);
            if (c == '(') depth++;
            if (c == ')' && --depth == 0) return i;
            if (isQuote(c)) {
                i = statement.indexOf(IndexDefinition.closing(c), i + 1);
                if (i < 0) return -1;
            }
        }
        return -1;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`' || c == '[';
    }

    private boolean word(String word) {
        skipBlanks();
        int end = at + word.length();
        boolean found = statement.regionMatches(true, at, word, 0, word.length())
                && (end == statement.length() || !isNamePart(statement.charAt(end)));
        if (found) at = end;
        return found;
    }

    private boolean symbol(char symbol) {
        skipBlanks();
        boolean found = at < statement.length() && statement.charAt(at) == symbol;
        if (found) at++;
        return found;
    }

    private Optional<String> identifier() {
        skipBlanks();
        if (at >= statement.length()) return Optional.empty();
        char open = statement.charAt(at);
        if (open == '`' || open == '"' || open == '[') {
            int end = statement.indexOf(IndexDefinition.closing(open), at + 1);
            if (end < 0) return Optional.empty();
            String name = statement.substring(at + 1, end);
            at = end + 1;
            return Optional.of(name).filter(IndexDefinition::isName);
        }
        int start = at;
        while (at < statement.length() && isNamePart(statement.charAt(at))) at++;
        return start == at ? Optional.empty() : Optional.of(statement.substring(start, at));
    }

    private String rest() {
        return statement.substring(at).strip();
    }

    private void skipBlanks() {
        while (at < statement.length() && Character.isWhitespace(statement.charAt(at))) at++;
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
