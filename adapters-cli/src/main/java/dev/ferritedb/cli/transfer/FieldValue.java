package dev.ferritedb.cli.transfer;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Optional;

/// What a file or an option says, as the kernel is to take it. Whether it is a value of the field's type, the kernel
/// says.
public final class FieldValue {
    private FieldValue() {}

    /// A json value is handed on encoded: over HTTP the text "123" becomes the number, in a file it is what it is.
    ///
    /// @return empty when several values are given for a field that takes one: the kernel would keep just the last
    static Optional<Value> ofFile(Field field, Value value) {
        if (field.type() instanceof FieldType.Json) return Optional.of(new Value.Json(Json.write(value)));
        boolean tooMany = value instanceof Value.Items(List<Value> items)
                && items.size() > 1
                && !field.type().multiple();
        return tooMany ? Optional.empty() : Optional.of(value);
    }

    /// Text that a person typed: lists, json values and points are written as JSON.
    public static Value ofOption(Field field, String text) {
        Value value = CsvCell.read(text, Optional.of(field));
        return ofFile(field, value).orElse(value);
    }
}
