package dev.ferritedb.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The body of an answer that is sent piece by piece, each as one chunk in one send. For one thread.
final class AnswerStream {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final GuardedConnection connection;

    AnswerStream(GuardedConnection connection) {
        this.connection = connection;
    }

    /// Returns when the client has room for it.
    void send(byte[] piece) {
        byte[] length = (Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        write(BufferData.create(length), BufferData.create(piece), BufferData.create(LINE_END));
    }

    /// `work` runs, on another thread, as soon as the client hangs up.
    void whenTheClientHangsUp(Runnable work) {
        connection.whenItHangsUp(work);
    }

    void end() {
        write(BufferData.create(LAST_CHUNK));
    }

    private void write(BufferData... buffers) {
        try {
            connection.dataWriter().writeNow(buffers);
        } catch (UncheckedIOException | SocketWriterException e) {
            throw new ServerConnectionException("the client hung up", e);
        }
    }
}
