package dev.ferritedb.sqlite;

import dev.ferritedb.ports.persistence.ViewOutcome.Column;
import dev.ferritedb.ports.persistence.ViewOutcome.Computed;
import dev.ferritedb.ports.persistence.ViewOutcome.Copied;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.sqlite.SqlTokens.Kind;
import dev.ferritedb.sqlite.SqlTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// A view's query, read only as far as it takes to tell what its columns are. Source of the rules: the wire
/// contract, section 6.4.
final class ViewQuery {
    private static final FieldType WHOLE = new FieldType.Number(OptionalDouble.empty(), OptionalDouble.empty(), true);
    private static final FieldType DOCUMENT = new FieldType.Json(0);

    private static final Set<String> CLAUSES =
            Set.of("where", "group", "having", "window", "order", "limit", "union", "intersect", "except");

    /// Tables that SQLite makes up itself, which tell of the file and the process, and a function that loads
    /// code.
    private static final Set<String> INNER_NAMES =
            Set.of("dbstat", "bytecode", "tables_used", "fts3tokenize", "sqlite_stmt", "load_extension");

    private final CollectionCatalog catalog;
    private final List<Token> tokens;
    private final Set<String> commonTables = new HashSet<>();
    private final Map<String, CollectionSchema> sources = new HashMap<>();
    private final List<Item> items = new ArrayList<>();

    /// One item of the select list; `alias` is empty when it has none.
    private record Item(List<Token> expression, String alias) {
        /// The name of a plain column, qualified or not; empty for an expression.
        Optional<Token> column() {
            return switch (expression.size()) {
                case 1 -> Optional.of(expression.getFirst()).filter(Token::isName);
                case 3 ->
                    Optional.of(expression.getLast())
                            .filter(name -> name.isName()
                                    && expression.getFirst().isName()
                                    && expression.get(1).is("."));
                default -> Optional.empty();
            };
        }
    }

    private ViewQuery(List<Token> tokens, CollectionCatalog catalog) {
        this.tokens = tokens;
        this.catalog = catalog;
    }

    /// @return why `query` can't be a view, as far as its form tells
    static Optional<String> refusal(String query) {
        List<Token> tokens = tokens(query);
        if (tokens.isEmpty()) return Optional.of("the query is empty");
        int depth = 0;
        for (Token token : tokens) {
            if (token.kind() == Kind.BROKEN) return Optional.of("a quotation never ends");
            if (token.is(";")) return Optional.of("only one statement is allowed");
            if (token.is("?") || token.is(":") || token.is("@")) return Optional.of("parameters are not allowed");
            if (token.is("(")) depth++;
            if (token.is(")") && --depth < 0) return Optional.of("a closing parenthesis has no opening one");
            if (isInner(token)) return Optional.of(token.text() + " can't be used");
        }
        if (depth > 0) return Optional.of("a parenthesis is not closed");
        if (!tokens.getFirst().isAny("SELECT", "WITH")) return Optional.of("only a SELECT is allowed");
        ViewQuery parsed = parse(tokens, new CollectionCatalog(0, List.of()));
        if (parsed.items.isEmpty()) return Optional.of("no columns are selected");
        for (Item item : parsed.items) {
            if (item.expression.isEmpty()) return Optional.of("a column is missing");
            if (isWildcard(item)) return Optional.of("wildcards are not allowed: name each column");
        }
        return Optional.empty();
    }

    static ViewQuery parse(String query, CollectionCatalog catalog) {
        return parse(tokens(query), catalog);
    }

    int columns() {
        return items.size();
    }

    /// What the column at `position` is, which SQLite calls `name`.
    Column column(int position, String name) {
        Item item = items.get(position);
        Optional<Token> plain = item.column();
        if (plain.isPresent()) {
            Optional<Column> copied = copied(item, plain.get(), name);
            if (copied.isPresent()) return copied.get();
        }
        return new Computed(name, type(item.expression));
    }

    /// @return the first column of that name or alias
    Optional<Column> column(String name) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String known = item.alias.isEmpty() ? item.column().map(Token::text).orElse("") : item.alias;
            if (known.equalsIgnoreCase(name)) return Optional.of(column(i, name));
        }
        return Optional.empty();
    }

    private static List<Token> tokens(String query) {
        return SqlTokens.of(Views.query(query));
    }

    private static ViewQuery parse(List<Token> tokens, CollectionCatalog catalog) {
        var query = new ViewQuery(tokens, catalog);
        int select = query.mainSelect();
        if (select < tokens.size()) query.readList(select + 1);
        return query;
    }

    /// @return where the outermost SELECT is; notes the common table expressions before it
    private int mainSelect() {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("(")) depth++;
            else if (token.is(")")) depth--;
            else if (depth == 0 && token.is("SELECT")) return i;
            else if (depth == 0 && token.isName()) commonTables.add(token.lower());
        }
        return tokens.size();
    }

    private void readList(int from) {
        int start = from;
        if (start < tokens.size() && tokens.get(start).isAny("DISTINCT", "ALL")) start++;
        int depth = 0;
        for (int i = start; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("(")) depth++;
            else if (token.is(")")) depth--;
            else if (depth == 0 && token.is(",")) {
                items.add(item(tokens.subList(start, i)));
                start = i + 1;
            } else if (depth == 0 && token.is("FROM")) {
                items.add(item(tokens.subList(start, i)));
                readSources(i + 1);
                return;
            } else if (depth == 0 && isClause(token)) {
                items.add(item(tokens.subList(start, i)));
                return;
            }
        }
        items.add(item(tokens.subList(start, tokens.size())));
    }

    private static Item item(List<Token> tokens) {
        int size = tokens.size();
        if (size < 2 || !tokens.getLast().isName()) return new Item(tokens, "");
        Token last = tokens.getLast();
        Token before = tokens.get(size - 2);
        if (before.is("AS")) return new Item(tokens.subList(0, size - 2), last.text());
        if (last.isAny("END", "ISNULL", "NOTNULL", "NULL")) return new Item(tokens, "");
        boolean implicit =
                before.isName() || before.is(")") || before.kind() == Kind.NUMBER || before.kind() == Kind.STRING;
        return implicit ? new Item(tokens.subList(0, size - 1), last.text()) : new Item(tokens, "");
    }

    private void readSources(int from) {
        int depth = 0;
        boolean expected = true;
        for (int i = from; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("(")) depth++;
            else if (token.is(")")) depth--;
            if (depth > 0) continue;
            if (isClause(token)) return;
            if (token.is(",") || token.is("JOIN")) {
                expected = true;
            } else if (expected && (token.isName() || token.is(")"))) {
                expected = false;
                if (token.isName()) i = readSource(i);
            }
        }
    }

    /// @return the position of the source's last token
    private int readSource(int at) {
        int i = at;
        Token name = tokens.get(i);
        if (i + 2 < tokens.size()
                && tokens.get(i + 1).is(".")
                && tokens.get(i + 2).isName()) {
            i += 2;
            name = tokens.get(i);
        }
        String alias = name.lower();
        int next = i + 1;
        if (next < tokens.size() && tokens.get(next).is("AS")) next++;
        if (next < tokens.size() && isAlias(tokens.get(next))) {
            alias = tokens.get(next).lower();
            i = next;
        }
        if (!commonTables.contains(name.lower())) {
            Optional<CollectionSchema> collection = catalog.named(name.text());
            if (collection.isPresent()) sources.put(alias, collection.get());
        }
        return i;
    }

    private static boolean isAlias(Token token) {
        return token.kind() == Kind.QUOTED
                || (token.kind() == Kind.WORD
                        && !isClause(token)
                        && !token.isAny(
                                "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "NATURAL", "ON", "USING")
                        && !token.isAny("INDEXED", "NOT"));
    }

    private Optional<Column> copied(Item item, Token column, String name) {
        if (item.expression.size() == 3) {
            CollectionSchema collection = sources.get(item.expression.getFirst().lower());
            return collection == null ? Optional.empty() : copied(collection, column, name);
        }
        List<Column> candidates = sources.values().stream()
                .flatMap(collection -> copied(collection, column, name).stream())
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }

    private static Optional<Column> copied(CollectionSchema collection, Token column, String name) {
        return collection.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(column.text()))
                .findFirst()
                .map(field -> new Copied(name, collection.name(), field.name()));
    }

    private static FieldType type(List<Token> expression) {
        if (expression.size() < 3 || !expression.get(1).is("(")) return DOCUMENT;
        Token function = expression.getFirst();
        int end = closing(expression);
        boolean whole = end == expression.size() - 1;
        boolean aggregate = whole || expression.get(end + 1).isAny("FILTER", "OVER");
        if (function.is("count") && aggregate) return WHOLE;
        if (function.is("total") && aggregate) return FieldType.Number.PLAIN;
        return function.is("cast") && whole ? castType(expression.get(end - 1)) : DOCUMENT;
    }

    private static int closing(List<Token> expression) {
        int depth = 0;
        for (int i = 1; i < expression.size(); i++) {
            if (expression.get(i).is("(")) depth++;
            if (expression.get(i).is(")") && --depth == 0) return i;
        }
        return expression.size() - 1;
    }

    private static FieldType castType(Token type) {
        return switch (type.text().toLowerCase(Locale.ROOT)) {
            case "real", "decimal", "numeric" -> FieldType.Number.PLAIN;
            case "int", "integer" -> WHOLE;
            case "text" -> FieldType.Text.PLAIN;
            case "bool", "boolean" -> new FieldType.Bool();
            default -> DOCUMENT;
        };
    }

    private static boolean isWildcard(Item item) {
        List<Token> expression = item.expression;
        return expression.getLast().is("*")
                && (expression.size() == 1
                        || expression.get(expression.size() - 2).is("."));
    }

    private static boolean isClause(Token token) {
        return token.kind() == Kind.WORD && CLAUSES.contains(token.lower());
    }

    private static boolean isInner(Token token) {
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED && token.kind() != Kind.STRING) return false;
        String name = token.lower();
        return name.startsWith("pragma_") || INNER_NAMES.contains(name);
    }
}
