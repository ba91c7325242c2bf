package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.ports.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// AUTH-08: how often sign-ins may fail.
class SignInThrottleTest {
    private static final int FAILURES = AccountPolicy.SIGN_IN_FAILURES_PER_MINUTE_DEFAULT;
    private static final Duration OWNER_WAITS_AT_MOST = Duration.ofMinutes(15);

    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'people','type':'auth'}");
        kernel.account("people", "alice@example.com");
        kernel.account("people", "bob@example.com");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private static Request from(String address) {
        return new Request(
                guest().caller(), "POST", guest().context(), guest().query(), guest().headers(), origin(address));
    }

    private static Origin origin(String address) {
        return new Origin(address, "Test/1.0", "");
    }

    private SignInOutcome signIn(String address, String identity, String password) {
        return kernel.kernel()
                .accounts()
                .signIn()
                .withPassword(
                        from(address), "people", body("{'identity':'" + identity + "','password':'" + password + "'}"));
    }

    private Problem guess(String address, String identity) {
        return problemOf(() -> signIn(address, identity, "wrong horse"));
    }

    private static void assertLimited(Problem problem) {
        assertThat(problem).isInstanceOfSatisfying(Problem.RateLimited.class, limited -> {
            assertThat(limited.code()).isEqualTo("too_many_attempts");
            assertThat(Duration.ofSeconds(limited.retryAfterSeconds()))
                    .isBetween(Duration.ofSeconds(1), OWNER_WAITS_AT_MOST);
        });
    }

    @Test
    void refusesTheRestOfAHundredGuessesFromOneAddress() {
        List<String> codes = guesses(100, _ -> "192.0.2.1");

        assertThat(codes.subList(0, FAILURES)).containsOnly("invalid_credentials");
        assertThat(codes.subList(FAILURES, 100)).containsOnly("too_many_attempts");
        assertLimited(guess("192.0.2.1", "bob@example.com"));
        assertThat(signIn("192.0.2.2", "bob@example.com", "correct horse")).isNotNull();
    }

    @Test
    void refusesTheRestOfAHundredGuessesFromAHundredAddresses() {
        List<String> codes = guesses(100, i -> "192.0.2." + i);

        assertThat(codes.subList(0, FAILURES)).containsOnly("invalid_credentials");
        assertThat(codes.subList(FAILURES, 100)).containsOnly("too_many_attempts");
        assertThat(signIn("192.0.2.7", "bob@example.com", "correct horse")).isNotNull();
    }

    private List<String> guesses(int count, IntFunction<String> address) {
        var codes = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            codes.add(guess(address.apply(i), "alice@example.com").code());
        }
        return codes;
    }

    @Test
    void refusesTheSameNumberWhenAllGuessAtOnce() throws Exception {
        List<String> codes = atOnce(
                100, i -> () -> guess("192.0.2." + i % 50, "alice@example.com").code());

        assertThat(codes.stream().filter("invalid_credentials"::equals)).hasSize(FAILURES);
        assertThat(codes.stream().filter("too_many_attempts"::equals)).hasSize(100 - FAILURES);
    }

    private static <T> List<T> atOnce(int count, IntFunction<Callable<T>> task) throws Exception {
        var tasks = new ArrayList<Callable<T>>();
        for (int i = 0; i < count; i++) tasks.add(task.apply(i));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var done : threads.invokeAll(tasks)) results.add(done.get());
            return results;
        }
    }

    @Test
    void letsAnyNumberThroughWhoKnowThePassword() throws Exception {
        List<SignInOutcome> outcomes =
                atOnce(100, _ -> () -> signIn("192.0.2.1", "alice@example.com", "correct horse"));

        assertThat(outcomes).hasSize(100).allMatch(SignInOutcome.SignedIn.class::isInstance);
    }

    @Test
    void countsAnUnknownAccountAsAKnownOne() {
        for (int i = 0; i < FAILURES; i++) {
            assertThat(guess("192.0.2." + i, "nobody@example.com").code()).isEqualTo("invalid_credentials");
        }

        assertLimited(guess("198.51.100.1", "NOBODY@example.com "));
    }

    @Test
    void leavesTheOwnerAWayInWhereSheSignedInBefore() {
        signIn("203.0.113.5", "alice@example.com", "correct horse");
        guesses(100, i -> "192.0.2." + i);

        assertThat(signIn("203.0.113.5", "alice@example.com", "correct horse")).isNotNull();
        for (int i = 0; i < FAILURES; i++) guess("203.0.113.5", "alice@example.com");
        assertLimited(guess("203.0.113.5", "alice@example.com"));
    }

    @Test
    void knowsThePlaceAgainAfterARestart() {
        String alice =
                kernel.find("people", "email = 'alice@example.com'").getFirst().id();
        kernel.create(
                "_authOrigins",
                "{'collectionRef':'"
                        + kernel.kernel()
                                .schema()
                                .catalog()
                                .named("people")
                                .orElseThrow()
                                .id()
                        + "','recordRef':'" + alice + "','fingerprint':'"
                        + KnownPlaces.fingerprint(origin("203.0.113.5")) + "'}");
        guesses(100, i -> "192.0.2." + i);

        assertThat(signIn("203.0.113.5", "alice@example.com", "correct horse")).isNotNull();
        assertLimited(guess("203.0.113.6", "alice@example.com"));
    }

    @Test
    void letsTheOwnerInFromAnywhereSoonAfter() {
        guesses(100, i -> "192.0.2." + i);
        Problem.RateLimited limited = (Problem.RateLimited) guess("203.0.113.5", "alice@example.com");
        assertThat(limited.retryAfterSeconds()).isLessThanOrEqualTo(30);

        kernel.turnClock(Duration.ofSeconds(limited.retryAfterSeconds()));

        assertThat(signIn("203.0.113.5", "alice@example.com", "correct horse")).isNotNull();
    }

    @Test
    void takesAWholeNetworkOfOneIpv6CustomerForOneAddress() {
        guesses(100, i -> "2001:db8:0:1:0:0:0:" + i);

        assertLimited(guess("2001:db8:0:1:ffff:0:0:1", "bob@example.com"));
        assertThat(guess("2001:db8:0:2:0:0:0:1", "bob@example.com").code()).isEqualTo("invalid_credentials");
    }

    @Test
    void countsNothingWhenTheOperatorSaysSo(@TempDir Path other) {
        try (var open = KernelFixture.with(new AccountPolicy(8, 1, false, SessionPolicy.DEFAULT), other)) {
            for (int i = 0; i < 100; i++) {
                assertThat(problemOf(() -> open.kernel()
                                        .accounts()
                                        .signIn()
                                        .withPassword(
                                                from("192.0.2.1"), "users", body("{'identity':'a','password':'b'}")))
                                .code())
                        .isEqualTo("invalid_credentials");
            }
        }
    }

    @Test
    void givesBackWhatNeitherFailedNorSucceeded() {
        SignInThrottle throttle = kernel.kernel().accounts().throttle();

        for (int i = 0; i < 100; i++) throttle.attempt(from("192.0.2.1")).close();
        for (int i = 0; i < FAILURES; i++) {
            try (var attempt = throttle.attempt(from("192.0.2.1"))) {
                attempt.failed();
            }
        }

        assertLimited(problemOf(() -> throttle.attempt(from("192.0.2.1"))));
    }

    @Test
    void keepsNoMoreThanTenThousandKeysAndMindsNoClockThatIsSetBack() {
        var clock = new SetClock();
        var buckets = new TokenBuckets(1, Duration.ofMinutes(1), clock);
        assertThat(buckets.take("first")).isEmpty();
        buckets.spend("first");
        clock.now = clock.now.minus(Duration.ofHours(1));
        assertThat(buckets.take("first")).isPresent();
        clock.now = clock.now.plus(Duration.ofSeconds(30));
        assertThat(buckets.take("first").orElseThrow()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));

        for (int i = 0; i < 10_000; i++) {
            buckets.take("key" + i);
            buckets.spend("key" + i);
        }

        assertThat(buckets.take("first")).isEmpty();
        assertThat(buckets.take("key9999")).isPresent();
    }

    private static final class SetClock implements InstantSource {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }
    }
}
