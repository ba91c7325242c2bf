package dev.ferritedb.kernel.identity;

import dev.ferritedb.ports.record.StoredRecord;
import java.util.Objects;
import java.util.Optional;

/// Who asks. A credential that is missing or fails makes a guest, and never anything more.
public sealed interface Caller {

    enum Guest implements Caller {
        GUEST
    }

    /// A record of an auth collection.
    record Member(StoredRecord account) implements Caller {
        public Member {
            Objects.requireNonNull(account);
        }
    }

    /// A record of `_superusers`.
    record Superuser(StoredRecord account) implements Caller {
        public Superuser {
            Objects.requireNonNull(account);
        }
    }

    /// The operator at the shell of this machine, or code of this process: every right, no account.
    enum Operator implements Caller {
        OPERATOR
    }

    /// The collection whose records are superusers.
    String SUPERUSERS = "_superusers";

    Guest GUEST = Guest.GUEST;
    Operator OPERATOR = Operator.OPERATOR;

    /// Whoever is signed in with that account, which a record of an auth collection is.
    static Caller of(StoredRecord account) {
        return account.collection().name().equals(SUPERUSERS) ? new Superuser(account) : new Member(account);
    }

    /// @return whether rules are passed over for this caller
    default boolean isSuperuser() {
        return switch (this) {
            case Guest _, Member _ -> false;
            case Superuser _, Operator _ -> true;
        };
    }

    /// @return the record that signed in, empty for a guest and for the operator
    default Optional<StoredRecord> signedIn() {
        return switch (this) {
            case Guest _, Operator _ -> Optional.empty();
            case Member member -> Optional.of(member.account);
            case Superuser superuser -> Optional.of(superuser.account);
        };
    }
}
