package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Lays one document over another.
final class DocumentMerge {
    private DocumentMerge() {}

    /// Objects merge member by member; anything else in `patch` takes the place of what was there. OAuth2
    /// providers are matched by name, so that one sent without its secret keeps it.
    static Value.Members over(Value.Members document, Value.Members patch) {
        var merged = new LinkedHashMap<>(document.members());
        patch.members().forEach((name, value) -> merged.merge(name, value, (old, now) -> together(name, old, now)));
        return new Value.Members(merged);
    }

    private static Value together(String name, Value old, Value now) {
        if (old instanceof Value.Members before && now instanceof Value.Members after) return over(before, after);
        if (name.equals("providers") && old instanceof Value.Items before && now instanceof Value.Items after) {
            return providers(before.items(), after.items());
        }
        return now;
    }

    private static Value providers(List<Value> before, List<Value> after) {
        var merged = new ArrayList<Value>();
        for (Value now : after) {
            Optional<Value.Members> old = now instanceof Value.Members members
                    ? before.stream()
                            .filter(Value.Members.class::isInstance)
                            .map(Value.Members.class::cast)
                            .filter(candidate -> candidate.get("name").equals(members.get("name")))
                            .findFirst()
                    : Optional.empty();
            merged.add(old.isPresent() && now instanceof Value.Members members ? over(old.get(), members) : now);
        }
        return new Value.Items(merged);
    }
}
