package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.value.Value;
import java.util.Map;

/// Where a write gets what is slow to compute about passwords.
interface PasswordWork {
    /// @return the hash of each new password of the draft, by field
    Map<String, Value> hashes(RecordDraft draft);

    boolean verify(String password, String hash);

    /// @param hashes as computed before the transaction
    static PasswordWork at(PasswordHasher passwords, Map<String, Value> hashes) {
        return new PasswordWork() {
            @Override
            public Map<String, Value> hashes(RecordDraft draft) {
                return hashes;
            }

            @Override
            public boolean verify(String password, String hash) {
                return passwords.verify(password, hash);
            }
        };
    }
}
