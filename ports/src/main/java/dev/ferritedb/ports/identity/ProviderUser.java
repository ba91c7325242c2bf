package dev.ferritedb.ports.identity;

import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.util.Objects;

/// Who signed in at a provider. Text is empty where the provider says nothing.
///
/// @param id the provider's own name for the account, which never changes and is given to nobody else; not empty
/// @param raw all that the provider told
/// @param expiresAt when the access token ends, [Instant#MAX] when the provider doesn't say
public record ProviderUser(
        String id,
        String name,
        String username,
        String email,
        EmailStanding emailStanding,
        String avatarUrl,
        Value.Members raw,
        String accessToken,
        String refreshToken,
        Instant expiresAt) {
    public ProviderUser {
        if (id.isEmpty()) throw new IllegalArgumentException("a provider's user has an id");
        Objects.requireNonNull(name);
        Objects.requireNonNull(username);
        Objects.requireNonNull(email);
        Objects.requireNonNull(emailStanding);
        Objects.requireNonNull(avatarUrl);
        Objects.requireNonNull(raw);
        Objects.requireNonNull(accessToken);
        Objects.requireNonNull(refreshToken);
        Objects.requireNonNull(expiresAt);
    }

    /// Whether the provider has seen proof that the e-mail is the user's. Only a clear yes is one.
    public enum EmailStanding {
        VERIFIED,
        UNVERIFIED,
        UNKNOWN
    }

    /// Whether `address` is this user's, beyond doubt.
    public boolean provesEmail(String address) {
        return emailStanding == EmailStanding.VERIFIED && !email.isEmpty() && email.equalsIgnoreCase(address);
    }

    public ProviderUser withName(String newName) {
        return new ProviderUser(
                id, newName, username, email, emailStanding, avatarUrl, raw, accessToken, refreshToken, expiresAt);
    }

    @Override
    public String toString() {
        return "ProviderUser[" + id + "]";
    }
}
