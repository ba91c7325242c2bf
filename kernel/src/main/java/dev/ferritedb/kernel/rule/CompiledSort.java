package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.SortKey;
import java.util.List;
import java.util.Objects;

/// An order, and what records must satisfy besides because of the collections that the order walks through.
public record CompiledSort(List<SortKey> keys, Condition restriction) {
    public static final CompiledSort NONE = new CompiledSort(List.of(), Condition.Constant.ALWAYS);

    public CompiledSort {
        keys = List.copyOf(keys);
        Objects.requireNonNull(restriction);
    }
}
