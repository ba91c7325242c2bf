package dev.ferritedb.kernel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.mail.MailBox;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What mails say: AUTH-14, and the checklist's "logic-free; user values are escaped and cannot add headers".
class AccountMailsTest {
    @TempDir
    Path folder;

    private KernelFixture fixture;
    private final MailBox box = new MailBox();
    private AccountMails mails;

    @BeforeEach
    void open() {
        fixture = KernelFixture.in(folder);
        mails = new AccountMails(new SettingsService(fixture.store(), Value.Members.EMPTY), box);
        settings("{'meta':{'appName':'Tea & Co','appURL':'https://tea.example/shop/'}}");
        fixture.change("users", """
                {'fields':[{'name':'nick','type':'text'},{'name':'cups','type':'number'},{'name':'fan','type':'bool'},
                 {'name':'kinds','type':'select','values':['green','black'],'maxSelect':2},
                 {'name':'secret','type':'text','hidden':true},{'name':'more','type':'json'}]}""");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void fillsTheCollectionsOwnTexts() {
        StoredRecord alice = alice("Alice");
        mails.verification(alice, "t0ken.of-verification");
        mails.passwordReset(alice, "t0ken.of-reset");
        mails.emailChange(alice, "new@example.com", "t0ken.of-change");
        mails.oneTimePassword(alice, "otp00000000000a", "12345678");
        mails.loginAlert(alice, "10.0.0.1 with a browser");

        assertThat(box.messages())
                .extracting(MailMessage::to)
                .containsExactly(
                        "alice@example.com",
                        "alice@example.com",
                        "new@example.com",
                        "alice@example.com",
                        "alice@example.com");
        assertThat(box.messages().getFirst().subject()).isEqualTo("Confirm your e-mail address for Tea & Co");
        assertThat(box.messages().getFirst().html())
                .startsWith("<!doctype html>")
                .contains(
                        "all of Tea &amp; Co",
                        "href=\"https://tea.example/shop/_/#/auth/confirm-verification/t0ken.of-verification\"");
        assertThat(box.messages().get(1).html())
                .contains("https://tea.example/shop/_/#/auth/confirm-password-reset/t0ken.of-reset\"");
        assertThat(box.messages().get(2).html())
                .contains("https://tea.example/shop/_/#/auth/confirm-email-change/t0ken.of-change\"");
        assertThat(box.messages().get(3).html()).contains("<strong>12345678</strong>");
        assertThat(box.messages().get(4).html()).contains("<em>10.0.0.1 with a browser</em>");
    }

    @Test
    void saysTheSameToProgramsThatShowNoHtml() {
        mails.verification(alice("Alice"), "t0ken");

        assertThat(box.messages().getFirst().text()).isEqualTo("""
                Hello,

                please confirm that this address is yours, so that you can use all of Tea & Co.

                Confirm address
                https://tea.example/shop/_/#/auth/confirm-verification/t0ken

                If you did not sign up, you can ignore this mail.
                """);
    }

    @Test
    void fillsInFieldsThatAreNotHidden() {
        fixture.change("users", """
                {'verificationTemplate':{'subject':'Hi {RECORD:nick}','body':
                 '{RECORD:nick} {RECORD:cups} {RECORD:fan} {RECORD:kinds} {RECORD:more} {RECORD:email} [{RECORD:secret}{RECORD:tokenKey}{RECORD:password}{RECORD:none}] {OTP} {TOKEN}'}}""");
        StoredRecord alice = alice("Al");
        mails.verification(alice, "t0ken");

        assertThat(box.messages().getFirst().subject()).isEqualTo("Hi Al");
        assertThat(box.messages().getFirst().html())
                .contains("Al 2 true green, black {&#34;a&#34;:1} alice@example.com"
                        + " [{RECORD:secret}{RECORD:tokenKey}{RECORD:password}{RECORD:none}] {OTP} t0ken")
                .doesNotContain("hidden value", alice.text("tokenKey"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <script>alert(1)</script>           | &lt;script&gt;alert(1)&lt;/script&gt;
            " onmouseover="x                    | &#34; onmouseover=&#34;x
            </a><a href='https://evil.example'> | &lt;/a&gt;&lt;a href=&#39;https://evil.example&#39;&gt;
            &lt;b&gt;                           | &amp;lt;b&amp;gt;
            {TOKEN} {APP_URL}                   | {TOKEN} {APP_URL}
            {RECORD:nick}                       | {RECORD:nick}
            $1 \\0                              | $1 \\0
            """)
    void whatUsersWroteIsNeverMoreThanText(String nick, String shown) {
        fixture.change("users", "{'verificationTemplate':{'subject':'s','body':'<p>Hi {RECORD:nick}!</p>'}}");
        mails.verification(alice(nick), "t0ken");
        assertThat(box.messages().getFirst().html()).contains("<p>Hi " + shown + "!</p>");
    }

    @ParameterizedTest
    @CsvSource({
        "'a\r\nBcc: evil@example.com', 'a Bcc: evil@example.com'",
        "'a\u0000b\u0085c\u2028d\u202ee\u007f', 'a b c d e'",
        "'\n\n', 'x'"
    })
    void nobodyAddsHeaders(String nick, String shown) {
        fixture.change("users", "{'verificationTemplate':{'subject':'{RECORD:nick}x','body':'b'}}");
        mails.verification(alice("a").with("nick", Value.text(nick)), "t0ken");
        assertThat(box.messages().getFirst().subject().replaceAll("[ x]*$", ""))
                .isEqualTo(shown.replaceAll("[ x]*$", ""));
    }

    @Test
    void aSubjectIsNoLongerThanAnyoneReads() {
        fixture.change("users", "{'verificationTemplate':{'subject':'{RECORD:nick}','body':'b'}}");
        mails.verification(alice("é\uD83D\uDE00".repeat(500)), "t0ken");
        String subject = box.messages().getFirst().subject();
        assertThat(subject.codePointCount(0, subject.length())).isEqualTo(255);
    }

    @Test
    void aTextThatIsAWholePageStaysAsItIs() {
        fixture.change(
                "users",
                "{'verificationTemplate':{'subject':'s','body':'<!DOCTYPE html><html><body>{TOKEN}</body></html>'}}");
        mails.verification(alice("a"), "t0ken");
        assertThat(box.messages().getFirst().html()).isEqualTo("<!DOCTYPE html><html><body>t0ken</body></html>");
    }

    @Test
    void tellsOfAChangedAddressAtBothWithoutShowingEitherToTheOther() {
        mails.notice(
                alice("a").with("email", Value.text("alice@new.example")),
                new Notice.EmailChanged("alice@example.com"));

        assertThat(box.messages())
                .extracting(MailMessage::to)
                .containsExactly("alice@example.com", "alice@new.example");
        assertThat(box.messages()).allSatisfy(mail -> {
            assertThat(mail.subject()).isEqualTo("The e-mail address of your Tea & Co account was changed");
            assertThat(mail.text())
                    .contains("from a…@example.com to a…@new.example", "https://tea.example/shop")
                    .doesNotContain("alice@");
        });
    }

    @Test
    void whoHasNoAddressGetsNoMail() {
        StoredRecord nobody = alice("a").with("email", Value.Text.EMPTY);
        mails.verification(nobody, "t0ken");
        mails.notice(nobody, Notice.PasswordChanged.PASSWORD_CHANGED);
        mails.notice(alice2(), new Notice.EmailChanged(""));
        assertThat(box.messages()).extracting(MailMessage::to).containsExactly("bob@example.com");
    }

    @Test
    void whatTheOperatorFixedGoesBeforeTheSettings() {
        var fixed = new AccountMails(
                new SettingsService(fixture.store(), KernelFixture.body("{'meta':{'appURL':'https://fixed.example'}}")),
                box);
        fixed.verification(alice("a"), "t0ken");
        assertThat(box.messages().getFirst().html())
                .contains("https://fixed.example/_/#/auth/", "Tea &amp; Co")
                .doesNotContain("tea.example");
    }

    private StoredRecord alice(String nick) {
        return fixture.account("users", "alice@example.com")
                .with("nick", Value.text(nick))
                .with("cups", Value.number(2))
                .with("fan", Value.Truth.TRUE)
                .with("kinds", KernelFixture.value("['green','black']"))
                .with("more", new Value.Json("{\"a\":1}"))
                .with("secret", Value.text("hidden value"));
    }

    private StoredRecord alice2() {
        return fixture.account("users", "bob@example.com");
    }

    private void settings(String patch) {
        fixture.kernel().settings().update(KernelFixture.operator(), KernelFixture.body(patch));
    }
}
