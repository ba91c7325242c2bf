package dev.ferritedb.ports.schema;

import java.util.Objects;
import java.util.Optional;

/// Who may do a thing, as written by the collection's designer.
public sealed interface AccessRule {

    /// Superusers only: `null` on the wire.
    enum Locked implements AccessRule {
        LOCKED
    }

    /// Everyone, guests too: the empty text on the wire.
    enum Open implements AccessRule {
        OPEN
    }

    /// Whoever satisfies `expression`, text of the rule language.
    record When(String expression) implements AccessRule {
        public When {
            if (Objects.requireNonNull(expression).isBlank())
                throw new IllegalArgumentException("an empty rule is Open");
        }
    }

    Locked LOCKED = Locked.LOCKED;
    Open OPEN = Open.OPEN;

    static AccessRule of(String text) {
        return text.isBlank() ? OPEN : new When(text.strip());
    }

    /// @return the rule's wire form; empty stands for `null`
    default Optional<String> text() {
        return switch (this) {
            case Locked _ -> Optional.empty();
            case Open _ -> Optional.of("");
            case When when -> Optional.of(when.expression);
        };
    }
}
