package dev.ferritedb.mail;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailRefused;
import dev.ferritedb.ports.mail.Mailer;
import dev.ferritedb.ports.mail.Outbox;
import dev.ferritedb.ports.problem.PortFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// An outbox in memory before a mailer. Mails that can't be handed over wait ever longer between tries and are
/// given up in the end; so are those that find the queue full, and those that are left when the process ends. The
/// log tells, without what a mail says and to whom.
public final class MailQueue implements Outbox {
    private static final System.Logger LOG = System.getLogger(MailQueue.class.getName());

    private final Mailer mailer;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::due));
    private final List<Thread> senders = new ArrayList<>();
    private boolean closing;

    /// @param waitingMax how many mails may wait
    /// @param senders how many mails are sent at once
    /// @param pauses how long to wait after each failed try; a mail is given up when there is none left
    /// @param drain how long [#close] waits for mails to be sent
    public record Limits(int waitingMax, int senders, List<Duration> pauses, Duration drain) {
        /// Nine tries within twenty minutes: longer than a restart of a mail server, shorter than most links are
        /// good for.
        public static final Limits USUAL = new Limits(
                1_000,
                4,
                List.of(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(40),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10)),
                Duration.ofSeconds(5));

        public Limits {
            pauses = List.copyOf(pauses);
            Objects.requireNonNull(drain);
        }
    }

    /// @param due by the monotonic clock, as nanoseconds from some start
    private record Waiting(Supplier<MailMessage> mail, int tries, long due) {}

    /// Whoever opened `mailer` closes it, after this.
    public MailQueue(Mailer mailer, Limits limits) {
        this.mailer = Objects.requireNonNull(mailer);
        this.limits = Objects.requireNonNull(limits);
        for (int i = 0; i < limits.senders(); i++) {
            senders.add(Thread.ofVirtual().name("mail-" + i).start(this::run));
        }
    }

    @Override
    public void post(Supplier<MailMessage> mail) {
        if (!offer(new Waiting(mail, 0, System.nanoTime()))) {
            LOG.log(System.Logger.Level.ERROR, "a mail is given up: too many wait, or the server is stopping");
        }
    }

    private boolean offer(Waiting mail) {
        lock.lock();
        try {
            if (closing || waiting.size() >= limits.waitingMax()) return false;
            waiting.add(mail);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sendNow(MailMessage message) {
        mailer.send(message);
    }

    private void run() {
        try {
            for (Optional<Waiting> next = next(); next.isPresent(); next = next()) send(next.get());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the next mail that is due. While closing all are, and none come after.
    private Optional<Waiting> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Waiting> first = Optional.ofNullable(waiting.peek());
                if (closing && first.isEmpty()) return Optional.empty();
                long pause = first.map(mail -> mail.due() - System.nanoTime()).orElse(Long.MAX_VALUE);
                if (first.isPresent() && (closing || pause <= 0)) return Optional.ofNullable(waiting.poll());
                boolean _ = changed.await(pause, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void send(Waiting mail) {
        MailMessage message;
        try {
            message = mail.mail().get();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a mail could not be written", e);
            return;
        }
        try {
            mailer.send(message);
        } catch (MailRefused refused) {
            givenUp(message, mail.tries() + 1, refused);
        } catch (PortFailure failure) {
            again(message, mail.tries() + 1, failure);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "the mail to " + message.maskedAddress() + " is given up", bug);
        }
    }

    private void again(MailMessage message, int tries, PortFailure failure) {
        if (tries > limits.pauses().size()) {
            givenUp(message, tries, failure);
            return;
        }
        Duration pause = limits.pauses().get(tries - 1);
        if (offer(new Waiting(() -> message, tries, System.nanoTime() + pause.toNanos()))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the mail to " + message.maskedAddress() + " is tried again in " + pause.toMillis() + " ms: "
                            + failure.getMessage());
        } else {
            givenUp(message, tries, failure);
        }
    }

    /// Without the causes: servers repeat the address in their answers.
    private static void givenUp(MailMessage message, int tries, RuntimeException reason) {
        LOG.log(
                System.Logger.Level.ERROR,
                "the mail to " + message.maskedAddress() + " is given up after " + tries
                        + (tries == 1 ? " try: " : " tries: ") + reason.getMessage());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closing) return;
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        long end = System.nanoTime() + limits.drain().toNanos();
        try {
            for (Thread sender : senders) {
                if (!sender.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) sender.interrupt();
            }
        } catch (InterruptedException _) {
            senders.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
        tellWhatIsLeft();
    }

    private void tellWhatIsLeft() {
        lock.lock();
        try {
            if (!waiting.isEmpty()) {
                LOG.log(System.Logger.Level.ERROR, waiting.size() + " mails are given up: the server is stopping");
            }
        } finally {
            lock.unlock();
        }
    }
}
