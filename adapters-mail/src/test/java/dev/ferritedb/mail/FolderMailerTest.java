package dev.ferritedb.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailSender;
import dev.ferritedb.ports.problem.PortFailure;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderMailerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.042Z");

    private static final MailSender SENDER = new MailSender("", "no-reply@shop.example");

    @TempDir
    Path folder;

    @Test
    void writesEachMailAsAFileForTheOwnerAlone() throws Exception {
        Path mails = folder.resolve("mails");
        try (var mailer = new FolderMailer(mails, SENDER, () -> NOW)) {
            mailer.send(new MailMessage("user@example.com", "Grüße", "<p>ä</p>", ""));
            mailer.send(new MailMessage("user@example.com", "Grüße", "<p>ä</p>", ""));
        }

        List<Path> files;
        try (Stream<Path> listed = Files.list(mails)) {
            files = listed.toList();
        }
        assertThat(files)
                .hasSize(2)
                .allSatisfy(file ->
                        assertThat(file.getFileName().toString()).matches("20260301-120000-042-[0-9a-f-]{36}\\.eml"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
                .isEqualTo("rw-------");
        try (InputStream in = Files.newInputStream(files.getFirst())) {
            var mail = new MimeMessage(Session.getInstance(new Properties()), in);
            assertThat(mail.getSubject()).isEqualTo("Grüße");
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("user@example.com");
            assertThat(mail.getContent()).isEqualTo("<p>ä</p>");
        }
    }

    @Test
    void failsWhenTheFolderIsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        try (var mailer = new FolderMailer(file, SENDER, () -> NOW)) {
            assertThatThrownBy(() -> mailer.send(new MailMessage("user@example.com", "s", "h", "")))
                    .isInstanceOf(PortFailure.class);
        }
        assertThat(file).hasContent("x");
    }
}
