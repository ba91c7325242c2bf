package dev.ferritedb.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Percent-encoded text (RFC 3986), strictly: a broken escape or escapes that are not UTF-8 make it no text at all.
final class PercentText {
    private PercentText() {}

    static Optional<String> decode(String encoded, boolean plusIsBlank) {
        if (encoded.indexOf('%') < 0) return Optional.of(plusIsBlank ? encoded.replace('+', ' ') : encoded);
        var bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length()) return Optional.empty();
                int high = Character.digit(encoded.charAt(i + 1), 16);
                int low = Character.digit(encoded.charAt(i + 2), 16);
                if (high < 0 || low < 0) return Optional.empty();
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c < 128) {
                bytes[length++] = (byte) (plusIsBlank && c == '+' ? ' ' : c);
            } else {
                return Optional.empty();
            }
        }
        return utf8(bytes, length);
    }

    private static Optional<String> utf8(byte[] bytes, int length) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
