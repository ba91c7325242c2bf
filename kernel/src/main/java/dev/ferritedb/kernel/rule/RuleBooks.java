package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.schema.AccessRule;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Compiles rules, filters and sorts, and keeps what it compiled: rules for as long as their catalog is current,
/// filters and sorts up to a number. Safe for concurrent use.
public final class RuleBooks {
    /// Longest filter of a client, in bytes of UTF-8. Source: the wire contract, section 4.2.
    public static final int FILTER_MAX_BYTES = 3_500;

    /// Longest rule, in chars.
    public static final int RULE_MAX_LENGTH = 100_000;

    /// Filters and sorts kept, each; the least recently used goes first.
    private static final int KEPT = 1_000;

    private final Map<TextKey, Condition> filters = keeping();
    private final Map<TextKey, CompiledSort> sorts = keeping();
    private volatile Shelf shelf = new Shelf(new CollectionCatalog(-1, List.of()));

    /// The rules of one catalog, each collection's compiled when it is first asked for.
    private record Shelf(CollectionCatalog catalog, Map<String, Entry> books) {
        Shelf(CollectionCatalog catalog) {
            this(catalog, new ConcurrentHashMap<>());
        }
    }

    private record Entry(CollectionSchema collection, RuleBook book) {
        @SuppressWarnings("ReferenceEquality") // a changed collection is a new one, and comparing them is slow
        boolean isOf(CollectionSchema asked) {
            return collection == asked;
        }
    }

    /// Collections and catalogs count by identity: they are whole new ones after a change, and comparing them is
    /// slow.
    private record TextKey(CollectionSchema collection, CollectionCatalog catalog, String text, Audience audience) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof TextKey that
                    && collection == that.collection
                    && catalog == that.catalog
                    && audience == that.audience
                    && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return 31 * text.hashCode() + System.identityHashCode(collection);
        }
    }

    private static <T> Map<TextKey, T> keeping() {
        return Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TextKey, T> eldest) {
                return size() > KEPT;
            }
        });
    }

    /// The rules of `collection`, which is of `catalog`.
    public RuleBook of(CollectionSchema collection, CollectionCatalog catalog) {
        Shelf current = shelf;
        if (current.catalog != catalog) {
            current = new Shelf(catalog);
            shelf = current;
        }
        Entry known = current.books.get(collection.id());
        if (known != null && known.isOf(collection)) return known.book;
        RuleBook book = compiled(collection, catalog);
        current.books.put(collection.id(), new Entry(collection, book));
        return book;
    }

    private static RuleBook compiled(CollectionSchema collection, CollectionCatalog catalog) {
        AccessRule authRule = collection.auth().map(AuthOptions::authRule).orElse(AccessRule.LOCKED);
        AccessRule manageRule = collection.auth().map(AuthOptions::manageRule).orElse(AccessRule.LOCKED);
        return new RuleBook(
                compiled(collection.rules().list(), collection, catalog),
                compiled(collection.rules().view(), collection, catalog),
                compiled(collection.rules().create(), collection, catalog),
                compiled(collection.rules().update(), collection, catalog),
                compiled(collection.rules().delete(), collection, catalog),
                compiled(authRule, collection, catalog),
                compiled(manageRule, collection, catalog));
    }

    private static CompiledRule compiled(AccessRule rule, CollectionSchema collection, CollectionCatalog catalog) {
        return switch (rule) {
            case AccessRule.Locked _ -> CompiledRule.LOCKED;
            case AccessRule.Open _ -> CompiledRule.OPEN;
            case AccessRule.When when -> {
                try {
                    yield new CompiledRule.When(check(when.expression(), collection, catalog));
                } catch (InvalidExpression invalid) {
                    yield new CompiledRule.Broken(invalid.getMessage());
                }
            }
        };
    }

    /// Compiles a rule's text; `catalog` need not know `collection` yet.
    ///
    /// @throws InvalidExpression when it makes no sense for that collection
    public static Condition check(String expression, CollectionSchema collection, CollectionCatalog catalog) {
        if (expression.length() > RULE_MAX_LENGTH) {
            throw new InvalidExpression(expression, 0, "A rule has at most " + RULE_MAX_LENGTH + " characters");
        }
        Syntax syntax = RuleParser.parse(expression);
        Condition condition =
                RuleResolver.trusted(expression, collection, catalog).condition(syntax);
        demand(RelationPaths.in(condition), RelationPaths.OF_RULE_MAX, expression);
        return condition;
    }

    /// Compiles a client's filter, and what its walks through other collections demand. Blank text asks for
    /// nothing.
    ///
    /// @throws InvalidExpression when it makes no sense, is too long, or names what the audience may not name
    public Condition filter(CollectionSchema collection, CollectionCatalog catalog, String text, Audience audience) {
        if (text.isBlank()) return Condition.Constant.ALWAYS;
        if (tooLong(text)) {
            throw new InvalidExpression(text, 0, "A filter has at most " + FILTER_MAX_BYTES + " bytes");
        }
        var key = new TextKey(collection, catalog, text, audience);
        Condition known = filters.get(key);
        if (known != null) return known;
        RuleResolver resolver = resolver(text, collection, catalog, audience);
        Condition made = resolver.condition(RuleParser.parse(text));
        demand(RelationPaths.in(made), RelationPaths.OF_FILTER_MAX, text);
        filters.put(key, made);
        return made;
    }

    /// Compiles a sort: a comma-separated list of fields, each with `-` for descending or `+` before it,
    /// `@random` and `@rowid`. Blank text asks for nothing.
    ///
    /// @throws InvalidExpression when it makes no sense or names what the audience may not name
    public CompiledSort sort(CollectionSchema collection, CollectionCatalog catalog, String text, Audience audience) {
        if (text.isBlank()) return CompiledSort.NONE;
        if (text.length() > SortReader.MAX_LENGTH) {
            throw new InvalidExpression(text, 0, "A sort has at most " + SortReader.MAX_LENGTH + " characters");
        }
        var key = new TextKey(collection, catalog, text, audience);
        CompiledSort known = sorts.get(key);
        if (known != null) return known;
        RuleResolver resolver = resolver(text, collection, catalog, audience);
        var keys = new SortReader(text, collection, resolver).keys();
        var made = new CompiledSort(keys, resolver.restriction());
        demand(RelationPaths.in(made), RelationPaths.OF_SORT_MAX, text);
        sorts.put(key, made);
        return made;
    }

    private static void demand(int relationPaths, int max, String text) {
        if (relationPaths > max) {
            throw new InvalidExpression(text, 0, "More than " + max + " different relation paths are followed");
        }
    }

    private RuleResolver resolver(
            String text, CollectionSchema collection, CollectionCatalog catalog, Audience audience) {
        return switch (audience) {
            case TRUSTED -> RuleResolver.trusted(text, collection, catalog);
            case PUBLIC ->
                RuleResolver.forPublic(
                        text, collection, catalog, other -> of(other, catalog).list());
        };
    }

    /// Counts no further than the limit lies.
    private static boolean tooLong(String text) {
        return text.length() > FILTER_MAX_BYTES
                || (text.length() > FILTER_MAX_BYTES / 3
                        && text.getBytes(StandardCharsets.UTF_8).length > FILTER_MAX_BYTES);
    }

    /// What only a superuser may write into a filter or sort.
    ///
    /// @return why a caller who is no superuser is refused, empty when there is no such thing in `text`
    public static Optional<Problem.Forbidden> reserved(String text) {
        for (String prefix : new String[] {"@collection.", "@request."}) {
            if (text.contains(prefix)) {
                return Optional.of(
                        new Problem.Forbidden("superuser_required", "Only superusers can filter by " + prefix));
            }
        }
        return Optional.empty();
    }
}
