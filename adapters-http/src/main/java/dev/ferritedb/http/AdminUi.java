package dev.ferritedb.http;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The admin UI: files of the class path below [#FOLDER], with compressed copies beside them (`.br`, `.gz`).
/// Its pages live behind `#`, so there is one page to serve. Without its JAR the paths are unknown ones.
final class AdminUi {
    private static final String FOLDER = "META-INF/ferritedb/admin/";
    private static final String INDEX = "index.html";
    /// Files there have a hash of their content in their names.
    private static final String HASHED = "assets/";

    private static final int PATH_MAX_CHARACTERS = 256;
    /// What the UI needs: see its README.
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private record Variant(String path, String encoding) {}

    private record Asset(byte[] content, String etag) {}

    private final ClassLoader resources = AdminUi.class.getClassLoader();
    private final Map<Variant, Asset> loaded = new ConcurrentHashMap<>();

    void addTo(RouteTable routes) {
        routes.add("GET", "/admin", AdminUi::redirect)
                .add("GET", "/_", AdminUi::redirect)
                .add("GET", "/_/{path...}", AdminUi::redirect)
                .add("GET", "/admin/{path...}", this::serve);
    }

    boolean isThere() {
        return resources.getResource(FOLDER + INDEX) != null;
    }

    /// The part after `#`, which links in mails use, is kept by browsers.
    private static void redirect(Exchange exchange) {
        exchange.answerHeader("Location", "/admin/");
        exchange.send(307, "", new byte[0]);
    }

    private void serve(Exchange exchange) {
        String path = exchange.part(0);
        if (!path.isEmpty() && !(isPlain(path) && hasExtension(path))) throw notFound();
        String file = path.isEmpty() ? INDEX : path;
        String accepted =
                exchange.header(HeaderNames.ACCEPT_ENCODING).orElse("").toLowerCase(Locale.ROOT);
        Variant variant = variant(file, accepted);
        Asset asset = asset(variant).orElseThrow(AdminUi::notFound);
        exchange.answerHeader("Vary", "Accept-Encoding");
        exchange.answerHeader(
                "Cache-Control", file.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
        exchange.answerHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        exchange.answerHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (exchange.header(HeaderNames.IF_NONE_MATCH)
                .filter(asset.etag::equals)
                .isPresent()) {
            exchange.answerUnchanged(asset.etag);
            return;
        }
        exchange.answerHeader("ETag", asset.etag);
        if (!variant.encoding.isEmpty()) exchange.answerHeader("Content-Encoding", variant.encoding);
        exchange.send(200, mediaType(file), asset.content);
    }

    private static Refusal notFound() {
        return new Refusal(new Problem.NotFound("route_not_found", Problem.WHAT_IS_MISSING));
    }

    /// Names of our own build hold nothing else, so nothing else is asked of the class path.
    private static boolean isPlain(String path) {
        return path.length() <= PATH_MAX_CHARACTERS
                && !path.contains("..")
                && !path.contains("//")
                && Letters.only(path, "-_./");
    }

    /// A folder has none, and the class path may answer it with a list of its files.
    private static boolean hasExtension(String path) {
        return path.indexOf('.', path.lastIndexOf('/') + 1) >= 0;
    }

    private Variant variant(String file, String accepted) {
        for (String encoding : new String[] {"br", "gzip"}) {
            var variant = new Variant(file, encoding);
            if (accepts(accepted, encoding) && asset(variant).isPresent()) return variant;
        }
        return new Variant(file, "");
    }

    private static boolean accepts(String accepted, String encoding) {
        for (String item : accepted.split(",", 32)) {
            String[] parts = item.strip().split(";", 2);
            if (parts[0].strip().equals(encoding)) {
                return parts.length == 1 || !parts[1].replace(" ", "").startsWith("q=0") || parts[1].contains("q=0.");
            }
        }
        return false;
    }

    private Optional<Asset> asset(Variant variant) {
        Asset known = loaded.get(variant);
        if (known != null) return Optional.of(known);
        String suffix = switch (variant.encoding) {
            case "br" -> ".br";
            case "gzip" -> ".gz";
            default -> "";
        };
        try (InputStream in = resources.getResourceAsStream(FOLDER + variant.path + suffix)) {
            if (in == null) return Optional.empty();
            byte[] content = in.readAllBytes();
            var asset = new Asset(content, etag(content));
            loaded.put(variant, asset);
            return Optional.of(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String etag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, 12)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mediaType(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "ico" -> "image/x-icon";
            case "webp" -> "image/webp";
            case "woff2" -> "font/woff2";
            case "json", "map" -> "application/json";
            case "webmanifest" -> "application/manifest+json";
            case "txt" -> "text/plain; charset=utf-8";
            default -> "application/octet-stream";
        };
    }
}
