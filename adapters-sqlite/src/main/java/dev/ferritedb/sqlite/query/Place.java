package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Rows;
import java.util.List;

/// Where the paths of a condition start from: the record in question, or a row of a range around the condition.
sealed interface Place {

    /// @param alias of the record's table in `from`
    /// @param present whether the record is there, so that none of its columns but json is NULL
    record Base(String alias, From from, boolean present) implements Place {}

    /// @param alias of the record, or of the `json_each` whose `value` is the item
    record AtRow(Place outer, Rows rows, String alias, From from, boolean present) implements Place {}

    /// A record on a way, and how much of the way leads to it.
    record Start(String alias, From from, boolean present, int length) {}

    /// The innermost record that lies on `way`.
    default Start start(List<Hop> way) {
        return switch (this) {
            case Base(String alias, From from, boolean present) -> new Start(alias, from, present, 0);
            case AtRow(var _, Rows.Related(List<Hop> to), String alias, From from, boolean present)
            when Hop.startsWith(way, to) -> new Start(alias, from, present, to.size());
            case AtRow row -> row.outer.start(way);
        };
    }

    /// @return the alias of the record at the end of `way`, whose several rows are at hand
    default String alias(List<Hop> way) {
        Start start = start(way);
        String alias = start.alias;
        for (Hop hop : way.subList(start.length, way.size())) alias = start.from.follow(alias, hop);
        return alias;
    }

    /// Whether the record at the end of `way` is there for sure.
    default boolean present(List<Hop> way) {
        Start start = start(way);
        return start.present && start.length == way.size();
    }

    /// The item at hand of `rows`.
    default String item(Rows rows) {
        return switch (this) {
            case Base _ -> throw new IllegalStateException("no row is at hand");
            case AtRow row when row.rows.same(rows) -> row.alias + ".value";
            case AtRow row -> row.outer.item(rows);
        };
    }
}
