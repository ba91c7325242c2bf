package dev.ferritedb.kernel.mail;

import dev.ferritedb.kernel.settings.MailSettings;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions.MailText;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes a mail after a collection's text. Placeholders are filled in once, from left to right, so that what is
/// filled in is never read as a placeholder; nothing else in the text means anything. Source of the placeholders:
/// the wire contract, section 6.1.
final class Letter {
    /// More than any program shows.
    private static final int SUBJECT_MAX = 255;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(RECORD:)?(\\w{1,255})}");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cf}]+");

    private final StoredRecord account;
    private final Map<String, String> values;

    private Letter(StoredRecord account, Map<String, String> values) {
        this.account = account;
        this.values = values;
    }

    /// @param values by placeholder; the server's own are added
    static MailMessage to(
            String address, StoredRecord account, MailText text, Map<String, String> values, MailSettings settings) {
        var all = new LinkedHashMap<>(values);
        all.put("APP_NAME", settings.appName());
        all.put("APP_URL", settings.appUrl());
        var letter = new Letter(account, all);
        String subject = letter.subject(text.subject());
        String html = MailPage.of(subject, letter.filled(text.body(), MailPage::escaped));
        return new MailMessage(address, subject, html, PlainText.of(html));
    }

    private String subject(String template) {
        String line = CONTROLS.matcher(filled(template, UnaryOperator.identity()))
                .replaceAll(" ")
                .strip();
        int length = line.codePointCount(0, line.length());
        return length <= SUBJECT_MAX ? line : line.substring(0, line.offsetByCodePoints(0, SUBJECT_MAX));
    }

    /// A placeholder that stands for nothing here stays as it is.
    private String filled(String template, UnaryOperator<String> escape) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(value(found).map(escape).orElse(found.group())));
    }

    private Optional<String> value(MatchResult placeholder) {
        String name = placeholder.group(2);
        if (placeholder.group(1) == null) return Optional.ofNullable(values.get(name));
        return account.collection()
                .field(name)
                .filter(field -> !field.hidden())
                .map(Field::name)
                .map(account::value)
                .map(Letter::shown);
    }

    private static String shown(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Number(double number) ->
                number == Math.rint(number) && Math.abs(number) < 1e15
                        ? Long.toString((long) number)
                        : Double.toString(number);
            case Value.Exact exact -> exact.number().toPlainString();
            case Value.Truth(boolean truth) -> Boolean.toString(truth);
            case Value.Items(var items) -> items.stream().map(Letter::shown).collect(Collectors.joining(", "));
            case Value.Members members ->
                members.members().values().stream().map(Letter::shown).collect(Collectors.joining(", "));
            case Value.Json(String encoded) -> encoded;
            case Value.Nothing _ -> "";
        };
    }
}
