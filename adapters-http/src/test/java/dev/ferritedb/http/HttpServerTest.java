package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.metering.Meters;
import dev.ferritedb.ports.plugin.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
    @TempDir
    Path folder;

    @Test
    void saysInOneLineThatThePortIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var server = TestServer.start(folder)) {
            var settings = HttpSettings.local(taken.getLocalPort());
            assertThatThrownBy(() -> HttpServer.start(settings, server.kernel, Meters.NONE, List.of()))
                    .isInstanceOf(CannotListen.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is taken");
        }
    }

    @Test
    void saysInOneLineThatThereIsNoSuchHost() {
        try (var server = TestServer.start(folder)) {
            var settings = new HttpSettings(
                    "no such host", 0, List.of(), Duration.ofSeconds(1), 1024, true, Duration.ofSeconds(1));
            assertThatThrownBy(() -> HttpServer.start(settings, server.kernel, Meters.NONE, List.of()))
                    .isInstanceOf(CannotListen.class)
                    .hasMessageContaining("no such host")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void listensOnItsAddressesAndLeavesThePortFreeAfterwards() throws IOException {
        int port;
        try (var server = TestServer.start(folder)) {
            port = server.http.port();
            assertThat(server.http.addresses()).containsExactly("http://127.0.0.1:" + port);
            assertThat(server.get("/healthz").status()).isEqualTo(200);
        }
        new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
    }

    @Test
    void finishesRequestsInFlightBeforeItCloses() throws Exception {
        var started = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        Endpoint slow = endpoint(_ -> {
            started.countDown();
            mayEnd.await();
            return new Endpoint.Answer(200, "text/plain", "done");
        });
        var server = TestServer.start(folder, new PluginEndpoint("slow", slow));
        assertThat(server.get("/healthz").status()).isEqualTo(200);
        var answer = CompletableFuture.supplyAsync(() -> server.get("/slow"));
        started.await();

        var closed = CompletableFuture.runAsync(server.http::close);
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (accepts(server)) assertThat(System.nanoTime()).isLessThan(end);
        assertThat(closed).isNotDone();
        mayEnd.countDown();

        assertThat(answer.get(5, TimeUnit.SECONDS).body()).isEqualTo("done");
        closed.get(5, TimeUnit.SECONDS);
        server.close();
    }

    private static boolean accepts(TestServer server) {
        try (var socket = new java.net.Socket("127.0.0.1", server.http.port())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void doesNotWaitForEverWhenItCloses() throws IOException {
        var server = TestServer.start(
                Files.createDirectories(folder.resolve("a")),
                settings -> new HttpSettings(
                        settings.host(), 0, List.of(), Duration.ofSeconds(30), 1024, true, Duration.ofSeconds(1)));
        try (var stuck = new java.net.Socket("127.0.0.1", server.http.port())) {
            stuck.getOutputStream()
                    .write("POST /x HTTP/1.1\r\nHost".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void countsAndTimesEachRequestByItsRoute() {
        Map<String, Long> counts = new ConcurrentHashMap<>();
        var meters = new Meters() {
            @Override
            public void count(String name, long amount, String... labels) {
                counts.merge(name + List.of(labels), amount, Long::sum);
            }

            @Override
            public void time(String name, Duration duration, String... labels) {
                counts.merge(name + List.of(labels), duration.isNegative() ? 0L : 1L, Long::sum);
            }
        };
        try (var server = TestServer.start(folder, meters)) {
            server.get("/healthz");
            server.get("/healthz");
            server.get("/api/collections/nothing/records/x");
            server.get("/nothing");
        }
        assertThat(counts)
                .containsEntry("http_requests[route, /healthz, method, GET, status, 2xx]", 2L)
                .containsEntry("http_request_time[route, /healthz, method, GET, status, 2xx]", 2L)
                .containsEntry(
                        "http_requests[route, /api/collections/{collection}/records/{id}, method, GET, status, 4xx]",
                        1L)
                .containsEntry("http_requests[route, *, method, *, status, 4xx]", 1L);
    }

    private static Endpoint endpoint(PluginEndpointsTest.Body body) {
        return new Endpoint() {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public String path() {
                return "/slow";
            }

            @Override
            public Access access() {
                return Access.EVERYONE;
            }

            @Override
            public Answer answer(Call call) throws Exception {
                return body.answer(call);
            }
        };
    }
}
