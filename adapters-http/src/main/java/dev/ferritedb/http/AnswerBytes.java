package dev.ferritedb.http;

import io.helidon.http.DateTime;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One answer as it goes over the wire: status line, headers, body, in one array that is sent in one piece.
final class AnswerBytes {
    /// Headers that every answer has.
    static final String SECURITY_HEADERS = "X-Content-Type-Options: nosniff\r\n"
            + "X-Frame-Options: SAMEORIGIN\r\n"
            + "X-XSS-Protection: 1; mode=block\r\n"
            + "Referrer-Policy: no-referrer\r\n";

    private static final byte[] DATE = ascii("Date: ");
    private static final byte[] STANDARD_HEADERS = ascii(SECURITY_HEADERS + "X-Request-Id: ");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CONTENT_TYPE_JSON = ascii("Content-Type: application/json\r\n");
    private static final byte[] CONNECTION_CLOSE = ascii("Connection: close\r\n");
    private static final byte[][] STATUS_LINES = new byte[600][];

    static {
        for (int code = 200; code < 600; code++) {
            STATUS_LINES[code] =
                    ascii("HTTP/1.1 " + code + " " + Status.create(code).reasonPhrase() + "\r\n");
        }
    }

    private static final int HEAD_BYTES = 512;

    private byte[] bytes;
    private int length;

    AnswerBytes(int status, int bodyBytes) {
        bytes = new byte[HEAD_BYTES + bodyBytes];
        append(STATUS_LINES[status]);
        append(DATE);
        append(DateTime.http1Bytes());
    }

    AnswerBytes standardHeaders(String requestId) {
        append(STANDARD_HEADERS);
        appendAscii(requestId);
        append(LINE_END);
        return this;
    }

    /// Whole header lines, each with its end.
    AnswerBytes headers(CharSequence lines) {
        appendAscii(lines);
        return this;
    }

    AnswerBytes connectionClose() {
        append(CONNECTION_CLOSE);
        return this;
    }

    AnswerBytes jsonType() {
        append(CONTENT_TYPE_JSON);
        return this;
    }

    AnswerBytes contentLength(long count) {
        append(CONTENT_LENGTH);
        appendAscii(Long.toString(count));
        append(LINE_END);
        return this;
    }

    AnswerBytes body(byte[] from, int count) {
        append(LINE_END);
        reserve(count);
        System.arraycopy(from, 0, bytes, length, count);
        length += count;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void append(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void appendAscii(CharSequence text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) bytes[length++] = (byte) text.charAt(i);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
