package dev.ferritedb.distribution.configuration;

import dev.ferritedb.kernel.identity.SessionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The settings on the sessions of `/api/auth`.
final class SessionReading {
    private static final int DISTINCT_MIN = 8;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// What samples and guides put where a secret belongs.
    private static final List<String> PLACEHOLDERS = List.of(
            "changeme",
            "change-me",
            "change_me",
            "change this",
            "change-this",
            "your-secret",
            "your_secret",
            "placeholder");

    private static final String EXPECTED = "must be random text of " + SessionPolicy.SECRET_MIN_CHARACTERS
            + " bytes or more, such as `openssl rand -base64 48` prints";

    private SessionReading() {}

    static Configuration.Sessions read(Reader reader) {
        Optional<Secret> secret = reader.secret("auth.jwt_secret");
        boolean strong = secret.isEmpty() || !isWeak(secret.get().value());
        reader.check("auth.jwt_secret", strong, EXPECTED);
        Duration access = reader.duration("auth.token_ttl", SessionPolicy.ACCESS_LIFETIME_DEFAULT, SECOND);
        Duration refresh = reader.duration("auth.refresh_ttl", SessionPolicy.REFRESH_LIFETIME_DEFAULT, access);
        Duration usual = refresh.multipliedBy(SessionPolicy.LIFETIME_FACTOR);
        Duration lifetime = reader.duration("auth.refresh_max_ttl", usual, refresh);
        return new Configuration.Sessions(secret, access, refresh, lifetime);
    }

    static boolean isWeak(String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        return secret.getBytes(StandardCharsets.UTF_8).length < SessionPolicy.SECRET_MIN_CHARACTERS
                || secret.codePoints().distinct().count() < DISTINCT_MIN
                || PLACEHOLDERS.stream().anyMatch(lower::contains);
    }
}
