package dev.ferritedb.ports.identity;

import java.util.Objects;

/// What came of asking a provider.
public sealed interface Identification {
    record Identified(ProviderUser user) implements Identification {
        public Identified {
            Objects.requireNonNull(user);
        }
    }

    /// `reason` is for the log: it names no secret, but is not for whoever asked.
    record NotIdentified(Step failed, String reason) implements Identification {
        public NotIdentified {
            Objects.requireNonNull(failed);
            Objects.requireNonNull(reason);
        }
    }

    enum Step {
        /// The code could not be turned into a token.
        TOKEN,
        /// The token did not tell who it is, or not in a way that can be trusted.
        USER
    }
}
