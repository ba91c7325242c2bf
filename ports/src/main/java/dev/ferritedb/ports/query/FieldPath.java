package dev.ferritedb.ports.query;

import dev.ferritedb.ports.schema.Field;
import java.util.List;
import java.util.Objects;

/// The way from the record in question to a field.
///
/// @param hops the steps taken, first one first; empty for an own field
/// @param field the field at the end, of the last hop's target
/// @param inside the way into a json or geoPoint value; empty for the whole value
public record FieldPath(List<Hop> hops, Field field, List<String> inside) {
    public FieldPath {
        hops = List.copyOf(hops);
        Objects.requireNonNull(field);
        inside = List.copyOf(inside);
    }

    public static FieldPath own(Field field) {
        return new FieldPath(List.of(), field, List.of());
    }
}
