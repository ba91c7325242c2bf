package dev.ferritedb.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// JSON text (RFC 8259, UTF-8) to values and back, strictly: what can't be kept as it is, is refused with
/// [JsonInvalid].
///
/// Numbers that a 64-bit float gives back in full become [Value.Number], others [Value.Exact]; one outside the
/// range of such floats is refused. Refused too: a NUL character, half a surrogate pair, malformed UTF-8. Of
/// members with the same name the last one counts. Strings are bounded only by the text, so bound the text.
public final class Json implements JsonDocuments {
    /// Objects and arrays within each other. Source: the security checklist, as the next two.
    public static final int DEPTH_MAX = 64;

    /// In UTF-16 units.
    public static final int NAME_MAX_CHARACTERS = 256;

    public static final int NUMBER_MAX_CHARACTERS = 100;

    /// Members of one object. Many more are an attempt to keep the server busy; lists may be as long as they like.
    public static final int MEMBERS_MAX = 50_000;

    /// The text must be one value and nothing else.
    public static Value read(String text) {
        Objects.requireNonNull(text);
        try (JsonParser parser = ValueReader.FACTORY.createParser(text)) {
            return read(parser, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Value read(byte[] utf8) {
        return read(utf8, 0, utf8.length);
    }

    /// The bytes must be one value and nothing else.
    public static Value read(byte[] utf8, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, utf8.length);
        refuseMalformed(utf8, offset, offset + length);
        try (JsonParser parser = ValueReader.FACTORY.createParser(utf8, offset, length)) {
            return read(parser, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Value readFirst(byte[] utf8) {
        return readFirst(utf8, 0, utf8.length);
    }

    /// Reads the first value of a request body; what follows it is not looked at.
    public static Value readFirst(byte[] utf8, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, utf8.length);
        try (JsonParser parser = ValueReader.FACTORY.createParser(utf8, offset, length)) {
            Value value = read(parser, false);
            long end = parser.currentLocation().getByteOffset();
            refuseMalformed(utf8, offset, end < 0 ? offset + length : Math.toIntExact(end));
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The shortest spelling: no blanks, members in their order, no escape that JSON does not ask for.
    public static String write(Value value) {
        JsonBuffer buffer = JsonBuffer.plain(128);
        buffer.value(value);
        return buffer.text();
    }

    @Override
    public Value.Json encode(Value value) {
        return value instanceof Value.Json json ? json : new Value.Json(write(value));
    }

    @Override
    public Value decode(String encoded) {
        return read(encoded);
    }

    private static Value read(JsonParser parser, boolean alone) throws IOException {
        var reader = new ValueReader(parser);
        try {
            parser.nextToken();
            Value value = reader.value(0);
            if (alone && parser.nextToken() != null) throw reader.invalid("something follows the JSON value");
            return value;
        } catch (JsonProcessingException e) {
            throw reader.translated(e);
        }
    }

    private static void refuseMalformed(byte[] utf8, int from, int to) {
        int malformed = Utf8.firstMalformed(utf8, from, to);
        if (malformed < 0) return;
        int line = 1;
        int lineStart = from;
        for (int i = from; i < malformed; i++) {
            if (utf8[i] != '\n') continue;
            line++;
            lineStart = i + 1;
        }
        throw new JsonInvalid("not UTF-8", line, malformed - lineStart + 1);
    }
}
