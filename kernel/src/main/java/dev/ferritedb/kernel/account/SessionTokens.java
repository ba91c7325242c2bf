package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Authenticator;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.kernel.identity.TokenKeys;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Makes and reads the tokens of sessions. A refresh token is sealed text that only this server can make, so that
/// one it made before is told from one that somebody made up; what it is good for is for its session to say.
final class SessionTokens {
    private static final String REFRESH = "refresh token";

    private final TokenCodec tokens;
    private final InstantSource clock;
    private final SessionPolicy policy;

    SessionTokens(TokenCodec tokens, InstantSource clock, SessionPolicy policy) {
        this.tokens = tokens;
        this.clock = clock;
        this.policy = policy;
    }

    /// @param generation how many refresh tokens of the session there were before
    record Refresh(String sessionId, long generation) {}

    String access(StoredRecord account, StoredRecord session) {
        var claims = new TokenClaims(
                TokenKind.ACCESS,
                account.id(),
                account.collection().id(),
                clock.instant().plus(policy.accessLifetime()),
                Map.of(Authenticator.SESSION_CLAIM, Value.text(session.id())));
        return tokens.sign(claims, TokenKeys.of(account, TokenKind.ACCESS) + policy.secret());
    }

    String refresh(Refresh refresh) {
        return tokens.seal(refresh.generation + ":" + refresh.sessionId, REFRESH, policy.secret());
    }

    /// @return empty when this server did not make `token`
    Optional<Refresh> read(String token) {
        return tokens.unseal(token, REFRESH, policy.secret()).map(text -> {
            int colon = text.indexOf(':');
            return new Refresh(text.substring(colon + 1), Long.parseLong(text.substring(0, colon)));
        });
    }
}
