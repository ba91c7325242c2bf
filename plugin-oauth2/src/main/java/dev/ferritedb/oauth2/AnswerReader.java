package dev.ferritedb.oauth2;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one HTTP/1.1 answer, of limited size.
final class AnswerReader {
    static final int BODY_MAX_BYTES = 1024 * 1024;
    private static final int HEAD_MAX_BYTES = 32 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,9}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(;.*)?");

    private final InputStream in;
    private int headBytesLeft = HEAD_MAX_BYTES;

    AnswerReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    Outbound.Answer read() throws IOException {
        int status = status();
        Map<String, String> headers = headers();
        while (status >= 100 && status < 200) {
            status = status();
            headers = headers();
        }
        byte[] body = status == 204 || status == 304 ? new byte[0] : body(headers);
        return new Outbound.Answer(status, new String(body, StandardCharsets.UTF_8));
    }

    private int status() throws IOException {
        Matcher line = STATUS.matcher(line());
        if (!line.matches()) throw new IOException("the answer is not HTTP/1.1");
        return Integer.parseInt(line.group(1));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) throw new IOException("a header without a name");
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.put(name, line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("the answer ends early");
            if (--headBytesLeft < 0) throw new IOException("the answer's head is too large");
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        String encoding = headers.getOrDefault("content-encoding", "identity");
        if (!encoding.equalsIgnoreCase("identity")) throw new IOException("the answer is encoded: " + encoding);
        String transfer = headers.getOrDefault("transfer-encoding", "");
        if (transfer.equalsIgnoreCase("chunked")) return chunks();
        if (!transfer.isEmpty()) throw new IOException("an unknown transfer encoding");
        String length = headers.getOrDefault("content-length", "");
        if (length.isEmpty()) return rest();
        if (!LENGTH.matcher(length).matches()) throw new IOException("a wrong content length");
        var body = new ByteArrayOutputStream();
        copy(Integer.parseInt(length), body);
        return body.toByteArray();
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            Matcher chunk = CHUNK.matcher(line());
            if (!chunk.matches()) throw new IOException("a chunk without a size");
            int size = Integer.parseInt(chunk.group(1), 16);
            if (size == 0) return body.toByteArray();
            copy(size, body);
            if (!line().isEmpty()) throw new IOException("a chunk without an end");
        }
    }

    private void copy(int count, ByteArrayOutputStream to) throws IOException {
        if (to.size() + (long) count > BODY_MAX_BYTES) throw tooLarge();
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) throw new EOFException("the answer ends early");
        to.writeBytes(bytes);
    }

    private byte[] rest() throws IOException {
        byte[] bytes = in.readNBytes(BODY_MAX_BYTES + 1);
        if (bytes.length > BODY_MAX_BYTES) throw tooLarge();
        return bytes;
    }

    private static IOException tooLarge() {
        return new IOException("the answer is larger than " + BODY_MAX_BYTES + " bytes");
    }
}
