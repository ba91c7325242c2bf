package dev.ferritedb.mail;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailSender;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/// A mail as it travels (RFC 5322).
final class MimeMail extends MimeMessage {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String domain;

    private MimeMail(Session session, InternetAddress from) {
        super(session);
        String address = from.getAddress();
        this.domain = address.substring(address.lastIndexOf('@') + 1);
    }

    /// @throws AddressException when the recipient's or the sender's is not one address
    static MimeMail of(MailMessage message, MailSender sender, Instant sent, Session session)
            throws MessagingException {
        InternetAddress from = address(sender);
        var mail = new MimeMail(session, from);
        mail.setFrom(from);
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(message.to(), true));
        mail.setSubject(message.subject(), UTF_8);
        mail.setSentDate(Date.from(sent));
        // Tells programs that answer mails by themselves to leave it (RFC 3834).
        mail.setHeader("Auto-Submitted", "auto-generated");
        if (message.text().isEmpty()) mail.setText(message.html(), UTF_8, "html");
        else mail.setContent(alternatives(message));
        mail.saveChanges();
        return mail;
    }

    /// The best one is the last (RFC 2046).
    private static MimeMultipart alternatives(MailMessage message) throws MessagingException {
        var text = new MimeBodyPart();
        text.setText(message.text(), UTF_8);
        var html = new MimeBodyPart();
        html.setText(message.html(), UTF_8, "html");
        return new MimeMultipart("alternative", text, html);
    }

    private static InternetAddress address(MailSender sender) throws AddressException {
        var address = new InternetAddress(sender.address(), true);
        try {
            if (!sender.name().isEmpty()) address.setPersonal(sender.name(), UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("UTF-8 is missing", e);
        }
        return address;
    }

    /// The usual one would tell the name of the machine and of the user that runs the server.
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">");
    }
}
