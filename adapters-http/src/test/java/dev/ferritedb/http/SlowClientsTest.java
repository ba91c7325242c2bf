package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that keep a server waiting which waits half a second for anything.
class SlowClientsTest {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final String HEAD = "POST /api/collections/open/records HTTP/1.1\r\nHost: x\r\n"
            + "Content-Type: application/json\r\nContent-Length: ";

    @TempDir
    Path folder;

    private TestServer server;
    private HttpServer impatient;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        server.collection("""
                {"name":"open","createRule":"","listRule":"","fields":[{"name":"text","type":"text","max":9000000}]}""");
        impatient = server.impatient(new ConnectionGuard.Patience(SOON, SOON, SOON, SOON, SOON, SOON));
    }

    @AfterEach
    void stop() {
        impatient.close();
        server.close();
    }

    @Test
    void closesASilentConnection() throws IOException {
        try (Socket socket = connect()) {
            assertThat(TestServer.readAll(socket)).isEqualTo(TestServer.CLOSED);
        }
    }

    @Test
    void closesAConnectionThatStopsInTheMidstOfAHead() throws IOException {
        for (String begun :
                new String[] {"GET /heal", "GET /healthz HTTP/1.1\r\n", "GET /healthz HTTP/1.1\r\nHost: x\r\nX-A"}) {
            try (Socket socket = connect()) {
                send(socket, begun);
                assertThat(TestServer.readAll(socket)).as(begun).isEqualTo(TestServer.CLOSED);
            }
        }
    }

    @Test
    void closesAConnectionWhoseHeadTrickles() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            assertThat(trickle(socket, "GET /healthz HTTP/1.1\r\nHost: " + "x".repeat(1000)))
                    .isLessThan(500);
        }
    }

    @Test
    void closesAConnectionThatStaysIdleBetweenRequests() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 200").endsWith(TestServer.CLOSED);
        }
    }

    @Test
    void tellsAClientWhoseBodyStopsThatItTookTooLong() throws IOException {
        try (Socket socket = connect()) {
            send(socket, HEAD + "50\r\n\r\n{\"text\":");
            assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 408").endsWith(TestServer.CLOSED);
        }
    }

    @Test
    void closesAConnectionWhoseBodyTrickles() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            send(socket, HEAD + "100000\r\n\r\n{\"text\":\"");
            assertThat(trickle(socket, "x".repeat(1000))).isLessThan(500);
        }
    }

    @Test
    void waitsForABodyThatKeepsComing() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            String body = "{\"text\":\"" + "x".repeat(99_989) + "\"}";
            send(socket, HEAD + body.length() + "\r\nConnection: close\r\n\r\n");
            for (int from = 0; from < body.length(); from += 10_000) {
                Thread.sleep(120);
                send(socket, body.substring(from, from + 10_000));
            }
            assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void closesAConnectionThatTakesNoAnswer() throws Exception {
        server.record("open", "{\"text\":\"" + "x".repeat(8_000_000) + "\"}");
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", impatient.port()));
            send(socket, "GET /api/collections/open/records HTTP/1.1\r\nHost: x\r\n\r\n");
            await(1);
            await(0);
            socket.setSoTimeout(5000);
            String answer = TestServer.readAll(socket);
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith(TestServer.CLOSED);
            assertThat(answer.length()).isLessThan(8_000_000);
        }
    }

    private void await(int connections) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (impatient.connections() != connections) {
            assertThat(System.nanoTime())
                    .as("%d connections are open", impatient.connections())
                    .isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /// @return how many characters could be sent, one every 20 milliseconds
    private static int trickle(Socket socket, String text) throws InterruptedException {
        for (int i = 0; i < text.length(); i++) {
            try {
                send(socket, text.substring(i, i + 1));
            } catch (IOException closed) {
                return i;
            }
            Thread.sleep(20);
        }
        return text.length();
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", impatient.port());
        socket.setSoTimeout(5000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException closed) {
            throw new IOException(closed);
        }
    }
}
