package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.Scalar;
import java.util.ArrayList;

/// Positions as text: for each value a letter of its kind, its length, a colon, and itself.
final class PositionText {
    private PositionText() {}

    static String of(Position position) {
        var text = new StringBuilder();
        for (Scalar value : position.values()) {
            switch (value) {
                case Scalar.Missing _ -> append('-', "", text);
                case Scalar.Whole(long number) -> append('w', Long.toString(number), text);
                case Scalar.Real(double number) -> append('r', Double.toString(number), text);
                case Scalar.Text(String content) -> append('t', content, text);
            }
        }
        return text.toString();
    }

    private static void append(char kind, String value, StringBuilder text) {
        text.append(kind).append(value.length()).append(':').append(value);
    }

    /// @param text what [#of] wrote
    static Position position(String text) {
        var values = new ArrayList<Scalar>();
        int at = 0;
        while (at < text.length()) {
            int from = text.indexOf(':', at) + 1;
            int to = from + Integer.parseInt(text, at + 1, from - 1, 10);
            String value = text.substring(from, to);
            values.add(
                    switch (text.charAt(at)) {
                        case 'w' -> new Scalar.Whole(Long.parseLong(value));
                        case 'r' -> new Scalar.Real(Double.parseDouble(value));
                        case 't' -> Scalar.text(value);
                        default -> Scalar.MISSING;
                    });
            at = to;
        }
        return new Position(values);
    }
}
