package dev.ferritedb.ports.mail;

import java.util.Objects;

/// One mail to one address. Neither address nor subject holds a line break: nobody adds headers.
///
/// @param html the whole page
/// @param text the same for programs that show no HTML; empty for none
public record MailMessage(String to, String subject, String html, String text) {
    public MailMessage {
        Objects.requireNonNull(html);
        Objects.requireNonNull(text);
        for (String line : new String[] {to, subject}) {
            if (line.chars().anyMatch(Character::isISOControl))
                throw new IllegalArgumentException("a control character in a mail header");
        }
    }

    /// The address for the log: enough to tell mails apart, too little to write to.
    public String maskedAddress() {
        return masked(to);
    }

    /// `a…@example.com` of `alice@example.com`.
    public static String masked(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "…" : address.substring(0, address.offsetByCodePoints(0, 1)) + "…" + address.substring(at);
    }

    /// Without what it says: mails hold links and codes that sign people in.
    @Override
    public String toString() {
        return "MailMessage[to " + maskedAddress() + "]";
    }
}
