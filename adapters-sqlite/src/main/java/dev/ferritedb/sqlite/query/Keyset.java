package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Statements that go on behind a position. What follows (v1, v2, v3) is what has v1 and v2 and comes after v3,
/// then what has v1 and comes after v2, then what comes after v1: each of these is one range of an index over the
/// keys, whatever their directions. They stand around a statement that gives the keys as columns of its own;
/// SQLite makes one of the two.
final class Keyset {
    private final List<SortKey> keys;
    private final boolean view;

    /// @param view whether the records are a view's: its columns may be NULL, or of another kind than declared
    Keyset(List<SortKey> order, boolean view) {
        this.keys = Position.keys(order);
        this.view = view;
    }

    /// The name of the key's column, which no field can have.
    static String column(int key) {
        return "\"#" + key + '"';
    }

    /// @param unordered gives all records, their columns and then those of the keys
    /// @return parts in order, each without its LIMIT
    List<CompiledQuery> parts(CompiledQuery unordered, Optional<Position> after) {
        if (after.isEmpty()) return List.of(ordered(unordered, "", List.of()));
        List<Scalar> values = after.get().values();
        var parts = new ArrayList<CompiledQuery>();
        for (int key = keys.size() - 1; key >= 0; key--) {
            for (String range : ranges(key, values.get(key))) {
                String same = IntStream.range(0, key)
                        .mapToObj(before -> same(before, values.get(before)) + " AND ")
                        .collect(Collectors.joining());
                boolean bound = range.endsWith("?");
                List<Object> binds = values.subList(0, bound ? key + 1 : key).stream()
                        .filter(value -> value != Scalar.MISSING)
                        .map(Template::sqlValue)
                        .toList();
                parts.add(ordered(unordered, " WHERE " + same + range, binds));
            }
        }
        return parts;
    }

    private String same(int key, Scalar value) {
        return compared(key) + (value == Scalar.MISSING ? " IS NULL" : " = ?");
    }

    /// What comes after `value`; NULL comes first.
    private List<String> ranges(int key, Scalar value) {
        String column = compared(key);
        if (!descending(key)) return List.of(column + (value == Scalar.MISSING ? " IS NOT NULL" : " > ?"));
        if (value == Scalar.MISSING) return List.of();
        return mayBeNull(key) ? List.of(column + " < ?", column + " IS NULL") : List.of(column + " < ?");
    }

    /// An order asks for a value's kind before the value: so must a comparison, and not convert it first.
    private String compared(int key) {
        return view ? '+' + column(key) : column(key);
    }

    private boolean descending(int key) {
        return switch (keys.get(key)) {
            case SortKey.By by -> by.descending();
            case SortKey.InsertionOrder insertion -> insertion.descending();
            case SortKey.Random _ -> throw new IllegalStateException("a random order has no positions");
        };
    }

    private boolean mayBeNull(int key) {
        if (view) return true;
        return keys.get(key) instanceof SortKey.By by
                && (by.path().field().type().shape() == FieldType.Shape.JSON
                        || !by.path().inside().isEmpty());
    }

    private CompiledQuery ordered(CompiledQuery unordered, String where, List<Object> more) {
        String order = IntStream.range(0, keys.size())
                .mapToObj(key -> column(key) + (descending(key) ? " DESC" : ""))
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
        var binds = new ArrayList<>(unordered.binds());
        binds.addAll(more);
        return new CompiledQuery("SELECT * FROM (" + unordered.sql() + ")" + where + order, binds);
    }
}
