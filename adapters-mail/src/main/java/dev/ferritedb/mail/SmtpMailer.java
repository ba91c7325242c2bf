package dev.ferritedb.mail;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.Mailer;
import dev.ferritedb.ports.problem.PortFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Properties;

/// Hands mails to an SMTP server, each over a connection of its own.
public final class SmtpMailer implements Mailer {
    /// For connecting, each answer and each write; a mail waits in a request, so not for long.
    private static final String TIMEOUT_MILLIS = "10000";

    private final SmtpSettings settings;
    private final InstantSource clock;
    private final Session session;

    public SmtpMailer(SmtpSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = Objects.requireNonNull(clock);
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(SmtpSettings settings) {
        var properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        switch (settings.encryption()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
                properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
            }
            case TLS -> {
                properties.setProperty("mail.smtp.ssl.enable", "true");
                properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
            }
        }
        return properties;
    }

    @Override
    public void send(MailMessage message) {
        try {
            MimeMail mail = MimeMail.of(message, settings.from(), clock.instant(), session);
            if (settings.user().isEmpty()) {
                Transport.send(mail);
            } else {
                Transport.send(mail, settings.user(), settings.password());
            }
        } catch (MessagingException e) {
            throw new PortFailure("the mail server " + settings.host() + ":" + settings.port() + " took no mail", e);
        }
    }

    @Override
    public void close() {}
}
