package dev.ferritedb.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Compact JWTs with HS256 and no other algorithm. What a token's header says about keys is never followed.
public final class NimbusTokenCodec implements TokenCodec {
    /// Real tokens have a few hundred characters.
    public static final int TOKEN_MAX_CHARACTERS = 8 * 1024;

    public static final int KEY_MIN_BYTES = 32;

    /// How far the clock of a signer may be ahead. Expiry has no leeway.
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    private static final String OUR_HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final JWSHeader HS256 = new JWSHeader(JWSAlgorithm.HS256);

    private final InstantSource clock;

    public NimbusTokenCodec(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public String sign(TokenClaims claims, String key) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        if (keyBytes.length < KEY_MIN_BYTES) {
            throw new IllegalArgumentException("a token key has " + KEY_MIN_BYTES + " bytes or more");
        }
        var payload = new LinkedHashMap<String, Object>();
        payload.put("type", claims.kind().wireName());
        payload.put("id", claims.recordId());
        payload.put("collectionId", claims.collectionId());
        payload.put("exp", claims.expiresAt().getEpochSecond());
        new TreeMap<>(claims.more()).forEach((name, value) -> {
            if (payload.containsKey(name)) throw new IllegalArgumentException("a claim with the name of a fixed one");
            payload.put(name, ClaimValues.toNimbus(value));
        });
        String signed = OUR_HEADER + "." + encoded(JSONObjectUtils.toJSONString(payload));
        String token = signed + "." + signature(signed, keyBytes);
        if (token.length() > TOKEN_MAX_CHARACTERS) throw new IllegalArgumentException("too many claims for a token");
        return token;
    }

    @Override
    public String seal(String text, String context, String key) {
        return SealedText.seal(text, context, key);
    }

    @Override
    public Optional<String> unseal(String sealed, String context, String key) {
        return SealedText.unseal(sealed, context, key);
    }

    @Override
    public Optional<TokenClaims> peek(String token) {
        if (token.length() > TOKEN_MAX_CHARACTERS) return Optional.empty();
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0 || second == token.length() - 1) {
            return Optional.empty();
        }
        try {
            if (!isHs256(token.substring(0, first))) return Optional.empty();
            return claims(json(token.substring(first + 1, second)));
        } catch (ParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String unprovenText(String token, String claim) {
        if (token.length() > TOKEN_MAX_CHARACTERS) return "";
        String[] parts = token.split("\\.", 4);
        try {
            return parts.length == 3 && json(parts[1]).get(claim) instanceof String text ? text : "";
        } catch (ParseException | IllegalArgumentException malformed) {
            return "";
        }
    }

    @Override
    public boolean signedWith(String token, String key) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        int end = token.lastIndexOf('.');
        if (keyBytes.length < KEY_MIN_BYTES || end < 0 || token.length() > TOKEN_MAX_CHARACTERS) return false;
        byte[] right = signature(token.substring(0, end), keyBytes).getBytes(StandardCharsets.US_ASCII);
        byte[] given = token.substring(end + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(right, given);
    }

    private static boolean isHs256(String header) throws ParseException {
        if (header.equals(OUR_HEADER)) return true;
        Map<String, Object> members = json(header);
        Object type = members.getOrDefault("typ", "JWT");
        return "HS256".equals(members.get("alg"))
                && type instanceof String text
                && text.equalsIgnoreCase("JWT")
                && !members.containsKey("crit")
                && !members.containsKey("b64")
                && !members.containsKey("zip");
    }

    private Optional<TokenClaims> claims(Map<String, Object> payload) {
        Optional<TokenKind> kind = kind(payload.remove("type"));
        if (kind.isEmpty()
                || !(payload.remove("id") instanceof String recordId)
                || !(payload.remove("collectionId") instanceof String collectionId)
                || recordId.isEmpty()
                || collectionId.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<Instant> expiry = time(payload.remove("exp"));
        if (expiry.isEmpty() || !now.isBefore(expiry.get())) return Optional.empty();
        for (String start : List.of("nbf", "iat")) {
            if (!payload.containsKey(start)) continue;
            Optional<Instant> from = time(payload.remove(start));
            if (from.isEmpty() || now.plus(LEEWAY).isBefore(from.get())) return Optional.empty();
        }
        var more = new HashMap<String, Value>();
        payload.forEach((name, value) -> more.put(name, ClaimValues.fromNimbus(value, 1)));
        return Optional.of(new TokenClaims(kind.get(), recordId, collectionId, expiry.get(), more));
    }

    private static Optional<TokenKind> kind(Object type) {
        for (TokenKind kind : TokenKind.values()) {
            if (kind.wireName().equals(type)) return Optional.of(kind);
        }
        return Optional.empty();
    }

    /// Whole seconds since 1970; a fraction is cut off.
    private static Optional<Instant> time(Object seconds) {
        if (!(seconds instanceof Number number)) return Optional.empty();
        double value = number.doubleValue();
        if (!(value >= 0 && value < 1e11)) return Optional.empty();
        return Optional.of(Instant.ofEpochSecond(number.longValue()));
    }

    private static Map<String, Object> json(String base64) throws ParseException {
        byte[] bytes = Base64.getUrlDecoder().decode(base64);
        Map<String, Object> object =
                JSONObjectUtils.parse(new String(bytes, StandardCharsets.UTF_8), TOKEN_MAX_CHARACTERS);
        if (object == null) throw new ParseException("JSON's null is no object", 0);
        return object;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String signed, byte[] key) {
        try {
            return new MACSigner(key)
                    .sign(HS256, signed.getBytes(StandardCharsets.UTF_8))
                    .toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 is missing", e);
        }
    }
}
