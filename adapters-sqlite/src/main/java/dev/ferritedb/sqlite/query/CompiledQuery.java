package dev.ferritedb.sqlite.query;

import java.util.List;

/// One SELECT and what to bind to its question marks, in order: text, [Long] or [Double].
public record CompiledQuery(String sql, List<Object> binds) {
    public CompiledQuery {
        binds = List.copyOf(binds);
    }
}
