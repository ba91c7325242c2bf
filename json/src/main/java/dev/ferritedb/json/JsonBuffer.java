package dev.ferritedb.json;

import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// Writes one JSON document into bytes that grow as needed. Commas are its own business; that objects and arrays end
/// in the order they began is the caller's. For one thread.
public final class JsonBuffer {
    private static final byte PLAIN = 0;
    private static final byte ESCAPED = 1;
    private static final byte ESCAPED_ON_THE_WIRE = 2;
    private static final byte[] KIND = new byte[128];
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final int ESCAPE_BYTES_MAX = 6;
    private static final double WHOLE_MAX = 1L << 53;

    static {
        Arrays.fill(KIND, 0, ' ', ESCAPED);
        KIND['"'] = ESCAPED;
        KIND['\\'] = ESCAPED;
        KIND['<'] = ESCAPED_ON_THE_WIRE;
        KIND['>'] = ESCAPED_ON_THE_WIRE;
        KIND['&'] = ESCAPED_ON_THE_WIRE;
    }

    private final boolean wire;
    private byte[] bytes;
    private int length;
    private boolean commaDue;

    private JsonBuffer(int capacity, boolean wire) {
        this.bytes = new byte[Math.max(16, capacity)];
        this.wire = wire;
    }

    /// For answers: `<`, `>`, `&`, U+2028 and U+2029 are escaped, so that the text is safe inside HTML and scripts.
    /// Source: Go's encoder, whose spelling the wire contract has.
    public static JsonBuffer wire(int capacity) {
        return new JsonBuffer(capacity, true);
    }

    /// For what is stored or exported: only what JSON demands is escaped.
    public static JsonBuffer plain(int capacity) {
        return new JsonBuffer(capacity, false);
    }

    public JsonBuffer object() {
        open((byte) '{');
        return this;
    }

    public JsonBuffer endObject() {
        close((byte) '}');
        return this;
    }

    public JsonBuffer array() {
        open((byte) '[');
        return this;
    }

    public JsonBuffer endArray() {
        close((byte) ']');
        return this;
    }

    public JsonBuffer name(JsonName name) {
        comma();
        append(wire ? name.wire : name.plain);
        commaDue = false;
        return this;
    }

    public JsonBuffer name(String name) {
        text(name);
        append((byte) ':');
        commaDue = false;
        return this;
    }

    public JsonBuffer text(String text) {
        comma();
        append((byte) '"');
        appendEscaped(text);
        append((byte) '"');
        return this;
    }

    /// @throws IllegalArgumentException for NaN and the infinities, which JSON has no text for
    public JsonBuffer number(double number) {
        long whole = (long) number;
        if (whole == number && (whole != 0 || 1 / number > 0) && Math.abs(number) < WHOLE_MAX) return number(whole);
        comma();
        appendAscii(NumberText.of(number));
        return this;
    }

    public JsonBuffer number(long number) {
        comma();
        if (number >= 0 && number < 10) {
            append((byte) ('0' + number));
        } else {
            appendAscii(Long.toString(number));
        }
        return this;
    }

    public JsonBuffer truth(boolean truth) {
        comma();
        append(truth ? TRUE : FALSE);
        return this;
    }

    public JsonBuffer nothing() {
        comma();
        append(NULL);
        return this;
    }

    public JsonBuffer value(Value value) {
        switch (value) {
            case Value.Text text -> text(text.text());
            case Value.Number number -> number(number.number());
            case Value.Exact exact -> {
                comma();
                appendAscii(NumberText.of(exact.number()));
            }
            case Value.Truth truth -> truth(truth.truth());
            case Value.Nothing _ -> nothing();
            case Value.Json json -> raw(json.encoded());
            case Value.Items items -> {
                array();
                for (Value item : items.items()) value(item);
                endArray();
            }
            case Value.Members members -> {
                object();
                for (Map.Entry<String, Value> member : members.members().entrySet()) {
                    name(member.getKey());
                    value(member.getValue());
                }
                endObject();
            }
        }
        return this;
    }

    /// A JSON document that is one already. It is not checked; on the wire it gets the wire's escapes.
    public JsonBuffer raw(String json) {
        comma();
        reserve(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            // Outside of strings JSON has none of the characters that the wire escapes.
            if (c < 128 && (!wire || KIND[c] != ESCAPED_ON_THE_WIRE)) {
                if (length == bytes.length) reserve(json.length() - i);
                bytes[length++] = (byte) c;
            } else {
                i += appendSpecial(json, i, c);
            }
        }
        return this;
    }

    /// Bytes of a JSON value written before by a buffer of the same kind.
    public JsonBuffer raw(JsonBuffer value) {
        comma();
        reserve(value.length);
        System.arraycopy(value.bytes, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /// Ends the document's line.
    public JsonBuffer newline() {
        append((byte) '\n');
        commaDue = false;
        return this;
    }

    /// In bytes.
    public int length() {
        return length;
    }

    /// @return a copy of what was written
    public byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// The buffer itself, for a send without a copy: valid from 0 to [#length] until the next write.
    public byte[] backing() {
        return bytes;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    public String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /// Forgets what was written and keeps the room.
    public JsonBuffer clear() {
        length = 0;
        commaDue = false;
        return this;
    }

    private void open(byte bracket) {
        comma();
        append(bracket);
        commaDue = false;
    }

    private void close(byte bracket) {
        append(bracket);
        commaDue = true;
    }

    private void comma() {
        if (commaDue) append((byte) ',');
        commaDue = true;
    }

    private void appendEscaped(String text) {
        int count = text.length();
        reserve(count);
        byte highestKindEscaped = wire ? ESCAPED_ON_THE_WIRE : ESCAPED;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c < 128 && (KIND[c] == PLAIN || KIND[c] > highestKindEscaped)) {
                if (length == bytes.length) reserve(count - i);
                bytes[length++] = (byte) c;
            } else {
                i += appendSpecial(text, i, c);
            }
        }
    }

    /// @return how many UTF-16 units beyond the one at `at` were written
    private int appendSpecial(String text, int at, char c) {
        reserve(ESCAPE_BYTES_MAX);
        if (c < 128) {
            appendEscape(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | c >> 6);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        } else if (wire && (c == '\u2028' || c == '\u2029')) {
            appendUnicodeEscape(c);
        } else if (Character.isHighSurrogate(c)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1))) {
            int point = Character.toCodePoint(c, text.charAt(at + 1));
            bytes[length++] = (byte) (0xf0 | point >> 18);
            bytes[length++] = (byte) (0x80 | point >> 12 & 0x3f);
            bytes[length++] = (byte) (0x80 | point >> 6 & 0x3f);
            bytes[length++] = (byte) (0x80 | point & 0x3f);
            return 1;
        } else {
            appendThreeBytes(Character.isSurrogate(c) ? '\ufffd' : c);
        }
        return 0;
    }

    private void appendThreeBytes(char c) {
        bytes[length++] = (byte) (0xe0 | c >> 12);
        bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
        bytes[length++] = (byte) (0x80 | c & 0x3f);
    }

    private void appendEscape(char c) {
        int letter = switch (c) {
            case '"', '\\' -> c;
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case '\b' -> 'b';
            case '\f' -> 'f';
            default -> 0;
        };
        if (letter == 0) {
            appendUnicodeEscape(c);
        } else {
            bytes[length++] = '\\';
            bytes[length++] = (byte) letter;
        }
    }

    private void appendUnicodeEscape(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        bytes[length++] = HEX[c >> 12];
        bytes[length++] = HEX[c >> 8 & 15];
        bytes[length++] = HEX[c >> 4 & 15];
        bytes[length++] = HEX[c & 15];
    }

    private void appendAscii(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) bytes[length++] = (byte) text.charAt(i);
    }

    private void append(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void append(byte one) {
        if (length == bytes.length) reserve(1);
        bytes[length++] = one;
    }

    private void reserve(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }
}
