package dev.ferritedb.kernel.audit;

import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of values what a log must not hold: secrets whole, e-mail addresses in part, and every character that
/// could end a line or turn its direction round.
final class Redaction {
    static final String MASK = "[redacted]";

    /// Longer texts are cut; a log is no second copy of the data.
    static final int TEXT_MAX = 1_000;

    private static final int ITEMS_MAX = 100;

    /// Source: the contract, section 9.
    private static final Set<String> SECRET_WORDS = Set.of(
            "password",
            "passwords",
            "secret",
            "secrets",
            "token",
            "tokens",
            "key",
            "keys",
            "authorization",
            "passwd",
            "apikey",
            "otp",
            "code");

    private static final Pattern WORD_ENDS = Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|[^\\p{L}\\p{N}]+");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"',;:()]{1,64}@[^\\s@<>\"',;:()]{1,255}");

    private Redaction() {}

    static Value.Members of(Value.Members members) {
        return members(members, Cover.NOTHING);
    }

    /// How much of a value is masked: of an object with a secret's name, such as the options of a token, the texts.
    private enum Cover {
        NOTHING,
        TEXTS,
        ALL
    }

    private static Value.Members members(Value.Members members, Cover within) {
        var redacted = new LinkedHashMap<String, Value>();
        int count = 0;
        for (Map.Entry<String, Value> member : members.members().entrySet()) {
            if (count++ == ITEMS_MAX) break;
            Cover cover = isSecret(member.getKey()) ? Cover.ALL : within;
            redacted.put(text(member.getKey()), value(member.getValue(), cover));
        }
        return new Value.Members(redacted);
    }

    private static Value value(Value value, Cover cover) {
        Cover within = cover == Cover.NOTHING ? Cover.NOTHING : Cover.TEXTS;
        return switch (value) {
            case Value.Nothing _, Value.Truth _ -> value;
            case Value.Text text -> text.text().isEmpty() ? text : masked(text(text.text()), cover);
            case Value.Json json -> masked(text(json.encoded()), cover);
            case Value.Number _, Value.Exact _ -> cover == Cover.ALL ? new Value.Text(MASK) : value;
            case Value.Members members -> members(members, within);
            case Value.Items items ->
                new Value.Items(items.items().stream()
                        .limit(ITEMS_MAX)
                        .map(item -> value(item, within))
                        .toList());
        };
    }

    private static Value masked(String text, Cover cover) {
        return new Value.Text(cover == Cover.NOTHING ? text : MASK);
    }

    private static boolean isSecret(String name) {
        for (String word : WORD_ENDS.split(name)) {
            if (SECRET_WORDS.contains(word.toLowerCase(Locale.ROOT))) return true;
        }
        return false;
    }

    /// `text` in one line, cut, with addresses masked.
    static String text(String text) {
        return line(maskedEmails(text));
    }

    private static String maskedEmails(String text) {
        if (text.indexOf('@') < 0) return text;
        return EMAIL.matcher(text).replaceAll(found -> {
            String address = found.group();
            int first = address.offsetByCodePoints(0, 1);
            String kept = address.indexOf('@') > first ? address.substring(0, first) : "";
            return Matcher.quoteReplacement(kept + "***" + address.substring(address.indexOf('@')));
        });
    }

    /// Spells characters that end a line, are invisible, or turn the writing's direction by their numbers.
    static String line(String text) {
        var line = new StringBuilder(Math.min(text.length(), TEXT_MAX));
        for (int i = 0; i < text.length(); ) {
            if (line.length() >= TEXT_MAX) return line.append('…').toString();
            int point = text.codePointAt(i);
            if (isVisible(point)) line.appendCodePoint(point);
            else escape(line, point);
            i += Character.charCount(point);
        }
        return line.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static void escape(StringBuilder line, int point) {
        for (char unit : Character.toChars(point)) line.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    }
}
