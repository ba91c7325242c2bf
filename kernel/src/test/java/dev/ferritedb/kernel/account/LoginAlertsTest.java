package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mails about sign-ins from new places.
class LoginAlertsTest {
    private static final String ALICE = "alice@example.com";

    @TempDir
    Path folder;

    private KernelFixture kernel;
    private boolean failing;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder, new RecordHook() {
            @Override
            public StoredRecord beforeCreate(StoredRecord record) {
                if (failing && record.collection().name().equals("_authOrigins")) {
                    throw new IllegalStateException("a broken hook");
                }
                return record;
            }
        });
        kernel.collection("{'name':'people','type':'auth'}");
        kernel.account("people", ALICE);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void signIn(String address, String agent) {
        var request = new Request(
                guest().caller(),
                "POST",
                guest().context(),
                guest().query(),
                guest().headers(),
                new Origin(address, agent, ""));
        assertThat(kernel.kernel()
                        .accounts()
                        .signIn()
                        .withPassword(
                                request, "people", body("{'identity':'" + ALICE + "','password':'correct horse'}")))
                .isInstanceOf(SignInOutcome.SignedIn.class);
    }

    @Test
    void areNotSentOfTheFirstPlaceNorOfAKnownOne() {
        signIn("192.0.2.1", "Firefox");
        signIn("192.0.2.1", "Firefox");

        assertThat(kernel.mails().messages()).isEmpty();
        assertThat(kernel.find("_authOrigins", ""))
                .extracting(origin -> origin.text("fingerprint"))
                .containsExactly("802cd8879c37384f8987493a464c0a87");
    }

    @Test
    void sayWhereAndWhenOfANewPlace() {
        signIn("192.0.2.1", "Firefox");
        signIn("192.0.2.2", "Firefox <b>");
        signIn("192.0.2.2", "Chrome");

        assertThat(kernel.mails().to(ALICE)).hasSize(2);
        assertThat(kernel.mails().to(ALICE).getFirst().html())
                .contains("2026-03-01 12:00:00.000Z - 192.0.2.2 - Firefox &lt;b&gt;");
    }

    @Test
    void rememberTheNewestFivePlaces() {
        for (int i = 1; i <= 6; i++) signIn("192.0.2." + i, "Firefox");
        kernel.mails().clear();
        assertThat(kernel.find("_authOrigins", "")).hasSize(5);

        signIn("192.0.2.6", "Firefox");
        assertThat(kernel.mails().messages()).isEmpty();
        signIn("192.0.2.1", "Firefox");
        assertThat(kernel.mails().messages()).hasSize(1);
    }

    @Test
    void lookAtTheFirstTwoHundredCharactersOfAnAgent() {
        signIn("192.0.2.1", "x".repeat(200) + "1");
        signIn("192.0.2.1", "x".repeat(200) + "2");

        assertThat(kernel.find("_authOrigins", "")).hasSize(1);
    }

    @Test
    void areNotSentWhereTheyAreOff() {
        kernel.change("people", "{'authAlert':{'enabled':false}}");
        signIn("192.0.2.1", "Firefox");
        signIn("192.0.2.2", "Firefox");

        assertThat(kernel.mails().messages()).isEmpty();
        assertThat(kernel.find("_authOrigins", "")).isEmpty();
    }

    @Test
    void failNoSignIn() {
        failing = true;

        signIn("192.0.2.1", "Firefox");

        assertThat(kernel.find("_authOrigins", "")).isEmpty();
    }
}
