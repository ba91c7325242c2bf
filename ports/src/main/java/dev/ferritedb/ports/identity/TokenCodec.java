package dev.ferritedb.ports.identity;

import java.util.Optional;

/// Signed tokens: compact JWTs, HS256 alone. `key` is the text whose UTF-8 bytes are the HMAC key, 32 bytes or
/// more.
public interface TokenCodec {
    String sign(TokenClaims claims, String key);

    /// Reads without proof, to learn whose key is needed.
    /// @return empty when `token` is not a well-formed, unexpired HS256 token with a known type, id and
    /// collectionId
    Optional<TokenClaims> peek(String token);

    /// @return whether the signature is right for `key`, compared in constant time
    boolean signedWith(String token, String key);
}
