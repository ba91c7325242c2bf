package dev.ferritedb.kernel.schema;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Ids of collections and fields, the same on every server for the same name. Source: the wire contract, section
/// 1.7.
final class CollectionIds {
    private CollectionIds() {}

    static String ofCollection(String type, String name) {
        return "pbc_" + checksum(type + name);
    }

    static String ofField(String type, String name) {
        return type + checksum(name);
    }

    private static long checksum(String text) {
        var checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }
}
