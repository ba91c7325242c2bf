package dev.ferritedb.json;

/// A member's name, spelled once with its quotes and colon, so that writing it is one copy.
public final class JsonName {
    final byte[] plain;
    final byte[] wire;
    private final String name;

    private JsonName(String name) {
        this.name = name;
        this.plain = spelled(JsonBuffer.plain(name.length() + 8), name);
        this.wire = spelled(JsonBuffer.wire(name.length() + 8), name);
    }

    public static JsonName of(String name) {
        return new JsonName(name);
    }

    private static byte[] spelled(JsonBuffer buffer, String name) {
        buffer.name(name);
        return buffer.bytes();
    }

    @Override
    public String toString() {
        return name;
    }
}
