package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static dev.ferritedb.kernel.account.ConfirmationFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.mail.MailMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// AUTH-07, AUTH-11, AUTH-02: proving an address.
class VerificationTest {
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
    void verifiesTheAccountThatReadTheMail() {
        String session = fixture.session();
        String token = fixture.requestVerification(ALICE);
        assertThat(fixture.now().truth("verified")).isFalse();

        fixture.confirmVerification("users", token);

        assertThat(fixture.now().truth("verified")).isTrue();
        assertThat(fixture.isSignedIn(session)).isTrue();
        assertThat(fixture.actions())
                .containsExactly(
                        "guest verification_request users/" + fixture.alice.id(),
                        fixture.self() + " verification users/" + fixture.alice.id());
        assertThat(fixture.signsIn(ALICE, "correct horse")).isTrue();
    }

    @Test
    void writesToNobodyElseAndNotTooOften() {
        assertThat(fixture.requestVerification("nobody@example.com")).isEmpty();
        fixture.requestVerification(ALICE);
        fixture.kernel.turnClock(Duration.ofSeconds(119));
        fixture.requestVerification(ALICE);
        assertThat(fixture.kernel.mails().messages())
                .extracting(MailMessage::to)
                .containsExactly(ALICE);

        fixture.kernel.turnClock(Duration.ofSeconds(1));
        String second = fixture.requestVerification(ALICE);
        assertThat(fixture.kernel.mails().messages()).hasSize(2);

        fixture.confirmVerification("users", second);
        fixture.kernel.turnClock(Duration.ofMinutes(3));
        fixture.requestVerification(ALICE);
        assertThat(fixture.kernel.mails().messages()).hasSize(2);
    }

    @Test
    void aTokenIsGoodOnceAndForADay() {
        String first = fixture.requestVerification(ALICE);
        fixture.kernel.turnClock(Duration.ofDays(1));
        assertThat(confirming(first)).isEqualTo(Map.of("token", "validation_invalid_token"));

        String second = fixture.requestVerification(ALICE);
        fixture.confirmVerification("users", second);
        assertThat(confirming(second)).isEqualTo(Map.of("token", "validation_invalid_token"));
    }

    @RepeatedTest(20)
    void oneOfFiftyAtOnceSucceeds() {
        String token = fixture.requestVerification(ALICE);
        assertThat(ConfirmationFixture.successes(50, () -> fixture.confirmVerification("users", token)))
                .isEqualTo(1);
    }

    @Test
    void aTokenDiesWithTheAddressOrThePasswordItWasMadeFor() {
        String token = fixture.requestVerification(ALICE);
        fixture.kernel.update("users", fixture.alice.id(), "{'email':'alice@new.example'}");
        assertThat(confirming(token)).isEqualTo(Map.of("token", "validation_invalid_token"));
        assertThat(fixture.now().truth("verified")).isFalse();
    }

    @Test
    void aTokenOfAnotherAddressIsRefusedWhereTheTokenKeyIsTheSame() {
        String token = fixture.requestVerification(ALICE);
        String key = fixture.now().text("tokenKey");
        fixture.kernel.update(
                "users",
                fixture.alice.id(),
                "{'email':'alice@new.example','tokenKey':'" + key.replace('a', 'b') + "'}");
        fixture.kernel.update("users", fixture.alice.id(), "{'tokenKey':'" + key + "'}");
        assertThat(confirming(token)).isEqualTo(Map.of("token", "validation_token_email_mismatch"));
    }

    @Test
    void dropsLinksThatWereMadeBeforeAndEndsTheirSessions() {
        fixture.linkProvider();
        String session = fixture.session();
        fixture.confirmVerification("users", fixture.requestVerification(ALICE));

        assertThat(fixture.kernel.find("_externalAuths", "")).isEmpty();
        assertThat(fixture.isSignedIn(session)).isFalse();
        assertThat(fixture.signsIn(ALICE, "correct horse")).isTrue();

        fixture.linkProvider();
        assertThat(fixture.kernel.find("_externalAuths", "")).hasSize(1);
    }

    @Test
    void replacesAPasswordWhereNobodySignsInWithOne() {
        String session = fixture.session();
        String before = fixture.now().text("password");
        fixture.kernel.change("users", "{'passwordAuth':{'enabled':false},'otp':{'enabled':true}}");
        fixture.confirmVerification("users", fixture.requestVerification(ALICE));

        assertThat(fixture.now().text("password")).isNotEqualTo(before);
        assertThat(fixture.now().truth("verified")).isTrue();
        assertThat(fixture.isSignedIn(session)).isFalse();
        fixture.kernel.change("users", "{'passwordAuth':{'enabled':true}}");
        assertThat(fixture.signsIn(ALICE, "correct horse")).isFalse();
    }

    @Test
    void namesWhatIsWrongWithAToken() {
        fixture.kernel.collection("{'name':'others','type':'auth'}");
        String token = fixture.requestVerification(ALICE);
        assertThat(confirming("")).isEqualTo(Map.of("token", "validation_required"));
        assertThat(confirming("no token")).isEqualTo(Map.of("token", "validation_invalid_token_claims"));
        assertThat(confirming(fixture.session())).isEqualTo(Map.of("token", "validation_invalid_token_claims"));
        assertThat(confirming(token.substring(0, token.length() - 4) + "AAAA"))
                .isEqualTo(Map.of("token", "validation_invalid_token"));
        assertThat(codesOf(() -> {
                    fixture.confirmVerification("others", token);
                    return "confirmed";
                }))
                .isEqualTo(Map.of("token", "validation_token_collection_mismatch"));
        assertThat(fixture.now().truth("verified")).isFalse();
    }

    @Test
    void asksForAnAddress() {
        Verification verification = fixture.accounts().verification();
        assertThat(codesOf(() -> request(verification, "{}"))).isEqualTo(Map.of("email", "validation_required"));
        assertThat(codesOf(() -> request(verification, "{'email':'alice'}")))
                .isEqualTo(Map.of("email", "validation_is_email"));
        assertThat(codesOf(() -> request(verification, "{'email':'" + "a".repeat(256) + "'}")))
                .isEqualTo(Map.of("email", "validation_length_out_of_range"));
    }

    @Test
    void isNothingForSuperusersAndPlainCollections() {
        fixture.kernel.collection("{'name':'plain'}");
        Verification verification = fixture.accounts().verification();
        assertThat(problemOf(() -> verification.request(guest(), "_superusers", body("{'email':'root@example.com'}")))
                        .code())
                .isEqualTo("superuser_is_verified");
        assertThat(problemOf(() -> fixture.confirmVerification("_superusers", "x"))
                        .code())
                .isEqualTo("superuser_is_verified");
        assertThat(problemOf(() -> verification.request(guest(), "plain", body("{}")))
                        .code())
                .isEqualTo("auth_collection_not_found");
        assertThat(problemOf(() -> fixture.confirmVerification("missing", "x")).code())
                .isEqualTo("auth_collection_not_found");
    }

    private static String request(Verification verification, String json) {
        verification.request(guest(), "users", body(json));
        return "requested";
    }

    private Map<String, String> confirming(String token) {
        return codesOf(() -> {
            fixture.confirmVerification("users", token);
            return "confirmed";
        });
    }
}
