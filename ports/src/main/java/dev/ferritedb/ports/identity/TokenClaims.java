package dev.ferritedb.ports.identity;

import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/// What a token says: of which kind it is, whom it stands for, until when; `more` holds claims of that kind.
public record TokenClaims(
        TokenKind kind, String recordId, String collectionId, Instant expiresAt, Map<String, Value> more) {
    public TokenClaims {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(recordId);
        Objects.requireNonNull(collectionId);
        Objects.requireNonNull(expiresAt);
        more = Map.copyOf(more);
    }

    public enum TokenKind {
        AUTH("auth"),
        /// Good as long as the session that it names, and never for another token.
        ACCESS("access"),
        FILE("file"),
        VERIFICATION("verification"),
        PASSWORD_RESET("passwordReset"),
        EMAIL_CHANGE("emailChange");

        private final String wireName;

        TokenKind(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
