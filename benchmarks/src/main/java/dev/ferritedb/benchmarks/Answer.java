package dev.ferritedb.benchmarks;

import java.nio.charset.StandardCharsets;

/// Finds the end of an HTTP/1.1 answer in the bytes that came so far. Only answers with a length, as both servers give.
final class Answer {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private Answer() {}

    /// @return how many bytes the whole answer has, or -1 while its head is not complete
    static int length(byte[] bytes, int from, int to) {
        int end = endOfHead(bytes, from, to);
        return end < 0 ? -1 : end - from + bodyLength(bytes, from, end);
    }

    /// @return the status code of an answer whose head is complete
    static int status(byte[] bytes, int from) {
        return (bytes[from + 9] - '0') * 100 + (bytes[from + 10] - '0') * 10 + (bytes[from + 11] - '0');
    }

    private static int endOfHead(byte[] bytes, int from, int to) {
        for (int i = from + 3; i < to; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') return i + 1;
        }
        return -1;
    }

    private static int bodyLength(byte[] bytes, int from, int end) {
        for (int i = from; i < end - LENGTH.length; i++) {
            if (bytes[i] != '\n' || !startsWithLength(bytes, i + 1)) continue;
            int length = 0;
            for (int at = i + 1 + LENGTH.length; bytes[at] != '\r'; at++) {
                if (bytes[at] != ' ') length = length * 10 + bytes[at] - '0';
            }
            return length;
        }
        if (status(bytes, from) == 204) return 0;
        throw new IllegalStateException("an answer without a length: "
                + new String(bytes, from, Math.min(200, end - from), StandardCharsets.ISO_8859_1));
    }

    private static boolean startsWithLength(byte[] bytes, int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[at + i] | 0x20) != LENGTH[i] && bytes[at + i] != LENGTH[i]) return false;
        }
        return true;
    }
}
