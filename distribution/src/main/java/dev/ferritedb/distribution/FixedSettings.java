package dev.ferritedb.distribution;

import dev.ferritedb.distribution.configuration.Configuration;
import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the configuration decides of the settings that superusers could change otherwise.
final class FixedSettings {
    private FixedSettings() {}

    static Value.Members of(Configuration configuration) {
        Configuration.Mail mail = configuration.mail();
        var meta = new LinkedHashMap<String, Value>();
        if (!mail.publicUrl().isEmpty()) meta.put("appURL", Value.text(mail.publicUrl()));
        if (!mail.senderName().isEmpty()) meta.put("senderName", Value.text(mail.senderName()));
        if (!mail.senderAddress().isEmpty()) meta.put("senderAddress", Value.text(mail.senderAddress()));
        var fixed = new LinkedHashMap<String, Value>();
        if (!meta.isEmpty()) fixed.put("meta", new Value.Members(meta));
        if (!mail.smtpHost().isEmpty()) fixed.put("smtp", smtp(mail));
        return new Value.Members(fixed);
    }

    /// As a whole: a user name that was stored is not for this server.
    private static Value smtp(Configuration.Mail mail) {
        return new Value.Members(Map.of(
                "enabled", Value.Truth.TRUE,
                "host", Value.text(mail.smtpHost()),
                "port", Value.number(mail.smtpPort()),
                "username", Value.text(mail.smtpUsername()),
                "password", Value.text(mail.smtpPassword().value()),
                "tls", Value.truth(mail.smtpTls())));
    }
}
