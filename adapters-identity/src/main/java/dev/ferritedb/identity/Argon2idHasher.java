package dev.ferritedb.identity;

import dev.ferritedb.identity.StoredHash.Argon2id;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/// Argon2id (RFC 9106) as PHC text; verifies bcrypt hashes too, so that accounts can be moved in.
///
/// Hashing is pure computing, so it runs on a few platform threads of its own, as many at once as there are
/// cores; they are of the least priority, so that answers that are quick to make don't wait for it where the
/// system heeds that. Each keeps the memory of one hash for the next one, until it has been idle for a minute: to
/// allocate 19 MiB a sign-in would make the collector stop everything again and again. Callers wait in the order
/// they came. When too many wait, the next one is refused with [Problem.Unavailable] (`too_many_sign_ins`).
public final class Argon2idHasher implements PasswordHasher, AutoCloseable {
    /// At 20 ms a hash and two cores the last in the queue waits about 2.5 seconds.
    public static final int WAITING_MAX = 256;

    private static final int SALT_BYTES = 16;
    private static final long IDLE_THREAD_SECONDS = 60;

    private final Argon2idCost cost;
    private final SecureRandom random;
    private final StoredHash dummy;
    private final ThreadPoolExecutor threads;

    public Argon2idHasher(Argon2idCost cost, SecureRandom random) {
        this(cost, random, Runtime.getRuntime().availableProcessors(), WAITING_MAX);
    }

    Argon2idHasher(Argon2idCost cost, SecureRandom random, int threadsMax, int waitingMax) {
        this.cost = Objects.requireNonNull(cost);
        this.random = Objects.requireNonNull(random);
        this.dummy = StoredHash.read("$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p="
                        + cost.parallelism() + "$" + "A".repeat(22) + "$" + "A".repeat(43))
                .orElseThrow();
        this.threads = new ThreadPoolExecutor(
                threadsMax,
                threadsMax,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waitingMax, true),
                work -> new HashThread(work, cost));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] bytes = normal(password);
        return onAHashThread(memory -> {
            try {
                return Argon2id.of(bytes, salt, cost, memory).text();
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        });
    }

    @Override
    public boolean verify(String password, String hash) {
        Optional<StoredHash> stored = StoredHash.read(hash);
        byte[] bytes = stored.filter(StoredHash.Bcrypt.class::isInstance).isPresent()
                ? password.getBytes(StandardCharsets.UTF_8)
                : normal(password);
        return onAHashThread(memory -> {
            try {
                boolean matches = stored.orElse(dummy).matches(bytes, memory);
                return matches && stored.isPresent();
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        });
    }

    /// The same letters, typed on another keyboard, are the same password.
    private static byte[] normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }

    /// Drops what still waits.
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static final class HashThread extends Thread {
        private final BlockPool memory;

        /// Requests go first where the system heeds priorities; nothing is wrong where it does not.
        @SuppressWarnings("ThreadPriorityCheck")
        HashThread(Runnable work, Argon2idCost cost) {
            super(work, "password-hash");
            this.memory = new FixedBlockPool(Argon2id.blocks(cost));
            setDaemon(true);
            setPriority(Thread.MIN_PRIORITY);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(BlockPool memory);
    }

    private <T> T onAHashThread(Work<T> work) {
        Future<T> result;
        try {
            result = threads.submit(() -> work.in(((HashThread) Thread.currentThread()).memory));
        } catch (RejectedExecutionException full) {
            throw tooMany();
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw tooMany();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    private static Refusal tooMany() {
        return new Refusal(new Problem.Unavailable(
                "too_many_sign_ins", "Too many sign-ins at this moment, try again in a few seconds."));
    }
}
