package dev.ferritedb.ports.query;

import dev.ferritedb.ports.query.Operand.RequestValue;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.util.List;
import java.util.Objects;

/// One step to records of `target`: from a record to related ones, or, as the first step of a path, from outside
/// the record in question. Where nothing is found there stands one missing record, whose fields are all nothing.
public sealed interface Hop {
    CollectionSchema target();

    /// Whether it may lead to several records: a condition then ranges over them as [Rows].
    boolean multiple();

    /// How a path spells it; from one place no two hops have the same name.
    String name();

    /// From a record to the one or those that its `relation` names.
    record Forward(Field relation, CollectionSchema target) implements Hop {
        public Forward {
            Objects.requireNonNull(relation);
            Objects.requireNonNull(target);
        }

        @Override
        public boolean multiple() {
            return relation.type().multiple();
        }

        @Override
        public String name() {
            return relation.name();
        }
    }

    /// From a record to those of `target` whose `relation` names it.
    ///
    /// @param multiple false when a unique index says that there is one at the most
    record Back(CollectionSchema target, Field relation, boolean multiple) implements Hop {
        public Back {
            Objects.requireNonNull(target);
            Objects.requireNonNull(relation);
        }

        @Override
        public String name() {
            return via(target, relation);
        }
    }

    /// To every record of `target`. Two aliases make two independent walks through it.
    record Everything(CollectionSchema target, String alias) implements Hop {
        public Everything {
            Objects.requireNonNull(target);
            Objects.requireNonNull(alias);
        }

        @Override
        public boolean multiple() {
            return true;
        }

        @Override
        public String name() {
            return "@collection." + target.name() + ":" + alias;
        }
    }

    /// To the records of `target` that a list of the request names.
    ///
    /// @param ids with the modifier EACH
    record Sent(RequestValue ids, CollectionSchema target) implements Hop {
        public Sent {
            Objects.requireNonNull(ids);
            Objects.requireNonNull(target);
        }

        @Override
        public boolean multiple() {
            return true;
        }

        @Override
        public String name() {
            return "@request." + String.join(".", ids.path());
        }
    }

    /// To the records of `target` whose `relation` names an id that the request has.
    record BackToSent(RequestValue id, CollectionSchema target, Field relation) implements Hop {
        public BackToSent {
            Objects.requireNonNull(id);
            Objects.requireNonNull(target);
            Objects.requireNonNull(relation);
        }

        @Override
        public boolean multiple() {
            return true;
        }

        @Override
        public String name() {
            return "@request." + String.join(".", id.path()) + "." + via(target, relation);
        }
    }

    private static String via(CollectionSchema target, Field relation) {
        return target.name() + "_via_" + relation.name();
    }

    /// Whether both are the same step, taken from the same place.
    default boolean same(Hop other) {
        return this == other || name().equals(other.name());
    }

    /// Whether `hops` begins with `way`.
    static boolean startsWith(List<Hop> hops, List<Hop> way) {
        if (hops.size() < way.size()) return false;
        for (int i = 0; i < way.size(); i++) if (!hops.get(i).same(way.get(i))) return false;
        return true;
    }
}
