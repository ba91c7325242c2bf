package dev.ferritedb.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Puts our routing under each HTTP/1.1 connection and ends those that keep the server waiting, which Helidon's own
/// idle check does only between requests.
final class ConnectionGuard implements ServerConnectionSelector, AutoCloseable {
    /// @param firstRequest from connecting to the first byte
    /// @param nextRequest between requests
    /// @param head from a request's first byte to the end of its headers
    /// @param body how long a body may fall behind [#BODY_BYTES_PER_SECOND_MIN]
    /// @param write how long the client may take no byte of an answer
    /// @param linger how long what a refused client still sends is read, so that it sees the answer and no reset
    record Patience(
            Duration firstRequest,
            Duration nextRequest,
            Duration head,
            Duration body,
            Duration write,
            Duration linger) {
        /// Source: the security checklist, HTTP. The pauses between requests are those of common proxies.
        static Patience with(Duration body) {
            return new Patience(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(10),
                    body,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1));
        }
    }

    /// A body slower than that, averaged from its start, has to fit into the patience for bodies.
    static final long BODY_BYTES_PER_SECOND_MIN = 8 * 1024;

    private static final System.Logger LOG = System.getLogger(ConnectionGuard.class.getName());
    private static final Duration SWEEP_EVERY = Duration.ofMillis(250);

    private final ServerConnectionSelector http;
    private final Router router;
    private final Patience patience;
    private final Set<GuardedConnection> open = ConcurrentHashMap.newKeySet();
    private final Thread sweeper;

    ConnectionGuard(ServerConnectionSelector http, Router router, Patience patience) {
        this.http = http;
        this.router = router;
        this.patience = patience;
        this.sweeper =
                Thread.ofPlatform().daemon(true).name("http-connection-guard").start(this::sweep);
    }

    private void sweep() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(SWEEP_EVERY);
            } catch (InterruptedException closed) {
                return;
            }
            long now = System.nanoTime();
            for (GuardedConnection connection : open) {
                try {
                    connection.endWhenOverdue(now, patience);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "cannot end a connection", e);
                }
            }
        }
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var guarded = new GuardedConnection(context, router, open);
        return guarded.serving(http.connection(guarded));
    }

    /// How many connections are being served.
    int open() {
        return open.size();
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }
}
