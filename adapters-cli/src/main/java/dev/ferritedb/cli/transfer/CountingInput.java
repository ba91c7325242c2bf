package dev.ferritedb.cli.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Knows how many bytes were read.
public final class CountingInput extends FilterInputStream {
    private long count;

    public CountingInput(InputStream in) {
        super(in);
    }

    public long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) count++;
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) count += read;
        return read;
    }
}
