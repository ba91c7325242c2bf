package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.account.SignInOutcome.SecondFactorDue;
import dev.ferritedb.kernel.account.SignInOutcome.SignedIn;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// AUTH-12 second factors, AUTH-11 one winner of many.
class SecondFactorsTest {
    private static final Pattern CODE = Pattern.compile("<strong>([0-9]+)</strong>");
    private static final String ALICE = "alice@example.com";
    private static final String BOB = "bob@example.com";
    private static final Problem UNKNOWN = Problem.Invalid.of("mfa_session_invalid", "Invalid or expired MFA session.");

    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'people','type':'auth','fields':[{'name':'strict','type':'bool'}],"
                + "'otp':{'enabled':true,'duration':300,'length':8},'mfa':{'enabled':true,'duration':600}}");
        kernel.account("people", ALICE);
        kernel.account("people", BOB);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private SignInOutcome password(String email, String mfaId) {
        return kernel.kernel()
                .accounts()
                .signIn()
                .withPassword(
                        guest(),
                        "people",
                        body("{'identity':'" + email + "','password':'correct horse','mfaId':'" + mfaId + "'}"));
    }

    private SignInOutcome code(String email, String mfaId) {
        String id = kernel.kernel()
                .accounts()
                .oneTimePasswords()
                .request(guest(), "people", body("{'email':'" + email + "'}"));
        Matcher code = CODE.matcher(kernel.mails().to(email).getLast().html());
        assertThat(code.find()).isTrue();
        return kernel.kernel()
                .accounts()
                .signIn()
                .withOneTimePassword(
                        guest(),
                        "people",
                        body("{'otpId':'" + id + "','password':'" + code.group(1) + "','mfaId':'" + mfaId + "'}"));
    }

    private String begun(SignInOutcome outcome) {
        assertThat(outcome).isInstanceOf(SecondFactorDue.class);
        return ((SecondFactorDue) outcome).mfaId();
    }

    @Test
    void asksForAnotherWayAfterTheFirst() {
        String ticket = begun(password(ALICE, ""));

        assertThat(code(ALICE, ticket))
                .isInstanceOfSatisfying(
                        SignedIn.class,
                        signedIn -> assertThat(signedIn.account().text("email")).isEqualTo(ALICE));
        assertThat(kernel.find("_mfas", "")).isEmpty();
        assertThat(password(ALICE, begun(code(ALICE, "")))).isInstanceOf(SignedIn.class);
    }

    @Test
    void takesTheTicketFromTheQueryToo() {
        String ticket = begun(code(ALICE, ""));
        Request request = new Request(
                Caller.GUEST, "POST", Request.Context.PASSWORD, Map.of("mfaId", ticket), Map.of(), guest().origin());

        assertThat(kernel.kernel()
                        .accounts()
                        .signIn()
                        .withPassword(
                                request, "people", body("{'identity':'" + ALICE + "','password':'correct horse'}")))
                .isInstanceOf(SignedIn.class);
    }

    @Test
    void takesTheSameWayForNoSecondFactor() {
        String ticket = begun(password(ALICE, ""));

        assertThat(problemOf(() -> password(ALICE, ticket)))
                .isEqualTo(Problem.Invalid.of("mfa_method_repeated", "A different authentication method is required."));
        assertThat(code(ALICE, ticket)).isInstanceOf(SignedIn.class);
    }

    @Test
    void takesATicketOnce() {
        String ticket = begun(code(ALICE, ""));
        password(ALICE, ticket);

        assertThat(problemOf(() -> password(ALICE, ticket))).isEqualTo(UNKNOWN);
    }

    @Test
    void takesATicketOfItsOwnAccountAlone() {
        String bobs = begun(password(BOB, ""));

        assertThat(problemOf(() -> code(ALICE, bobs)))
                .isEqualTo(Problem.Invalid.of("mfa_session_of_another", "Invalid MFA session."));
        assertThat(code(BOB, bobs)).isInstanceOf(SignedIn.class);
    }

    @ParameterizedTest
    @CsvSource({"599, true", "600, false"})
    void takesATicketForAsLongAsTheCollectionSays(int seconds, boolean good) {
        String ticket = begun(code(ALICE, ""));
        kernel.turnClock(Duration.ofSeconds(seconds));

        if (good) {
            assertThat(password(ALICE, ticket)).isInstanceOf(SignedIn.class);
        } else {
            assertThat(problemOf(() -> password(ALICE, ticket))).isEqualTo(UNKNOWN);
            assertThat(kernel.find("_mfas", "")).isEmpty();
        }
    }

    @Test
    void knowsNoTicketThatItDidNotGiveOut() {
        begun(password(ALICE, ""));
        StoredRecord kept = kernel.find("_mfas", "").getFirst();

        assertThat(problemOf(() -> code(ALICE, kept.id()))).isEqualTo(UNKNOWN);
        assertThat(problemOf(() -> password(ALICE, "x"))).isEqualTo(UNKNOWN);
    }

    @Test
    void keepsADigestOfTheTicketAlone() {
        String ticket = begun(password(ALICE, ""));

        assertThat(ticket).matches("[0-9a-f]{64}");
        StoredRecord kept = kernel.find("_mfas", "").getFirst();
        assertThat(kept.text("method")).isEqualTo("password");
        assertThat(kept.id()).isNotEqualTo(ticket).hasSize(15);
    }

    @Test
    void opensNothingByTheTicketItself() {
        String ticket = begun(password(ALICE, ""));

        assertThat(kernel.kernel().authenticator().callerOf(ticket)).isEqualTo(Caller.GUEST);
        assertThat(problemOf(() -> kernel.kernel()
                                .accounts()
                                .signIn()
                                .withPassword(
                                        guest(),
                                        "people",
                                        body("{'identity':'" + ALICE + "','password':'wrong horse','mfaId':'" + ticket
                                                + "'}")))
                        .code())
                .isEqualTo("invalid_credentials");
    }

    @Test
    void endsWhatWasBegunWithAPasswordThatChanged() {
        String ticket = begun(password(ALICE, ""));
        kernel.update(
                "people",
                kernel.find("people", "email = '" + ALICE + "'").getFirst().id(),
                "{'password':'a fresh one','passwordConfirm':'a fresh one'}");

        assertThat(problemOf(() -> code(ALICE, ticket))).isEqualTo(UNKNOWN);
    }

    @Test
    void asksOnlyThoseThatTheRuleMeans() {
        kernel.change("people", "{'mfa':{'enabled':true,'duration':600,'rule':'strict = true'}}");
        kernel.update(
                "people",
                kernel.find("people", "email = '" + BOB + "'").getFirst().id(),
                "{'strict':true}");

        assertThat(password(ALICE, "")).isInstanceOf(SignedIn.class);
        assertThat(password(BOB, "")).isInstanceOf(SecondFactorDue.class);
    }

    @Test
    void demandsMfaOfSuperusersWhoCanSignInByACode() {
        kernel.change("_superusers", "{'otp':{'enabled':true,'duration':300,'length':8}}");

        assertThat(kernel.kernel()
                        .schema()
                        .catalog()
                        .named("_superusers")
                        .flatMap(superusers -> superusers.auth())
                        .orElseThrow()
                        .mfa()
                        .enabled())
                .isTrue();
    }

    @Test
    void areAudited() {
        String ticket = begun(password(ALICE, ""));
        assertThat(kernel.audited(AuditAction.MFA_CHALLENGE)).hasSize(1);
        assertThat(kernel.audited(AuditAction.LOGIN)).isEmpty();
        problemOf(() -> password(ALICE, ticket));
        assertThat(kernel.audited(AuditAction.AUTHENTICATION_FAILURE)).hasSize(1);
        code(ALICE, ticket);

        assertThat(kernel.audited(AuditAction.LOGIN)).hasSize(1);
        assertThat(kernel.audited().toString()).doesNotContain(ticket);
    }

    /// AUTH-11
    @Test
    void letsOneOfFiftyInThatUseATicketAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String ticket = begun(code(ALICE, ""));
            var tasks = new ArrayList<Callable<String>>();
            for (int i = 0; i < 50; i++) {
                tasks.add(() -> {
                    try {
                        return password(ALICE, ticket).getClass().getSimpleName();
                    } catch (Refusal refusal) {
                        return refusal.problem().code();
                    }
                });
            }
            var outcomes = new ArrayList<String>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var done : threads.invokeAll(tasks)) outcomes.add(done.get());
            }

            assertThat(outcomes.stream().filter("SignedIn"::equals)).hasSize(1);
            assertThat(outcomes.stream().filter("mfa_session_invalid"::equals)).hasSize(49);
        }
    }

    @Test
    void areSweptWhenTheyAreOld() {
        begun(password(ALICE, ""));
        kernel.turnClock(Duration.ofSeconds(601));
        begun(password(BOB, ""));

        assertThat(kernel.kernel().accounts().sweep().sweep()).isEqualTo(1);
        assertThat(kernel.find("_mfas", "")).hasSize(1);
    }
}
