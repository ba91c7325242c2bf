package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The places that accounts signed in from: an address and what the client calls itself, as a fingerprint in
/// `_authOrigins`. Source: the wire contract, section 10.
final class KnownPlaces {
    private static final int AGENT_MAX = 200;

    private KnownPlaces() {}

    static boolean knows(StoredRecord account, Origin origin, RecordReads reads) {
        String fingerprint = fingerprint(origin);
        return Belongings.ORIGINS.of(account, reads).stream()
                .anyMatch(place -> place.text("fingerprint").equals(fingerprint));
    }

    /// No secret: it only tells places apart, in the form that the wire contract gives it.
    static String fingerprint(Origin origin) {
        try {
            byte[] text = (origin.address() + shortened(origin.agent())).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    static String shortened(String agent) {
        return agent.length() <= AGENT_MAX ? agent : agent.substring(0, AGENT_MAX);
    }
}
