package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Any;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.FieldPath.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.SortKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How many related records a condition or an order looks at. A store joins them all in one statement, and SQLite
/// takes 64 tables in one: the record itself, and what its rule, a filter and a sort may have together.
final class RelationPaths {
    static final int OF_RULE_MAX = 30;
    static final int OF_FILTER_MAX = 24;
    static final int OF_SORT_MAX = 8;

    private final Set<List<String>> followed = new HashSet<>();

    static int in(Condition condition) {
        var paths = new RelationPaths();
        paths.collect(condition);
        return paths.followed.size();
    }

    static int in(CompiledSort sort) {
        var paths = new RelationPaths();
        paths.collect(sort.restriction());
        for (SortKey key : sort.keys()) {
            if (key instanceof SortKey.By by) {
                paths.collect(by.path().hops());
                paths.collect(by.shownWhen());
            }
        }
        return paths.followed.size();
    }

    private void collect(Condition condition) {
        switch (condition) {
            case Constant _ -> {}
            case All all -> all.parts().forEach(this::collect);
            case Any any -> any.parts().forEach(this::collect);
            case Comparison comparison -> {
                collect(comparison.left());
                collect(comparison.right());
            }
        }
    }

    private void collect(Operand operand) {
        if (operand instanceof Operand.Member member) collect(member.path().hops());
    }

    private void collect(List<Hop> hops) {
        List<String> names = hops.stream().map(hop -> hop.relation().name()).toList();
        for (int length = 1; length <= names.size(); length++) followed.add(List.copyOf(names.subList(0, length)));
    }
}
