package dev.ferritedb.http;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// How the server listens and what it takes.
///
/// @param port 0 lets the system choose one
/// @param corsOrigins origins of other sites whose pages may call the API, such as `https://app.example.com`; `*`
/// alone is every site; none keeps it to pages of this server
/// @param requestTimeout how long a request body may keep the server waiting
/// @param requestMaxBytes largest request body, decoded; a record write may add the sizes its collection's fields
/// allow
/// @param drainTimeout how long requests in flight may take to finish when the server closes
/// @param trustedProxies addresses and networks whose `X-Forwarded-For` is believed
public record HttpSettings(
        String host,
        int port,
        List<String> corsOrigins,
        Duration requestTimeout,
        long requestMaxBytes,
        boolean adminEnabled,
        Duration drainTimeout,
        List<String> trustedProxies) {
    public static final String HOST_DEFAULT = "127.0.0.1";
    public static final int PORT_DEFAULT = 8090;
    public static final Duration REQUEST_TIMEOUT_DEFAULT = Duration.ofSeconds(30);
    public static final long REQUEST_MAX_BYTES_DEFAULT = 10L << 20;
    public static final Duration DRAIN_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    public HttpSettings {
        Objects.requireNonNull(host);
        corsOrigins = List.copyOf(corsOrigins);
        Objects.requireNonNull(requestTimeout);
        Objects.requireNonNull(drainTimeout);
        trustedProxies = List.copyOf(trustedProxies);
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("not a port: " + port);
        if (requestMaxBytes < 1) throw new IllegalArgumentException("not a size: " + requestMaxBytes);
    }

    /// Without proxies.
    public HttpSettings(
            String host,
            int port,
            List<String> corsOrigins,
            Duration requestTimeout,
            long requestMaxBytes,
            boolean adminEnabled,
            Duration drainTimeout) {
        this(host, port, corsOrigins, requestTimeout, requestMaxBytes, adminEnabled, drainTimeout, List.of());
    }

    /// Whether `text` names one proxy, or a network of them such as `10.0.0.0/8`.
    public static boolean isProxy(String text) {
        return ClientAddress.isAddressOrNetwork(text);
    }

    public HttpSettings behind(String... proxies) {
        return new HttpSettings(
                host, port, corsOrigins, requestTimeout, requestMaxBytes, adminEnabled, drainTimeout, List.of(proxies));
    }

    /// The defaults, on this machine only.
    public static HttpSettings local(int port) {
        return new HttpSettings(
                HOST_DEFAULT,
                port,
                List.of(),
                REQUEST_TIMEOUT_DEFAULT,
                REQUEST_MAX_BYTES_DEFAULT,
                true,
                DRAIN_TIMEOUT_DEFAULT);
    }
}
