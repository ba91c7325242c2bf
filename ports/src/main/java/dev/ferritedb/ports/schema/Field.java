package dev.ferritedb.ports.schema;

import dev.ferritedb.ports.value.Value;
import java.util.Map;
import java.util.Objects;

/// One field of a collection. `id` stays the same when the field is renamed. A hidden field is for superusers and
/// rules only.
///
/// @param preset what a new record holds when its creator leaves the field out; [Value.Nothing] stands for the zero
/// value
public record Field(
        String id,
        String name,
        FieldType type,
        boolean system,
        boolean hidden,
        boolean presentable,
        boolean required,
        String help,
        Value preset) {
    public Field {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(help);
        Objects.requireNonNull(preset);
    }

    public Field(
            String id,
            String name,
            FieldType type,
            boolean system,
            boolean hidden,
            boolean presentable,
            boolean required,
            String help) {
        this(id, name, type, system, hidden, presentable, required, help, Value.NOTHING);
    }

    public static Field of(String name, FieldType type) {
        return new Field("", name, type, false, false, false, false, "");
    }

    public Field withId(String newId) {
        return new Field(newId, name, type, system, hidden, presentable, required, help, preset);
    }

    public Field asRequired() {
        return new Field(id, name, type, system, hidden, presentable, true, help, preset);
    }

    public Field asSystem() {
        return new Field(id, name, type, true, hidden, presentable, required, help, preset);
    }

    public Field asHidden() {
        return new Field(id, name, type, system, true, presentable, required, help, preset);
    }

    public Field withType(FieldType newType) {
        return new Field(id, name, newType, system, hidden, presentable, required, help, preset);
    }

    public Field named(String newName) {
        return new Field(id, newName, type, system, hidden, presentable, required, help, preset);
    }

    public Field preset(Value newPreset) {
        return new Field(id, name, type, system, hidden, presentable, required, help, newPreset);
    }

    public boolean isPrimaryKey() {
        return type instanceof FieldType.Text text && text.primaryKey();
    }

    /// @return what a new record holds when its creator leaves the field out
    public Value initial() {
        return preset == Value.NOTHING ? zero() : preset;
    }

    /// @return what a record holds when nothing was set
    public Value zero() {
        return switch (type.shape()) {
            case TEXT -> Value.Text.EMPTY;
            case NUMBER -> Value.Number.ZERO;
            case TRUTH -> Value.Truth.FALSE;
            case LIST -> Value.Items.EMPTY;
            case JSON -> Value.Json.NULL;
            case POINT -> ORIGIN;
        };
    }

    private static final Value.Members ORIGIN =
            new Value.Members(ordered("lon", Value.Number.ZERO, "lat", Value.Number.ZERO));

    private static Map<String, Value> ordered(String first, Value firstValue, String second, Value secondValue) {
        var members = new java.util.LinkedHashMap<String, Value>();
        members.put(first, firstValue);
        members.put(second, secondValue);
        return members;
    }
}
