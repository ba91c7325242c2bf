package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.LikePattern;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts the texts that a condition looks for within others. No index serves them, so that every record pays for
/// each: the limits keep a client's filter over 100,000 records within a fifth of a second.
final class TextSearches {
    /// Each `~`, `!~`, `contains`, `startsWith` and `endsWith` is one, and each `_` of a pattern one more: behind
    /// every place where the text before it is found it makes the store read on.
    static final int MAX = 10;

    static final int IN_FIELD_MAX = 4;

    /// `%` in all patterns together.
    static final int PERCENT_SIGNS_MAX = 32;

    /// A literal that is searched counts once more for each so many characters.
    private static final int SEARCHED_LENGTH = 100;

    private final String source;
    private final boolean limited;
    private final Map<List<String>, Integer> inField = new HashMap<>();
    private int all;
    private int percentSigns;

    private TextSearches(String source, boolean limited) {
        this.source = source;
        this.limited = limited;
    }

    static TextSearches limited(String source) {
        return new TextSearches(source, true);
    }

    static TextSearches unlimited(String source) {
        return new TextSearches(source, false);
    }

    /// @param offset where the search is written
    /// @throws InvalidExpression when it is one too many
    void addPattern(Operand searched, Operand pattern, int offset) {
        if (!limited) return;
        int wildcards = 0;
        if (pattern instanceof Literal(Value.Text(String text))) {
            wildcards = LikePattern.wildcards(text, '_');
            percentSigns += LikePattern.wildcards(text, '%');
        }
        add(searched, pattern, 1 + wildcards, offset);
        if (percentSigns > PERCENT_SIGNS_MAX) {
            throw tooMany(offset, "More than " + PERCENT_SIGNS_MAX + " % in the patterns of one filter");
        }
    }

    /// As [#addPattern]; what is looked for has no wildcards.
    void add(Operand searched, Operand wanted, int offset) {
        if (limited) add(searched, wanted, 1, offset);
    }

    private void add(Operand searched, Operand wanted, int count, int offset) {
        if (searched instanceof Literal(Value.Text(String text))) {
            add(wanted, count + text.length() / SEARCHED_LENGTH, offset);
        } else {
            add(searched, count, offset);
        }
    }

    private void add(Operand operand, int count, int offset) {
        all += count;
        if (all > MAX) throw tooMany(offset, "More than " + MAX + " texts, each _ counted, are looked for");
        if (in(operand, count) > IN_FIELD_MAX) {
            throw tooMany(offset, "More than " + IN_FIELD_MAX + " texts, each _ counted, are looked for in one field");
        }
    }

    /// @return how many are looked for in the field that is searched most
    private int in(Operand operand, int count) {
        return switch (operand) {
            case Operand.Member(FieldPath path, var _) -> inField.merge(names(path), count, Integer::sum);
            case Operand.Call(var _, var arguments) ->
                arguments.stream()
                        .mapToInt(argument -> in(argument, count))
                        .max()
                        .orElse(0);
            case Literal _, Operand.Given _ -> 0;
        };
    }

    private static List<String> names(FieldPath path) {
        var names = new ArrayList<>(path.hops().stream().map(Hop::name).toList());
        names.add(path.field().name());
        names.addAll(path.inside());
        return names;
    }

    private InvalidExpression tooMany(int offset, String reason) {
        return new InvalidExpression(source, offset, reason);
    }
}
