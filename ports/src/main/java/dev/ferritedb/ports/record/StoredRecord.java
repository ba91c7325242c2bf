package dev.ferritedb.ports.record;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.Arrays;
import java.util.Objects;

/// A record whose every field has a value of the field's shape: as stored, or as it would be. Immutable.
public final class StoredRecord {
    private final CollectionSchema collection;
    private final Value[] values;

    /// @param values one for each of the collection's fields, in their order; the array is taken over
    public StoredRecord(CollectionSchema collection, Value[] values) {
        this.collection = Objects.requireNonNull(collection);
        this.values = values;
        if (values.length != collection.fields().size()) {
            throw new IllegalArgumentException(
                    collection.name() + " has " + collection.fields().size() + " fields, not " + values.length);
        }
        for (Value value : values) Objects.requireNonNull(value);
    }

    /// @return a record of zero values
    public static StoredRecord blank(CollectionSchema collection) {
        return new StoredRecord(
                collection, collection.fields().stream().map(Field::zero).toArray(Value[]::new));
    }

    /// @return a record as one is created of which nothing is said: presets where fields have one, else zero values
    public static StoredRecord initial(CollectionSchema collection) {
        return new StoredRecord(
                collection, collection.fields().stream().map(Field::initial).toArray(Value[]::new));
    }

    public CollectionSchema collection() {
        return collection;
    }

    public String id() {
        return text("id");
    }

    public Value value(int position) {
        return values[position];
    }

    /// @return [Value.Nothing] when the collection has no such field
    public Value value(String fieldName) {
        int position = collection.position(fieldName);
        return position < 0 ? Value.NOTHING : values[position];
    }

    /// @return empty text when there is no such field or it holds no text
    public String text(String fieldName) {
        return value(fieldName) instanceof Value.Text text ? text.text() : "";
    }

    public boolean truth(String fieldName) {
        return value(fieldName) instanceof Value.Truth truth && truth.truth();
    }

    /// @throws IllegalArgumentException when the collection has no such field
    public StoredRecord with(String fieldName, Value value) {
        int position = collection.position(fieldName);
        if (position < 0) throw new IllegalArgumentException(collection.name() + " has no field " + fieldName);
        Value[] changed = values.clone();
        changed[position] = Objects.requireNonNull(value);
        return new StoredRecord(collection, changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredRecord that
                && collection.id().equals(that.collection.id())
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /// Names the record only: its values may be secret.
    @Override
    public String toString() {
        return collection.name() + "/" + id();
    }
}
