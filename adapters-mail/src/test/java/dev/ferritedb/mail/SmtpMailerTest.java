package dev.ferritedb.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailRefused;
import dev.ferritedb.ports.mail.MailRoute;
import dev.ferritedb.ports.mail.MailRoute.Server.AuthMethod;
import dev.ferritedb.ports.mail.MailSender;
import dev.ferritedb.ports.problem.PortFailure;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpMailerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final MailSender FROM = new MailSender("Müller Shop", "no-reply@shop.example");
    private static final MailMessage MAIL = new MailMessage(
            "user@example.com", "Grüße €", "<p>Hallo, <a href=\"https://x/?a=1&amp;b=2\">ä</a></p>\n", "");

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
        send(MAIL);

        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(received.getSubject()).isEqualTo("Grüße €");
        assertThat(received.getHeader("From")).containsExactly("=?UTF-8?Q?M=C3=BCller_Shop?= <no-reply@shop.example>");
        assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(received.getAllRecipients()).extracting(Object::toString).containsExactly("user@example.com");
        assertThat(received.getSentDate()).isEqualTo(Date.from(NOW));
        assertThat(received.getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(received.getContent().toString().strip())
                .isEqualTo(MAIL.html().strip());
        assertThat(received.getMessageID()).matches("<[0-9a-f-]{36}@shop\\.example>");
    }

    @Test
    void offersTheTextToProgramsThatShowNoHtml() throws Exception {
        send(new MailMessage("user@example.com", "Hello", "<p>in HTML</p>", "in text"));

        var parts = (MimeMultipart) server.getReceivedMessages()[0].getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("in text");
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>in HTML</p>");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    }

    @ParameterizedTest
    @EnumSource(AuthMethod.class)
    void signsInWithUserAndPassword(AuthMethod method) {
        server.setUser("sender@shop.example", "sender", "s3cret");
        server.getUserManager().setAuthRequired(true);
        try (var right = mailer("sender", "s3cret", method, false);
                var wrong = mailer("sender", "other", method, false)) {
            right.send(MAIL);
            assertThatThrownBy(() -> wrong.send(MAIL))
                    .isInstanceOf(PortFailure.class)
                    .hasMessageNotContaining("other");
        }
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void sendsNothingInTheClearWhenEncryptionIsAskedFor() {
        try (var mailer = mailer("", "", AuthMethod.ANY, true)) {
            assertThatThrownBy(() -> mailer.send(MAIL)).isInstanceOf(PortFailure.class);
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void failsForNowWhenNobodyListens() {
        try (var mailer = mailer("", "", AuthMethod.ANY, false)) {
            server.stop();
            assertThatThrownBy(() -> mailer.send(MAIL))
                    .isInstanceOf(PortFailure.class)
                    .hasMessageNotContaining("user@example.com");
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 no such user", "MAIL, 553 not from you", "DATA, 554 spam"})
    void failsForGoodWhenTheServerSaysSo(String command, String answer) throws Exception {
        try (var refusing = ScriptedServer.answering(command, answer);
                var mailer = new SmtpMailer(route(refusing.port(), "", "", AuthMethod.ANY, false), () -> NOW)) {
            assertThatThrownBy(() -> mailer.send(MAIL))
                    .isInstanceOf(MailRefused.class)
                    .hasMessageContaining(answer.substring(0, 3))
                    .hasMessageNotContaining("user@example.com");
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 450 busy", "MAIL, 451 later", "DATA, 452 full", "EHLO, 421 going down"})
    void failsForNowWhenTheServerSaysSo(String command, String answer) throws Exception {
        try (var busy = ScriptedServer.answering(command, answer);
                var mailer = new SmtpMailer(route(busy.port(), "", "", AuthMethod.ANY, false), () -> NOW)) {
            assertThatThrownBy(() -> mailer.send(MAIL))
                    .isInstanceOf(PortFailure.class)
                    .hasMessageNotContaining("user@example.com");
        }
    }

    @Test
    void callsItselfWhatIsSetAndNeverWhatTheMachineIsCalled() throws Exception {
        try (var server = ScriptedServer.answering("RSET", "250 ok");
                var mailer = new SmtpMailer(route(server.port(), "", "", AuthMethod.ANY, false), () -> NOW)) {
            mailer.send(MAIL);
            assertThat(server.lines()).contains("EHLO localhost");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "a@b.example, c@d.example", "a b@c.example"})
    void refusesWhatIsNotOneAddress(String address) {
        try (var mailer = mailer("", "", AuthMethod.ANY, false)) {
            assertThatThrownBy(() -> mailer.send(new MailMessage(address, "s", "h", "")))
                    .isInstanceOf(MailRefused.class);
        }
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThatThrownBy(() -> new MailMessage("a@b.example", "s\r\nBcc: c@d.example", "h", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MailSender("Shop\r\nBcc: c@d.example", "a@b.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hidesThePasswordAndWhatAMailSays() {
        assertThat(route(587, "u", "s3cret", AuthMethod.ANY, false).toString()).doesNotContain("s3cret");
        assertThat(MAIL.toString()).isEqualTo("MailMessage[to u…@example.com]");
    }

    private void send(MailMessage message) {
        try (var mailer = mailer("", "", AuthMethod.ANY, false)) {
            mailer.send(message);
        }
    }

    private SmtpMailer mailer(String user, String password, AuthMethod method, boolean tls) {
        return new SmtpMailer(route(server.getSmtp().getPort(), user, password, method, tls), () -> NOW);
    }

    private static MailRoute.Server route(int port, String user, String password, AuthMethod method, boolean tls) {
        return new MailRoute.Server("127.0.0.1", port, user, password, method, tls, "", FROM);
    }
}
