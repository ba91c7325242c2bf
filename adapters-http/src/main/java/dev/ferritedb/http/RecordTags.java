package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.record.Expansion;
import dev.ferritedb.kernel.record.Exposure;
import dev.ferritedb.kernel.record.Precondition;
import dev.ferritedb.kernel.record.RecordReply;
import dev.ferritedb.ports.record.StoredRecord;
import io.helidon.http.HeaderNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Entity tags of records: 128 bits of SHA-256 over the JSON that the caller sees, so that a tag tells him no more
/// than the record does. Whatever `fields` and `expand` ask for, a record has one tag; where related records are
/// shown, a dot and a second such text over the whole follow.
final class RecordTags {
    private static final int BYTES = 16;
    private static final char WITH_EXPANSION = '.';
    private static final MessageDigest SHA_256 = sha256();
    private static final Base64.Encoder LETTERS = Base64.getUrlEncoder().withoutPadding();

    private final RecordJson recordJson;

    RecordTags(RecordJson recordJson) {
        this.recordJson = recordJson;
    }

    /// @param shown the record without related ones
    static String of(JsonBuffer shown) {
        return '"' + digest(shown) + '"';
    }

    /// @param shown the record with its related ones
    String of(Expansion.Expanded record, JsonBuffer shown) {
        String alone = digest(record.record(), record.exposure());
        return '"' + (record.expansion().asked() ? alone + WITH_EXPANSION + digest(shown) : alone) + '"';
    }

    private String digest(StoredRecord record, Exposure exposure) {
        JsonBuffer alone = JsonBuffer.wire(RecordRoutes.RECORD_BYTES_USUAL);
        recordJson.write(record, exposure, alone);
        return digest(alone);
    }

    private static String digest(JsonBuffer shown) {
        MessageDigest digest;
        try {
            digest = (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException notInThisRunTime) {
            digest = sha256();
        }
        digest.update(shown.backing(), 0, shown.length());
        return LETTERS.encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyRunTimeHasIt) {
            throw new IllegalStateException(everyRunTimeHasIt);
        }
    }

    /// What `If-Match` demands. A weak tag matches nothing here.
    Precondition ifMatch(Exchange exchange) {
        return ifMatch(exchange.headerList(HeaderNames.IF_MATCH));
    }

    Precondition ifMatch(Optional<String> header) {
        if (header.isEmpty()) return Precondition.NONE;
        Set<EntityTag> wanted = EntityTag.list(header.get());
        if (wanted.contains(EntityTag.ANY)) return Precondition.NONE;
        return (RecordReply current) -> {
            String tag = digest(current.record(), current.exposure());
            return wanted.stream()
                    .anyMatch(one -> !one.weak() && recordPart(one.opaque()).equals(tag));
        };
    }

    private static String recordPart(String opaque) {
        int end = opaque.indexOf(WITH_EXPANSION);
        return end < 0 ? opaque : opaque.substring(0, end);
    }

    /// Whether the caller has by `If-None-Match` what `tag` stands for.
    static boolean hasAlready(Exchange exchange, String tag) {
        Optional<String> header = exchange.headerList(HeaderNames.IF_NONE_MATCH);
        if (header.isEmpty()) return false;
        String opaque = tag.substring(1, tag.length() - 1);
        return EntityTag.list(header.get()).stream()
                .anyMatch(one -> one.equals(EntityTag.ANY) || one.opaque().equals(opaque));
    }
}
