package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What no HTTP client sends.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawRequestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String OPEN = "/api/collections/open/records";

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(
                folder,
                settings -> new HttpSettings(
                        settings.host(),
                        0,
                        List.of(),
                        Duration.ofSeconds(1),
                        64 * 1024,
                        true,
                        settings.drainTimeout()));
        server.collection("{\"name\":\"open\",\"createRule\":\"\",\"fields\":[{\"name\":\"text\",\"type\":\"text\"}]}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    record Row(String name, String request, int status) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesOnceAndCloses(Row row) {
        String answer = server.raw(row.request, PATIENCE);

        assertThat(answer).startsWith("HTTP/1.1 " + row.status + " ").endsWith(TestServer.CLOSED);
        assertThat(answer).contains("\"status\":" + row.status, "\"code\":\"", "X-Content-Type-Options: nosniff");
        assertThat(answer).containsIgnoringCase("Connection: close");
        assertThat(answer.split("HTTP/1\\.1 ", -1)).as("answers").hasSize(2);
        assertThat(server.get("/healthz").status()).isEqualTo(200);
    }

    static Stream<Row> refused() {
        var rows = new ArrayList<Row>();
        String tail = "\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
        for (String framing : List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 5",
                "Content-Length: +4",
                "Content-Length: -4",
                "Content-Length: 0x4",
                "Content-Length: 4 4",
                "Content-Length: 99999999999999999999",
                "Content-Length:",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding:",
                "Transfer-Encoding : chunked",
                "Content-Length : 4",
                " Content-Length: 4",
                "Content-Length\t: 4",
                "X: y\r\n Content-Length: 4",
                "X: y\r\n\tfolded: line",
                "no colon here",
                ": no name",
                "Bad Name: x",
                "Bad(Name): x",
                "X: a\0b",
                "X: a\rb",
                "X: a\nContent-Length: 4",
                "Content-Encoding: gzip\r\nContent-Length: 4")) {
            rows.add(new Row(
                    framing.replace("\r\n", " | "),
                    "POST " + OPEN + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + framing + tail,
                    400));
        }
        rows.add(new Row(
                "gzip as a transfer encoding",
                "POST " + OPEN + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked" + tail,
                501));
        for (String chunk : List.of(
                "g\r\nab\r\n0\r\n\r\n",
                "-1\r\nab\r\n0\r\n\r\n",
                "\r\nab\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                "2\n{}\n0\n\n",
                "0\r\nX: y\r\n\r\n")) {
            rows.add(new Row(
                    "chunk " + chunk.replace("\r", "\\r").replace("\n", "\\n"),
                    "POST " + OPEN
                            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + chunk,
                    400));
        }
        for (String line : List.of(
                "GET",
                "GET /healthz",
                "GET  /healthz HTTP/1.1",
                "GET /healthz HTTP/1.1 x",
                "GET /healthz HTTP/2.0",
                "GET /healthz http/1.1",
                "GET /healthz FTP/1.1",
                "G\0ET /healthz HTTP/1.1",
                "",
                "\0\0\0\0")) {
            rows.add(new Row("request line " + line, line + "\r\nHost: x\r\n\r\n", 400));
        }
        rows.add(new Row("HTTP/1.0", "GET /healthz HTTP/1.0\r\n\r\n", 505));
        rows.add(new Row("no host", "GET /healthz HTTP/1.1\r\n\r\n", 400));
        rows.add(new Row("two hosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400));
        rows.add(new Row("a host that is none", "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", 400));
        rows.add(new Row("a long line", "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414));
        rows.add(new Row("a long header", "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(17_000) + "\r\n\r\n", 431));
        rows.add(new Row("many headers", "GET / HTTP/1.1\r\nHost: x\r\n" + headers(110) + "\r\n", 431));
        rows.add(new Row(
                "a declared length beyond the limit",
                "POST " + OPEN
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n\r\n{",
                413));
        rows.add(new Row(
                "chunks beyond the limit",
                "POST " + OPEN
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("4000\r\n" + " ".repeat(0x4000) + "\r\n").repeat(8),
                413));
        rows.add(new Row(
                "an unread body",
                "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n" + "x".repeat(1000),
                404));
        rows.add(new Row(
                "a body that stops",
                "POST " + OPEN
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"text\":",
                408));
        return rows.stream();
    }

    private static String headers(int count) {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) lines.append("X").append(i).append(": y\r\n");
        return lines.toString();
    }

    @ParameterizedTest
    @MethodSource("badTargets")
    void refusesTargetsThatAreNoPaths(Row row) {
        assertThat(server.raw(row.request + close(), PATIENCE))
                .startsWith("HTTP/1.1 " + row.status + " ")
                .contains("\"code\":\"invalid_path\"");
    }

    static Stream<Row> badTargets() {
        return Stream.of(
                        "http://x/healthz",
                        "*",
                        "healthz",
                        "/a%",
                        "/a%2",
                        "/a%zz",
                        "/a%ff",
                        "/a%c0%af",
                        "/<a>",
                        "/a\"b",
                        "/a\\b",
                        "/a|b",
                        "/{a}",
                        "/a^b",
                        "/" + "a/".repeat(40),
                        "/\u00e4")
                .map(target -> new Row(target, "GET " + target + " HTTP/1.1\r\nHost: x\r\n", 400));
    }

    @ParameterizedTest
    @MethodSource("strangePaths")
    void knowsNoWayAroundARoute(Row row) {
        assertThat(server.raw(row.request + close(), PATIENCE)).startsWith("HTTP/1.1 404 ");
    }

    static Stream<Row> strangePaths() {
        return Stream.of(
                        "/",
                        "//healthz",
                        "/./healthz",
                        "/x/../healthz",
                        "/%2e%2e/healthz",
                        "/healthz/",
                        "/healthz;x=y",
                        "/healthz%00",
                        "/HEALTHZ",
                        "/api/collections/users/records/",
                        "/api//collections",
                        "/admin/../healthz",
                        "/admin/%2e%2e/%2e%2e/dev/ferritedb/http/HttpServer.class",
                        "/admin/..%2f..%2fpom.xml")
                .map(target -> new Row(target, "GET " + target + " HTTP/1.1\r\nHost: x\r\n", 404));
    }

    @Test
    void refusesTrace() {
        assertThat(server.raw("TRACE /healthz HTTP/1.1\r\nHost: x\r\nCookie: secret\r\n" + close(), PATIENCE))
                .startsWith("HTTP/1.1 404 ")
                .doesNotContain("secret");
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        String one = "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: one\r\n\r\n";
        String two = "GET /nothing HTTP/1.1\r\nHost: x\r\nX-Request-Id: two\r\n" + close();

        String answers = server.raw(one + two, PATIENCE);

        assertThat(answers).contains("X-Request-Id: one", "X-Request-Id: two").endsWith(TestServer.CLOSED);
        assertThat(answers.indexOf("one")).isLessThan(answers.indexOf("two"));
    }

    @Test
    void sendsNoBodyToHead() {
        String answer = server.raw("HEAD /healthz HTTP/1.1\r\nHost: x\r\n" + close(), PATIENCE);

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("Content-Length: 16")
                .doesNotContain("{");
    }

    @Test
    void takesOverARequestIdOnlyWhenItIsSafe() {
        assertThat(withId("abc-DEF_1.2")).contains("X-Request-Id: abc-DEF_1.2\r\n");
        for (String unsafe : List.of("a b", "<x>", "a".repeat(65), "\u00e4")) {
            assertThat(withId(unsafe)).contains("X-Request-Id: ").doesNotContain(unsafe);
        }
    }

    private String withId(String id) {
        return server.raw("GET /nothing HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + id + "\r\n" + close(), PATIENCE);
    }

    @Test
    void takesABodyAfterAskingForIt() throws IOException {
        try (var socket = new Socket("127.0.0.1", server.http.port())) {
            socket.setSoTimeout(5000);
            send(
                    socket,
                    "POST " + OPEN + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\n"
                            + "Expect: 100-continue\r\nConnection: close\r\n\r\n");
            var interim = new byte[25];
            assertThat(socket.getInputStream().readNBytes(interim, 0, 25)).isEqualTo(25);
            assertThat(new String(interim, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 100 Continue");
            send(socket, "{\"text\":\"x\"}");
            assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void servesOthersWhileManyConnectionsAreSilentOrSlow() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 200; i++) {
                var socket = new Socket("127.0.0.1", server.http.port());
                slow.add(socket);
                if (i % 2 == 0) send(socket, "GET /heal");
            }
            long start = System.nanoTime();
            for (int i = 0; i < 50; i++)
                assertThat(server.get("/healthz").status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        } finally {
            for (Socket socket : slow) socket.close();
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String close() {
        return "Connection: close\r\n\r\n";
    }
}
