package dev.ferritedb.mail;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailRefused;
import dev.ferritedb.ports.mail.MailSender;
import dev.ferritedb.ports.mail.Mailer;
import dev.ferritedb.ports.problem.PortFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;

/// Writes each mail as an `.eml` file into a folder instead of sending it: mail programs open them. Names begin
/// with the time, so that they sort.
public final class FolderMailer implements Mailer {
    private static final System.Logger LOG = System.getLogger(FolderMailer.class.getName());
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final MailSender sender;
    private final InstantSource clock;
    private final Session session = Session.getInstance(new Properties());

    /// The folder is made with the first mail.
    public FolderMailer(Path folder, MailSender sender, InstantSource clock) {
        this.folder = Objects.requireNonNull(folder);
        this.sender = Objects.requireNonNull(sender);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public void send(MailMessage message) {
        Instant now = clock.instant();
        try {
            MimeMail mail = MimeMail.of(message, sender, now, session);
            Files.createDirectories(folder);
            // Rights of a temporary file are the owner's alone: mails hold links that sign people in.
            Path unfinished = Files.createTempFile(folder, ".", ".tmp");
            try {
                try (OutputStream out = Files.newOutputStream(unfinished)) {
                    mail.writeTo(out);
                }
                Path file = folder.resolve(NAME.format(now) + "-" + UUID.randomUUID() + ".eml");
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                LOG.log(
                        System.Logger.Level.INFO,
                        "no mail server is set: the mail to " + message.maskedAddress() + " is in " + file);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (AddressException e) {
            throw new MailRefused("the recipient's or the sender's address is none", e);
        } catch (IOException | MessagingException e) {
            throw new PortFailure("no mail could be written to " + folder, e);
        }
    }

    @Override
    public void close() {}
}
