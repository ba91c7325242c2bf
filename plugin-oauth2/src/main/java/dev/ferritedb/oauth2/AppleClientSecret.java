package dev.ferritedb.oauth2;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ferritedb.ports.identity.IdentityProvider.ClientKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/// Apple's client secrets: statements of who the client is, signed with the key that Apple gave out. Source:
/// Apple's documentation, "Creating a client secret".
final class AppleClientSecret {
    private AppleClientSecret() {}

    /// @return empty when the key is no private key of the curve P-256
    static Optional<String> sign(ClientKey key, Instant now) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.keyId()).build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(key.teamId())
                .subject(key.clientId())
                .audience("https://appleid.apple.com")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(key.lifetimeSeconds())))
                .build();
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(privateKey(key.privateKey())));
            return Optional.of(jwt.serialize());
        } catch (JOSEException | GeneralSecurityException | ClassCastException | IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static ECPrivateKey privateKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        byte[] encoded = Base64.getDecoder().decode(base64);
        return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
