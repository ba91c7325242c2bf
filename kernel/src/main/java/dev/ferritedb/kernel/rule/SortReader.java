package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.List;

/// Reads a sort. Source: the wire contract, section 4.2.
final class SortReader {
    static final int ITEMS_MAX = 8;
    static final int ITEM_MAX_LENGTH = 255;
    static final int MAX_LENGTH = ITEMS_MAX * (ITEM_MAX_LENGTH + 1);

    private final String source;
    private final CollectionSchema collection;
    private final RuleResolver resolver;

    SortReader(String source, CollectionSchema collection, RuleResolver resolver) {
        this.source = source;
        this.collection = collection;
        this.resolver = resolver;
    }

    List<SortKey> keys() {
        var keys = new ArrayList<SortKey>();
        int start = 0;
        while (start <= source.length()) {
            int comma = source.indexOf(',', start);
            int end = comma < 0 ? source.length() : comma;
            if (keys.size() == ITEMS_MAX) throw error(start, "A sort has at most " + ITEMS_MAX + " fields");
            keys.add(key(start, end));
            start = end + 1;
        }
        return keys;
    }

    private SortKey key(int start, int end) {
        String item = source.substring(start, end).strip();
        if (item.length() > ITEM_MAX_LENGTH) {
            throw error(start, "A sort field has at most " + ITEM_MAX_LENGTH + " characters");
        }
        boolean signed = item.startsWith("-") || item.startsWith("+");
        boolean descending = item.startsWith("-");
        String name = signed ? item.substring(1).strip() : item;
        if (name.isEmpty()) throw error(start, "Expected a field to sort by");
        int offset = source.indexOf(name, start);
        return switch (name) {
            case "@random" -> SortKey.Random.RANDOM;
            case "@rowid" -> {
                if (collection.isView()) throw error(offset, "A view has no @rowid");
                yield new SortKey.InsertionOrder(descending);
            }
            default -> resolver.sortKey(name, offset, descending);
        };
    }

    private InvalidExpression error(int offset, String reason) {
        return new InvalidExpression(source, offset, reason);
    }
}
