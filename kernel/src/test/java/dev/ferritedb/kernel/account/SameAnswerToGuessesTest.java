package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AUTH-06: a guess is answered the same, for the same work, whatever there is to the account.
class SameAnswerToGuessesTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'people','type':'auth','authRule':'verified = true && banned = false',"
                + "'fields':[{'name':'banned','type':'bool'}]}");
        kernel.update("people", account("verified").id(), "{'verified':true}");
        account("unverified");
        kernel.update("people", account("disabled").id(), "{'verified':true,'banned':true}");
        kernel.create("people", "{'email':'passwordless@example.com','verified':true}");
        StoredRecord broken = account("broken");
        kernel.store()
                .write(writes -> writes.update(broken, broken.with("password", Value.text("$argon2id$nonsense"))));
    }

    private StoredRecord account(String name) {
        return kernel.account("people", name + "@example.com");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private Problem signIn(String name, String password) {
        return problemOf(() -> kernel.kernel()
                .accounts()
                .signIn()
                .withPassword(
                        guest(),
                        "people",
                        body("{'identity':'" + name + "@example.com','password':'" + password + "'}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verified", "unverified", "disabled", "passwordless", "broken", "unknown"})
    void refusesAWrongPasswordAfterOneComparison(String name) {
        int before = kernel.passwordChecks();

        assertThat(signIn(name, "wrong horse"))
                .isEqualTo(Problem.Invalid.of("invalid_credentials", "Failed to authenticate."));
        assertThat(kernel.passwordChecks() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"passwordless", "broken", "unknown"})
    void letsNobodyInWhereThereIsNoHash(String name) {
        assertThat(signIn(name, "correct horse")).isEqualTo(signIn("verified", "wrong horse"));
    }

    @Test
    void tellsThatAnAccountIsNotLetInOnlyToWhoKnowsItsPassword() {
        assertThat(signIn("unverified", "correct horse").code()).isEqualTo("auth_rule_refused");
        assertThat(signIn("disabled", "correct horse").code()).isEqualTo("auth_rule_refused");
    }
}
