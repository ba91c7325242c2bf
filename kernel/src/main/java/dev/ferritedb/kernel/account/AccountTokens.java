package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.TokenKeys;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Issues the tokens of accounts. Source: the wire contract, section 2.
final class AccountTokens {
    private final TokenCodec tokens;
    private final InstantSource clock;

    AccountTokens(TokenCodec tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /// An auth token that lives as long as the collection says, and can be refreshed.
    String auth(StoredRecord account) {
        return auth(account, lifetime(account, TokenKind.AUTH), true);
    }

    String auth(StoredRecord account, Duration lifetime, boolean refreshable) {
        return token(account, TokenKind.AUTH, lifetime, Map.of("refreshable", Value.truth(refreshable)));
    }

    /// A token of `kind` that lives as long as the collection says.
    String token(StoredRecord account, TokenKind kind, Map<String, Value> more) {
        return token(account, kind, lifetime(account, kind), more);
    }

    private String token(StoredRecord account, TokenKind kind, Duration lifetime, Map<String, Value> more) {
        var claims = new TokenClaims(
                kind, account.id(), account.collection().id(), clock.instant().plus(lifetime), more);
        return tokens.sign(claims, TokenKeys.of(account, kind));
    }

    static Duration lifetime(StoredRecord account, TokenKind kind) {
        return Duration.ofSeconds(TokenKeys.options(account, kind).durationSeconds());
    }
}
