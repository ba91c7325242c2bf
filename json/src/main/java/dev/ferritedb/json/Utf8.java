package dev.ferritedb.json;

/// The parser lets overlong forms and surrogates pass, and guesses UTF-16 from zero bytes; this is stricter.
final class Utf8 {
    private Utf8() {}

    /// @return the position of the first byte that is zero or not part of well-formed UTF-8 (RFC 3629), or -1
    static int firstMalformed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int lead = bytes[i];
            if (lead > 0) {
                i++;
                continue;
            }
            int length = lengthOfSequence(bytes, i, to);
            if (length == 0) return i;
            i += length;
        }
        return -1;
    }

    private static int lengthOfSequence(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > to) return 0;
        int second = bytes[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) return 0;
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) return 0;
        }
        return length;
    }
}
