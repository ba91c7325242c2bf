package dev.ferritedb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ferritedb.distribution.BuiltDistribution.Server;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packed program and a mail server, over HTTP and SMTP as in earnest: AUTH-13, AUTH-14.
class MailIT {
    private static final Pattern LINK =
            Pattern.compile("href=\"https://tea\\.example/shop/_/#/auth/([a-z-]+)/([\\w.-]+)\"");

    @TempDir
    Path folder;

    @Test
    void anAccountComesBackByMail() throws Exception {
        var mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        mails.setUser("shop@tea.example", "shop", "hush-hush");
        mails.getUserManager().setAuthRequired(true);
        Files.writeString(
                folder.resolve("ferritedb.toml"), """
                [server]
                public_url = "https://tea.example/shop"
                [mail]
                smtp_host = "127.0.0.1"
                smtp_port = %d
                smtp_username = "shop"
                smtp_password = "hush-hush"
                sender_name = "Tea Shop"
                sender_address = "shop@tea.example"
                """.formatted(mails.getSmtp().getPort()));
        try (Server server = Server.start(BuiltDistribution.HOME, folder, "--demo")) {
            assertThat(post(server, "request-password-reset", "{\"email\":\"alice@example.com\"}"))
                    .isEqualTo(204);
            assertThat(mails.waitForIncomingEmail(20_000, 1)).isTrue();
            MimeMessage mail = mails.getReceivedMessages()[0];
            assertThat(mail.getFrom()[0].toString()).isEqualTo("Tea Shop <shop@tea.example>");
            Matcher link = LINK.matcher(html(mail));
            assertThat(link.find()).isTrue();
            assertThat(link.group(1)).isEqualTo("confirm-password-reset");

            String reset = """
                    {"token":"%s","password":"battery staple 9","passwordConfirm":"battery staple 9"}""".formatted(link.group(2));
            assertThat(post(server, "confirm-password-reset", reset)).isEqualTo(204);
            assertThat(post(server, "confirm-password-reset", reset)).isEqualTo(400);
            assertThat(post(
                            server,
                            "auth-with-password",
                            "{\"identity\":\"alice@example.com\",\"password\":\"battery staple 9\"}"))
                    .isEqualTo(200);
            assertThat(mails.waitForIncomingEmail(20_000, 2)).isTrue();
            assertThat(mails.getReceivedMessages()[1].getSubject()).startsWith("The password of your");
            assertThat(server.send("GET", "/api/settings?fields=smtp,meta.appURL", server.superuserToken(), "")
                            .body())
                    .contains("\"appURL\":\"https://tea.example/shop\"", "\"enabled\":true", "\"host\":\"127.0.0.1\"")
                    .doesNotContain("hush-hush");
        } finally {
            mails.stop();
        }
    }

    @Test
    void mailsAreFilesUntilAMailServerIsSet() throws Exception {
        try (Server server = Server.start(BuiltDistribution.HOME, folder, "--demo")) {
            assertThat(post(server, "request-password-reset", "{\"email\":\"alice@example.com\"}"))
                    .isEqualTo(204);
            Path file = firstFile(folder.resolve("ferritedb_data/mails"));
            assertThat(Files.readString(file))
                    .contains("To: alice@example.com", "http://localhost:8090/_/#/auth/confirm-password-reset/ey");
            assertThat(server.err())
                    .contains(
                            "no mail server is set: mails are not sent but written to",
                            "the mail to a…@example.com is in")
                    .doesNotContain("confirm-password-reset/ey");
        }
    }

    /// The request does not wait for it.
    private static Path firstFile(Path mails) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            if (Files.isDirectory(mails)) {
                try (Stream<Path> listed = Files.list(mails)) {
                    Optional<Path> file = listed.filter(one -> one.toString().endsWith(".eml"))
                            .findFirst();
                    if (file.isPresent()) return file.get();
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no mail in " + mails);
    }

    private static int post(Server server, String action, String body) {
        return server.send("POST", "/api/collections/users/" + action, "", body).statusCode();
    }

    private static String html(MimeMessage mail) throws MessagingException, IOException {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(1).getContent();
    }
}
