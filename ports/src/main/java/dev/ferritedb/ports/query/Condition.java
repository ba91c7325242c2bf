package dev.ferritedb.ports.query;

import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A rule or filter, resolved against the schema: what a record must satisfy. Immutable, equal by content, so
/// that what is compiled from it can be cached. What only the request knows stays open as [Operand.Given] and
/// comes with [Givens].
public sealed interface Condition {

    enum Constant implements Condition {
        ALWAYS,
        NEVER
    }

    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    record Comparison(Operand left, Operator operator, Operand right) implements Condition {
        public Comparison {
            Objects.requireNonNull(left);
            Objects.requireNonNull(operator);
            Objects.requireNonNull(right);
        }
    }

    /// `inner` holds for one of the `rows`.
    record SomeRow(Rows rows, Condition inner) implements Condition {
        public SomeRow {
            Objects.requireNonNull(rows);
            Objects.requireNonNull(inner);
        }
    }

    /// `test` fails for no combination of `rows` for which `among` holds. A test that neither holds nor fails, see
    /// [Outcome#NEITHER], does not fail.
    ///
    /// @param rows at least one; each may start from one before it
    record EveryRow(List<Rows> rows, Condition among, Condition test) implements Condition {
        public EveryRow {
            rows = List.copyOf(rows);
            Objects.requireNonNull(among);
            Objects.requireNonNull(test);
            if (rows.isEmpty()) throw new IllegalArgumentException("ranges over nothing");
        }
    }

    /// No record is found at the end of `way`, or the one found there satisfies `rule`, whose paths start from it.
    record MissingOr(List<Hop> way, Condition rule) implements Condition {
        public MissingOr {
            way = List.copyOf(way);
            Objects.requireNonNull(rule);
            if (way.isEmpty()) throw new IllegalArgumentException("leads nowhere");
        }
    }

    enum Operator {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        LIKE,
        NOT_LIKE
    }

    /// The record's own `field` compared with `value`, which is no list and no document.
    static Condition where(Field field, Operator operator, Value value) {
        var member = new Operand.Member(FieldPath.own(field), Operand.Modifier.NONE);
        return new Comparison(member, operator, new Operand.Literal(value));
    }

    /// Both must hold.
    static Condition both(Condition first, Condition second) {
        return all(List.of(first, second));
    }

    /// Each of `parts` must hold; constants fold away, conjunctions among them become part of this one.
    static Condition all(List<Condition> parts) {
        var kept = new ArrayList<Condition>(parts.size());
        for (Condition part : parts) {
            if (part == Constant.NEVER) return Constant.NEVER;
            if (part instanceof All all) kept.addAll(all.parts());
            else if (part != Constant.ALWAYS) kept.add(part);
        }
        return kept.isEmpty() ? Constant.ALWAYS : kept.size() == 1 ? kept.getFirst() : new All(kept);
    }

    /// One of `parts` must hold; constants fold away, disjunctions among them become part of this one.
    static Condition any(List<Condition> parts) {
        var kept = new ArrayList<Condition>(parts.size());
        for (Condition part : parts) {
            if (part == Constant.ALWAYS) return Constant.ALWAYS;
            if (part instanceof Any any) kept.addAll(any.parts());
            else if (part != Constant.NEVER) kept.add(part);
        }
        return kept.isEmpty() ? Constant.NEVER : kept.size() == 1 ? kept.getFirst() : new Any(kept);
    }
}
