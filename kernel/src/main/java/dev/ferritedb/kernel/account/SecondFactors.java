package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Sign-ins that have shown one factor and owe another. The ticket that names one is a secret of 256 bits, of which
/// only a digest is kept, as the record's id. It is good once, for its account alone, and opens nothing by itself.
/// Source: the wire contract, section 10.
final class SecondFactors {
    private static final int TICKET_BYTES = 32;
    private static final int ID_LENGTH = 15;

    private final AccountChanges changes;
    private final RandomGenerator random;
    private final InstantSource clock;

    SecondFactors(AccountChanges changes, RandomGenerator random, InstantSource clock) {
        this.changes = changes;
        this.random = random;
        this.clock = clock;
    }

    /// @return the ticket
    String begin(StoredRecord account, SignInMethod method) {
        var bytes = new byte[TICKET_BYTES];
        random.nextBytes(bytes);
        String ticket = HexFormat.of().formatHex(bytes);
        var values = new LinkedHashMap<>(Belongings.referenceTo(account));
        values.put("id", Value.text(id(ticket)));
        values.put("method", Value.text(method.wireName()));
        changes.write(writes -> {
            Belongings.BEGUN_SIGN_INS.of(account, writes).stream()
                    .filter(begun -> expired(begun, account))
                    .forEach(begun -> changes.delete(writes, begun));
            return changes.keep(writes, Belongings.BEGUN_SIGN_INS.collection(), values);
        });
        return ticket;
    }

    /// Uses the ticket up.
    ///
    /// @return empty when it fits, else why not: `mfa_session_invalid` for one that is unknown, used or expired,
    /// `mfa_session_of_another`, `mfa_method_repeated`
    Optional<Problem> finish(StoredRecord account, SignInMethod method, String ticket) {
        return changes.write(writes -> {
            Optional<StoredRecord> begun = Belongings.BEGUN_SIGN_INS.find(id(ticket), writes);
            Optional<Problem> problem = problem(begun, account, method);
            if (problem.isEmpty()
                    || begun.filter(found -> isStale(found, account)).isPresent()) {
                changes.delete(writes, begun.orElseThrow());
            }
            return problem;
        });
    }

    private boolean isStale(StoredRecord begun, StoredRecord account) {
        return Belongings.isOf(account, begun) && expired(begun, account);
    }

    private Optional<Problem> problem(Optional<StoredRecord> begun, StoredRecord account, SignInMethod method) {
        if (begun.isEmpty()) return Optional.of(invalid());
        StoredRecord found = begun.get();
        if (!Belongings.isOf(account, found)) {
            return Optional.of(Problem.Invalid.of("mfa_session_of_another", "Invalid MFA session."));
        }
        if (expired(found, account)) return Optional.of(invalid());
        if (found.text("method").equals(method.wireName())) {
            return Optional.of(
                    Problem.Invalid.of("mfa_method_repeated", "A different authentication method is required."));
        }
        return Optional.empty();
    }

    private static Problem invalid() {
        return Problem.Invalid.of("mfa_session_invalid", "Invalid or expired MFA session.");
    }

    private boolean expired(StoredRecord begun, StoredRecord account) {
        Duration lifetime = Duration.ofSeconds(
                account.collection().auth().orElseThrow().mfa().durationSeconds());
        return isOver(begun, lifetime, clock.instant());
    }

    static boolean isOver(StoredRecord record, Duration lifetime, Instant now) {
        return record.text("created").compareTo(DateText.of(now.minus(lifetime))) <= 0;
    }

    /// A digest in the form of record ids.
    private static String id(String ticket) {
        String letters = new BigInteger(1, Digests.of(ticket)).toString(Character.MAX_RADIX);
        return "0".repeat(Math.max(0, ID_LENGTH - letters.length()))
                + letters.substring(Math.max(0, letters.length() - ID_LENGTH));
    }
}
