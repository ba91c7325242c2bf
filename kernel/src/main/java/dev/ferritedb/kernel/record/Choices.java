package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.value.Value;
import java.util.List;

/// The values of a select, relation or file field, single or multiple alike.
final class Choices {
    private Choices() {}

    /// @return empty for an empty field
    static List<String> of(Value value) {
        if (value instanceof Value.Text text) return text.text().isEmpty() ? List.of() : List.of(text.text());
        if (!(value instanceof Value.Items items)) return List.of();
        return items.items().stream()
                .filter(Value.Text.class::isInstance)
                .map(item -> ((Value.Text) item).text())
                .toList();
    }
}
