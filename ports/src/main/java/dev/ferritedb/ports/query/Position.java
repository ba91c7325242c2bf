package dev.ferritedb.ports.query;

import java.util.ArrayList;
import java.util.List;

/// Where a record stands in an order: what it counted for each of [#keys], as the store compares it.
public record Position(List<Scalar> values) {
    public Position {
        values = List.copyOf(values);
    }

    /// The keys that no two records of a table share the values of: those of `order`, and insertion order last.
    /// Keys behind that one decide nothing.
    public static List<SortKey> keys(List<SortKey> order) {
        var keys = new ArrayList<SortKey>();
        boolean descending = false;
        for (SortKey key : order) {
            keys.add(key);
            switch (key) {
                case SortKey.By by -> descending = by.descending();
                case SortKey.InsertionOrder _ -> {
                    return keys;
                }
                case SortKey.Random _ -> throw new IllegalArgumentException("a random order has no positions");
            }
        }
        keys.add(new SortKey.InsertionOrder(descending));
        return keys;
    }

    /// How far a walk came.
    ///
    /// @param last where the last record of a full page stands, and of no meaning after one that is not full
    /// @param more whether records follow
    public record Reached(Position last, boolean more) {}
}
