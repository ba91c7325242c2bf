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
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Rows;
import java.util.ArrayList;
import java.util.List;

/// Says over which rows a condition ranges, and where. A path through several records stands for one of them, the
/// same for all parts of a conjunction: `friends.age ?> 30 && friends.name ?~ 'a'` is one friend with both. Of a
/// disjunction each part has its own, for some row satisfies one of two parts if some row satisfies the one or some
/// row the other. So each range is placed as far inside as its uses allow, where a store finds it with an index.
final class Quantifiers {
    private Quantifiers() {}

    /// @return `condition` with each row that it speaks of bound
    static Condition placed(Condition condition) {
        return placed(condition, List.of());
    }

    private static Condition placed(Condition condition, List<Rows> bound) {
        List<Rows> free = free(condition, bound);
        if (free.isEmpty()) return condition;
        return switch (condition) {
            case Any(List<Condition> parts) ->
                Condition.any(parts.stream().map(part -> placed(part, bound)).toList());
            case All(List<Condition> parts) -> ofAll(parts, bound);
            case Comparison _, MissingOr _, EveryRow _, SomeRow _, Constant _ -> {
                Condition around = condition;
                for (Rows rows : free.reversed()) around = new SomeRow(rows, around);
                yield around;
            }
        };
    }

    private static Condition ofAll(List<Condition> parts, List<Rows> bound) {
        var placed = new ArrayList<Condition>();
        for (Group group : groups(parts, bound)) {
            placed.add(group.parts.size() == 1 ? placed(group.parts.getFirst(), bound) : ofSharing(group, bound));
        }
        return Condition.all(placed);
    }

    /// Parts that share rows, directly or through others, and the rows they speak of.
    private record Group(List<Condition> parts, List<Rows> rows) {
        Group() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        boolean shares(List<Rows> others) {
            return others.stream().anyMatch(other -> contains(rows, other));
        }

        void add(List<Condition> moreParts, List<Rows> moreRows) {
            parts.addAll(moreParts);
            for (Rows more : moreRows) if (!contains(rows, more)) rows.add(more);
        }
    }

    private static List<Group> groups(List<Condition> parts, List<Rows> bound) {
        var groups = new ArrayList<Group>();
        for (Condition part : parts) {
            List<Rows> rows = free(part, bound);
            var joined = new Group();
            int place = groups.size();
            for (int i = groups.size() - 1; i >= 0; i--) {
                if (groups.get(i).shares(rows)) place = i;
            }
            for (Group group : List.copyOf(groups)) {
                if (!group.shares(rows)) continue;
                groups.remove(group);
                joined.add(group.parts, group.rows);
            }
            joined.add(List.of(part), rows);
            groups.add(Math.min(place, groups.size()), joined);
        }
        return groups;
    }

    /// The outermost of the rows that two parts share is bound around all of them; what is left is placed within.
    private static Condition ofSharing(Group group, List<Rows> bound) {
        Rows shared = group.rows.stream()
                .filter(rows -> group.parts.stream()
                                .filter(part -> contains(free(part, bound), rows))
                                .count()
                        > 1)
                .min((one, other) -> Integer.compare(depth(one), depth(other)))
                .orElseThrow();
        var inner = new ArrayList<>(bound);
        inner.add(shared);
        return new SomeRow(shared, ofAll(group.parts, inner));
    }

    private static int depth(Rows rows) {
        return switch (rows) {
            case Rows.Related(List<Hop> way) -> way.size();
            case Rows.Items(List<Hop> way, var _) -> way.size() + 1;
            case Rows.SentItems _ -> 1;
        };
    }

    private static List<Rows> free(Condition condition, List<Rows> bound) {
        var rows = new ArrayList<Rows>();
        collect(condition, rows);
        rows.removeIf(one -> contains(bound, one));
        return rows;
    }

    private static void collect(Condition condition, List<Rows> rows) {
        switch (condition) {
            case Constant _, EveryRow _, SomeRow _ -> {}
            case All(List<Condition> parts) -> parts.forEach(part -> collect(part, rows));
            case Any(List<Condition> parts) -> parts.forEach(part -> collect(part, rows));
            case Comparison(Operand left, var _, Operand right) -> {
                collect(left, rows);
                collect(right, rows);
            }
            case MissingOr(List<Hop> way, var _) -> collect(way, rows);
        }
    }

    /// The rows that the operands speak of, those that others start from first.
    static List<Rows> of(List<Operand> operands) {
        var rows = new ArrayList<Rows>();
        for (Operand operand : operands) collect(operand, rows);
        return rows;
    }

    private static void collect(Operand operand, List<Rows> rows) {
        switch (operand) {
            case Operand.Member(var path, Modifier modifier) -> {
                collect(path.hops(), rows);
                if (modifier == Modifier.EACH) add(new Rows.Items(path.hops(), path.field()), rows);
            }
            case Operand.RequestValue value -> {
                if (value.modifier() == Modifier.EACH) add(new Rows.SentItems(value), rows);
            }
            case Operand.Call(var _, List<Operand> arguments) -> arguments.forEach(argument -> collect(argument, rows));
            case Operand.Literal _, Operand.Moment _, Operand.Computed _ -> {}
        }
    }

    private static void collect(List<Hop> way, List<Rows> rows) {
        for (int length = 1; length <= way.size(); length++) {
            if (way.get(length - 1).multiple()) add(new Rows.Related(way.subList(0, length)), rows);
        }
    }

    private static void add(Rows one, List<Rows> rows) {
        if (!contains(rows, one)) rows.add(one);
    }

    private static boolean contains(List<Rows> rows, Rows one) {
        return rows.stream().anyMatch(other -> other.same(one));
    }

    /// Whether the way comes through one of `rows`.
    static boolean comesThrough(List<Hop> way, List<Rows> rows) {
        var passed = new ArrayList<Rows>();
        collect(way, passed);
        return passed.stream().anyMatch(one -> contains(rows, one));
    }
}
