package dev.ferritedb.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/// One client's connection, and what it waits for. Only its own thread changes the phase; the guard's thread
/// looks at it from time to time and takes the time itself, so that a request pays for no clock.
final class GuardedConnection implements ConnectionContext {
    enum Phase {
        FIRST_REQUEST,
        NEXT_REQUEST,
        HEAD,
        BODY,
        WORK,
        WRITE,
        LINGER
    }

    private static final System.Logger LOG = System.getLogger(GuardedConnection.class.getName());
    private static final int PHASE_BITS = 3;
    private static final int PHASE_MASK = (1 << PHASE_BITS) - 1;
    private static final Phase[] PHASES = Phase.values();
    private static final int ARRIVED_WITH_HEAD_MAX = 1 << 16;
    private static final int LINGER_BYTES_MAX = 1 << 20;
    private static final int SENT_MEANWHILE_MAX = 1 << 16;

    private final ConnectionContext inner;
    private final Router router;
    private final Set<GuardedConnection> open;
    private final DataReader reader;
    private final GuardedWriter writer;

    /// A count of phases so far, and the phase.
    private volatile int step = Phase.FIRST_REQUEST.ordinal();

    private volatile long bodyBytes;

    private long bodyMaxBytes;

    private int stepSeen = -1;
    private long stepSeenAt;
    private boolean ended;

    GuardedConnection(ConnectionContext inner, Router router, Set<GuardedConnection> open) {
        this.inner = inner;
        this.router = router;
        this.open = open;
        this.reader = DataReader.create(this::read);
        this.writer = new GuardedWriter(inner.dataWriter());
    }

    /// More of a body waits than may be read of it.
    static final class BodyTooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        BodyTooLong() {
            super("the body is longer than it may be", null, false, false);
        }
    }

    void enter(Phase phase) {
        step = (step & ~PHASE_MASK) + (1 << PHASE_BITS) | phase.ordinal();
    }

    private Phase phase() {
        return PHASES[step & PHASE_MASK];
    }

    /// @param maxBytes how much of the body may wait here: the engine gathers a chunk before it hands it on, and a
    /// chunk may be as long as its sender likes
    void enterBody(long maxBytes) {
        bodyBytes = 0;
        bodyMaxBytes = maxBytes;
        enter(Phase.BODY);
    }

    @SuppressWarnings("NullAway") // null is the reader's word for the end of the stream
    private byte[] read() {
        byte[] bytes;
        try {
            bytes = inner.serverSocket().get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the connection broke", e);
        }
        if (bytes == null) return null;
        switch (phase()) {
            case FIRST_REQUEST, NEXT_REQUEST -> enter(Phase.HEAD);
            case BODY -> {
                countBody(bytes.length);
                boolean much = bodyBytes + ARRIVED_WITH_HEAD_MAX > bodyMaxBytes;
                if (much && reader.available() + (long) bytes.length > bodyMaxBytes) throw new BodyTooLong();
            }
            case HEAD, WORK, WRITE, LINGER -> {}
        }
        return bytes;
    }

    private void countBody(int count) {
        long sum = bodyBytes;
        bodyBytes = sum + count;
    }

    /// Reads and drops what the client still sends after an answer that was given early.
    void linger() {
        enter(Phase.LINGER);
        int dropped = 0;
        try {
            while (dropped < LINGER_BYTES_MAX) {
                reader.ensureAvailable();
                int available = reader.available();
                reader.skip(available);
                dropped += available;
            }
        } catch (RuntimeException theClientHungUp) {
            return;
        }
    }

    /// While an answer goes on and on, nothing is expected of the client: `work` runs, on a thread of its own, as
    /// soon as it hangs up or sends much.
    void whenItHangsUp(Runnable work) {
        Thread.ofVirtual().name("http-hang-up").start(() -> {
            try {
                int dropped = 0;
                while (dropped < SENT_MEANWHILE_MAX) {
                    byte[] bytes = inner.serverSocket().get();
                    if (bytes == null) break;
                    dropped += bytes.length;
                }
            } catch (UncheckedIOException theConnectionBroke) {
                LOG.log(System.Logger.Level.TRACE, "a client hung up", theConnectionBroke);
            }
            work.run();
        });
    }

    void cut() {
        try {
            inner.serverSocket().close();
        } catch (UncheckedIOException theClientWasFaster) {
            LOG.log(System.Logger.Level.TRACE, "a connection was closed already", theClientWasFaster);
        }
    }

    /// For the guard's thread.
    void endWhenOverdue(long now, ConnectionGuard.Patience patience) {
        int current = step;
        if (current != stepSeen) {
            stepSeen = current;
            stepSeenAt = now;
            return;
        }
        Phase phase = PHASES[current & PHASE_MASK];
        if (ended || now - stepSeenAt < allowed(phase, patience).toNanos()) return;
        ended = true;
        try {
            if (phase == Phase.BODY) inner.serverSocket().write(BufferData.create(TransportProblems.requestTimedOut()));
            inner.serverSocket().close();
        } catch (UncheckedIOException theClientWasFaster) {
            LOG.log(System.Logger.Level.TRACE, "a connection was closed already", theClientWasFaster);
        }
    }

    private Duration allowed(Phase phase, ConnectionGuard.Patience patience) {
        return switch (phase) {
            case FIRST_REQUEST -> patience.firstRequest();
            case NEXT_REQUEST -> patience.nextRequest();
            case HEAD -> patience.head();
            case BODY ->
                patience.body().plus(Duration.ofSeconds(bodyBytes / ConnectionGuard.BODY_BYTES_PER_SECOND_MIN));
            case WRITE -> patience.write();
            case LINGER -> patience.linger();
            case WORK -> FOREVER;
        };
    }

    private static final Duration FOREVER = Duration.ofDays(365);

    ServerConnection serving(ServerConnection connection) {
        return new Serving(connection);
    }

    @Override
    public ListenerContext listenerContext() {
        return inner.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return inner.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return inner.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return inner.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return inner.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return inner.localPeer();
    }

    @Override
    public boolean isSecure() {
        return inner.isSecure();
    }

    @Override
    public String socketId() {
        return inner.socketId();
    }

    @Override
    public String childSocketId() {
        return inner.childSocketId();
    }

    private final class Serving implements ServerConnection, InterruptableTask<Void> {
        private final ServerConnection connection;

        Serving(ServerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            open.add(GuardedConnection.this);
            try {
                connection.handle(limit);
                // It may have refused a request before it came to a route, in the midst of what the client sends.
                if (phase() == Phase.WORK) linger();
            } finally {
                open.remove(GuardedConnection.this);
            }
        }

        @Override
        public Duration idleTime() {
            return connection.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return connection instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }

    private final class GuardedWriter implements DataWriter {
        private final DataWriter writer;

        GuardedWriter(DataWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(BufferData... buffers) {
            enter(Phase.WRITE);
            writer.write(buffers);
            enter(Phase.WORK);
        }

        @Override
        public void write(BufferData buffer) {
            enter(Phase.WRITE);
            writer.write(buffer);
            enter(Phase.WORK);
        }

        @Override
        public void writeNow(BufferData... buffers) {
            enter(Phase.WRITE);
            writer.writeNow(buffers);
            enter(Phase.WORK);
        }

        @Override
        public void writeNow(BufferData buffer) {
            enter(Phase.WRITE);
            writer.writeNow(buffer);
            enter(Phase.WORK);
        }

        @Override
        public void flush() {
            writer.flush();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
