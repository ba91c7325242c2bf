package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.FieldPath.Hop;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tables joined to the record in question, one for each relation path, whoever asks for it.
final class Joins {
    private final String record;
    private final StringBuilder sql = new StringBuilder();
    private final Map<List<String>, String> aliases = new HashMap<>();

    Joins(String record) {
        this.record = record;
    }

    /// @return the alias of the table at the end of the way
    String aliasOf(List<Hop> hops) {
        if (hops.isEmpty()) return record;
        List<String> names = hops.stream().map(hop -> hop.relation().name()).toList();
        String known = aliases.get(names);
        if (known != null) return known;
        String from = aliasOf(hops.subList(0, hops.size() - 1));
        String alias = "j" + (aliases.size() + 1);
        aliases.put(names, alias);
        Hop last = hops.getLast();
        sql.append(" LEFT JOIN ").append(table(last.target())).append(" AS ").append(alias);
        sql.append(" ON ").append(alias).append(".\"id\" = ").append(from).append('.');
        sql.append(QueryWriter.quoted(last.relation().name()));
        return alias;
    }

    /// Nothing makes the ids of a view unique, and a row must not be multiplied.
    private static String table(CollectionSchema target) {
        String name = QueryWriter.quoted(target.name());
        return target.isView() ? "(SELECT * FROM " + name + " GROUP BY \"id\")" : name;
    }

    String sql() {
        return sql.toString();
    }
}
