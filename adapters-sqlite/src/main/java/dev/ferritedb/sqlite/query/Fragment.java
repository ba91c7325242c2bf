package dev.ferritedb.sqlite.query;

import java.util.ArrayList;
import java.util.List;

/// A piece of SQL and what its question marks stand for, so that pieces can be put together in any order.
final class Fragment {
    private final StringBuilder sql = new StringBuilder();
    private final List<Template.Bind> binds = new ArrayList<>();

    Fragment() {}

    /// @param binds one for each question mark of `sql`
    Fragment(String sql, List<Template.Bind> binds) {
        this.sql.append(sql);
        this.binds.addAll(binds);
    }

    /// @param sql without question marks
    static Fragment of(String sql) {
        return new Fragment(sql, List.of());
    }

    static Fragment bound(Template.Bind bind) {
        return new Fragment().bind(bind);
    }

    Fragment add(String more) {
        sql.append(more);
        return this;
    }

    Fragment add(Fragment more) {
        sql.append(more.sql);
        binds.addAll(more.binds);
        return this;
    }

    Fragment bind(Template.Bind bind) {
        sql.append('?');
        binds.add(bind);
        return this;
    }

    boolean isEmpty() {
        return sql.isEmpty();
    }

    String sql() {
        return sql.toString();
    }

    List<Template.Bind> binds() {
        return binds;
    }
}
