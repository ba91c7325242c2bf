package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.transfer.FieldValue;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Values given as `--set FIELD=VALUE`.
final class FieldOptions {
    private FieldOptions() {}

    /// @param given null when the option was not used
    static Map<String, Value> values(CollectionSchema collection, Map<String, String> given) {
        var values = new LinkedHashMap<String, Value>();
        Optional.ofNullable(given).orElse(Map.of()).forEach((name, text) -> {
            Field field = collection
                    .field(name)
                    .orElseThrow(() -> CommandFailure.usage(collection.name() + " has no field '" + name + "'"));
            values.put(name, FieldValue.ofOption(field, text));
        });
        return values;
    }
}
