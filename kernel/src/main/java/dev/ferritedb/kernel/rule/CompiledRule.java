package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Condition;
import java.util.Objects;

/// A rule, ready to be asked.
public sealed interface CompiledRule {

    /// Superusers only.
    enum Locked implements CompiledRule {
        LOCKED
    }

    /// Everyone.
    enum Open implements CompiledRule {
        OPEN
    }

    /// Whoever satisfies the condition.
    record When(Condition condition) implements CompiledRule {
        public When {
            Objects.requireNonNull(condition);
        }
    }

    /// The rule no longer makes sense, for the reason given: it denies.
    record Broken(String reason) implements CompiledRule {
        public Broken {
            Objects.requireNonNull(reason);
        }
    }

    Locked LOCKED = Locked.LOCKED;
    Open OPEN = Open.OPEN;

    /// What a record must satisfy for a caller who is no superuser: [Condition.Constant#NEVER] when locked or
    /// broken.
    default Condition condition() {
        return switch (this) {
            case Locked _, Broken _ -> Condition.Constant.NEVER;
            case Open _ -> Condition.Constant.ALWAYS;
            case When when -> when.condition;
        };
    }
}
