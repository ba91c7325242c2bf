package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.HashMap;
import java.util.Map;

/// The tables of one SELECT. What a single relation leads to is joined once, whoever asks for it: one LEFT JOIN on
/// an id, so that no row is multiplied.
final class From {
    private final Aliases aliases;
    private final Fragment tables = new Fragment();
    private final Map<String, String> joined = new HashMap<>();

    /// Names for the tables of one statement.
    static final class Aliases {
        private int given;

        String next(String prefix) {
            return prefix + ++given;
        }
    }

    From(Aliases aliases) {
        this.aliases = aliases;
    }

    Fragment tables() {
        return tables;
    }

    String next(String prefix) {
        return aliases.next(prefix);
    }

    /// @return the alias of the record that `hop`, which leads to one, leads to from the record `from`
    String follow(String from, Hop hop) {
        return joined.computeIfAbsent(from + " " + hop.name(), _ -> join(from, hop));
    }

    private String join(String from, Hop hop) {
        String alias = aliases.next("j");
        tables.add(" LEFT JOIN ")
                .add(single(hop.target()))
                .add(" AS ")
                .add(alias)
                .add(" ON ");
        switch (hop) {
            case Hop.Forward forward -> {
                tables.add(alias).add(".\"id\" = ").add(from).add(".");
                tables.add(QueryWriter.quoted(forward.relation().name()));
            }
            case Hop.Back back -> {
                tables.add(alias)
                        .add(".")
                        .add(QueryWriter.quoted(back.relation().name()));
                tables.add(" = ").add(from).add(".\"id\"");
            }
            case Hop.Everything _, Hop.Sent _, Hop.BackToSent _ ->
                throw new IllegalStateException("leads to several records: " + hop.name());
        }
        return alias;
    }

    /// Nothing makes the ids of a view unique, and a row must not be multiplied.
    private static String single(CollectionSchema target) {
        String name = QueryWriter.quoted(target.name());
        return target.isView() ? "(SELECT * FROM " + name + " GROUP BY \"id\")" : name;
    }
}
