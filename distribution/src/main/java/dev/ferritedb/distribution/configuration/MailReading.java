package dev.ferritedb.distribution.configuration;

import dev.ferritedb.kernel.record.Addresses;
import dev.ferritedb.kernel.settings.Networks;
import java.util.Locale;

/// The sections on mails.
final class MailReading {
    private static final int NAME_MAX = 255;

    private MailReading() {}

    static Configuration.Mail read(Reader reader) {
        var mail = new Configuration.Mail(
                reader.checked(
                        "server.public_url",
                        MailReading::isPublicUrl,
                        "a web address without query, such as \"https://shop.example\""),
                reader.checked("mail.smtp_host", Networks::isHost, "a host name or an IP address"),
                (int) reader.whole("mail.smtp_port", 587, 1, 65_535),
                reader.text("mail.smtp_username", ""),
                reader.secret("mail.smtp_password").orElse(new Secret("")),
                reader.truth("mail.smtp_tls", false),
                reader.checked("mail.sender_name", name -> name.length() <= NAME_MAX, "255 characters or less"),
                reader.checked("mail.sender_address", Addresses::isEmail, "an e-mail address"));
        reader.demandWith(
                "mail.smtp_host", "mail.smtp_port", "mail.smtp_username", "mail.smtp_password", "mail.smtp_tls");
        return mail;
    }

    private static boolean isPublicUrl(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean web = lower.startsWith("http://") || lower.startsWith("https://");
        return web && Addresses.hostOf(text).isPresent() && text.chars().noneMatch(c -> c == '?' || c == '#');
    }
}
