package dev.ferritedb.ports.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A `CREATE [UNIQUE] INDEX` statement taken apart.
///
/// @param where the condition of a partial index, empty when there is none
public record IndexDefinition(String name, boolean unique, String table, List<Column> columns, String where) {
    public IndexDefinition {
        columns = List.copyOf(columns);
    }

    /// @param expression a field's name without quotes when `plain`, else an SQL expression
    /// @param collation empty for the default
    /// @param order `ASC`, `DESC` or empty
    public record Column(String expression, boolean plain, String collation, String order) {}

    /// @return empty when `statement` is not one whole such statement
    public static Optional<IndexDefinition> parse(String statement) {
        return new IndexStatementParser(statement).parse();
    }

    /// @return the same index on a table of that name
    public IndexDefinition on(String newTable) {
        return new IndexDefinition(name, unique, newTable, columns, where);
    }

    public IndexDefinition named(String newName) {
        return new IndexDefinition(newName, unique, table, columns, where);
    }

    /// @return whether it is unique over just that field, for the records its condition leaves in
    public boolean isUniqueAlone(String field) {
        return unique
                && columns.size() == 1
                && columns.getFirst().plain()
                && columns.getFirst().expression().equalsIgnoreCase(field);
    }

    /// The fields named, in order; expressions are left out.
    public List<String> fields() {
        return columns.stream().filter(Column::plain).map(Column::expression).toList();
    }

    public String statement() {
        var text = new StringBuilder("CREATE ").append(unique ? "UNIQUE " : "").append("INDEX ");
        text.append(quoted(name)).append(" ON ").append(quoted(table)).append(" (");
        var separator = "";
        for (Column column : columns) {
            text.append(separator).append(column.plain() ? quoted(column.expression()) : column.expression());
            if (!column.collation().isEmpty()) text.append(" COLLATE ").append(column.collation());
            if (!column.order().isEmpty()) text.append(' ').append(column.order());
            separator = ", ";
        }
        text.append(')');
        if (!where.isEmpty()) text.append(" WHERE ").append(where);
        return text.toString();
    }

    private static String quoted(String identifier) {
        return '`' + identifier + '`';
    }

    /// Names with a backquote in them can't be quoted above; none is ever valid.
    static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }

    /// Splits `text` at the commas outside of brackets and quotes.
    static List<String> topLevelParts(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '\'', '"', '`', '[' -> {
                    int end = text.indexOf(closing(c), i + 1);
                    i = end < 0 ? text.length() : end;
                }
                case ',' -> {
                    if (depth == 0) {
                        parts.add(text.substring(start, i).strip());
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /// What ends a quoted name or text that `open` begins.
    static char closing(char open) {
        return open == '[' ? ']' : open;
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
