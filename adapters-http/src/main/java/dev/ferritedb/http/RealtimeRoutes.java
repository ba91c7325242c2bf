package dev.ferritedb.http;

import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.realtime.RealtimeClient;
import dev.ferritedb.kernel.realtime.RealtimeMessage;
import dev.ferritedb.kernel.realtime.RealtimeService;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import io.helidon.webserver.CloseConnectionException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Server-sent events. Source: the wire contract, section 12.
final class RealtimeRoutes implements AutoCloseable {
    /// @param idle how long a client is kept without a message to it
    /// @param longest how long in any case: it connects again, perhaps to another server
    record Patience(Duration idle, Duration longest) {
        static final Patience DEFAULT = new Patience(Duration.ofMinutes(5), Duration.ofMinutes(30));
    }

    private static final String REALTIME = "/api/realtime";
    private static final String EVENT_STREAM = "text/event-stream";

    private final RealtimeService realtime;
    private final long requestMaxBytes;
    private final Patience patience;
    private final Set<RealtimeClient> connected = ConcurrentHashMap.newKeySet();

    RealtimeRoutes(Kernel kernel, long requestMaxBytes, Patience patience) {
        this.realtime = kernel.realtime();
        this.requestMaxBytes = requestMaxBytes;
        this.patience = patience;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", REALTIME, this::connect).add("POST", REALTIME, this::subscribe);
    }

    private void connect(Exchange exchange) {
        if (!exchange.fromAllowedOrigin()) {
            throw new Refusal(
                    new Problem.Forbidden("origin_not_allowed", "Pages of this origin are not allowed to connect."));
        }
        Bodies.bytes(exchange, 0);
        exchange.answerHeader("Cache-Control", "no-store");
        exchange.answerHeader("X-Accel-Buffering", "no");
        if (exchange.method().equals("HEAD")) {
            exchange.send(200, EVENT_STREAM, new byte[0]);
            return;
        }
        RealtimeClient client = realtime.connect(exchange.origin(), exchange::cut);
        connected.add(client);
        try {
            if (exchange.draining()) throw new Refusal(new Problem.Unavailable("closing", "The server is stopping."));
            AnswerStream stream = exchange.stream(EVENT_STREAM);
            stream.whenTheClientHangsUp(() -> realtime.disconnect(client));
            sendAll(client, stream);
            stream.end();
        } finally {
            connected.remove(client);
            realtime.disconnect(client);
        }
    }

    private void sendAll(RealtimeClient client, AnswerStream stream) {
        long began = System.nanoTime();
        while (true) {
            Duration left = patience.longest.minusNanos(System.nanoTime() - began);
            Optional<RealtimeMessage> message = next(client, left.compareTo(patience.idle) < 0 ? left : patience.idle);
            if (message.isEmpty()) return;
            stream.send(event(client, message.get()));
        }
    }

    private static Optional<RealtimeMessage> next(RealtimeClient client, Duration atMost) {
        try {
            return client.next(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server is stopping", e);
        }
    }

    private static byte[] event(RealtimeClient client, RealtimeMessage message) {
        String text = "id:" + client.id() + "\nevent:" + message.topic() + "\ndata:" + message.data() + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void subscribe(Exchange exchange) {
        realtime.subscribe(exchange.origin(), Authentication.token(exchange), Bodies.read(exchange, requestMaxBytes));
        exchange.answerNothing();
    }

    /// Ends all connections; those that come later are refused by the server that is stopping.
    @Override
    public void close() {
        connected.forEach(realtime::disconnect);
    }
}
