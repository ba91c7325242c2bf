package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.account.Sessions.Outcome;
import dev.ferritedb.kernel.account.Sessions.Tokens;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// TOK-03, TOK-05 and TOK-06, seen by a thief: of tokens, or of the database.
class StolenTokensTest {
    private static final String RIGHT = "{'email':'ann@example.com','password':'correct horse'}";

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

    private Tokens login() {
        return ((Outcome.Opened) sessions().login(guest(), "users", body(RIGHT))).tokens();
    }

    private Tokens refresh(String token) {
        return refresh(token, "");
    }

    private Tokens refresh(String token, String attempt) {
        return sessions()
                .refresh(guest(), "", new Value.Members(Map.of("refresh_token", Value.text(token))), attempt)
                .tokens();
    }

    private String refusal(String token) {
        return problemOf(() -> refresh(token)).code();
    }

    private Caller callerOf(Tokens tokens) {
        return kernel.kernel().authenticator().callerOf(tokens.accessToken());
    }

    @Test
    void theDatabaseHoldsNothingThatIsGoodForATokenAndNoTokenIsLikeAnother() {
        Set<String> seen = new HashSet<>();
        Tokens tokens = login();
        for (int i = 0; i < 20; i++) {
            StoredRecord stored = kernel.find("_sessions", "").getFirst();
            for (int field = 0; field < stored.collection().fields().size(); field++) {
                assertThat(String.valueOf(stored.value(field))).doesNotContain(tokens.refreshToken());
            }
            for (String hidden : List.of("refreshHash", "previousHash", "successor")) {
                String value = stored.text(hidden);
                if (!value.isEmpty()) assertThat(refusal(value)).isEqualTo("invalid_refresh_token");
            }
            assertThat(tokens.refreshToken()).matches("[A-Za-z0-9_-]{100,}");
            assertThat(seen.add(stored.text("refreshHash"))).isTrue();
            tokens = refresh(tokens.refreshToken(), "attempt " + i);
        }
        assertThat(kernel.list(member(ann), "_sessions", "")).hasSize(1);
    }

    @Test
    void anyOtherCharacterMakesItATokenThatNeverWas() {
        String token = login().refreshToken();
        for (int i = 0; i < token.length(); i++) {
            String other = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
            assertThat(refusal(other)).isEqualTo("invalid_refresh_token");
        }
        for (String odd : new String[] {"x", "x".repeat(100_000), token + "A", token + "==", " " + token}) {
            assertThat(refusal(odd)).isEqualTo("invalid_refresh_token");
        }
        assertThat(refresh(token)).isNotNull();
    }

    @Test
    void theSameAttemptIsAnsweredAgainForTenSecondsAndToNobodyElse() {
        String first = login().refreshToken();
        Tokens lost = refresh(first, "attempt 1");
        kernel.turnClock(Duration.ofSeconds(9));

        Tokens again = refresh(first, "attempt 1");
        assertThat(callerOf(again)).isEqualTo(new Caller.Member(ann));
        assertThat(problemOf(() -> refresh(first, "attempt 2")).code()).isEqualTo("refresh_token_used");
        assertThat(refusal(first)).isEqualTo("refresh_token_used");
        Tokens next = refresh(again.refreshToken());
        assertThat(refusal(lost.refreshToken())).isEqualTo("refresh_token_used");

        kernel.turnClock(Duration.ofSeconds(11));
        assertThat(problemOf(() -> refresh(first, "attempt 1")).code()).isEqualTo("refresh_token_reused");
        assertThat(callerOf(next)).isEqualTo(Caller.GUEST);
    }

    @Test
    void oneStolenTokenEndsItsSessionAlone() {
        Tokens stolen = login();
        Tokens other = login();
        Tokens current = refresh(stolen.refreshToken());
        kernel.turnClock(Duration.ofMinutes(1));

        assertThat(refusal(stolen.refreshToken())).isEqualTo("refresh_token_reused");
        assertThat(callerOf(current)).isEqualTo(Caller.GUEST);
        assertThat(refusal(current.refreshToken())).isEqualTo("invalid_refresh_token");
        assertThat(callerOf(other)).isEqualTo(new Caller.Member(ann));
    }

    @Test
    void anAccessTokenEndsNoLaterThanItsSession() {
        Tokens tokens = login();
        for (int day = 0; day < 87; day += 29) {
            kernel.turnClock(Duration.ofDays(29));
            tokens = refresh(tokens.refreshToken());
        }
        kernel.turnClock(Duration.ofDays(3).minusMinutes(5));
        tokens = refresh(tokens.refreshToken());

        assertThat(tokens.expiresInSeconds()).isEqualTo(300);
        kernel.turnClock(Duration.ofMinutes(5));
        assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
    }

    /// What ends all that an account is signed in with.
    record End(String name, Consumer<StolenTokensTest> act) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<End> ends() {
        return Stream.of(
                new End("log out everywhere", test -> test.sessions().logoutAll(member(test.ann), "")),
                new End("another password", test -> test.update("{'password':'battery staple'}")),
                new End("another e-mail", test -> test.update("{'email':'anna@example.com'}")),
                new End(
                        "the account deleted",
                        test -> test.kernel.kernel().records().delete(operator(), "users", test.ann.id())),
                new End(
                        "the collection deleted",
                        test -> test.kernel.kernel().schema().delete(operator(), "users")));
    }

    private void update(String json) {
        kernel.update("users", ann.id(), json);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void nothingIsGoodOnceTheAccountEndsItAll(End end) {
        kernel.change("users", "{'authRule':'verified = true'}");
        ann = kernel.update("users", ann.id(), "{'verified':true}");
        Tokens one = login();
        Tokens other = login();
        String wire = kernel.kernel().accounts().signIn().tokenFor("users", ann.id(), Duration.ofDays(1));
        assertThat(callerOf(one)).isEqualTo(new Caller.Member(ann));
        assertThat(kernel.kernel().authenticator().callerOf(wire)).isEqualTo(new Caller.Member(ann));

        end.act.accept(this);

        for (Tokens tokens : List.of(one, other)) {
            assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
            assertThat(refusal(tokens.refreshToken())).isEqualTo("invalid_refresh_token");
        }
        assertThat(kernel.kernel().authenticator().callerOf(wire)).isEqualTo(Caller.GUEST);
        assertThat(kernel.find("_sessions", "")).isEmpty();
    }

    @Test
    void anAccountThatTheAuthRuleShutsOutHasNoSessionsAndCanRefreshNothing() {
        kernel.change("users", "{'authRule':'verified = true'}");
        ann = kernel.update("users", ann.id(), "{'verified':true}");
        Tokens tokens = login();
        String wire = kernel.kernel().accounts().signIn().tokenFor("users", ann.id(), Duration.ofDays(1));

        ann = kernel.update("users", ann.id(), "{'verified':false}");

        assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
        assertThat(refusal(tokens.refreshToken())).isEqualTo("invalid_refresh_token");
        assertThat(kernel.find("_sessions", "")).isEmpty();
        assertThat(problemOf(() -> kernel.kernel().accounts().signIn().refresh(member(ann), "users", wire))
                        .code())
                .isEqualTo("auth_rule_refused");
    }

    @Test
    void changesThatTheAuthRuleAcceptsLeaveAnAccountSignedIn() {
        kernel.change("users", "{'authRule':'name != \\'barred\\''}".replace("\\'", "\\u0027"));
        Tokens tokens = login();
        StoredRecord renamed = kernel.update("users", ann.id(), "{'name':'Ann'}");

        assertThat(callerOf(tokens)).isEqualTo(new Caller.Member(renamed));
        kernel.update("users", ann.id(), "{'name':'barred'}");
        assertThat(callerOf(tokens)).isEqualTo(Caller.GUEST);
    }

    @Test
    void anAccountThatMayNotSignInHearsNothingElseThanAWrongPassword() {
        Problem wrong = problemOf(
                () -> sessions().login(guest(), "users", body("{'email':'ann@example.com','password':'wrong horse'}")));
        kernel.change("users", "{'authRule':'verified = true'}");

        assertThat(problemOf(this::login))
                .isEqualTo(wrong)
                .isEqualTo(new Problem.Unauthenticated("invalid_credentials", "Failed to authenticate."));
    }

    @Test
    void aSessionWithoutDatesIsOver() {
        Tokens tokens = login();
        String id = kernel.find("_sessions", "").getFirst().id();
        kernel.update(kernel.superuser(), "_sessions", id, "{'ends':''}");

        assertThat(refusal(tokens.refreshToken())).isEqualTo("invalid_refresh_token");
        assertThat(sessions().list(member(ann), "")).isEmpty();
        assertThat(login()).isNotNull();
    }

    @Test
    void theSessionNotUsedForLongestMakesRoom() {
        Tokens first = login();
        kernel.turnClock(Duration.ofSeconds(1));
        Tokens second = login();
        for (int i = 2; i < 100; i++) {
            kernel.turnClock(Duration.ofSeconds(1));
            login();
        }
        kernel.turnClock(Duration.ofSeconds(1));
        first = refresh(first.refreshToken());
        kernel.turnClock(Duration.ofSeconds(1));
        login();

        assertThat(callerOf(first)).isEqualTo(new Caller.Member(ann));
        assertThat(callerOf(second)).isEqualTo(Caller.GUEST);
        assertThat(sessions().list(member(ann), "")).hasSize(100);
    }
}
