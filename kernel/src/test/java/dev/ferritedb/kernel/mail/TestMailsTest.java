package dev.ferritedb.kernel.mail;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.Outbox;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestMailsTest {
    @TempDir
    Path folder;

    private KernelFixture fixture;

    @BeforeEach
    void open() {
        fixture = KernelFixture.in(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "verification, Confirm your e-mail address for Acme",
        "password-reset, Choose a new password for Acme",
        "email-change, Confirm your new e-mail address for Acme",
        "otp, Your sign-in code for Acme",
        "login-alert, A new sign-in to your Acme account"
    })
    void sendsEachKindOfMailAsItWouldLook(String template, String subject) {
        send("{'email':'root@example.com','template':'" + template + "'}");
        send("{'email':'root@example.com','collection':'users','template':'" + template + "'}");
        assertThat(fixture.mails().to("root@example.com"))
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail.subject()).isEqualTo(subject))
                .allSatisfy(mail -> assertThat(mail.html()).doesNotContain("{TOKEN}", "{OTP}", "{ALERT_INFO}"));
    }

    @Test
    void namesWhatIsWrong() {
        assertThat(codes("{}")).isEqualTo(Map.of("email", "validation_required", "template", "validation_required"));
        assertThat(codes("{'email':'root','template':'other','collection':'none'}"))
                .isEqualTo(Map.of("email", "validation_is_email", "collection", "validation_invalid_auth_collection"));
        assertThat(codes("{'email':'root@example.com','template':'other'}"))
                .isEqualTo(Map.of("template", "validation_in_invalid"));
        fixture.collection("{'name':'plain'}");
        assertThat(codes("{'email':'root@example.com','template':'otp','collection':'plain'}"))
                .isEqualTo(Map.of("collection", "validation_invalid_auth_collection"));
        assertThat(fixture.mails().messages()).isEmpty();
    }

    @Test
    void isForSuperusersAlone() {
        Value.Members wanted = body("{'email':'root@example.com','template':'otp'}");
        TestMails mails = fixture.kernel().testMails();
        assertThat(problemOf(() -> mails.send(KernelFixture.guest(), wanted)))
                .isInstanceOf(Problem.Unauthenticated.class);
        var alice = KernelFixture.member(fixture.account("users", "alice@example.com"));
        assertThat(problemOf(() -> mails.send(alice, wanted))).isInstanceOf(Problem.Forbidden.class);
        assertThat(fixture.mails().messages()).isEmpty();
    }

    @Test
    void saysWhatTheMailServerSaid() {
        var failing =
                new TestMails(fixture.store(), new SettingsService(fixture.store(), Value.Members.EMPTY), new Outbox() {
                    @Override
                    public void post(Supplier<MailMessage> mail) {}

                    @Override
                    public void sendNow(MailMessage message) {
                        throw new PortFailure("took no mail", new IllegalStateException("535 wrong password"));
                    }

                    @Override
                    public void close() {}
                });
        Problem problem =
                problemOf(() -> failing.send(operator(), body("{'email':'root@example.com','template':'otp'}")));
        assertThat(problem.code()).isEqualTo("test_mail_failed");
        assertThat(problem.message())
                .isEqualTo("Failed to send the test email. Raw error: took no mail: 535 wrong password");
    }

    private void send(String json) {
        fixture.kernel().testMails().send(operator(), body(json));
    }

    private Map<String, String> codes(String json) {
        return codesOf(() -> {
            send(json);
            return "sent";
        });
    }
}
