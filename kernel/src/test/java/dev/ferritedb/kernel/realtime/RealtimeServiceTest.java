package dev.ferritedb.kernel.realtime;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// AUTH-11 and RT-05 as far as a client's credential goes.
class RealtimeServiceTest {
    private static final Origin HERE = new Origin("192.0.2.1", "", "");
    private static final Origin THERE = new Origin("192.0.2.2", "", "");

    @TempDir
    Path folder;

    private final AtomicInteger cuts = new AtomicInteger();
    private KernelFixture kernel;
    private RealtimeService realtime;
    private RealtimeClient client;

    @BeforeEach
    void open() throws InterruptedException {
        kernel = KernelFixture.in(folder);
        realtime = new RealtimeService(kernel.store(), kernel.kernel().authenticator(), new Json(), new Random(1), 3);
        client = realtime.connect(HERE, cuts::incrementAndGet);
        assertThat(next()).map(RealtimeMessage::topic).contains("PB_CONNECT");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private Optional<RealtimeMessage> next() throws InterruptedException {
        return client.next(Duration.ZERO);
    }

    private void subscribe(String token, String topic) {
        realtime.subscribe(HERE, token, asking(topic));
    }

    private Value.Members asking(String topic) {
        return body("{'clientId':'" + client.id() + "','subscriptions':['" + topic + "']}");
    }

    private boolean answer(Origin origin, String topic) {
        return realtime.answer(origin, client.id(), topic, Map.of("code", Value.text("c")));
    }

    @Test
    void refusesOneClientTooManyAndTakesItWhenAnotherIsGone() {
        RealtimeClient second = realtime.connect(HERE, () -> {});
        realtime.connect(THERE, () -> {});
        assertThat(problemOf(() -> realtime.connect(HERE, () -> {}))).isInstanceOf(Problem.Unavailable.class);

        realtime.disconnect(second);
        realtime.disconnect(second);

        realtime.connect(HERE, () -> {});
        assertThat(realtime.clients()).isEqualTo(3);
        assertThat(problemOf(() -> realtime.connect(HERE, () -> {})).code()).isEqualTo("too_many_clients");
    }

    @Test
    void answersOnTheTopicOnceToTheSameAddressAlone() throws InterruptedException {
        subscribe("", "@oauth2");

        assertThat(answer(THERE, "@oauth2")).isFalse();
        assertThat(answer(HERE, "other")).isFalse();
        assertThat(answer(HERE, "@oauth2")).isTrue();
        assertThat(answer(HERE, "@oauth2")).isFalse();

        assertThat(next()).contains(new RealtimeMessage("@oauth2", "{\"code\":\"c\"}"));
        assertThat(next()).isEmpty();
    }

    @Test
    void answersOnceHoweverManyTryAtTheSameTime() throws Exception {
        for (int round = 0; round < 20; round++) {
            subscribe("", "@oauth2");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var tries = IntStream.range(0, 50)
                        .<Callable<Boolean>>mapToObj(_ -> () -> answer(HERE, "@oauth2"))
                        .toList();
                int done = 0;
                for (var each : threads.invokeAll(tries)) if (each.get()) done++;
                assertThat(done).isEqualTo(1);
            }
            assertThat(next()).isPresent();
            assertThat(next()).isEmpty();
        }
    }

    @Test
    void refusesAnotherAddressAndAClientThatIsGone() {
        assertThat(problemOf(() -> realtime.subscribe(THERE, "", asking("a"))))
                .isInstanceOf(Problem.Invalid.class)
                .extracting(Problem::message)
                .isEqualTo("Invalid realtime client.");

        realtime.disconnect(client);

        assertThat(problemOf(() -> realtime.subscribe(HERE, "", asking("a")))).isInstanceOf(Problem.NotFound.class);
        assertThat(answer(HERE, "a")).isFalse();
    }

    @Test
    void isAGuestAgainOnceItsTokenIsRevoked() {
        StoredRecord ann = kernel.account("users", "ann@example.com");
        String anns = token(ann);
        String bobs = token(kernel.account("users", "bob@example.com"));
        subscribe(anns, "a");
        assertThat(problemOf(() -> subscribe(bobs, "a"))).isInstanceOf(Problem.Forbidden.class);
        assertThat(problemOf(() -> subscribe("", "a"))).isInstanceOf(Problem.Forbidden.class);

        kernel.update("users", ann.id(), "{'password':'another horse','passwordConfirm':'another horse'}");

        subscribe(bobs, "a");
        assertThat(problemOf(() -> subscribe("", "a"))).isInstanceOf(Problem.Forbidden.class);
    }

    private String token(StoredRecord account) {
        return kernel.kernel().accounts().signIn().tokenFor("users", account.id(), Duration.ZERO);
    }

    @Test
    void endsAClientThatDoesNotKeepUp() throws InterruptedException {
        for (int i = 0; i < RealtimeClient.WAITING_MAX; i++) {
            assertThat(client.send(new RealtimeMessage("a", "{}"))).isTrue();
        }
        assertThat(cuts).hasValue(0);

        assertThat(client.send(new RealtimeMessage("a", "{}"))).isFalse();

        assertThat(cuts).hasValue(1);
        assertThat(client.send(new RealtimeMessage("a", "{}"))).isFalse();
        assertThat(cuts).hasValue(1);
        assertThat(client.next(Duration.ofMinutes(1))).isEmpty();
        assertThat(problemOf(() -> subscribe("", "a"))).isInstanceOf(Problem.NotFound.class);
    }

    @Test
    void endsAClientForWhichTooMuchWaitsAndCountsWhatItTook() throws InterruptedException {
        var half = new RealtimeMessage("a", "x".repeat(RealtimeClient.WAITING_CHARACTERS_MAX / 2 - 1));
        for (int i = 0; i < 10; i++) {
            assertThat(client.send(half)).isTrue();
            assertThat(next()).contains(half);
        }

        assertThat(client.send(half)).isTrue();
        assertThat(client.send(half)).isTrue();
        assertThat(client.send(half)).isFalse();
        assertThat(cuts).hasValue(1);
    }

    @Test
    void saysNothingSecretOfItself() {
        subscribe("", "@oauth2");

        assertThat(client.toString()).doesNotContain(client.id());
        assertThat(new RealtimeMessage("a", "secret").toString()).doesNotContain("secret");
        assertThat(new Subscription("secret", java.util.Set.of()).toString()).doesNotContain("secret");
    }
}
