package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.account.SignInOutcome.SignedIn;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

/// AUTH-10 one-time passwords, AUTH-07 the same answers for all addresses, AUTH-11 one winner of many.
class OneTimePasswordsTest {
    private static final Pattern CODE = Pattern.compile("<strong>([0-9]+)</strong>");
    private static final String ALICE = "alice@example.com";
    private static final Problem WRONG = Problem.Invalid.of("otp_invalid", "Invalid or expired OTP.");

    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'people','type':'auth','otp':{'enabled':true,'duration':300,'length':8}}");
        kernel.collection("{'name':'others','type':'auth','otp':{'enabled':true,'duration':300,'length':8}}");
        kernel.account("people", ALICE);
        kernel.account("people", "bob@example.com");
        kernel.account("others", ALICE);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private String request(String collection, String email) {
        return kernel.kernel()
                .accounts()
                .oneTimePasswords()
                .request(guest(), collection, body("{'email':'" + email + "'}"));
    }

    private String mailed(String address) {
        Matcher code = CODE.matcher(kernel.mails().to(address).getLast().html());
        if (!code.find()) throw new AssertionError("no code in the newest mail to " + address);
        return code.group(1);
    }

    private SignInOutcome show(String collection, String id, String code) {
        return kernel.kernel()
                .accounts()
                .signIn()
                .withOneTimePassword(guest(), collection, body("{'otpId':'" + id + "','password':'" + code + "'}"));
    }

    private Problem refused(String id, String code) {
        return problemOf(() -> show("people", id, code));
    }

    private static String wrong(String code) {
        return code.charAt(0) == '9' ? "0" + code.substring(1) : "9" + code.substring(1);
    }

    private StoredRecord account(String collection, String email) {
        return kernel.find(collection, "email = '" + email + "'").getFirst();
    }

    @Test
    void signsInOnceByTheCodeThatWasMailed() {
        String id = request("people", ALICE);
        String code = mailed(ALICE);

        assertThat(code).matches("[0-9]{8}");
        assertThat(id).matches("[a-z0-9]{15}");
        assertThat(show("people", id, code))
                .isInstanceOfSatisfying(
                        SignedIn.class,
                        signedIn -> assertThat(signedIn.account().text("email")).isEqualTo(ALICE));
        assertThat(refused(id, code)).isEqualTo(WRONG);
        assertThat(kernel.find("_otps", "")).isEmpty();
    }

    @Test
    void keepsOnlyAHash() {
        request("people", ALICE);
        String code = mailed(ALICE);

        StoredRecord kept = kernel.find("_otps", "").getFirst();
        assertThat(kept.text("password")).startsWith("$argon2id$").doesNotContain(code);
        assertThat(kept.text("sentTo")).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @CsvSource({"299, true", "300, false"})
    void isGoodForFiveMinutes(int seconds, boolean good) {
        String id = request("people", ALICE);
        String code = mailed(ALICE);
        kernel.turnClock(Duration.ofSeconds(seconds));

        if (good) assertThat(show("people", id, code)).isInstanceOf(SignedIn.class);
        else assertThat(refused(id, code)).isEqualTo(WRONG);
    }

    @Test
    void isGoodForItsOwnAccountCollectionAndPurposeAlone() {
        String alices = request("people", ALICE);
        String code = mailed(ALICE);
        String bobs = request("people", "bob@example.com");

        assertThat(refused(bobs, code)).isEqualTo(WRONG);
        assertThat(problemOf(() -> show("others", alices, code))).isEqualTo(WRONG);
        assertThat(problemOf(() -> kernel.kernel()
                                .accounts()
                                .signIn()
                                .withPassword(
                                        guest(),
                                        "people",
                                        body("{'identity':'" + ALICE + "','password':'" + code + "'}")))
                        .code())
                .isEqualTo("invalid_credentials");
        assertThat(show("people", alices, code)).isInstanceOf(SignedIn.class);
    }

    @Test
    void endsTheCodeOfBeforeWhenANewerOneIsAskedFor() {
        String older = request("people", ALICE);
        String olderCode = mailed(ALICE);
        String newer = request("people", ALICE);

        assertThat(refused(older, olderCode)).isEqualTo(WRONG);
        assertThat(show("people", newer, mailed(ALICE))).isInstanceOf(SignedIn.class);
    }

    @Test
    void diesOfTheSixthGuess() {
        String older = request("people", ALICE);
        String olderCode = mailed(ALICE);
        String id = request("people", ALICE);
        String code = mailed(ALICE);
        for (int i = 0; i < 5; i++) assertThat(refused(id, wrong(code))).isEqualTo(WRONG);

        assertThat(refused(id, code))
                .isInstanceOfSatisfying(
                        Problem.RateLimited.class,
                        limited -> assertThat(limited.retryAfterSeconds()).isEqualTo(180));
        assertThat(refused(id, code)).isInstanceOf(Problem.RateLimited.class);
        kernel.turnClock(Duration.ofSeconds(181));
        assertThat(refused(id, code)).isEqualTo(WRONG);
        assertThat(refused(older, olderCode)).isEqualTo(WRONG);

        String fresh = request("people", ALICE);
        assertThat(show("people", fresh, mailed(ALICE))).isInstanceOf(SignedIn.class);
    }

    @Test
    void survivesFiveWrongGuesses() {
        String id = request("people", ALICE);
        String code = mailed(ALICE);
        for (int i = 0; i < 4; i++) assertThat(refused(id, wrong(code))).isEqualTo(WRONG);

        assertThat(show("people", id, code)).isInstanceOf(SignedIn.class);
    }

    @Test
    void countsTheGuessesOfALongLivedCodeOverAllItsLife() {
        kernel.change("people", "{'otp':{'enabled':true,'duration':3600,'length':8}}");
        String id = request("people", ALICE);
        String code = mailed(ALICE);
        for (int i = 0; i < 5; i++) {
            assertThat(refused(id, wrong(code))).isEqualTo(WRONG);
            kernel.turnClock(Duration.ofSeconds(200));
        }

        assertThat(refused(id, code)).isEqualTo(WRONG);
        assertThat(kernel.find("_otps", "")).isEmpty();
    }

    @Test
    void countsGuessesOverAllCodesOfAnAccount() {
        for (int i = 0; i < 5; i++) {
            String id = request("people", ALICE);
            assertThat(refused(id, wrong(mailed(ALICE)))).isEqualTo(WRONG);
        }

        assertThat(refused(request("people", ALICE), mailed(ALICE))).isInstanceOf(Problem.RateLimited.class);
    }

    @Test
    void mailsNoMoreThanTenCodesThatAreNotOldYet() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 12; i++) ids.add(request("people", ALICE));

        assertThat(new HashSet<>(ids)).hasSize(10);
        assertThat(ids.subList(9, 12)).containsOnly(ids.get(9));
        assertThat(kernel.mails().to(ALICE)).hasSize(10);
        assertThat(show("people", ids.getLast(), mailed(ALICE))).isInstanceOf(SignedIn.class);
    }

    /// AUTH-07
    @Test
    void answersTheSameForAnAddressThatNoAccountHas() {
        assertThat(answersToAll("nobody@example.com")).isEqualTo(answersToAll(ALICE));
        assertThat(kernel.mails().to("nobody@example.com")).isEmpty();
    }

    private List<String> answersToAll(String email) {
        var answers = new ArrayList<String>();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 12; i++) ids.add(request("people", email));
        assertThat(ids).allMatch(id -> id.matches("[a-z0-9]{15}"));
        answers.add(new HashSet<>(ids).size() + " ids");
        ids.forEach(id -> answers.add(refused(id, "00000000").code()));
        for (int i = 0; i < 8; i++)
            answers.add(refused(ids.getLast(), "00000000").code());
        kernel.turnClock(Duration.ofSeconds(181));
        answers.add(refused(ids.getLast(), "00000000").code());
        String fresh = request("people", email);
        for (int i = 0; i < 8; i++) answers.add(refused(fresh, "00000000").code());
        answers.add(problemOf(() -> show("others", fresh, "00000000")).code());
        return answers;
    }

    /// AUTH-07
    @Test
    void doesTheSameWorkForAnAddressThatNoAccountHas() {
        String real = request("people", ALICE);
        String decoy = request("people", "nobody@example.com");

        for (String id : List.of(real, decoy, "abcdefghij12345")) {
            int before = kernel.passwordChecks();
            assertThat(refused(id, "00000000")).isEqualTo(WRONG);
            assertThat(kernel.passwordChecks() - before).as(id).isEqualTo(1);
        }
    }

    @Test
    void areAudited() {
        String id = request("people", ALICE);
        String code = mailed(ALICE);
        for (int i = 0; i < 5; i++) refused(id, wrong(code));
        refused(id, code);
        show("people", request("people", "bob@example.com"), mailed("bob@example.com"));

        assertThat(kernel.audited())
                .extracting(entry -> entry.action())
                .containsSubsequence("otp_request", "authentication_failure", "rate_limit", "otp_request", "login");
        assertThat(kernel.audited().toString()).doesNotContain(code, ALICE);
    }

    /// AUTH-11
    @Test
    void letsOneOfFiftyInThatShowTheSameCodeAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = request("people", ALICE);
            String code = mailed(ALICE);
            var tasks = new ArrayList<Callable<String>>();
            for (int i = 0; i < 50; i++) {
                tasks.add(() -> {
                    try {
                        return show("people", id, code).getClass().getSimpleName();
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
            assertThat(outcomes.stream().filter("otp_invalid"::equals)).hasSize(49);
        }
    }

    @Test
    void verifiesTheAddressAndEndsThePasswordOfWhoeverMadeTheAccount() {
        assertThat(account("people", ALICE).truth("verified")).isFalse();

        String id = request("people", ALICE);
        show("people", id, mailed(ALICE));

        assertThat(account("people", ALICE).truth("verified")).isTrue();
        assertThat(signsInByPassword()).isFalse();
    }

    @Test
    void endsLinksToProvidersThatWhoeverMadeTheAccountHas() {
        StoredRecord alice = account("people", ALICE);
        kernel.create(
                "_externalAuths",
                "{'collectionRef':'" + alice.collection().id() + "','recordRef':'" + alice.id()
                        + "','provider':'oidc','providerId':'1'}");

        show("people", request("people", ALICE), mailed(ALICE));

        assertThat(kernel.find("_externalAuths", "")).isEmpty();
        assertThat(account("people", ALICE).text("tokenKey")).isNotEqualTo(alice.text("tokenKey"));
    }

    private boolean signsInByPassword() {
        try {
            kernel.kernel()
                    .accounts()
                    .signIn()
                    .withPassword(guest(), "people", body("{'identity':'" + ALICE + "','password':'correct horse'}"));
            return true;
        } catch (Refusal wrong) {
            return false;
        }
    }

    @Test
    void leavesThePasswordOfAVerifiedAccountAlone() {
        kernel.update("people", account("people", ALICE).id(), "{'verified':true}");

        show("people", request("people", ALICE), mailed(ALICE));

        assertThat(signsInByPassword()).isTrue();
    }

    @Test
    void leavesThePasswordAloneThatIsOneFactorOfTwo() {
        kernel.change("people", "{'mfa':{'enabled':true,'duration':300}}");
        String before = account("people", ALICE).text("password");

        assertThat(show("people", request("people", ALICE), mailed(ALICE)))
                .isInstanceOf(SignInOutcome.SecondFactorDue.class);

        assertThat(account("people", ALICE).truth("verified")).isTrue();
        assertThat(account("people", ALICE).text("password")).isEqualTo(before);
    }

    @Test
    void verifiesNoOtherAddressThanTheOneThatWasWrittenTo() {
        String id = request("people", ALICE);
        String code = mailed(ALICE);
        StoredRecord row = kernel.find("_otps", "").getFirst();
        kernel.update("_otps", row.id(), "{'sentTo':'other@example.com'}");

        assertThat(show("people", id, code)).isInstanceOf(SignedIn.class);
        assertThat(account("people", ALICE).truth("verified")).isFalse();
        assertThat(signsInByPassword()).isTrue();
    }

    @Test
    void endsWithTheAddressItWasMailedTo() {
        String id = request("people", ALICE);
        String code = mailed(ALICE);
        kernel.update("people", account("people", ALICE).id(), "{'email':'alice@elsewhere.example'}");

        assertThat(refused(id, code)).isEqualTo(WRONG);
    }

    @Test
    void letsInNobodyWhomTheAuthRuleKeepsOut() {
        kernel.change("people", "{'authRule':'emailVisibility = true'}");
        String id = request("people", ALICE);

        assertThat(refused(id, mailed(ALICE)).code()).isEqualTo("auth_rule_refused");
    }

    @Test
    void isRefusedWhereItIsOff() {
        assertThat(problemOf(() -> request("users", ALICE)).code()).isEqualTo("otp_auth_disabled");
        assertThat(problemOf(() -> show("users", "abcdefghij12345", "12345678")).code())
                .isEqualTo("otp_auth_disabled");
        assertThat(problemOf(() -> request("nothing", ALICE)).code()).isEqualTo("auth_collection_not_found");
    }

    @Test
    void namesWhatIsWrongWithTheInput() {
        assertThat(codesOf(() -> request("people", ""))).isEqualTo(Map.of("email", "validation_required"));
        assertThat(codesOf(() -> request("people", "nonsense"))).isEqualTo(Map.of("email", "validation_is_email"));
        assertThat(codesOf(() -> show("people", "", "")))
                .isEqualTo(Map.of("otpId", "validation_required", "password", "validation_required"));
        assertThat(codesOf(() -> show("people", "i".repeat(256), "1".repeat(72))))
                .isEqualTo(Map.of(
                        "otpId", "validation_length_out_of_range", "password", "validation_length_out_of_range"));
    }

    @Test
    void makesCodesAsLongAsTheCollectionSays() {
        kernel.change("people", "{'otp':{'enabled':true,'duration':300,'length':12}}");
        request("people", ALICE);

        assertThat(mailed(ALICE)).matches("[0-9]{12}");
        assertThat(kernel.mails().to(ALICE).stream().map(MailMessage::subject)).hasSize(1);
    }

    @Test
    void areSweptWhenTheyAreOld() {
        request("people", ALICE);
        kernel.turnClock(Duration.ofSeconds(200));
        request("people", "bob@example.com");

        kernel.turnClock(Duration.ofSeconds(150));
        assertThat(kernel.kernel().accounts().sweep().sweep()).isEqualTo(1);
        assertThat(kernel.find("_otps", ""))
                .extracting(code -> code.text("sentTo"))
                .containsExactly("bob@example.com");
    }
}
