package dev.ferritedb.identity;

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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Argon2id (RFC 9106) as PHC text; verifies bcrypt hashes too, so that accounts can be moved in.
///
/// Hashing is pure computing, so it runs on a few platform threads of its own, as many at once as there are cores;
/// callers wait in the order they came. When too many wait, the next one is refused with [Problem.Unavailable]
/// (`too_many_sign_ins`).
public final class Argon2idHasher implements PasswordHasher, AutoCloseable {
    /// At 20 ms a hash and two cores the last in the queue waits about 2.5 seconds.
    public static final int WAITING_MAX = 256;

    private static final int SALT_BYTES = 16;
    private static final long IDLE_THREAD_SECONDS = 10;

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
                Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] bytes = normal(password);
        return onAHashThread(() -> {
            try {
                return StoredHash.Argon2id.of(bytes, salt, cost).text();
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
        return onAHashThread(() -> {
            try {
                boolean matches = stored.orElse(dummy).matches(bytes);
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

    private <T> T onAHashThread(Callable<T> work) {
        Future<T> result;
        try {
            result = threads.submit(work);
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
