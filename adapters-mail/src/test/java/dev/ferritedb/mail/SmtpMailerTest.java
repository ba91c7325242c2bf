package dev.ferritedb.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ferritedb.mail.SmtpSettings.Encryption;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.problem.PortFailure;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpMailerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String FROM = "Müller Shop <no-reply@shop.example>";
    private static final MailMessage MAIL =
            new MailMessage("user@example.com", "Grüße €", "<p>Hallo, <a href=\"https://x/?a=1&amp;b=2\">ä</a></p>\n");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void handsAMailOver() throws Exception {
        try (var mailer = mailer("", "", Encryption.NONE)) {
            mailer.send(MAIL);
        }

        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(received.getSubject()).isEqualTo("Grüße €");
        assertThat(received.getHeader("From")).containsExactly("=?UTF-8?Q?M=C3=BCller_Shop?= <no-reply@shop.example>");
        assertThat(received.getAllRecipients()).extracting(Object::toString).containsExactly("user@example.com");
        assertThat(received.getSentDate()).isEqualTo(Date.from(NOW));
        assertThat(received.getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(received.getContent().toString().strip())
                .isEqualTo(MAIL.html().strip());
        assertThat(received.getMessageID()).matches("<[0-9a-f-]{36}@shop\\.example>");
    }

    @Test
    void signsInWithUserAndPassword() {
        server.setUser("sender@shop.example", "sender", "s3cret");
        server.getUserManager().setAuthRequired(true);
        try (var right = mailer("sender", "s3cret", Encryption.NONE);
                var wrong = mailer("sender", "other", Encryption.NONE)) {
            right.send(MAIL);
            assertThatThrownBy(() -> wrong.send(MAIL))
                    .isInstanceOf(PortFailure.class)
                    .hasMessageNotContaining("other");
        }
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "TLS"})
    void sendsNothingInTheClearWhenEncryptionIsAskedFor(Encryption encryption) {
        try (var mailer = mailer("", "", encryption)) {
            assertThatThrownBy(() -> mailer.send(MAIL)).isInstanceOf(PortFailure.class);
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void failsWhenNobodyListens() {
        try (var mailer = mailer("", "", Encryption.NONE)) {
            server.stop();
            assertThatThrownBy(() -> mailer.send(MAIL)).isInstanceOf(PortFailure.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "a@b.example, c@d.example", "a b@c.example"})
    void refusesWhatIsNotOneAddress(String address) {
        try (var mailer = mailer("", "", Encryption.NONE)) {
            assertThatThrownBy(() -> mailer.send(new MailMessage(address, "s", "h")))
                    .isInstanceOf(PortFailure.class);
        }
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThatThrownBy(() -> new MailMessage("a@b.example", "s\r\nBcc: c@d.example", "h"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hidesThePassword() {
        assertThat(new SmtpSettings("mail.example", 587, "u", "s3cret", Encryption.STARTTLS, FROM).toString())
                .doesNotContain("s3cret");
    }

    private SmtpMailer mailer(String user, String password, Encryption encryption) {
        int port = server.getSmtp().getPort();
        return new SmtpMailer(new SmtpSettings("127.0.0.1", port, user, password, encryption, FROM), () -> NOW);
    }
}
