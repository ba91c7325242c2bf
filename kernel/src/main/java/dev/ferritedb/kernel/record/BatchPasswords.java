package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The password work of a batch, kept out of its transaction. What is not known yet when it is asked for gets a
/// stand-in and is noted, to be computed by [#catchUp] once the transaction is undone. So only what a rule has let
/// through is ever hashed, and no other write waits for it.
final class BatchPasswords {
    private static final String STAND_IN = "-";

    private final PasswordHasher passwords;
    private final Map<NewPassword, String> hashes = new HashMap<>();
    private final Map<Claim, Boolean> verified = new HashMap<>();
    private final Set<NewPassword> toHash = new LinkedHashSet<>();
    private final Set<Claim> toVerify = new LinkedHashSet<>();
    private boolean verifiedBlindly;

    BatchPasswords(PasswordHasher passwords) {
        this.passwords = passwords;
    }

    /// @param index of the request that sets it: equal passwords of two accounts share no hash
    private record NewPassword(int index, String field, String plain) {
        @Override
        public String toString() {
            return "NewPassword[" + index + ", " + field + "]";
        }
    }

    private record Claim(String plain, String hash) {
        @Override
        public String toString() {
            return "Claim";
        }
    }

    /// What the request at `index` is given.
    PasswordWork of(int index) {
        return new PasswordWork() {
            @Override
            public Map<String, Value> hashes(RecordDraft draft) {
                var known = new LinkedHashMap<String, Value>();
                draft.newPasswords()
                        .forEach((field, plain) -> known.put(field, hash(new NewPassword(index, field, plain))));
                return known;
            }

            @Override
            public boolean verify(String password, String hash) {
                return BatchPasswords.this.verify(new Claim(password, hash));
            }
        };
    }

    private Value hash(NewPassword password) {
        Optional<String> hash = Optional.ofNullable(hashes.get(password));
        if (hash.isEmpty()) toHash.add(password);
        return Value.text(hash.orElse(STAND_IN));
    }

    private boolean verify(Claim claim) {
        if (claim.hash.equals(STAND_IN)) {
            verifiedBlindly = true;
            return true;
        }
        Optional<Boolean> known = Optional.ofNullable(verified.get(claim));
        if (known.isEmpty()) toVerify.add(claim);
        return known.orElse(true);
    }

    /// Whether a batch that went through did so with stand-ins.
    boolean stoodIn() {
        return !toHash.isEmpty() || supposed();
    }

    /// Whether a refusal may come too late: a password that was taken for right may be wrong.
    boolean supposed() {
        return !toVerify.isEmpty() || verifiedBlindly;
    }

    /// Computes what was noted.
    void catchUp() {
        for (Claim claim : toVerify) verified.put(claim, passwords.verify(claim.plain, claim.hash));
        for (NewPassword password : toHash) {
            String hash = passwords.hash(password.plain);
            hashes.put(password, hash);
            verified.put(new Claim(password.plain, hash), true);
        }
        toVerify.clear();
        toHash.clear();
        verifiedBlindly = false;
    }
}
