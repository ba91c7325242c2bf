package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Authenticator;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.kernel.identity.TokenKeys;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes and reads the tokens of sessions. A refresh token holds the session's id and 256 random bits, of which
/// the session keeps the hash alone. It is sealed text that only this server can make, so that one it made before
/// is told from one that somebody made up though nothing is kept of it.
final class SessionTokens {
    private static final String REFRESH = "refresh token";
    private static final int SECRET_BYTES = 32;
    private static final int REFRESH_MAX_CHARACTERS = 512;
    private static final char SEPARATOR = '.';
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final RandomGenerator random;

    SessionTokens(TokenCodec tokens, SessionPolicy policy, RandomGenerator random) {
        this.random = random;
        this.tokens = tokens;
        this.policy = policy;
    }

    /// @param secret the random bits
    record Refresh(String sessionId, String secret) {
        boolean hasHash(String hash) {
            return MessageDigest.isEqual(
                    SessionTokens.hash(secret).getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Refresh[" + sessionId + "]";
        }
    }

    /// SHA-256: there are more bits than anyone can try.
    static String hash(String secret) {
        return Digests.base64Url(secret);
    }

    String newSecret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }

    String access(StoredRecord account, StoredRecord session, Instant expiry) {
        var claims = new TokenClaims(
                TokenKind.ACCESS,
                account.id(),
                account.collection().id(),
                expiry,
                Map.of(Authenticator.SESSION_CLAIM, Value.text(session.id())));
        return tokens.sign(claims, TokenKeys.of(account, TokenKind.ACCESS) + policy.secret());
    }

    /// When an access token given `now` expires, in a session that ends for good at `ends`.
    Instant accessExpiry(Instant now, Instant ends) {
        Instant usual = now.plus(policy.accessLifetime());
        return ends.isBefore(usual) ? ends : usual;
    }

    String refresh(Refresh refresh) {
        return tokens.seal(refresh.sessionId + SEPARATOR + refresh.secret, REFRESH, policy.secret());
    }

    /// @return empty when this server did not make `token`
    Optional<Refresh> read(String token) {
        if (token.length() > REFRESH_MAX_CHARACTERS) return Optional.empty();
        return tokens.unseal(token, REFRESH, policy.secret()).map(text -> {
            int separator = text.indexOf(SEPARATOR);
            return new Refresh(text.substring(0, separator), text.substring(separator + 1));
        });
    }

    /// The secret that came for `used`, sealed for who has that token and knows what its use was called.
    String sealedSuccessor(String secret, Refresh used, String attempt) {
        return attempt.isEmpty() ? "" : tokens.seal(secret, used.sessionId, used.secret + attempt);
    }

    /// @return empty when the use was called otherwise, or nothing at all
    Optional<String> successor(String sealed, Refresh used, String attempt) {
        if (sealed.isEmpty() || attempt.isEmpty()) return Optional.empty();
        return tokens.unseal(sealed, used.sessionId, used.secret + attempt);
    }

    /// The session that an access token is of; empty for any other.
    String sessionOf(String accessToken) {
        return tokens.peek(accessToken).map(Authenticator::session).orElse("");
    }
}
