package dev.ferritedb.http;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// A map that is made when somebody first looks into it: most requests are judged without their query and headers.
final class FirstValues extends AbstractMap<String, String> {
    private final Supplier<Map<String, String>> source;
    private Map<String, String> made = Map.of();
    private boolean isMade;

    FirstValues(Supplier<Map<String, String>> source) {
        this.source = source;
    }

    private Map<String, String> made() {
        if (!isMade) {
            made = source.get();
            isMade = true;
        }
        return made;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return made().entrySet();
    }

    @Override
    public boolean containsKey(Object key) {
        return made().containsKey(key);
    }

    @Override
    @SuppressWarnings("NullAway") // null is what maps answer
    public String get(Object key) {
        return made().get(key);
    }

    @Override
    public String getOrDefault(Object key, String otherwise) {
        return made().getOrDefault(key, otherwise);
    }
}
