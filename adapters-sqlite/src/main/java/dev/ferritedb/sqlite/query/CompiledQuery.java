package dev.ferritedb.sqlite.query;

import java.util.ArrayList;
import java.util.List;

/// One SELECT and what to bind to its question marks, in order: text, [Long], [Double], or
/// `Value.NOTHING` for NULL.
public record CompiledQuery(String sql, List<Object> binds) {
    public CompiledQuery {
        binds = List.copyOf(binds);
    }

    /// With `first` bound before all others.
    CompiledQuery after(List<Object> first) {
        var all = new ArrayList<>(first);
        all.addAll(binds);
        return new CompiledQuery(sql, all);
    }
}
