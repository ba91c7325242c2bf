package dev.ferritedb.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/// Keeps a number of requests in flight: as many connections, kept alive, each with one request at a time. One
/// thread with a selector, so that the load takes as little as may be from the server it measures on the same
/// cores.
///
/// With [#run] each connection sends its next request as soon as it has its answer: what is measured is the most
/// the server can do with that many callers who wait. With [#runAt] requests come at a rate of their own, whether
/// the server keeps up or not.
final class LoadDriver {
    private static final int ANSWER_BYTES = 256 * 1024;

    private final InetSocketAddress server;
    private final int connections;

    LoadDriver(InetSocketAddress server, int connections) {
        this.server = server;
        this.connections = connections;
    }

    @FunctionalInterface
    interface Requests {
        /// @return the bytes of request number `index`, from 0
        byte[] request(int index);
    }

    static byte[] get(String target) {
        return get(target, "");
    }

    /// @param token who asks; empty for nobody
    static byte[] get(String target, String token) {
        return (line("GET", target, token) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] post(String target, String json) {
        return post(target, "", json);
    }

    static byte[] post(String target, String token, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = (line("POST", target, token) + "Content-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private static String line(String method, String target, String token) {
        String start = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n";
        return token.isEmpty() ? start : start + "Authorization: " + token + "\r\n";
    }

    /// Sends requests until the time is over, then waits for the answers that are due.
    /// @throws IOException when the server closes a connection, or gives no answer for ten seconds
    Measured run(Requests requests, Duration duration) throws IOException {
        return run(requests, duration, Integer.MAX_VALUE);
    }

    /// Sends so many requests.
    Measured run(Requests requests, int count) throws IOException {
        return run(requests, Duration.ofHours(1), count);
    }

    private Measured run(Requests requests, Duration duration, int count) throws IOException {
        List<Connection> open = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < Math.min(connections, count); i++) open.add(new Connection(server, selector));
            var stretch = new Stretch(requests, count, System.nanoTime() + duration.toNanos());
            for (Connection connection : open) stretch.start(connection);
            while (stretch.inFlight > 0) {
                int ready = selector.select(key -> stretch.progress((Connection) key.attachment()), 10_000);
                if (ready == 0) throw new IOException("no answer for ten seconds");
            }
            return stretch.measured();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            for (Connection connection : open) connection.channel.close();
        }
    }

    /// Sends `perSecond` requests, some each millisecond, for so long. One that finds no connection free waits for
    /// one, and its latency counts from when it was due. What was not sent when the time is over is left out.
    Measured runAt(int perSecond, Requests requests, Duration duration) throws IOException {
        List<Connection> open = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) open.add(new Connection(server, selector));
            var stretch = new Stretch(requests, Integer.MAX_VALUE, 0);
            var free = new ArrayDeque<>(open);
            long end = stretch.started + duration.toNanos();
            for (long now = System.nanoTime(); now < end || stretch.inFlight > 0; now = System.nanoTime()) {
                long tick = (now - stretch.started) / TICK_NANOS;
                long due = now < end ? tick * perSecond / TICKS_PER_SECOND : 0;
                while (stretch.sent < due && !free.isEmpty()) {
                    long tickOfIt = (stretch.sent + 1L) * TICKS_PER_SECOND / perSecond;
                    stretch.start(free.remove(), stretch.started + tickOfIt * TICK_NANOS);
                }
                selector.select(key -> stretch.progress((Connection) key.attachment(), free), 1);
                if (System.nanoTime() > end + TEN_SECONDS) throw new IOException("no answer for ten seconds");
            }
            return stretch.measured(duration);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            for (Connection connection : open) connection.channel.close();
        }
    }

    private static final int TICKS_PER_SECOND = 1_000;
    private static final long TICK_NANOS = 1_000_000;
    private static final long TEN_SECONDS = 10_000_000_000L;

    private static final class Stretch {
        private final Requests requests;
        private final int count;
        private final long started = System.nanoTime();
        private final long end;
        private long[] latencies = new long[1 << 16];
        private int answered;
        private int sent;
        private int refused;
        private int inFlight;

        Stretch(Requests requests, int count, long end) {
            this.requests = requests;
            this.count = count;
            this.end = end;
        }

        void start(Connection connection) throws IOException {
            start(connection, System.nanoTime());
        }

        void start(Connection connection, long due) throws IOException {
            inFlight++;
            connection.send(requests.request(sent++), due);
        }

        /// Puts the connection among the free ones once its answer is there.
        void progress(Connection connection, Queue<Connection> free) {
            try {
                if (!connection.read()) return;
                record(System.nanoTime() - connection.sent, connection.status);
                inFlight--;
                free.add(connection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void progress(Connection connection) {
            try {
                if (!connection.read()) return;
                long now = System.nanoTime();
                record(now - connection.sent, connection.status);
                inFlight--;
                if (now < end && sent < count) start(connection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void record(long latency, int status) {
            if (answered == latencies.length) latencies = Arrays.copyOf(latencies, 2 * answered);
            latencies[answered++] = latency;
            if (status >= 300) refused++;
        }

        Measured measured() {
            return measured(Duration.ofNanos(System.nanoTime() - started));
        }

        Measured measured(Duration time) {
            return Measured.of(refused, time, latencies, answered);
        }
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final byte[] bytes = new byte[ANSWER_BYTES];
        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        private int expected = -1;
        private long sent;
        private int status;

        Connection(InetSocketAddress server, Selector selector) throws IOException {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(byte[] request, long due) throws IOException {
            expected = -1;
            buffer.clear();
            sent = due;
            var rest = ByteBuffer.wrap(request);
            // A request is far smaller than a socket's buffer, and the one before it is answered.
            while (rest.hasRemaining()) channel.write(rest);
        }

        /// @return whether the answer is complete
        boolean read() throws IOException {
            if (channel.read(buffer) < 0) throw new IOException("the server closed the connection");
            int length = buffer.position();
            if (expected < 0) expected = Answer.length(bytes, 0, length);
            if (expected > bytes.length) throw new IOException("an answer of " + expected + " bytes");
            if (expected < 0 || length < expected) return false;
            if (length > expected) throw new IOException("more than one answer");
            status = Answer.status(bytes, 0);
            return true;
        }
    }
}
