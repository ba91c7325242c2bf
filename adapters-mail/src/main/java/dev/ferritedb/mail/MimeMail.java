package dev.ferritedb.mail;

import dev.ferritedb.ports.mail.MailMessage;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/// A mail as it travels (RFC 5322).
final class MimeMail extends MimeMessage {
    private final String domain;

    private MimeMail(Session session, InternetAddress from) {
        super(session);
        String address = from.getAddress();
        this.domain = address.substring(address.lastIndexOf('@') + 1);
    }

    static MimeMail of(MailMessage message, String from, Instant sent, Session session) throws MessagingException {
        var sender = sender(from);
        var mail = new MimeMail(session, sender);
        mail.setFrom(sender);
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(message.to(), true));
        mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(sent));
        mail.setText(message.html(), StandardCharsets.UTF_8.name(), "html");
        mail.saveChanges();
        return mail;
    }

    /// Parsing takes a name as if it were encoded already; a mail header has ASCII alone.
    private static InternetAddress sender(String from) throws MessagingException {
        var sender = new InternetAddress(from, true);
        try {
            if (sender.getPersonal() != null) sender.setPersonal(sender.getPersonal(), StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("UTF-8 is missing", e);
        }
        return sender;
    }

    /// The usual one would tell the name of the machine and of the user that runs the server.
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">");
    }
}
