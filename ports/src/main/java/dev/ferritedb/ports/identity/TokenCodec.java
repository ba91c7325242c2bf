package dev.ferritedb.ports.identity;

import java.util.Optional;

/// Signed tokens: compact JWTs, HS256 alone; and sealed text. `key` is the text whose UTF-8 bytes are the HMAC
/// key, 32 bytes or more.
public interface TokenCodec {
    String sign(TokenClaims claims, String key);

    /// Reads without proof, to learn whose key is needed.
    /// @return empty when `token` is not a well-formed, unexpired HS256 token with a known type, id and
    /// collectionId
    Optional<TokenClaims> peek(String token);

    /// Reads one claim without any proof, of expired tokens too: good only to say what is wrong with a token.
    /// @return empty text when `token` is none or has no such text
    String unprovenText(String token, String claim);

    /// @return whether the signature is right for `key`, compared in constant time
    boolean signedWith(String token, String key);

    /// Encrypts `text`, so that nobody without the key reads it or makes another, into letters that need no
    /// escape in a URL.
    ///
    /// @param context must be the same when it is opened, and is not part of what is sealed
    String seal(String text, String context, String key);

    /// @return empty when `sealed` is not what [#seal] made with this context and key
    Optional<String> unseal(String sealed, String context, String key);
}
