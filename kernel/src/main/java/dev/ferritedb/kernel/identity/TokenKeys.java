package dev.ferritedb.kernel.identity;

import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.AuthOptions.TokenOptions;

/// What tokens are signed with: the account's own key and its collection's secret for that kind, so that changing
/// either ends them. Source: the wire contract, section 2.
public final class TokenKeys {
    private TokenKeys() {}

    public static String of(StoredRecord account, TokenKind kind) {
        return account.text("tokenKey") + options(account, kind).secret();
    }

    /// @throws IllegalArgumentException when the record is no account
    public static TokenOptions options(StoredRecord account, TokenKind kind) {
        AuthOptions.Tokens tokens = account.collection()
                .auth()
                .orElseThrow(() -> new IllegalArgumentException(account + " is no account"))
                .tokens();
        return switch (kind) {
            case AUTH, ACCESS -> tokens.auth();
            case FILE -> tokens.file();
            case VERIFICATION -> tokens.verification();
            case PASSWORD_RESET -> tokens.passwordReset();
            case EMAIL_CHANGE -> tokens.emailChange();
        };
    }
}
