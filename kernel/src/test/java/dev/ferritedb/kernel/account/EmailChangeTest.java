package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static dev.ferritedb.kernel.account.ConfirmationFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.identity.Request;
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

/// AUTH-11, AUTH-13: another address.
class EmailChangeTest {
    private static final String NEW = "alice@new.example";
    private static final String PASSWORD = "correct horse";

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
    void givesTheAccountItsNewAddressAndEndsEverySession() {
        String session = fixture.session();
        String token = fixture.requestEmailChange(NEW);
        assertThat(fixture.kernel.mails().messages())
                .extracting(MailMessage::to)
                .containsExactly(NEW);
        assertThat(fixture.now().text("email")).isEqualTo(ALICE);

        assertThat(confirming(token, "wrong horse")).isEqualTo(Map.of("password", "validation_invalid_password"));
        fixture.confirmEmailChange("users", token, PASSWORD);

        assertThat(fixture.actions())
                .containsExactly(
                        fixture.self() + " email_change_request users/" + fixture.alice.id(),
                        "guest authentication_failure users/" + fixture.alice.id(),
                        fixture.self() + " email_change users/" + fixture.alice.id());
        assertThat(fixture.now().text("email")).isEqualTo(NEW);
        assertThat(fixture.now().truth("verified")).isTrue();
        assertThat(fixture.isSignedIn(session)).isFalse();
        assertThat(fixture.signsIn(NEW, PASSWORD)).isTrue();
        assertThat(fixture.signsIn(ALICE, PASSWORD)).isFalse();
        assertThat(fixture.kernel.mails().messages())
                .extracting(MailMessage::to)
                .containsExactly(NEW, ALICE, NEW);
    }

    @Test
    void aTokenIsGoodOnceAndForHalfAnHour() {
        String first = fixture.requestEmailChange(NEW);
        fixture.kernel.turnClock(Duration.ofMinutes(30));
        assertThat(confirming(first, PASSWORD))
                .isEqualTo(Map.of("token", "validation_invalid_token", "password", "validation_invalid_password"));
        String second = fixture.requestEmailChange(NEW);
        fixture.confirmEmailChange("users", second, PASSWORD);
        fixture.kernel.update("users", fixture.alice.id(), "{'email':'" + ALICE + "'}");
        assertThat(confirming(second, PASSWORD)).containsEntry("token", "validation_invalid_token");
    }

    @RepeatedTest(20)
    void oneOfFiftyAtOnceSucceeds() {
        String token = fixture.requestEmailChange(NEW);
        assertThat(ConfirmationFixture.successes(50, () -> fixture.confirmEmailChange("users", token, PASSWORD)))
                .isEqualTo(1);
    }

    @Test
    void aChangedPasswordEndsItsTokens() {
        String token = fixture.requestEmailChange(NEW);
        fixture.kernel.update(
                "users", fixture.alice.id(), "{'password':'battery staple','passwordConfirm':'battery staple'}");
        assertThat(confirming(token, "battery staple")).containsEntry("token", "validation_invalid_token");
    }

    @Test
    void needsThePassword() {
        String token = fixture.requestEmailChange(NEW);
        assertThat(confirming(token, "wrong horse")).isEqualTo(Map.of("password", "validation_invalid_password"));
        assertThat(codesOf(() -> confirm("{'token':'" + token + "'}")))
                .isEqualTo(Map.of("password", "validation_required"));
        assertThat(fixture.now().text("email")).isEqualTo(ALICE);
    }

    @Test
    void letsNobodyGuessThePassword() {
        String token = fixture.requestEmailChange(NEW);
        for (int i = 0; i < 30; i++) {
            assertThat(confirming(token, "wrong horse " + i)).containsKey("password");
        }
        assertThat(problemOf(() -> fixture.confirmEmailChange("users", token, PASSWORD)))
                .isInstanceOf(Problem.RateLimited.class);
        assertThat(fixture.now().text("email")).isEqualTo(ALICE);
    }

    @Test
    void takesNoAddressOfAnother() {
        String token = fixture.requestEmailChange(NEW);
        fixture.kernel.account("users", NEW);
        assertThat(requesting(NEW)).isEqualTo(Map.of("newEmail", "validation_invalid_new_email"));
        assertThat(confirming(token, PASSWORD))
                .isEqualTo(
                        Map.of("token", "validation_invalid_token_email", "password", "validation_invalid_password"));
        assertThat(fixture.now().text("email")).isEqualTo(ALICE);
    }

    @Test
    void namesWhatIsWrong() {
        fixture.kernel.collection("{'name':'others','type':'auth'}");
        assertThat(requesting("")).isEqualTo(Map.of("newEmail", "validation_required"));
        assertThat(requesting("alice")).isEqualTo(Map.of("newEmail", "validation_is_email"));
        assertThat(requesting(ALICE)).isEqualTo(Map.of("newEmail", "validation_not_in_invalid"));
        assertThat(codesOf(() -> confirm("{}")))
                .isEqualTo(Map.of("token", "validation_required", "password", "validation_required"));
        assertThat(confirming("no token", PASSWORD)).containsEntry("token", "validation_invalid_token_payload");
        assertThat(confirming(fixture.session(), PASSWORD)).containsEntry("token", "validation_invalid_token_payload");
        String token = fixture.requestEmailChange(NEW);
        assertThat(codesOf(() -> {
                    fixture.confirmEmailChange("others", token, PASSWORD);
                    return "confirmed";
                }))
                .containsEntry("token", "validation_token_collection_mismatch");
    }

    @Test
    void isForAccountsOfTheCollectionAlone() {
        fixture.kernel.collection("{'name':'others','type':'auth'}");
        fixture.kernel.collection("{'name':'plain'}");
        Request alice = member(fixture.alice);
        assertThat(asking(guest(), "users")).isInstanceOf(Problem.Unauthenticated.class);
        assertThat(asking(alice, "others")).isInstanceOf(Problem.Forbidden.class);
        assertThat(asking(alice, "plain")).isInstanceOf(Problem.Forbidden.class);
        assertThat(asking(alice, "missing")).isInstanceOf(Problem.NotFound.class);
        assertThat(asking(alice, "_superusers")).isInstanceOf(Problem.Forbidden.class);
        assertThat(asking(fixture.kernel.superuser(), "users")).isInstanceOf(Problem.Forbidden.class);
        assertThat(asking(fixture.kernel.superuser(), "_superusers").code()).isEqualTo("superuser_email");
        assertThat(problemOf(() -> fixture.confirmEmailChange("_superusers", "x", "y"))
                        .code())
                .isEqualTo("superuser_email");
        assertThat(fixture.kernel.mails().messages()).isEmpty();
    }

    private Problem asking(Request request, String collection) {
        return problemOf(() ->
                fixture.accounts().emailChange().request(request, collection, body("{'newEmail':'" + NEW + "'}")));
    }

    private Map<String, String> requesting(String newEmail) {
        return codesOf(() -> fixture.requestEmailChange(newEmail));
    }

    private String confirm(String json) {
        fixture.accounts().emailChange().confirm(guest(), "users", body(json));
        return "confirmed";
    }

    private Map<String, String> confirming(String token, String password) {
        return codesOf(() -> {
            fixture.confirmEmailChange("users", token, password);
            return "confirmed";
        });
    }
}
