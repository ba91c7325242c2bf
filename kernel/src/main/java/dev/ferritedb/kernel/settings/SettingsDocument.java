package dev.ferritedb.kernel.settings;

import dev.ferritedb.ports.mail.MailRoute;
import dev.ferritedb.ports.mail.MailSender;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The document of all settings: what it holds where nobody chose otherwise, and with it the kind of each member.
final class SettingsDocument {
    private static final double WHOLE_MAX = 9007199254740991.0;

    private static final Value.Members RATE_LIMIT_RULE = object(
            member("label", Value.Text.EMPTY),
            member("audience", Value.Text.EMPTY),
            member("duration", Value.Number.ZERO),
            member("maxRequests", Value.Number.ZERO));

    static final Value.Members DEFAULT = object(
            member("superuserIPs", Value.Items.EMPTY),
            member(
                    "smtp",
                    object(
                            member("enabled", Value.Truth.FALSE),
                            member("port", Value.number(587)),
                            member("host", Value.text("smtp.example.com")),
                            member("username", Value.Text.EMPTY),
                            member("password", Value.Text.EMPTY),
                            member("authMethod", Value.Text.EMPTY),
                            member("tls", Value.Truth.FALSE),
                            member("localName", Value.Text.EMPTY))),
            member(
                    "backups",
                    object(
                            member("cron", Value.Text.EMPTY),
                            member("cronMaxKeep", Value.number(3)),
                            member("s3", s3()))),
            member("s3", s3()),
            member(
                    "meta",
                    object(
                            member("accentColor", Value.text("#1055c9")),
                            member("appName", Value.text("Acme")),
                            member("appURL", Value.text(MailSettings.APP_URL_DEFAULT)),
                            member("senderName", Value.text("Support")),
                            member("senderAddress", Value.text("support@example.com")),
                            member("hideControls", Value.Truth.FALSE))),
            member(
                    "rateLimits",
                    object(
                            member(
                                    "rules",
                                    new Value.Items(List.of(
                                            rule("*:auth", 3, 2),
                                            rule("*:create", 5, 20),
                                            rule("/api/batch", 1, 3),
                                            rule("/api/", 10, 300)))),
                            member("excludedIPs", Value.Items.EMPTY),
                            member("enabled", Value.Truth.FALSE))),
            member(
                    "trustedProxy",
                    object(member("headers", Value.Items.EMPTY), member("useLeftmostIP", Value.Truth.FALSE))),
            member(
                    "batch",
                    object(
                            member("enabled", Value.Truth.FALSE),
                            member("maxRequests", Value.number(50)),
                            member("timeout", Value.number(BatchSettings.TIMEOUT_DEFAULT.toSeconds())),
                            member("maxBodySize", Value.Number.ZERO))),
            member(
                    "logs",
                    object(
                            member("maxDays", Value.number(5)),
                            member("minLevel", Value.Number.ZERO),
                            member("logIP", Value.Truth.TRUE),
                            member("logAuthId", Value.Truth.FALSE))));

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+", Pattern.UNICODE_CHARACTER_CLASS);

    /// Written, never shown.
    private static final Map<String, String> SECRETS = Map.of("smtp", "password", "s3", "secret");

    private SettingsDocument() {}

    private static Value.Members s3() {
        return object(
                member("enabled", Value.Truth.FALSE),
                member("bucket", Value.Text.EMPTY),
                member("region", Value.Text.EMPTY),
                member("endpoint", Value.Text.EMPTY),
                member("accessKey", Value.Text.EMPTY),
                member("secret", Value.Text.EMPTY),
                member("forcePathStyle", Value.Truth.FALSE));
    }

    private static Value.Members rule(String label, int duration, int maxRequests) {
        return object(
                member("label", Value.text(label)),
                member("audience", Value.Text.EMPTY),
                member("duration", Value.number(duration)),
                member("maxRequests", Value.number(maxRequests)));
    }

    private static Map.Entry<String, Value> member(String name, Value value) {
        return Map.entry(name, value);
    }

    @SafeVarargs
    private static Value.Members object(Map.Entry<String, Value>... members) {
        var object = new LinkedHashMap<String, Value>();
        for (Map.Entry<String, Value> member : members) object.put(member.getKey(), member.getValue());
        return new Value.Members(object);
    }

    /// A document of an older version gets what it lacks.
    static Value.Members completed(Value.Members stored) {
        return over(DEFAULT, stored, new ArrayList<>());
    }

    /// Lays `patch` over `before`: objects member by member, lists as a whole. Unknown members are left out, null
    /// leaves what was there, and what is of another kind than the default is a problem.
    static Value.Members over(Value.Members before, Value.Members patch, List<FieldProblem> problems) {
        return new Laying(problems).members(before, patch, List.of());
    }

    private record Laying(List<FieldProblem> problems) {

        Value.Members members(Value.Members before, Value.Members patch, List<String> path) {
            var laid = new LinkedHashMap<String, Value>();
            before.members().forEach((name, old) -> laid.put(name, one(old, patch.get(name), below(path, name))));
            return new Value.Members(laid);
        }

        private Value one(Value before, Value sent, List<String> path) {
            return switch (before) {
                case Value.Members members -> {
                    if (sent instanceof Value.Members patch) yield members(members, patch, path);
                    yield kept(members, sent, path, "an object");
                }
                case Value.Text text -> sent instanceof Value.Text ? sent : kept(text, sent, path, "text");
                case Value.Truth truth -> sent instanceof Value.Truth ? sent : kept(truth, sent, path, "true or false");
                case Value.Number number -> isWhole(sent) ? sent : kept(number, sent, path, "a whole number");
                case Value.Items items ->
                    sent instanceof Value.Items list ? items(list, path) : kept(items, sent, path, "a list");
                case Value.Exact _, Value.Nothing _, Value.Json _ ->
                    throw new IllegalStateException("no setting is of this kind: " + path);
            };
        }

        private static boolean isWhole(Value value) {
            return value instanceof Value.Number(double number)
                    && number == Math.rint(number)
                    && Math.abs(number) <= WHOLE_MAX;
        }

        private Value items(Value.Items sent, List<String> path) {
            boolean rules = path.getLast().equals("rules");
            var items = new ArrayList<Value>();
            for (int i = 0; i < sent.items().size(); i++) {
                Value shape = rules ? RATE_LIMIT_RULE : Value.Text.EMPTY;
                items.add(one(shape, sent.items().get(i), below(path, Integer.toString(i))));
            }
            return new Value.Items(items);
        }

        private Value kept(Value before, Value sent, List<String> path, String kind) {
            if (sent != Value.NOTHING) {
                problems.add(new FieldProblem(path, "validation_invalid_value", "Must be " + kind + ".", Map.of()));
            }
            return before;
        }

        private static List<String> below(List<String> path, String name) {
            var longer = new ArrayList<>(path);
            longer.add(name);
            return longer;
        }
    }

    static Value.Members withoutSecrets(Value.Members settings) {
        var shown = new LinkedHashMap<String, Value>();
        settings.members().forEach((name, value) -> {
            if (!(value instanceof Value.Members section)) {
                shown.put(name, value);
                return;
            }
            var members = new LinkedHashMap<>(withoutSecrets(section).members());
            members.remove(SECRETS.getOrDefault(name, ""));
            shown.put(name, new Value.Members(members));
        });
        return new Value.Members(shown);
    }

    static BatchSettings batch(Value.Members settings) {
        SettingsSection batch = SettingsSection.of(settings, "batch");
        long timeoutSeconds = batch.whole("timeout");
        Duration timeout = timeoutSeconds <= 0
                ? BatchSettings.TIMEOUT_DEFAULT
                : Duration.ofSeconds(Math.min(timeoutSeconds, BatchSettings.TIMEOUT_MAX.toSeconds()));
        return new BatchSettings(
                batch.truth("enabled"),
                Math.clamp(batch.whole("maxRequests"), 0, Integer.MAX_VALUE),
                timeout,
                Math.max(0, batch.whole("maxBodySize")));
    }

    static MailSettings mail(Value.Members settings) {
        SettingsSection meta = SettingsSection.of(settings, "meta");
        return new MailSettings(
                oneLine(meta.text("appName")), withoutSlash(meta.text("appURL")), route(settings, sender(meta)));
    }

    private static MailRoute route(Value.Members settings, MailSender sender) {
        SettingsSection smtp = SettingsSection.of(settings, "smtp");
        if (!smtp.truth("enabled") || smtp.text("host").isBlank()) return new MailRoute.Files(sender);
        return new MailRoute.Server(
                smtp.text("host").strip(),
                Math.clamp(smtp.whole("port"), 1, SettingsValidator.PORT_MAX),
                smtp.text("username"),
                smtp.text("password"),
                switch (smtp.text("authMethod")) {
                    case "PLAIN" -> MailRoute.Server.AuthMethod.PLAIN;
                    case "LOGIN" -> MailRoute.Server.AuthMethod.LOGIN;
                    default -> MailRoute.Server.AuthMethod.ANY;
                },
                smtp.truth("tls"),
                smtp.text("localName"),
                sender);
    }

    private static MailSender sender(SettingsSection meta) {
        return new MailSender(oneLine(meta.text("senderName")), oneLine(meta.text("senderAddress")));
    }

    private static String oneLine(String text) {
        return CONTROLS.matcher(text).replaceAll(" ").strip();
    }

    private static String withoutSlash(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') end--;
        return oneLine(url.substring(0, end));
    }
}
