package dev.ferritedb.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailRefused;
import dev.ferritedb.ports.mail.Mailer;
import dev.ferritedb.ports.problem.PortFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailQueueTest {
    private static final MailMessage MAIL =
            new MailMessage("alice@example.com", "Code 12345678", "<a href=\"https://x/token-1\">", "");
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final Logger logger = Logger.getLogger(MailQueue.class.getName());
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(line.getMessage() + " " + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    @Test
    void sendsWhatIsPostedInTheBackground() throws Exception {
        var mailer = new Flaky();
        try (var queue = new MailQueue(mailer, limits(10, List.of(), LONG))) {
            queue.post(() -> MAIL);
            assertThat(mailer.sent.poll(10, TimeUnit.SECONDS)).isEqualTo(MAIL);
        }
    }

    @Test
    void nobodyWaitsForAMailerThatHangs() throws Exception {
        var mailer = new Flaky();
        mailer.hold = new CountDownLatch(1);
        try (var queue = new MailQueue(mailer, limits(10, List.of(), LONG))) {
            for (int i = 0; i < 5; i++) queue.post(() -> MAIL);
            assertThat(mailer.sent).isEmpty();
            mailer.hold.countDown();
            for (int i = 0; i < 5; i++)
                assertThat(mailer.sent.poll(10, TimeUnit.SECONDS)).isEqualTo(MAIL);
        }
    }

    @Test
    void triesAgainWhatFailedForNow() throws Exception {
        var mailer = new Flaky();
        mailer.failures.add(new PortFailure("down"));
        mailer.failures.add(new PortFailure("down"));
        try (var queue = new MailQueue(mailer, limits(10, List.of(SOON, SOON), LONG))) {
            queue.post(() -> MAIL);
            assertThat(mailer.sent.poll(10, TimeUnit.SECONDS)).isEqualTo(MAIL);
        }
        assertThat(mailer.tries).isEqualTo(3);
        assertThat(String.join("\n", log)).contains("the mail to a…@example.com is tried again in 1 ms: down");
        assertLogIsDiscreet();
    }

    @Test
    void givesUpAfterTheLastPauseAndSaysSo() throws Exception {
        var mailer = new Flaky();
        for (int i = 0; i < 3; i++) {
            mailer.failures.add(new PortFailure("down", new IllegalStateException("550 alice@example.com")));
        }
        try (var queue = new MailQueue(mailer, limits(10, List.of(SOON, SOON), LONG))) {
            queue.post(() -> MAIL);
            assertThat(untilLogged("is given up after 3 tries: down")).isTrue();
        }
        assertThat(mailer.sent).isEmpty();
        assertThat(mailer.tries).isEqualTo(3);
        assertLogIsDiscreet();
    }

    @Test
    void givesUpAtOnceWhatIsRefusedForGood() throws Exception {
        var mailer = new Flaky();
        mailer.failures.add(new MailRefused("refused", new IllegalStateException("550 alice@example.com")));
        try (var queue = new MailQueue(mailer, limits(10, List.of(SOON, SOON), LONG))) {
            queue.post(() -> MAIL);
            assertThat(untilLogged("is given up after 1 try: refused")).isTrue();
        }
        assertThat(mailer.tries).isEqualTo(1);
        assertLogIsDiscreet();
    }

    @Test
    void survivesAMailThatCannotBeWrittenAndAMailerWithABug() throws Exception {
        var mailer = new Flaky();
        mailer.failures.add(new IllegalStateException("a bug"));
        try (var queue = new MailQueue(mailer, limits(10, List.of(), LONG))) {
            queue.post(() -> {
                throw new IllegalStateException("no text");
            });
            queue.post(() -> MAIL);
            assertThat(untilLogged("is given up")).isTrue();
            queue.post(() -> MAIL);
            assertThat(mailer.sent.poll(10, TimeUnit.SECONDS)).isEqualTo(MAIL);
        }
    }

    @Test
    void givesUpWhatFindsTheQueueFull() throws Exception {
        var mailer = new Flaky();
        mailer.hold = new CountDownLatch(1);
        try (var queue = new MailQueue(mailer, limits(2, List.of(), LONG))) {
            queue.post(() -> MAIL);
            assertThat(mailer.begun.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 3; i++) queue.post(() -> MAIL);
            assertThat(log).hasSize(1).first().asString().contains("a mail is given up: too many wait");
            mailer.hold.countDown();
        }
        assertThat(mailer.sent).hasSize(3);
    }

    @Test
    void triesAllThatWaitsOnceMoreBeforeItCloses() {
        var mailer = new Flaky();
        mailer.failures.add(new PortFailure("down"));
        var queue = new MailQueue(mailer, limits(10, List.of(LONG), LONG));
        queue.post(() -> MAIL);
        assertThat(untilLogged("is tried again in 3600000 ms")).isTrue();
        queue.close();
        assertThat(mailer.sent).containsExactly(MAIL);
        queue.post(() -> MAIL);
        assertThat(mailer.sent).hasSize(1);
    }

    @Test
    void waitsNoLongerThanItsTimeForAMailerThatHangs() {
        var mailer = new Flaky();
        mailer.hold = new CountDownLatch(1);
        var queue = new MailQueue(mailer, limits(10, List.of(LONG), Duration.ofMillis(50)));
        queue.post(() -> MAIL);
        queue.post(() -> MAIL);
        queue.close();
        assertThat(mailer.sent).isEmpty();
        assertThat(String.join("\n", log)).contains("1 mails are given up: the server is stopping");
    }

    private boolean untilLogged(String part) {
        var seen = new ArrayList<String>();
        try {
            for (String line = log.poll(10, TimeUnit.SECONDS); line != null; line = log.poll(10, TimeUnit.SECONDS)) {
                seen.add(line);
                if (line.contains(part)) return true;
            }
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            log.addAll(seen);
        }
    }

    private void assertLogIsDiscreet() {
        assertThat(String.join("\n", log)).doesNotContain("alice", "12345678", "token-1");
    }

    /// One sender, so that what waits waits.
    private static MailQueue.Limits limits(int waitingMax, List<Duration> pauses, Duration drain) {
        return new MailQueue.Limits(waitingMax, 1, pauses, drain);
    }

    private static final class Flaky implements Mailer {
        final List<RuntimeException> failures = Collections.synchronizedList(new ArrayList<>());
        final BlockingQueue<MailMessage> sent = new LinkedBlockingQueue<>();
        final CountDownLatch begun = new CountDownLatch(1);
        volatile CountDownLatch hold = new CountDownLatch(0);
        volatile int tries;

        @Override
        public synchronized void send(MailMessage message) {
            tries++;
            begun.countDown();
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PortFailure("interrupted", e);
            }
            if (!failures.isEmpty()) throw failures.removeFirst();
            sent.add(message);
        }

        @Override
        public void close() {}
    }
}
