package dev.ferritedb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idHasherTest {
    private static final Argon2idCost CHEAP = new Argon2idCost(64, 1, 1);

    private final Argon2idHasher hasher = new Argon2idHasher(CHEAP, new SecureRandom());

    @AfterEach
    void close() {
        hasher.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "", "пароль 密码 😀", "a\u0000b"})
    void verifiesTheRightPasswordAndNoOther(String password) {
        String hash = hasher.hash(password);

        assertThat(hash).matches("\\$argon2id\\$v=19\\$m=64,t=1,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(hasher.verify(password, hash)).isTrue();
        assertThat(hasher.verify(password + " ", hash)).isFalse();
        assertThat(hasher.verify(password.toUpperCase(Locale.ROOT) + "x", hash)).isFalse();
    }

    @Test
    void readsTheWholePassword() {
        String prefix = "x".repeat(250);
        String hash = hasher.hash(prefix + "a");

        assertThat(hasher.verify(prefix + "a", hash)).isTrue();
        assertThat(hasher.verify(prefix + "b", hash)).isFalse();
    }

    @Test
    void saltsEachHash() {
        assertThat(hasher.hash("same")).isNotEqualTo(hasher.hash("same"));
    }

    @Test
    void agreesWithTheReferenceImplementation() {
        // From the test list of the reference implementation: argon2id, m=65536, t=2, p=1 and p=2 at m=256.
        assertThat(hasher.verify(
                        "password",
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isTrue();
        assertThat(hasher.verify(
                        "password",
                        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"))
                .isTrue();
        assertThat(hasher.verify(
                        "Password",
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isFalse();
    }

    @Test
    void verifiesWithTheParametersOfTheStoredHash() {
        String old;
        try (var before = new Argon2idHasher(new Argon2idCost(128, 3, 2), new SecureRandom())) {
            old = before.hash("secret");
        }
        assertThat(old).contains("m=128,t=3,p=2");
        assertThat(hasher.verify("secret", old)).isTrue();
        assertThat(hasher.verify("secret2", old)).isFalse();
    }

    @Test
    void hashesTheSameWhateverTheMemoryHeldBefore() {
        try (var one = new Argon2idHasher(CHEAP, new SecureRandom(), 1, 4)) {
            String[] hashes = {
                one.hash("secret"),
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
            };
            String[] passwords = {"secret", "password", "password", "U*U"};
            for (int i = 0; i < 40; i++) {
                int which = i * 7 % 4;
                assertThat(one.verify(passwords[which], hashes[which])).isTrue();
                assertThat(one.verify("wrong", hashes[which])).isFalse();
                assertThat(one.verify("wrong", "")).isFalse();
            }
        }
    }

    @Test
    void takesNoNewMemoryForTheNextHash() {
        try (var one = new Argon2idHasher(new Argon2idCost(4 * 1024, 1, 1), new SecureRandom(), 1, 4)) {
            String hash = one.hash("secret");
            long before = allocated();
            for (int i = 0; i < 10; i++) one.verify("secret", hash);
            assertThat(allocated() - before).isLessThan(10L * 1024 * 1024);
        }
    }

    /// By all threads that live, in bytes.
    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$argon2id$",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=64,t=999999999,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAA",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAA",
                "$2a$99$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2a$05$short",
            })
    void matchesNothingWhenTheHashIsUnreadable(String hash) {
        assertThat(hasher.verify("secret", hash)).isFalse();
        assertThat(hasher.verify("", hash)).isFalse();
    }

    @Test
    void spendsOnAnUnknownAccountWhatItSpendsOnAKnownOne() {
        try (var dear = new Argon2idHasher(Argon2idCost.DEFAULT, new SecureRandom())) {
            String hash = dear.hash("secret");
            dear.verify("warm", hash);
            long known = fastest(() -> dear.verify("wrong", hash));
            long empty = fastest(() -> dear.verify("wrong", ""));
            long unreadable = fastest(() -> dear.verify("wrong", "$argon2id$garbage"));

            assertThat(empty).isBetween(known / 3, known * 3);
            assertThat(unreadable).isBetween(known / 3, known * 3);
        }
    }

    private static long fastest(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Test
    void verifiesBcryptHashesOfAccountsMovedIn() {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        for (String version : List.of("2a", "2b", "2y")) {
            String hash = OpenBSDBCrypt.generate(version, "sécret".getBytes(StandardCharsets.UTF_8), salt, 5);
            assertThat(hasher.verify("sécret", hash)).isTrue();
            assertThat(hasher.verify("secret", hash)).isFalse();
        }
        String known = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        assertThat(hasher.verify("U*U", known)).isTrue();
        assertThat(hasher.verify("U*V", known)).isFalse();
    }

    @Test
    void neverLetsALongPasswordPassForItsFirst72BytesInBcrypt() {
        byte[] stored = new byte[72];
        Arrays.fill(stored, (byte) 'x');
        String hash = OpenBSDBCrypt.generate(stored, new byte[16], 4);
        assertThat(hasher.verify("x".repeat(72), hash)).isTrue();
        assertThat(hasher.verify("x".repeat(73), hash)).isFalse();
    }

    @Test
    void refusesWhenTooManyWaitAndServesTheOthers() throws InterruptedException {
        var served = new AtomicInteger();
        var refused = new AtomicInteger();
        int callers = 40;
        try (var one = new Argon2idHasher(new Argon2idCost(8 * 1024, 1, 1), new SecureRandom(), 1, 4)) {
            var start = new CountDownLatch(1);
            Thread[] threads = new Thread[callers];
            for (int i = 0; i < callers; i++) {
                threads[i] = Thread.startVirtualThread(() -> {
                    try {
                        start.await();
                        one.hash("secret");
                        served.incrementAndGet();
                    } catch (Refusal refusal) {
                        assertThat(refusal.problem()).isInstanceOf(Problem.Unavailable.class);
                        assertThat(refusal.problem().code()).isEqualTo("too_many_sign_ins");
                        refused.incrementAndGet();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            start.countDown();
            for (Thread thread : threads) thread.join();
            assertThat(one.verify("secret", one.hash("secret"))).isTrue();
        }
        assertThat(served.get() + refused.get()).isEqualTo(callers);
        assertThat(served.get()).isGreaterThanOrEqualTo(5);
        assertThat(refused.get()).isPositive();
    }

    @Test
    void refusesAfterTheEnd() {
        var ended = new Argon2idHasher(CHEAP, new SecureRandom());
        ended.close();
        assertThatThrownBy(() -> ended.hash("secret")).isInstanceOf(Refusal.class);
    }

    @Test
    void refusesCostsOutOfReason() {
        assertThatThrownBy(() -> new Argon2idCost(7, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Argon2idCost(64, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Argon2idCost(64, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Argon2idCost(2_000_000, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
