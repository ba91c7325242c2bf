package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.account.Sessions.Outcome;
import dev.ferritedb.kernel.account.Sessions.Tokens;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AUTH-11, TOK-05 and TOK-06, for sessions.
class SessionsTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;
    private StoredRecord ann;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        ann = kernel.account("users", "ann@example.com");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private Sessions sessions() {
        return kernel.kernel().accounts().sessions();
    }

    private static Request from(String address, String agent) {
        Request guest = guest();
        return new Request(
                guest.caller(),
                guest.method(),
                guest.context(),
                guest.query(),
                guest.headers(),
                new Origin(address, agent, "r1"));
    }

    private Tokens login() {
        return login(guest());
    }

    private Tokens login(Request request) {
        var outcome =
                sessions().login(request, "users", body("{'email':'ann@example.com','password':'correct horse'}"));
        return ((Outcome.Opened) outcome).tokens();
    }

    private Tokens refresh(Tokens tokens) {
        return sessions().refresh(guest(), "", token(tokens.refreshToken()), "").tokens();
    }

    private static Value.Members token(String refreshToken) {
        return new Value.Members(Map.of("refresh_token", Value.text(refreshToken)));
    }

    private Problem refusedRefresh(String refreshToken) {
        return problemOf(() -> sessions().refresh(guest(), "", token(refreshToken), ""));
    }

    private Caller callerOf(Tokens tokens) {
        return kernel.kernel().authenticator().callerOf(tokens.accessToken());
    }

    @Nested
    class Logins {
        @Test
        void giveTokensThatStandForTheAccountForAQuarterOfAnHour() {
            Tokens tokens = login();

            assertThat(tokens.expiresInSeconds()).isEqualTo(900);
            assertThat(callerOf(tokens)).isEqualTo(new Caller.Member(ann));
            kernel.turnClock(Duration.ofSeconds(899));
            assertThat(callerOf(tokens)).isEqualTo(new Caller.Member(ann));
            kernel.turnClock(Duration.ofSeconds(1));
            assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
        }

        @Test
        void tellNobodyWhichOfTheTwoWasWrong() {
            Problem wrong = problemOf(() ->
                    sessions().login(guest(), "users", body("{'email':'ann@example.com','password':'wrong horse'}")));
            Problem unknown = problemOf(() -> sessions()
                    .login(guest(), "users", body("{'identity':'no@example.com','password':'correct horse'}")));

            assertThat(wrong)
                    .isEqualTo(unknown)
                    .isInstanceOf(Problem.Unauthenticated.class)
                    .extracting(Problem::code)
                    .isEqualTo("invalid_credentials");
        }

        @Test
        void hideTheirTokensFromLogs() {
            Tokens tokens = login();

            assertThat(tokens.toString()).doesNotContain(tokens.accessToken(), tokens.refreshToken());
            assertThat(new Outcome.Opened(ann, tokens).toString())
                    .doesNotContain(tokens.accessToken(), tokens.refreshToken());
            assertThat(new Outcome.SecondFactorDue("m1").toString()).doesNotContain("m1");
        }

        @Test
        void areBoundedForEachAccount() {
            Tokens first = login();
            for (int i = 0; i < 100; i++) login();

            assertThat(sessions().list(member(ann), "")).hasSize(100);
            assertThat(callerOf(first)).isEqualTo(Caller.GUEST);
        }
    }

    @Nested
    class Registrations {
        private Outcome register(String json) {
            return kernel.kernel().accounts().registration().register(guest(), "users", body(json));
        }

        @Test
        void createTheAccountAndSignItIn() {
            var opened =
                    (Outcome.Opened) register("{'email':'new@example.com','password':'correct horse','name':'New'}");

            assertThat(opened.account().text("name")).isEqualTo("New");
            assertThat(callerOf(opened.tokens())).isEqualTo(new Caller.Member(opened.account()));
        }

        @Test
        void leaveOutWhatOnlyManagersMaySay() {
            kernel.change("users", "{'fields':[{'name':'role','type':'text'}]}");

            var opened = (Outcome.Opened) register("""
                    {'email':'new@example.com','password':'correct horse','verified':true,'role':'admin',
                     'role+':'admin','+role':'admin','role:autogenerate':'admin'}""");

            assertThat(opened.account().truth("verified")).isFalse();
            assertThat(opened.account().text("role")).isEmpty();
        }

        @Test
        void checkTheConfirmationWhereThereIsOne() {
            assertThat(KernelFixture.codesOf(() -> register(
                            "{'email':'new@example.com','password':'correct horse','password_confirm':'other horse'}")))
                    .containsOnlyKeys("password_confirm");
            assertThat(
                            register(
                                    "{'email':'new@example.com','password':'correct horse','password_confirm':'correct horse'}"))
                    .isInstanceOf(Outcome.Opened.class);
        }

        @Test
        void obeyTheCreateRuleWhichHearsOfThem() {
            kernel.change("users", "{'createRule':null}");
            assertThat(problemOf(() -> register("{'email':'new@example.com','password':'correct horse'}")))
                    .isInstanceOf(Problem.Forbidden.class);

            kernel.change("users", "{'createRule':'@request.context = \\\"registration\\\"'}");
            assertThat(register("{'email':'new@example.com','password':'correct horse'}"))
                    .isInstanceOf(Outcome.Opened.class);
            assertThat(
                            problemOf(
                                    () -> kernel.kernel()
                                            .records()
                                            .create(
                                                    guest(),
                                                    "users",
                                                    body(
                                                            "{'email':'b@example.com','password':'correct horse','passwordConfirm':'correct horse'}"))))
                    .extracting(Problem::code)
                    .isEqualTo("create_refused");
        }

        @Test
        void openNoSessionForWhomTheCollectionDoesNotLetIn() {
            kernel.change("users", "{'authRule':'verified = true'}");

            assertThat(register("{'email':'new@example.com','password':'correct horse'}"))
                    .isInstanceOf(Outcome.Registered.class);
            assertThat(kernel.find("users", "email = 'new@example.com'")).hasSize(1);
            assertThat(kernel.find("_sessions", "")).isEmpty();
        }

        @Test
        void areNotForCollectionsWithoutPasswords() {
            kernel.change("users", "{'passwordAuth':{'enabled':false}}");

            assertThat(problemOf(() -> register("{'email':'new@example.com','password':'correct horse'}"))
                            .code())
                    .isEqualTo("password_auth_disabled");
        }
    }

    @Nested
    class Refreshes {
        @Test
        void giveNewTokensForTheOldOnes() {
            Tokens first = login();
            kernel.turnClock(Duration.ofMinutes(20));

            Tokens second = refresh(first);

            assertThat(callerOf(first)).isEqualTo(Caller.GUEST);
            assertThat(callerOf(second)).isEqualTo(new Caller.Member(ann));
            assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
            assertThat(callerOf(refresh(second))).isEqualTo(new Caller.Member(ann));
        }

        @Test
        void takeATokenOnceAndForgiveItsRepetitionForTenSeconds() {
            Tokens first = login();
            Tokens second = refresh(first);
            kernel.turnClock(Duration.ofSeconds(10));

            assertThat(refusedRefresh(first.refreshToken()))
                    .isInstanceOf(Problem.Unauthenticated.class)
                    .extracting(Problem::code)
                    .isEqualTo("refresh_token_used");
            assertThat(callerOf(second)).isEqualTo(new Caller.Member(ann));
            assertThat(callerOf(refresh(second))).isEqualTo(new Caller.Member(ann));
        }

        @Test
        void endTheSessionWhenAUsedTokenComesAgainAfterThat() {
            Tokens first = login();
            Tokens other = login();
            Tokens second = refresh(first);
            kernel.turnClock(Duration.ofMillis(10_001));

            assertThat(refusedRefresh(first.refreshToken()).code()).isEqualTo("refresh_token_reused");
            assertThat(callerOf(second)).isEqualTo(Caller.GUEST);
            assertThat(refusedRefresh(second.refreshToken()).code()).isEqualTo("invalid_refresh_token");
            assertThat(callerOf(other)).isEqualTo(new Caller.Member(ann));
        }

        @Test
        void endTheSessionWhenAnyEarlierTokenComesAgain() {
            Tokens first = login();
            Tokens third = refresh(refresh(first));

            assertThat(refusedRefresh(first.refreshToken()).code()).isEqualTo("refresh_token_reused");
            assertThat(callerOf(third)).isEqualTo(Caller.GUEST);
        }

        @Test
        void keepASessionAliveForThirtyDaysEachAndNinetyInAll() {
            Tokens tokens = login();
            for (int day = 29; day <= 87; day += 29) {
                kernel.turnClock(Duration.ofDays(29));
                tokens = refresh(tokens);
            }
            kernel.turnClock(Duration.ofDays(3));

            assertThat(refusedRefresh(tokens.refreshToken()).code()).isEqualTo("invalid_refresh_token");
        }

        @Test
        void areRefusedThirtyDaysAfterTheLast() {
            Tokens tokens = refresh(login());
            kernel.turnClock(Duration.ofDays(30));

            assertThat(refusedRefresh(tokens.refreshToken()).code()).isEqualTo("invalid_refresh_token");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "a.b.c", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
        void refuseWhatNobodyGave(String token) {
            login();

            assertThat(refusedRefresh(token).code()).isEqualTo("invalid_refresh_token");
            assertThat(kernel.find("_sessions", "")).hasSize(1);
        }

        @Test
        void refuseAnAccessToken() {
            assertThat(refusedRefresh(login().accessToken()).code()).isEqualTo("invalid_refresh_token");
        }

        @Test
        void askForAToken() {
            assertThat(KernelFixture.codesOf(() -> sessions().refresh(guest(), "", body("{}"), "")))
                    .containsEntry("refresh_token", "validation_required");
        }

        @Test
        void obeyTheAuthRuleAsItIsNow() {
            Tokens tokens = login();
            kernel.change("users", "{'authRule':'verified = true'}");

            assertThat(refusedRefresh(tokens.refreshToken()).code()).isEqualTo("auth_rule_refused");
        }

        @Test
        void succeedOnceHoweverManyComeAtTheSameTime() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int round = 0; round < 20; round++) {
                    Tokens tokens = login();
                    List<Callable<String>> uses = new ArrayList<>();
                    for (int i = 0; i < 50; i++) uses.add(() -> outcome(tokens));

                    List<String> outcomes = new ArrayList<>();
                    for (Future<String> use : threads.invokeAll(uses)) outcomes.add(use.get());

                    assertThat(outcomes).filteredOn("refreshed"::equals).hasSize(1);
                    assertThat(outcomes)
                            .filteredOn("refresh_token_used"::equals)
                            .hasSize(49);
                }
            }
        }

        private String outcome(Tokens tokens) {
            try {
                refresh(tokens);
                return "refreshed";
            } catch (Refusal refusal) {
                return refusal.problem().code();
            }
        }
    }

    @Nested
    class Endings {
        @Test
        void logoutEndsOneSessionAtOnce() {
            Tokens here = login();
            Tokens there = login();

            sessions().logout(guest(), token(here.refreshToken()), "");

            assertThat(callerOf(here)).isEqualTo(Caller.GUEST);
            assertThat(refusedRefresh(here.refreshToken()).code()).isEqualTo("invalid_refresh_token");
            assertThat(callerOf(there)).isEqualTo(new Caller.Member(ann));
            sessions().logout(guest(), token(here.refreshToken()), "");
            assertThat(problemOf(() -> sessions().logout(guest(), token("x"), ""))
                            .code())
                    .isEqualTo("invalid_refresh_token");
        }

        @Test
        void logoutEverywhereEndsWhatTheSdkIsSignedInWithToo() {
            Tokens here = login();
            Tokens there = login();
            String sdk = kernel.kernel().accounts().signIn().tokenFor("users", ann.id(), Duration.ZERO);

            sessions().logoutAll(member(ann), "");

            assertThat(List.of(callerOf(here), callerOf(there))).containsOnly(Caller.GUEST);
            assertThat(kernel.kernel().authenticator().callerOf(sdk)).isEqualTo(Caller.GUEST);
            assertThat(refusedRefresh(there.refreshToken()).code()).isEqualTo("invalid_refresh_token");
            assertThat(problemOf(() -> sessions().logoutAll(guest(), ""))).isInstanceOf(Problem.Unauthenticated.class);
        }

        @Test
        void aNewPasswordEndsEverySession() {
            Tokens tokens = login();

            kernel.update("users", ann.id(), "{'password':'another horse','passwordConfirm':'another horse'}");

            assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
            assertThat(refusedRefresh(tokens.refreshToken()).code()).isEqualTo("invalid_refresh_token");
            assertThat(kernel.find("_sessions", "")).isEmpty();
        }

        @Test
        void anotherRoleKeepsTheSessionWhichIsTheNewRoleAtOnce() {
            kernel.change("users", "{'fields':[{'name':'role','type':'text'}]}");
            Tokens tokens = login();
            callerOf(tokens);

            StoredRecord demoted = kernel.update("users", ann.id(), "{'role':'user'}");

            assertThat(callerOf(tokens)).isEqualTo(new Caller.Member(demoted));
        }

        @Test
        void theAccountTakesItsSessionsAlong() {
            Tokens tokens = login();

            kernel.kernel().records().delete(KernelFixture.operator(), "users", ann.id());

            assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
            assertThat(refusedRefresh(tokens.refreshToken()).code()).isEqualTo("invalid_refresh_token");
            assertThat(kernel.find("_sessions", "")).isEmpty();
        }
    }

    @Nested
    class Overviews {
        @Test
        void showTheCallersOwnSessionsTheLastUsedFirst() {
            StoredRecord bob = kernel.account("users", "bob@example.com");
            Tokens laptop = login(from("192.0.2.1", "Laptop"));
            kernel.turnClock(Duration.ofMinutes(1));
            login(from("192.0.2.2", "x".repeat(500)));
            kernel.turnClock(Duration.ofMinutes(1));
            sessions().refresh(from("192.0.2.3", "Laptop"), "", token(laptop.refreshToken()), "");

            List<StoredRecord> own = sessions().list(member(ann), "");

            assertThat(own).extracting(session -> session.text("address")).containsExactly("192.0.2.3", "192.0.2.2");
            assertThat(own.getLast().text("agent")).hasSize(200);
            assertThat(sessions().list(member(bob), "")).isEmpty();
            assertThat(problemOf(() -> sessions().list(guest(), ""))).isInstanceOf(Problem.Unauthenticated.class);
        }

        @Test
        void leaveOutWhatHasEndedAndTheNextLoginForgetsIt() {
            login();
            kernel.turnClock(Duration.ofDays(30));

            assertThat(sessions().list(member(ann), "")).isEmpty();
            login();
            assertThat(kernel.find("_sessions", "")).hasSize(1);
        }

        @Test
        void areSweptWhenTheyHaveEnded() {
            login();
            kernel.turnClock(Duration.ofDays(1));
            login();
            kernel.turnClock(Duration.ofDays(29).plusMillis(1));

            assertThat(kernel.kernel().accounts().sweep().sweep()).isEqualTo(1);
            assertThat(kernel.find("_sessions", "")).hasSize(1);
        }

        @Test
        void letTheOwnerEndOne() {
            StoredRecord bob = kernel.account("users", "bob@example.com");
            Tokens tokens = login();
            String id = sessions().list(member(ann), "").getFirst().id();

            assertThat(problemOf(() -> sessions().end(member(bob), id)).code()).isEqualTo("session_not_found");
            assertThat(callerOf(tokens)).isEqualTo(new Caller.Member(ann));
            sessions().end(member(ann), id);
            assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
        }

        @Test
        void areRecordsToo() {
            Tokens tokens = login();

            assertThat(kernel.list(member(ann), "_sessions", "")).hasSize(1);
            assertThat(kernel.list(guest(), "_sessions", "")).isEmpty();
            kernel.kernel()
                    .records()
                    .delete(
                            member(ann),
                            "_sessions",
                            sessions().list(member(ann), "").getFirst().id());
            assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
        }
    }

    @Test
    void anAccessTokenMintsNothing() {
        Tokens tokens = login();

        var same = kernel.kernel().accounts().signIn().refresh(member(ann), "users", tokens.accessToken());

        assertThat(same.token()).isEqualTo(tokens.accessToken());
    }

    @Test
    void anotherServersSecretMakesOtherTokens() {
        Tokens tokens = login();
        kernel.close();
        kernel = KernelFixture.in(folder);

        assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
        assertThat(refusedRefresh(tokens.refreshToken()).code()).isEqualTo("invalid_refresh_token");
    }
}
