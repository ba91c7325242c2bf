package dev.ferritedb.mail;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailRefused;
import dev.ferritedb.ports.mail.MailRoute;
import dev.ferritedb.ports.mail.Mailer;
import dev.ferritedb.ports.problem.PortFailure;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/// Hands mails to an SMTP server, each over a connection of its own.
public final class SmtpMailer implements Mailer {
    /// For connecting, each answer and each write: a server that is silent for longer is as good as down.
    private static final String TIMEOUT_MILLIS = "10000";

    private final MailRoute.Server server;
    private final InstantSource clock;
    private final Session session;

    public SmtpMailer(MailRoute.Server server, InstantSource clock) {
        this.server = server;
        this.clock = Objects.requireNonNull(clock);
        this.session = Session.getInstance(properties(server));
    }

    private static Properties properties(MailRoute.Server server) {
        var properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
        properties.setProperty("mail.smtp.localhost", server.localName().isEmpty() ? "localhost" : server.localName());
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        boolean signsIn = !server.username().isEmpty();
        properties.setProperty("mail.smtp.auth", Boolean.toString(signsIn));
        properties.setProperty("mail.smtp.auth.mechanisms", mechanisms(server.authMethod()));
        if (server.tls()) {
            properties.setProperty("mail.smtp.ssl.enable", "true");
        } else {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", Boolean.toString(signsIn && !isLocal(server.host())));
        }
        return properties;
    }

    private static String mechanisms(MailRoute.Server.AuthMethod method) {
        return switch (method) {
            case ANY -> "PLAIN LOGIN";
            case PLAIN -> "PLAIN";
            case LOGIN -> "LOGIN";
        };
    }

    /// What is said there crosses no network.
    private static boolean isLocal(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    @Override
    public void send(MailMessage message) {
        try {
            MimeMail mail = MimeMail.of(message, server.sender(), clock.instant(), session);
            if (server.username().isEmpty()) {
                Transport.send(mail);
            } else {
                Transport.send(mail, server.username(), server.password());
            }
        } catch (AddressException e) {
            throw new MailRefused("the recipient's or the sender's address is none", e);
        } catch (AuthenticationFailedException e) {
            throw new PortFailure(name() + " refused the user name or the password", e);
        } catch (MessagingException e) {
            OptionalInt reply = reply(e);
            String told = reply.isPresent() ? " (its answer was " + reply.getAsInt() + ")" : "";
            if (reply.orElse(0) >= 500) throw new MailRefused(name() + " refused the mail for good" + told, e);
            throw new PortFailure(name() + " took no mail" + told, e);
        }
    }

    private String name() {
        return "the mail server " + server.host() + ":" + server.port();
    }

    /// The server's answer to sender, recipient or mail: from 400 it may take the mail later, from 500 it never
    /// will (RFC 5321).
    private static OptionalInt reply(MessagingException failure) {
        for (Exception e = failure; e instanceof MessagingException one; e = one.getNextException()) {
            OptionalInt code = switch (one) {
                case SMTPAddressFailedException address -> OptionalInt.of(address.getReturnCode());
                case SMTPSenderFailedException sender -> OptionalInt.of(sender.getReturnCode());
                case SMTPSendFailedException send when send.getReturnCode() > 0 -> OptionalInt.of(send.getReturnCode());
                default -> OptionalInt.empty();
            };
            if (code.isPresent()) return code;
        }
        return OptionalInt.empty();
    }

    @Override
    public void close() {}
}
