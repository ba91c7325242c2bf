package dev.ferritedb.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownCallersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private final KnownCallers known = new KnownCallers();
    private StoredRecord ann;

    @BeforeEach
    void makeAnAccount() {
        try (KernelFixture kernel = KernelFixture.in(folder)) {
            ann = kernel.account("users", "ann@example.com");
        }
    }

    private void keep(String token, StoredRecord account) {
        var claims = new TokenClaims(
                TokenKind.AUTH, account.id(), account.collection().id(), NOW.plusSeconds(60), Map.of());
        known.keep(token, claims, new Caller.Member(account), known.moment(claims, ""));
    }

    private boolean knows(String token) {
        return known.find(token, NOW).isPresent();
    }

    @Test
    void keepsAtMostTwoGenerationsOfTokensAndTheOneThatIsAlwaysAskedFor() {
        keep("asked for", ann);

        for (int i = 0; i < 5 * KnownCallers.ENTRIES_MAX; i++) {
            keep("token " + i, ann);
            assertThat(knows("asked for")).isTrue();
            assertThat(known.size()).isLessThanOrEqualTo(2 * KnownCallers.ENTRIES_MAX);
        }

        assertThat(knows("token 0")).isFalse();
    }

    @Test
    void keepsFewerTokensOfLargeAccounts() {
        StoredRecord large = ann.with("name", Value.text("x".repeat(60_000)));
        int many = (int) (3 * KnownCallers.WEIGHT_MAX / 60_000);

        for (int i = 0; i < many; i++) keep("token " + i, large);

        assertThat(known.size()).isLessThanOrEqualTo((int) (2 * KnownCallers.WEIGHT_MAX / 60_000) + 2);
        assertThat(knows("token " + (many - 1))).isTrue();
    }

    @Test
    void countsATokenThatIsKeptAgainOnce() {
        StoredRecord large = ann.with("name", Value.text("x".repeat(60_000)));
        keep("first", ann);

        for (int i = 0; i < 1_000; i++) keep("again", large);

        assertThat(known.size()).isEqualTo(2);
    }

    @Test
    void keepsNoAccountThatIsTooLarge() {
        keep("token", ann.with("name", Value.text("x".repeat((int) KnownCallers.WEIGHT_OF_ONE_MAX + 1))));

        assertThat(knows("token")).isFalse();
        keep("token", ann);
        assertThat(knows("token")).isTrue();
    }

    @Test
    void forgetsAllAtOnce() {
        keep("token", ann);

        known.forgetAll();

        assertThat(knows("token")).isFalse();
        assertThat(known.size()).isZero();
    }
}
