package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static dev.ferritedb.kernel.account.ConfirmationFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// AUTH-07, AUTH-11, AUTH-13: a forgotten password.
class PasswordResetTest {
    @TempDir
    Path folder;

    private ConfirmationFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ConfirmationFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void setsTheNewPasswordAndEndsEverySession() {
        String session = fixture.session();
        Sessions.Tokens own = fixture.openSession();
        assertThat(fixture.isSignedIn(own.accessToken())).isTrue();
        String token = fixture.requestPasswordReset(ALICE);
        fixture.confirmPasswordReset("users", token, "battery staple");

        assertThat(fixture.actions())
                .containsExactly(
                        "guest password_reset_request users/" + fixture.alice.id(),
                        "guest password_change users/" + fixture.alice.id(),
                        "guest verification users/" + fixture.alice.id(),
                        fixture.self() + " password_reset users/" + fixture.alice.id());
        assertThat(fixture.signsIn(ALICE, "battery staple")).isTrue();
        assertThat(fixture.signsIn(ALICE, "correct horse")).isFalse();
        assertThat(fixture.isSignedIn(session)).isFalse();
        assertThat(fixture.isSignedIn(own.accessToken())).isFalse();
        assertThat(problemOf(() -> fixture.accounts()
                        .sessions()
                        .refresh(guest(), "", body("{'refresh_token':'" + own.refreshToken() + "'}"), "")))
                .isInstanceOf(Problem.Unauthenticated.class);
        assertThat(fixture.now().truth("verified")).isTrue();
        assertThat(fixture.kernel.mails().to(ALICE))
                .extracting(MailMessage::subject)
                .containsExactly("Choose a new password for Acme", "The password of your Acme account was changed");
    }

    @Test
    void dropsLinksThatWereMadeBeforeTheAddressWasProven() {
        fixture.linkProvider();
        fixture.confirmPasswordReset("users", fixture.requestPasswordReset(ALICE), "battery staple");
        assertThat(fixture.kernel.find("_externalAuths", "")).isEmpty();
    }

    @Test
    void keepsLinksOfAVerifiedAccount() {
        fixture.kernel.update("users", fixture.alice.id(), "{'verified':true}");
        fixture.linkProvider();
        fixture.confirmPasswordReset("users", fixture.requestPasswordReset(ALICE), "battery staple");
        assertThat(fixture.kernel.find("_externalAuths", "")).hasSize(1);
    }

    @Test
    void aTokenIsGoodOnceAndForHalfAnHour() {
        String first = fixture.requestPasswordReset(ALICE);
        fixture.kernel.turnClock(Duration.ofMinutes(30));
        assertThat(confirming(first, "battery staple")).isEqualTo(Map.of("token", "validation_invalid_token"));
        String second = fixture.requestPasswordReset(ALICE);
        fixture.kernel.turnClock(Duration.ofMinutes(3));
        String third = fixture.requestPasswordReset(ALICE);
        fixture.confirmPasswordReset("users", second, "battery staple");
        assertThat(confirming(second, "battery stapler")).isEqualTo(Map.of("token", "validation_invalid_token"));
        assertThat(confirming(third, "battery stapler")).isEqualTo(Map.of("token", "validation_invalid_token"));
        assertThat(fixture.signsIn(ALICE, "battery staple")).isTrue();
    }

    @RepeatedTest(20)
    void oneOfFiftyAtOnceSucceeds() {
        String token = fixture.requestPasswordReset(ALICE);
        assertThat(ConfirmationFixture.successes(
                        50, () -> fixture.confirmPasswordReset("users", token, "battery staple")))
                .isEqualTo(1);
        assertThat(fixture.signsIn(ALICE, "battery staple")).isTrue();
    }

    @Test
    void writesToNobodyElseAndNotTooOften() {
        assertThat(fixture.requestPasswordReset("nobody@example.com")).isEmpty();
        fixture.requestPasswordReset(ALICE);
        fixture.kernel.turnClock(Duration.ofSeconds(119));
        fixture.requestPasswordReset(ALICE);
        assertThat(fixture.kernel.mails().messages()).hasSize(1);
        fixture.kernel.turnClock(Duration.ofSeconds(1));
        fixture.requestPasswordReset(ALICE);
        assertThat(fixture.kernel.mails().messages()).hasSize(2);
    }

    @Test
    void mayBeAskedForAnewOnceItIsDone() {
        fixture.confirmPasswordReset("users", fixture.requestPasswordReset(ALICE), "battery staple");
        fixture.kernel.mails().clear();
        fixture.confirmPasswordReset("users", fixture.requestPasswordReset(ALICE), "battery stapler");
        assertThat(fixture.signsIn(ALICE, "battery stapler")).isTrue();
    }

    @Test
    void namesWhatIsWrong() {
        fixture.kernel.collection("{'name':'others','type':'auth'}");
        String token = fixture.requestPasswordReset(ALICE);
        assertThat(codesOf(() -> confirm("{}")))
                .isEqualTo(Map.of(
                        "token", "validation_required",
                        "password", "validation_required",
                        "passwordConfirm", "validation_required"));
        assertThat(codesOf(() -> confirm("{'token':'" + token + "','password':'short','passwordConfirm':'other'}")))
                .isEqualTo(Map.of(
                        "password", "validation_length_out_of_range",
                        "passwordConfirm", "validation_values_mismatch"));
        assertThat(confirming(token, "x".repeat(257))).isEqualTo(Map.of("password", "validation_length_out_of_range"));
        assertThat(confirming(token, "password123")).isEqualTo(Map.of("password", "validation_common_password"));
        assertThat(confirming("no token", "battery staple")).isEqualTo(Map.of("token", "validation_invalid_token"));
        assertThat(confirming(fixture.session(), "battery staple"))
                .isEqualTo(Map.of("token", "validation_invalid_token"));
        assertThat(codesOf(() -> {
                    fixture.confirmPasswordReset("others", token, "battery staple");
                    return "confirmed";
                }))
                .isEqualTo(Map.of("token", "validation_token_collection_mismatch"));
        assertThat(fixture.signsIn(ALICE, "correct horse")).isTrue();
    }

    @Test
    void isNothingWhereNobodySignsInWithAPassword() {
        fixture.kernel.change("users", "{'passwordAuth':{'enabled':false},'otp':{'enabled':true}}");
        Problem problem = problemOf(() -> fixture.requestPasswordReset(ALICE));
        assertThat(problem).isInstanceOf(Problem.Invalid.class);
        assertThat(problem.code()).isEqualTo("password_auth_disabled");
        assertThat(fixture.kernel.mails().messages()).isEmpty();
    }

    @Test
    void worksForSuperusers() {
        fixture.kernel.superuser();
        fixture.accounts().passwordReset().request(guest(), "_superusers", body("{'email':'root@example.com'}"));
        String token = fixture.kernel.mails().token("root@example.com");
        fixture.confirmPasswordReset("_superusers", token, "battery staple");
        assertThat(fixture.kernel.find("_superusers", "verified = true")).hasSize(1);
    }

    private String confirm(String json) {
        fixture.accounts().passwordReset().confirm(guest(), "users", body(json));
        return "confirmed";
    }

    private Map<String, String> confirming(String token, String password) {
        return codesOf(() -> {
            fixture.confirmPasswordReset("users", token, password);
            return "confirmed";
        });
    }
}
