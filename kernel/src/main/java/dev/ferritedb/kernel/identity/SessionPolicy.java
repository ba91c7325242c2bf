package dev.ferritedb.kernel.identity;

import java.time.Duration;
import java.util.Objects;

/// What the operator decides about sessions of `/api/auth`.
///
/// @param accessLifetime how long an access token is good
/// @param refreshLifetime how long a session lives on that nobody refreshes
/// @param absoluteLifetime how long after its beginning a session ends for good, however often it is refreshed
/// @param secret signs their tokens: whoever has another one ends all sessions. Empty stands for one that this
/// process makes up and forgets
public record SessionPolicy(
        Duration accessLifetime, Duration refreshLifetime, Duration absoluteLifetime, String secret) {
    public static final Duration ACCESS_LIFETIME_DEFAULT = Duration.ofMinutes(15);
    public static final Duration REFRESH_LIFETIME_DEFAULT = Duration.ofDays(30);
    public static final int SECRET_MIN_CHARACTERS = 32;

    /// So many times longer than one that nobody refreshes a session lasts at the most, unless it is said
    /// otherwise.
    public static final int LIFETIME_FACTOR = 3;

    public static final SessionPolicy DEFAULT = new SessionPolicy(
            ACCESS_LIFETIME_DEFAULT,
            REFRESH_LIFETIME_DEFAULT,
            REFRESH_LIFETIME_DEFAULT.multipliedBy(LIFETIME_FACTOR),
            "");

    public SessionPolicy {
        Objects.requireNonNull(secret);
        if (accessLifetime.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("not a lifetime: " + accessLifetime);
        }
        if (refreshLifetime.compareTo(accessLifetime) < 0) {
            throw new IllegalArgumentException("a session ends before its access token: " + refreshLifetime);
        }
        if (absoluteLifetime.compareTo(refreshLifetime) < 0) {
            throw new IllegalArgumentException("a session ends before it could be refreshed: " + absoluteLifetime);
        }
        if (!secret.isEmpty() && secret.length() < SECRET_MIN_CHARACTERS) {
            throw new IllegalArgumentException("a secret has " + SECRET_MIN_CHARACTERS + " characters or more");
        }
    }

    public SessionPolicy withSecret(String newSecret) {
        return new SessionPolicy(accessLifetime, refreshLifetime, absoluteLifetime, newSecret);
    }

    @Override
    public String toString() {
        return "SessionPolicy[" + accessLifetime + ", " + refreshLifetime + ", " + absoluteLifetime + "]";
    }
}
