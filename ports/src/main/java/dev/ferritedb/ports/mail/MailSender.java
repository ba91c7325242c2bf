package dev.ferritedb.ports.mail;

/// Whom mails come from.
///
/// @param name as people read it; may be empty
public record MailSender(String name, String address) {
    public MailSender {
        for (String line : new String[] {name, address}) {
            if (line.chars().anyMatch(Character::isISOControl))
                throw new IllegalArgumentException("a control character in a mail header");
        }
    }
}
