package dev.ferritedb.kernel.settings;

import dev.ferritedb.kernel.record.Addresses;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Judges settings whose members are of the right kind. The first problem of a member is the one to tell.
final class SettingsValidator {
    private static final Pattern RULE_LABEL = Pattern.compile("\\w+ /[\\w/-]*|/[\\w/-]*|\\w+:\\w+|\\*:\\w+|\\w+");
    private static final Pattern HEX_COLOR = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
    private static final Set<String> AUDIENCES = Set.of("", "@guest", "@auth");
    private static final Set<String> SMTP_AUTH_METHODS = Set.of("", "PLAIN", "LOGIN");
    private static final int NAME_MAX = 255;
    static final int PORT_MAX = 65_535;

    private final List<FieldProblem> problems = new ArrayList<>();

    private SettingsValidator() {}

    static List<FieldProblem> problems(Value.Members settings) {
        var validator = new SettingsValidator();
        validator.networks(new SettingsSection(settings, List.of()), "superuserIPs");
        validator.smtp(SettingsSection.of(settings, "smtp"));
        validator.backups(SettingsSection.of(settings, "backups"));
        validator.s3(SettingsSection.of(settings, "s3"));
        validator.meta(SettingsSection.of(settings, "meta"));
        validator.rateLimits(SettingsSection.of(settings, "rateLimits"));
        validator.batch(SettingsSection.of(settings, "batch"));
        validator.atLeast(SettingsSection.of(settings, "logs"), "maxDays", 0);
        return validator.problems;
    }

    private void networks(SettingsSection section, String name) {
        List<Value> networks = section.items(name);
        for (int i = 0; i < networks.size(); i++) {
            if (Networks.isAddressOrSubnet(((Value.Text) networks.get(i)).text())) continue;
            problems.add(section.problem(
                            name,
                            "validation_invlaid_ip_or_subnet", // so it is spelt on the wire
                            "Must be a valid IP address or subnet.",
                            Map.of())
                    .at(Integer.toString(i)));
        }
    }

    private void smtp(SettingsSection smtp) {
        boolean enabled = smtp.truth("enabled");
        if (enabled) required(smtp, "host");
        host(smtp, "host");
        if (enabled && smtp.whole("port") == 0) blank(smtp, "port");
        atLeast(smtp, "port", 0);
        if (smtp.whole("port") > PORT_MAX) {
            problems.add(smtp.problem(
                    "port",
                    "validation_max_less_equal_than_required",
                    "Must be no greater than " + PORT_MAX + ".",
                    Map.of("threshold", PORT_MAX)));
        }
        among(smtp, "authMethod", SMTP_AUTH_METHODS);
        host(smtp, "localName");
    }

    private void backups(SettingsSection backups) {
        s3(backups.section("s3"));
        String cron = backups.text("cron");
        if (!cron.isEmpty() && !CronExpression.isValid(cron)) {
            problem(backups, "cron", "validation_invalid_cron", "Must be a valid cron expression.");
        }
        if (cron.isEmpty() && backups.whole("cronMaxKeep") == 0) return;
        if (backups.whole("cronMaxKeep") == 0) blank(backups, "cronMaxKeep");
        atLeast(backups, "cronMaxKeep", 1);
    }

    private void s3(SettingsSection s3) {
        url(s3, "endpoint");
        if (!s3.truth("enabled")) return;
        for (String name : List.of("endpoint", "bucket", "region", "accessKey", "secret")) required(s3, name);
    }

    private void meta(SettingsSection meta) {
        String color = meta.text("accentColor");
        if (!color.isEmpty() && !HEX_COLOR.matcher(color).matches()) {
            problem(meta, "accentColor", "validation_is_hex_color", "Must be a valid hexadecimal color code.");
        }
        for (String name : List.of("appName", "senderName")) {
            required(meta, name);
            String text = meta.text(name);
            if (text.codePointCount(0, text.length()) <= NAME_MAX) continue;
            problems.add(meta.problem(
                    name,
                    "validation_length_out_of_range",
                    "The length must be between 1 and " + NAME_MAX + ".",
                    Map.of("min", 1, "max", NAME_MAX)));
        }
        required(meta, "appURL");
        url(meta, "appURL");
        required(meta, "senderAddress");
        String address = meta.text("senderAddress");
        if (!address.isEmpty() && !Addresses.isEmail(address)) {
            problem(meta, "senderAddress", "validation_is_email", "Must be a valid email address.");
        }
    }

    private void rateLimits(SettingsSection limits) {
        networks(limits, "excludedIPs");
        int count = limits.items("rules").size();
        if (limits.truth("enabled") && count == 0) blank(limits, "rules");
        var earlier = new ArrayList<SettingsSection>();
        for (int i = 0; i < count; i++) {
            SettingsSection rule = limits.item("rules", i);
            required(rule, "label");
            if (!RULE_LABEL.matcher(rule.text("label")).matches()) {
                problem(rule, "label", "validation_match_invalid", "Must be in a valid format.");
            }
            if (earlier.stream().anyMatch(other -> conflict(rule, other))) {
                problem(
                        rule,
                        "label",
                        "validation_conflicting_rate_limit_rule",
                        "A rule of this label is there already or conflicts with this one.");
            }
            among(rule, "audience", AUDIENCES);
            for (String name : List.of("duration", "maxRequests")) {
                if (rule.whole(name) == 0) blank(rule, name);
                atLeast(rule, name, 1);
            }
            earlier.add(rule);
        }
    }

    /// Whoever one of them is for, the other is for too.
    private static boolean conflict(SettingsSection rule, SettingsSection other) {
        String audience = rule.text("audience");
        String theirs = other.text("audience");
        return rule.text("label").equals(other.text("label"))
                && (audience.equals(theirs) || audience.isEmpty() || theirs.isEmpty());
    }

    private void batch(SettingsSection batch) {
        for (String name : List.of("maxRequests", "timeout")) {
            if (batch.truth("enabled") && batch.whole(name) == 0) blank(batch, name);
            atLeast(batch, name, 0);
        }
        atLeast(batch, "maxBodySize", 0);
    }

    private void host(SettingsSection section, String name) {
        String host = section.text(name);
        if (host.isEmpty() || Networks.isHost(host)) return;
        problem(section, name, "validation_is_host", "Must be a valid IP address or DNS name.");
    }

    /// A scheme is not asked for: S3 endpoints are often given without.
    private void url(SettingsSection section, String name) {
        String url = section.text(name);
        if (url.isEmpty()) return;
        String whole = url.contains("://") ? url : "https://" + url;
        if (Addresses.hostOf(whole).isEmpty()) problem(section, name, "validation_is_url", "Must be a valid URL.");
    }

    private void among(SettingsSection section, String name, Set<String> values) {
        if (!values.contains(section.text(name))) {
            problem(section, name, "validation_in_invalid", "Must be a valid value.");
        }
    }

    private void required(SettingsSection section, String name) {
        if (section.text(name).isBlank()) blank(section, name);
    }

    private void blank(SettingsSection section, String name) {
        problem(section, name, "validation_required", "Cannot be blank.");
    }

    private void atLeast(SettingsSection section, String name, long least) {
        if (section.whole(name) >= least) return;
        problems.add(section.problem(
                name,
                "validation_min_greater_equal_than_required",
                "Must be no less than " + least + ".",
                Map.of("threshold", least)));
    }

    private void problem(SettingsSection section, String name, String code, String message) {
        problems.add(section.problem(name, code, message, Map.of()));
    }
}
