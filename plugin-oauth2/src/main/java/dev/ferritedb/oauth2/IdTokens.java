package dev.ferritedb.oauth2;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.ferritedb.ports.identity.Identification.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Checks ID tokens. Source: OpenID Connect Core 1.0, section 3.1.3.7.
final class IdTokens {
    private static final Duration KEYS_KEPT = Duration.ofMinutes(10);
    private static final Duration KEYS_KEPT_AT_LEAST = Duration.ofSeconds(10);
    private static final int KEY_SETS_MAX = 100;
    private static final int SKEW_SECONDS = 60;

    /// Signatures that only the provider can make: a shared secret or none at all proves nothing.
    private static final Set<JWSAlgorithm> ALGORITHMS = algorithms();

    private final Outbound outbound;
    private final InstantSource clock;
    private final Map<String, Keys> keys = new ConcurrentHashMap<>();

    IdTokens(Outbound outbound, InstantSource clock) {
        this.outbound = outbound;
        this.clock = clock;
    }

    private record Keys(JWKSet set, Instant readAt) {}

    private static Set<JWSAlgorithm> algorithms() {
        var all = new HashSet<JWSAlgorithm>(JWSAlgorithm.Family.RSA);
        all.addAll(JWSAlgorithm.Family.EC);
        all.remove(JWSAlgorithm.ES256K);
        return Set.copyOf(all);
    }

    /// What an ID token must be like.
    ///
    /// @param jwksUrl empty when the signature can't be checked, and the token says no more than that the answer
    /// is for us
    /// @param nonceRequired whether a token without a nonce is refused; one with another nonce always is
    record Demands(String clientId, List<String> issuers, String jwksUrl, String nonce, boolean nonceRequired) {}

    /// @return its claims
    Told checked(String idToken, Demands demands) throws ProviderFailure {
        try {
            JWT token = JWTParser.parse(idToken);
            if (token instanceof PlainJWT) throw refused("it is not signed");
            JWTClaimsSet claims =
                    demands.jwksUrl.isEmpty() ? token.getJWTClaimsSet() : verified(idToken, demands.jwksUrl);
            if (claims == null) throw refused("it is encrypted");
            new Verifier(demands.clientId).verify(claims, null);
            if (!demands.issuers.isEmpty() && !demands.issuers.contains(claims.getIssuer())) {
                throw refused("its issuer is another");
            }
            demandAuthorizedParty(claims, demands.clientId);
            demandNonce(claims, demands);
            return new Told(Told.members(claims.toJSONObject()));
        } catch (ParseException | BadJOSEException | JOSEException wrong) {
            throw refused(String.valueOf(wrong.getMessage()));
        } catch (IOException unreachable) {
            throw refused("no keys for it: " + unreachable.getMessage());
        }
    }

    private JWTClaimsSet verified(String idToken, String jwksUrl)
            throws IOException, ParseException, BadJOSEException, JOSEException {
        try {
            return processed(idToken, keys(jwksUrl, KEYS_KEPT));
        } catch (BadJWTException wrongClaims) {
            throw wrongClaims;
        } catch (BadJOSEException unknownKey) {
            // The provider may have changed its keys since.
            return processed(idToken, keys(jwksUrl, KEYS_KEPT_AT_LEAST));
        }
    }

    private JWKSet keys(String jwksUrl, Duration kept) throws IOException, ParseException {
        Keys known = keys.get(jwksUrl);
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.readAt.plus(kept))) return known.set;
        Outbound.Answer answer = outbound.send("GET", jwksUrl, Map.of(), new byte[0]);
        if (!answer.succeeded()) throw new IOException("their address answers " + answer.status());
        JWKSet set = JWKSet.parse(answer.body());
        if (keys.size() >= KEY_SETS_MAX) keys.clear();
        keys.put(jwksUrl, new Keys(set, now));
        return set;
    }

    private static JWTClaimsSet processed(String idToken, JWKSet keys)
            throws ParseException, BadJOSEException, JOSEException {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        return processor.process(idToken, null);
    }

    /// With the clock that we were given.
    private final class Verifier extends DefaultJWTClaimsVerifier<SecurityContext> {
        Verifier(String clientId) {
            super(Set.of(clientId), null, Set.of("iss", "sub", "aud", "exp", "iat"), null);
            setMaxClockSkew(SKEW_SECONDS);
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }

    private static void demandAuthorizedParty(JWTClaimsSet claims, String clientId)
            throws ProviderFailure, ParseException {
        String party = claims.getStringClaim("azp");
        boolean several = claims.getAudience().size() > 1;
        if (party == null ? several : !party.equals(clientId)) throw refused("it was made for another client");
    }

    private static void demandNonce(JWTClaimsSet claims, Demands demands) throws ProviderFailure, ParseException {
        String nonce = claims.getStringClaim("nonce");
        if (nonce == null ? demands.nonceRequired : !same(nonce, demands.nonce)) throw refused("its nonce is another");
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static ProviderFailure refused(String reason) {
        return new ProviderFailure(Step.USER, "the ID token is refused: " + reason);
    }
}
