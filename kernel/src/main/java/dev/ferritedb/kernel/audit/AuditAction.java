package dev.ferritedb.kernel.audit;

import java.util.Locale;
import java.util.Optional;

/// What the audit log speaks of. The wire names are these names in lower case: they are kept for years, so that
/// none may change.
public enum AuditAction {
    LOGIN,
    LOGOUT,
    REGISTRATION,
    TOKEN_REFRESH,
    /// A refresh token came a second time: its family is dead.
    TOKEN_REUSE,
    PASSWORD_CHANGE,
    EMAIL_CHANGE,
    ROLE_CHANGE,

    VERIFICATION_REQUEST,
    VERIFICATION,
    PASSWORD_RESET_REQUEST,
    PASSWORD_RESET,
    EMAIL_CHANGE_REQUEST,
    OTP_REQUEST,
    /// A first factor was right, a second one is due.
    MFA_CHALLENGE,
    OAUTH2_LINK,
    OAUTH2_UNLINK,
    IMPERSONATE,

    COLLECTION_CREATE,
    COLLECTION_UPDATE,
    COLLECTION_DELETE,
    FIELD_CREATE,
    FIELD_UPDATE,
    FIELD_DELETE,
    RECORD_CREATE,
    RECORD_UPDATE,
    RECORD_DELETE,
    /// A user is a record of an auth collection.
    USER_CREATE,
    USER_UPDATE,
    USER_DELETE,
    FILE_CREATE,
    FILE_UPDATE,
    FILE_DELETE,

    SETTINGS_CHANGE,
    MIGRATION,
    START,
    STOP,

    AUTHENTICATION_FAILURE,
    AUTHORIZATION_FAILURE,
    RATE_LIMIT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    public static Optional<AuditAction> of(String wireName) {
        for (AuditAction action : values()) {
            if (action.wireName.equals(wireName)) return Optional.of(action);
        }
        return Optional.empty();
    }
}
