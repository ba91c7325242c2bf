package dev.ferritedb.ports.mail;

import java.util.Objects;

/// One mail to one address. Neither address nor subject holds a line break: nobody adds headers.
public record MailMessage(String to, String subject, String html) {
    public MailMessage {
        Objects.requireNonNull(html);
        for (String line : new String[] {to, subject}) {
            if (line.chars().anyMatch(c -> c < ' '))
                throw new IllegalArgumentException("a control character in a mail header");
        }
    }
}
