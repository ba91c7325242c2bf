package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.schema.AuthOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CFG-01 of the security checklist, its half hour, and the rules that superusers live by.
class FirstSuperuserTest {
    private static final String FIRST =
            "{'email':'first@example.com','password':'correct horse','passwordConfirm':'correct horse'}";

    @TempDir
    Path folder;

    private KernelFixture kernel;
    private FirstSuperuser firstSuperuser;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        firstSuperuser = kernel.kernel().accounts().firstSuperuser();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void theTokenIsGoodForHalfAnHour() {
        String token = firstSuperuser.open().orElseThrow();
        kernel.turnClock(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(kernel.kernel().authenticator().callerOf(token)).isEqualTo(Caller.GUEST);
        assertThat(firstSuperuser.create(guest(), "_superusers", token, body(FIRST)))
                .isPresent();
    }

    @Test
    void afterHalfAnHourItIsNoneAtAll() {
        String token = firstSuperuser.open().orElseThrow();
        kernel.turnClock(Duration.ofMinutes(30).plusSeconds(1));

        assertThat(firstSuperuser.create(guest(), "_superusers", token, body(FIRST)))
                .isEmpty();
        assertThat(kernel.find("_superusers", "")).isEmpty();
    }

    @Test
    void itIsNoConcernOfOtherCollectionsAndOtherTokens() {
        String token = firstSuperuser.open().orElseThrow();

        assertThat(firstSuperuser.create(guest(), "users", token, body(FIRST))).isEmpty();
        assertThat(firstSuperuser.create(guest(), "nothing", token, body(FIRST)))
                .isEmpty();
        assertThat(firstSuperuser.create(guest(), "_superusers", "", body(FIRST)))
                .isEmpty();
        String another = kernel.kernel().accounts().firstSuperuser().open().orElseThrow();
        assertThat(firstSuperuser.create(guest(), "_superusers", token, body(FIRST)))
                .isEmpty();
        assertThat(firstSuperuser.create(guest(), "pbc_3142635823", another, body(FIRST)))
                .isPresent();
    }

    @Test
    void anotherProcessThatMadeASuperuserIsHeardOf() {
        String token = firstSuperuser.open().orElseThrow();
        try (KernelFixture other = KernelFixture.in(folder)) {
            other.account("_superusers", "other@example.com");
        }

        assertThat(problemOf(() -> firstSuperuser.create(guest(), "_superusers", token, body(FIRST))))
                .isInstanceOf(Problem.Forbidden.class);
        assertThat(kernel.find("_superusers", "")).hasSize(1);
    }

    @Test
    void theLastSuperuserStaysWhateverIsTried() {
        var last = kernel.account("_superusers", "root@example.com");
        var records = kernel.kernel().records();
        Problem stays = Problem.Invalid.of("last_superuser", "You can't delete the only existing superuser.");

        assertThat(problemOf(() -> records.delete(operator(), "_superusers", last.id())))
                .isEqualTo(stays);
        assertThat(problemOf(() -> records.truncate(operator(), "_superusers"))).isEqualTo(stays);
        kernel.account("_superusers", "second@example.com");
        assertThat(problemOf(() -> records.truncate(operator(), "_superusers"))).isEqualTo(stays);
        assertThat(kernel.find("_superusers", "")).hasSize(2);
        records.delete(operator(), "_superusers", last.id());
    }

    @Test
    void superusersAlwaysSignInByPasswordNeverByOAuth2AndByCodeOnlyAsASecondFactor() {
        kernel.change(
                "_superusers",
                "{'passwordAuth':{'enabled':false},'oauth2':{'enabled':true},'otp':{'enabled':true},'mfa':{'enabled':false}}");

        AuthOptions options = kernel.store()
                .catalog()
                .named("_superusers")
                .orElseThrow()
                .auth()
                .orElseThrow();
        assertThat(options.passwordAuth().enabled()).isTrue();
        assertThat(options.oauth2().enabled()).isFalse();
        assertThat(options.otp().enabled()).isTrue();
        assertThat(options.mfa().enabled()).isTrue();

        kernel.change("_superusers", "{'otp':{'enabled':false},'mfa':{'enabled':false}}");
        assertThat(kernel.store()
                        .catalog()
                        .named("_superusers")
                        .orElseThrow()
                        .auth()
                        .orElseThrow()
                        .mfa()
                        .enabled())
                .isFalse();
    }

    @Test
    void superusersAreAlwaysVerified() {
        var root = kernel.create(
                "_superusers",
                "{'email':'r@example.com','password':'correct horse','passwordConfirm':'correct"
                        + " horse','verified':false}");
        assertThat(root.truth("verified")).isTrue();
        assertThat(kernel.update("_superusers", root.id(), "{'verified':false}").truth("verified"))
                .isTrue();
    }
}
