package dev.ferritedb.http;

import dev.ferritedb.kernel.identity.Authenticator;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.settings.SettingsService;
import io.helidon.http.HeaderNames;

/// Tells who sent a request: the token is the `Authorization` header, with or without `Bearer`.
final class Authentication {
    /// Longer than any token we issue; not worth looking at.
    private static final int TOKEN_MAX_CHARACTERS = 8 * 1024;

    private static final String SCHEME = "bearer ";

    private final Authenticator authenticator;
    private final SettingsService settings;

    Authentication(Authenticator authenticator, SettingsService settings) {
        this.authenticator = authenticator;
        this.settings = settings;
    }

    Caller callerOf(Exchange exchange) {
        String token = token(exchange);
        return token.isEmpty() || token.length() > TOKEN_MAX_CHARACTERS ? Caller.GUEST : authenticator.callerOf(token);
    }

    /// Refuses superusers that come from an address they may not come from, whatever they ask for.
    void demandListed(Exchange exchange) {
        if (settings.hasSuperuserAddresses()) settings.demandListed(exchange.caller(), exchange.remoteAddress());
    }

    static String token(Exchange exchange) {
        String value = exchange.header(HeaderNames.AUTHORIZATION).orElse("").strip();
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? value.substring(SCHEME.length()).strip()
                : value;
    }
}
