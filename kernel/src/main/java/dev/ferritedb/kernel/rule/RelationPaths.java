package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Any;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.Condition.EveryRow;
import dev.ferritedb.ports.query.Condition.MissingOr;
import dev.ferritedb.ports.query.Condition.SomeRow;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.SortKey;
import java.util.ArrayList;
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
        paths.collect(condition, List.of());
        return paths.followed.size();
    }

    static int in(CompiledSort sort) {
        var paths = new RelationPaths();
        paths.collect(sort.restriction(), List.of());
        for (SortKey key : sort.keys()) {
            if (key instanceof SortKey.By by) {
                paths.collect(by.path().hops(), List.of());
                paths.collect(by.shownWhen(), List.of());
            }
        }
        return paths.followed.size();
    }

    /// @param from the names of the steps that lead to the record in question
    private void collect(Condition condition, List<String> from) {
        switch (condition) {
            case Constant _ -> {}
            case All all -> all.parts().forEach(part -> collect(part, from));
            case Any any -> any.parts().forEach(part -> collect(part, from));
            case Comparison comparison -> {
                collect(comparison.left(), from);
                collect(comparison.right(), from);
            }
            case SomeRow some -> collect(some.inner(), from);
            case EveryRow every -> {
                collect(every.among(), from);
                collect(every.test(), from);
            }
            case MissingOr(List<Hop> way, Condition rule) -> collect(rule, collect(way, from));
        }
    }

    private void collect(Operand operand, List<String> from) {
        switch (operand) {
            case Operand.Member member -> collect(member.path().hops(), from);
            case Operand.Call call -> call.arguments().forEach(argument -> collect(argument, from));
            case Operand.Literal _, Operand.Given _ -> {}
        }
    }

    /// @return the names of the whole way
    private List<String> collect(List<Hop> hops, List<String> from) {
        var names = new ArrayList<>(from);
        for (Hop hop : hops) {
            names.add(hop.name());
            followed.add(List.copyOf(names));
        }
        return names;
    }
}
