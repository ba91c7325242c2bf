package dev.ferritedb.kernel.account;

import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.util.Objects;
import java.util.Optional;

/// What comes of a sign-in that was not refused. Source: the wire contract, sections 8.1 and 10.
public sealed interface SignInOutcome {

    /// @param token an auth token of the account's collection
    /// @param meta what the identity provider told of the account
    record SignedIn(String token, StoredRecord account, Optional<Value.Members> meta) implements SignInOutcome {
        public SignedIn {
            Objects.requireNonNull(token);
            Objects.requireNonNull(account);
            Objects.requireNonNull(meta);
        }

        @Override
        public String toString() {
            return "SignedIn[" + account + "]";
        }
    }

    /// The first of two factors is shown; the second one is to name `mfaId`.
    record SecondFactorDue(String mfaId) implements SignInOutcome {
        public SecondFactorDue {
            Objects.requireNonNull(mfaId);
        }

        @Override
        public String toString() {
            return "SecondFactorDue[]";
        }
    }
}
