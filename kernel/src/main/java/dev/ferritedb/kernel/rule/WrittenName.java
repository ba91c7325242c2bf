package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Operand.Modifier;
import java.util.ArrayList;
import java.util.List;

/// A name as it stands in a text, taken apart: what lies between its points, and the modifier at its end.
final class WrittenName {
    private final String source;
    private final String whole;
    private final String path;
    private final int offset;
    private final Modifier modifier;

    /// @throws InvalidExpression when its end is no modifier
    WrittenName(String source, String whole, int offset) {
        this.source = source;
        this.whole = whole;
        this.offset = offset;
        int colon = whole.lastIndexOf(':');
        boolean last = colon > whole.lastIndexOf('.');
        if (colon >= 0 && !last && !whole.startsWith("@collection.")) {
            throw error(offset + colon, "A modifier stands only at the end of a name");
        }
        this.path = last ? whole.substring(0, colon) : whole;
        this.modifier = last ? modifier(whole.substring(colon + 1), offset + colon + 1) : Modifier.NONE;
    }

    private Modifier modifier(String word, int at) {
        return switch (word) {
            case "isset" -> Modifier.ISSET;
            case "changed" -> Modifier.CHANGED;
            case "length" -> Modifier.LENGTH;
            case "each" -> Modifier.EACH;
            case "lower" -> Modifier.LOWER;
            default ->
                throw error(
                        at,
                        "Unknown modifier ':" + Names.abbreviated(word)
                                + "': expected isset, changed, length, each or lower");
        };
    }

    Modifier modifier() {
        return modifier;
    }

    /// Without the modifier.
    String path() {
        return path;
    }

    /// @throws InvalidExpression when there is nothing between two points
    List<String> parts() {
        var parts = new ArrayList<String>();
        int start = 0;
        while (start <= path.length()) {
            int dot = path.indexOf('.', start);
            int end = dot < 0 ? path.length() : dot;
            if (end == start) throw error(offset + start, "Expected a name between the points");
            parts.add(path.substring(start, end));
            start = end + 1;
        }
        return parts;
    }

    InvalidExpression unknown(String suggestion) {
        return error(offset, "Unknown field '" + Names.abbreviated(path) + "'" + suggestion);
    }

    InvalidExpression wrong(String reason) {
        return error(offset, "'" + Names.abbreviated(whole) + "' " + reason);
    }

    private InvalidExpression error(int at, String reason) {
        return new InvalidExpression(source, at, reason);
    }
}
