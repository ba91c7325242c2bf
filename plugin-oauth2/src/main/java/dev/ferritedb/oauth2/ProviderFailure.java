package dev.ferritedb.oauth2;

import dev.ferritedb.ports.identity.Identification.NotIdentified;
import dev.ferritedb.ports.identity.Identification.Step;

/// Why somebody could not be identified; the message is for the log and holds no secret.
final class ProviderFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final Step step;

    ProviderFailure(Step step, String reason) {
        super(reason, null, false, false);
        this.step = step;
    }

    NotIdentified outcome() {
        return new NotIdentified(step, String.valueOf(getMessage()));
    }
}
