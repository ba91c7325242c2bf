package dev.ferritedb.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which pages of other sites may read our answers. No credentials: the API knows no cookies.
final class Cors {
    private static final int REQUESTED_HEADERS_MAX = 1024;
    private static final String METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE";
    private static final String EXPOSED = "Access-Control-Expose-Headers: ETag\r\n";

    private final boolean everyone;
    private final Set<String> origins;

    Cors(List<String> origins) {
        this.everyone = origins.contains("*");
        this.origins = Set.copyOf(origins);
    }

    /// Header lines for the answer to a request from `origin`.
    String headers(Optional<String> origin) {
        if (everyone) return "Access-Control-Allow-Origin: *\r\n" + EXPOSED + "Vary: Origin\r\n";
        if (origins.isEmpty()) return "";
        if (origin.isEmpty() || !origins.contains(origin.get())) return "Vary: Origin\r\n";
        return "Access-Control-Allow-Origin: " + origin.get() + "\r\n" + EXPOSED + "Vary: Origin\r\n";
    }

    /// Whether a page of `origin` may hold a connection to this `host`; what is no page may.
    boolean allows(Optional<String> origin, Optional<String> host) {
        if (everyone || origin.isEmpty() || origins.contains(origin.get())) return true;
        return host.filter(own ->
                        origin.get().equals("http://" + own) || origin.get().equals("https://" + own))
                .isPresent();
    }

    /// Header lines for the answer to a preflight, besides [#headers].
    String preflightHeaders(Optional<String> origin, Optional<String> requestedHeaders) {
        if (!everyone && (origin.isEmpty() || !origins.contains(origin.get()))) return "";
        String methods = "Access-Control-Allow-Methods: " + METHODS + "\r\nAccess-Control-Max-Age: 600\r\n";
        return requestedHeaders
                .filter(Cors::isHeaderList)
                .map(list -> methods + "Access-Control-Allow-Headers: " + list + "\r\n")
                .orElse(methods);
    }

    private static boolean isHeaderList(String text) {
        return !text.isBlank() && text.length() <= REQUESTED_HEADERS_MAX && Letters.only(text, "-_, ");
    }
}
