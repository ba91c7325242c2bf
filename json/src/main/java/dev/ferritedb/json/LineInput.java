package dev.ferritedb.json;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Bytes, line by line as long as somebody asks for lines. A byte order mark at the start is dropped.
final class LineInput {
    private final BufferedInputStream in;
    private long line;
    private boolean tooLong;

    LineInput(InputStream in) throws IOException {
        this.in = new BufferedInputStream(in, 64 * 1024);
        dropByteOrderMark();
    }

    private void dropByteOrderMark() throws IOException {
        in.mark(3);
        boolean mark = in.read() == 0xef && in.read() == 0xbb && in.read() == 0xbf;
        if (!mark) in.reset();
    }

    /// Looks past blanks and leaves everything in place.
    /// @return -1 when the input is blank as far as the look reaches
    int firstByte() throws IOException {
        in.mark(32 * 1024);
        int first = -1;
        for (int i = 0; i < 32 * 1024 - 1; i++) {
            first = in.read();
            if (first != ' ' && first != '\t' && first != '\n' && first != '\r') break;
        }
        in.reset();
        return first;
    }

    /// @return the next line without its end; empty at the end of the input
    Optional<byte[]> nextLine() throws IOException {
        var bytes = new ByteArrayOutputStream(256);
        tooLong = false;
        int b = in.read();
        if (b < 0) return Optional.empty();
        line++;
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (bytes.size() < JsonStream.LINE_MAX_BYTES) bytes.write(b);
            else tooLong = true;
        }
        return Optional.of(bytes.toByteArray());
    }

    /// Whether the last line was longer than is kept of it.
    boolean tooLong() {
        return tooLong;
    }

    /// The number of the last line, from 1.
    long line() {
        return line;
    }

    InputStream rest() {
        return in;
    }
}
