package dev.ferritedb.ports.query;

import dev.ferritedb.ports.query.Operand.RequestValue;
import dev.ferritedb.ports.schema.Field;
import java.util.List;
import java.util.Objects;

/// What a condition ranges over: related records, or the values of a list. An empty one counts as one row that
/// holds nothing. Inside [Condition.SomeRow] and [Condition.EveryRow] a path that begins with such a way starts
/// from the row at hand; the innermost of those that fit counts.
public sealed interface Rows {

    /// The records that the last hop of `way`, which is multiple, leads to from the one before it.
    record Related(List<Hop> way) implements Rows {
        public Related {
            way = List.copyOf(way);
            if (way.isEmpty() || !way.getLast().multiple()) throw new IllegalArgumentException("leads to one record");
        }
    }

    /// The values in `field`, which holds a list, of the record at the end of `way`.
    record Items(List<Hop> way, Field field) implements Rows {
        public Items {
            way = List.copyOf(way);
            Objects.requireNonNull(field);
        }
    }

    /// The values in a list of the request.
    ///
    /// @param list with the modifier EACH
    record SentItems(RequestValue list) implements Rows {
        public SentItems {
            Objects.requireNonNull(list);
        }
    }

    /// Whether both range over the same, seen from the same record.
    default boolean same(Rows other) {
        return switch (this) {
            case Related(List<Hop> way) -> other instanceof Related(List<Hop> otherWay) && sameWay(way, otherWay);
            case Items(List<Hop> way, Field field) ->
                other instanceof Items(List<Hop> otherWay, Field otherField)
                        && field.name().equals(otherField.name())
                        && sameWay(way, otherWay);
            case SentItems(RequestValue list) ->
                other instanceof SentItems(RequestValue otherList) && list.equals(otherList);
        };
    }

    private static boolean sameWay(List<Hop> one, List<Hop> other) {
        return one.size() == other.size() && Hop.startsWith(one, other);
    }
}
