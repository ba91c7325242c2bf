package dev.ferritedb.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What other servers may send, and what is sent to them. FILE-09 of the security checklist.
class OutboundTest {
    /// Answers each connection with the same bytes, then closes it or holds it open.
    private static final class Peer implements AutoCloseable {
        private final ServerSocket socket;
        private final List<String> asked = new ArrayList<>();

        Peer(String answer, boolean hold) {
            try {
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            Thread.ofVirtual().start(() -> serve(answer, hold));
        }

        private void serve(String answer, boolean hold) {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    var buffer = new byte[16 * 1024];
                    int read = connection.getInputStream().read(buffer);
                    asked.add(new String(buffer, 0, Math.max(0, read), StandardCharsets.ISO_8859_1));
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    connection.getOutputStream().flush();
                    if (hold) connection.getInputStream().read();
                } catch (IOException closed) {
                    if (socket.isClosed()) return;
                }
            }
        }

        String url(String path) {
            return "http://127.0.0.1:" + socket.getLocalPort() + path;
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Outbound outbound(Duration timeout) {
        return new Outbound(
                new AddressPolicy(true, Set.of()), timeout, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private static Outbound.Answer answerTo(String answer) throws IOException {
        try (var peer = new Peer(answer, false)) {
            return outbound(Duration.ofSeconds(5)).send("GET", peer.url("/"), Map.of(), new byte[0]);
        }
    }

    @Test
    void readsBodiesByLengthByChunksAndToTheEnd() throws IOException {
        assertThat(answerTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
                .isEqualTo(new Outbound.Answer(200, "hello"));
        assertThat(answerTo(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\n\r\n"))
                .isEqualTo(new Outbound.Answer(200, "hello"));
        assertThat(answerTo("HTTP/1.0 404\r\n\r\nhello")).isEqualTo(new Outbound.Answer(404, "hello"));
        assertThat(answerTo("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(new Outbound.Answer(204, ""));
        assertThat(answerTo("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\nContent-Length: 2\n\nhi"))
                .isEqualTo(new Outbound.Answer(200, "hi"));
    }

    @Test
    void followsNoRedirect() throws IOException {
        Outbound.Answer answer =
                answerTo("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.succeeded()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nnot a header\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"
            })
    void refusesAnswersThatAreNone(String answer) {
        assertThatThrownBy(() -> answerTo(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesTooMuch() {
        String head = "HTTP/1.1 200 OK\r\nX-Long: " + "a".repeat(40_000) + "\r\n\r\n";
        assertThatThrownBy(() -> answerTo(head)).isInstanceOf(IOException.class);
        String body = "HTTP/1.1 200 OK\r\n\r\n" + "a".repeat(AnswerReader.BODY_MAX_BYTES + 1);
        assertThatThrownBy(() -> answerTo(body)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> outbound(Duration.ofSeconds(5))
                        .send("GET", "https://example.com/" + "a".repeat(9000), Map.of(), new byte[0]))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> outbound(Duration.ofSeconds(5)).send("GET", "http://a b/", Map.of(), new byte[0]))
                .isInstanceOf(IOException.class);
    }

    @Test
    void waitsNoLongerThanItsTimeForAServerThatHoldsItsAnswer() {
        try (var peer = new Peer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", true)) {
            Instant start = Instant.now();
            assertThatThrownBy(() -> outbound(Duration.ofMillis(300)).send("GET", peer.url("/"), Map.of(), new byte[0]))
                    .isInstanceOf(IOException.class);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void speaksPlainHttpOfItsOwn() throws IOException {
        try (var peer = new Peer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false)) {
            outbound(Duration.ofSeconds(5))
                    .send(
                            "POST",
                            peer.url("/path?a=b"),
                            Map.of("X-Sent", "one\r\nX-Second: two"),
                            "a=b".getBytes(StandardCharsets.UTF_8));
            assertThat(peer.asked.getFirst())
                    .startsWith("POST /path?a=b HTTP/1.1\r\nHost: 127.0.0.1:")
                    .contains("Accept-Encoding: identity\r\n", "Connection: close\r\n", "Content-Length: 3\r\n")
                    .contains("X-Sent: oneX-Second: two\r\n")
                    .doesNotContain("\r\nX-Second");
        }
    }

    @Test
    void trustsNoServerThatCannotProveItsName() {
        try (var peer = new Peer("no TLS", false)) {
            assertThatThrownBy(() -> outbound(Duration.ofSeconds(5))
                            .send("GET", peer.url("/").replace("http:", "https:"), Map.of(), new byte[0]))
                    .isInstanceOf(IOException.class);
        }
    }
}
