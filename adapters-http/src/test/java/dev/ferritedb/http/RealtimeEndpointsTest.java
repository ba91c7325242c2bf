package dev.ferritedb.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.realtime.RealtimeService;
import dev.ferritedb.ports.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Source: the wire contract, section 12; RT-01 as far as origins go.
class RealtimeEndpointsTest {
    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        server.collection("{\"name\":\"posts\",\"type\":\"base\",\"listRule\":\"\",\"viewRule\":\"\",\"fields\":[]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private EventStream open() {
        return EventStream.open(server.http.port());
    }

    private static HttpCase subscribing(String clientId, String... topics) {
        String list = topics.length == 0 ? "" : "\"" + String.join("\",\"", topics) + "\"";
        return HttpCase.post(
                "", "/api/realtime", "{\"clientId\":\"" + clientId + "\",\"subscriptions\":[" + list + "]}");
    }

    @Test
    void connectsWithAnIdOfItsOwnAndTheContractsHeaders() {
        try (EventStream one = open();
                EventStream other = open()) {
            assertThat(one.clientId).matches("[A-Za-z0-9]{40}").isNotEqualTo(other.clientId);
            assertThat(one.headers.firstValue("Content-Type")).contains("text/event-stream");
            assertThat(one.headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(one.headers.firstValue("X-Accel-Buffering")).contains("no");
            assertThat(one.headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(server.kernel.realtime().clients()).isEqualTo(2);
        }
    }

    @Test
    void setsTopicsAndEmptiesThemAgain() {
        try (EventStream stream = open()) {
            subscribing(stream.clientId, "@oauth2", "custom?options=%7B%7D")
                    .answers(204)
                    .run(server);
            subscribing(stream.clientId).answers(204).run(server);
            HttpCase.post("", "/api/realtime", "{\"clientId\":\"" + stream.clientId + "\"}")
                    .answers(204)
                    .run(server);
        }
    }

    static Stream<HttpCase> refusals() {
        String none = "nosuchclient";
        return Stream.of(
                HttpCase.post("no client id", "/api/realtime", "{\"subscriptions\":[]}")
                        .answers(400, "\"clientId\":{\"code\":\"validation_required\""),
                subscribing("c".repeat(256))
                        .answers(400, "\"clientId\":{\"code\":\"validation_length_too_long\"", "\"max\":255"),
                subscribing(none).answers(404, "\"realtime_client_not_found\""),
                subscribing(none, Collections.nCopies(1_000, "t").toArray(String[]::new))
                        .answers(404),
                subscribing(none, Collections.nCopies(1_001, "t").toArray(String[]::new))
                        .answers(400, "\"subscriptions\":{\"code\":\"validation_length_too_long\""),
                subscribing(none, "ok", "t".repeat(2_501))
                        .answers(400, "\"subscriptions\":{\"1\":{\"code\":\"validation_length_too_long\"")
                        .not("\"0\""),
                subscribing(none, "t".repeat(2_500)).answers(404),
                subscribing(none, "a\\nevent:b").answers(400, "\"subscriptions\":{\"0\":"),
                subscribing(none, "").answers(400, "\"subscriptions\":{\"0\":"),
                HttpCase.post("no list", "/api/realtime", "{\"clientId\":\"x\",\"subscriptions\":{}}")
                        .answers(400, "\"subscriptions\":{\"code\":"),
                HttpCase.post("no texts", "/api/realtime", "{\"clientId\":\"x\",\"subscriptions\":[1]}")
                        .answers(400, "\"subscriptions\":{\"0\":"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(HttpCase request) {
        request.run(server);
    }

    @ParameterizedTest
    @MethodSource("recordTopics")
    void refusesToSubscribeToRecordsAndNamesTheTopic(String topic) {
        try (EventStream stream = open()) {
            subscribing(stream.clientId, "custom", topic)
                    .answers(400, "\"subscriptions\":{\"1\":{\"code\":\"validation_unsupported_topic\"", topic)
                    .run(server);
        }
    }

    static List<String> recordTopics() {
        return List.of("posts", "posts/*", "POSTS/abc", "posts/*?options=%7B%7D");
    }

    @Test
    void keepsTheTopicsThereWereWhenNewOnesAreRefused() {
        try (EventStream stream = open()) {
            subscribing(stream.clientId, "@oauth2").answers(204).run(server);
            subscribing(stream.clientId, "posts/*").answers(400).run(server);

            redirected("GET", stream.clientId);

            assertThat(stream.next()).contains("event:@oauth2");
        }
    }

    private void redirected(String method, String state) {
        HttpCase.of("", method, "/api/oauth2-redirect?code=c&state=" + state, "", "")
                .answers(307)
                .run(server);
    }

    @Test
    void refusesToSubscribeForAClientAtAnotherAddress() {
        try (EventStream stream = open()) {
            String body = "{\"clientId\":\"" + stream.clientId + "\",\"subscriptions\":[]}";
            String answer = server.rawFrom(
                    "127.0.0.2",
                    "POST /api/realtime HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\nConnection: close\r\n\r\n" + body);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("Invalid realtime client.");
        }
    }

    @Test
    void letsAGuestBecomeAnAccountAndNotAnotherOneOrAGuestAgain() {
        server.kernel.records().create(Request.ofOperator(), "users", TestServer.account("ann@example.com"));
        server.kernel.records().create(Request.ofOperator(), "users", TestServer.account("bob@example.com"));
        String ann = server.signIn("users", "ann@example.com");
        String bob = server.signIn("users", "bob@example.com");
        try (EventStream stream = open()) {
            subscribing(stream.clientId, "a").answers(204).run(server);
            subscribing(stream.clientId, "a").as(ann).answers(204).run(server);
            subscribing(stream.clientId, "b").as(ann).answers(204).run(server);
            subscribing(stream.clientId, "c").as(bob).answers(403).run(server);
            subscribing(stream.clientId, "c").answers(403).run(server);
            subscribing(stream.clientId, "c").as("not.a.token").answers(403).run(server);
        }
    }

    @Test
    void endsAStreamThatNothingWasSentToForTooLong() {
        var patience = new RealtimeRoutes.Patience(Duration.ofMillis(200), Duration.ofMinutes(1));
        try (HttpServer http = impatient(patience);
                EventStream stream = EventStream.open(http.port())) {
            assertThat(stream.next()).isEmpty();
        }
        awaitClients(0);
    }

    @Test
    void endsAStreamAfterItsLongestTimeHoweverMuchIsSent() {
        var patience = new RealtimeRoutes.Patience(Duration.ofMinutes(1), Duration.ofMillis(200));
        try (HttpServer http = impatient(patience);
                EventStream stream = EventStream.open(http.port())) {
            assertThat(stream.next()).isEmpty();
        }
        awaitClients(0);
    }

    private HttpServer impatient(RealtimeRoutes.Patience patience) {
        return server.impatient(ConnectionGuard.Patience.with(Duration.ofSeconds(5)), patience);
    }

    @Test
    void forgetsAClientThatHangsUp() {
        EventStream stream = open();
        awaitClients(1);

        stream.close();

        awaitClients(0);
        subscribing(stream.clientId, "a").answers(404).run(server);
    }

    @Test
    void cutsAClientThatTakesNothingOffAtOnceWhenTooMuchWaitsForIt() throws IOException {
        RealtimeService realtime = server.kernel.realtime();
        var here = new Origin("127.0.0.1", "", "");
        Map<String, Value> much = Map.of("text", Value.text("x".repeat(200_000)));
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress("127.0.0.1", server.http.port()));
            socket.getOutputStream().write("GET /api/realtime HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            String clientId = clientId(socket);
            var asking = new Value.Members(Map.of(
                    "clientId", Value.text(clientId), "subscriptions", new Value.Items(List.of(Value.text("much")))));

            int sent = 0;
            do {
                realtime.subscribe(here, "", asking);
            } while (realtime.answer(here, clientId, "much", much) && ++sent < 1_000);

            assertThat(sent).isBetween(5, 999);
            awaitClients(0);
        }
    }

    private static String clientId(Socket socket) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII), 1);
        while (true) {
            String line = lines.readLine();
            if (line.startsWith("id:")) return line.substring("id:".length());
        }
    }

    @Test
    void endsStreamsAtOnceWhenTheServerStops() {
        HttpServer http = impatient(RealtimeRoutes.Patience.DEFAULT);
        try (EventStream stream = EventStream.open(http.port())) {
            long start = System.nanoTime();

            http.close();

            assertThat(stream.next()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        awaitClients(0);
    }

    private void awaitClients(int count) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (server.kernel.realtime().clients() != count) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void refusesPagesOfOtherOriginsAndNobodyElse() {
        String foreign = raw("Origin: https://evil.example\r\n");
        assertThat(foreign).startsWith("HTTP/1.1 403").contains("\"origin_not_allowed\"");
        assertThat(raw("Origin: null\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw("Origin: http://127.0.0.1\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw("")).startsWith("HTTP/1.1 200");
    }

    @Test
    void answersHeadWithoutConnecting() {
        HttpCase.of("", "HEAD", "/api/realtime", "", "").run(server);
        assertThat(server.kernel.realtime().clients()).isZero();
    }

    private String raw(String header) {
        return server.raw("GET /api/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "\r\n", Duration.ofSeconds(2));
    }
}
