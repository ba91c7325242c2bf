package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Source: the wire contract, section 9.2, steps 3 and 4.
class OAuth2RedirectTest {
    private static final String SUCCESS = "../_/#/auth/oauth2-redirect-success";
    private static final String FAILURE = "../_/#/auth/oauth2-redirect-failure";

    @TempDir
    Path folder;

    private TestServer server;
    private EventStream stream;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        stream = EventStream.open(server.http.port());
        subscribe("@oauth2", "other");
    }

    @AfterEach
    void stop() {
        stream.close();
        server.close();
    }

    private void subscribe(String... topics) {
        HttpCase.post("", "/api/realtime", """
                {"clientId":"%s","subscriptions":["%s"]}""".formatted(stream.clientId, String.join("\",\"", topics)))
                .answers(204)
                .run(server);
    }

    /// @return where the browser is sent
    private String get(String query) {
        TestServer.Answer answer = server.get("/api/oauth2-redirect?" + query);
        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        return answer.header("Location");
    }

    private String post(String type, String body) {
        TestServer.Answer answer = HttpCase.of("", "POST", "/api/oauth2-redirect", type, body)
                .answers(303)
                .run(server);
        return answer.header("Location");
    }

    private List<String> event(String data) {
        return List.of("id:" + stream.clientId, "event:@oauth2", "data:" + data);
    }

    @Test
    void handsTheCodeToThePageThatWaitsForIt() {
        assertThat(get("state=" + stream.clientId + "&code=a%22b%0Ac")).isEqualTo(SUCCESS);

        assertThat(stream.next()).isEqualTo(event("{\"state\":\"" + stream.clientId + "\",\"code\":\"a\\\"b\\nc\"}"));
    }

    @Test
    void handsOverOnce() {
        assertThat(get("code=first&state=" + stream.clientId)).isEqualTo(SUCCESS);
        assertThat(get("code=second&state=" + stream.clientId)).isEqualTo(FAILURE);
        subscribe("@oauth2");
        assertThat(get("code=third&state=" + stream.clientId)).isEqualTo(SUCCESS);

        assertThat(stream.next()).last().asString().contains("first");
        assertThat(stream.next()).last().asString().contains("third");
    }

    @Test
    void tellsThePageOfAnErrorAndTheUserOfTheFailure() {
        assertThat(get("error=access_denied&state=" + stream.clientId)).isEqualTo(FAILURE);

        assertThat(stream.next())
                .isEqualTo(event("{\"state\":\"" + stream.clientId + "\",\"code\":\"\",\"error\":\"access_denied\"}"));
    }

    @Test
    void takesAForm() {
        String form = "code=c&user=%7B%7D&state=" + stream.clientId;
        assertThat(post("application/x-www-form-urlencoded", form)).isEqualTo(SUCCESS);

        assertThat(stream.next()).isEqualTo(event("{\"state\":\"" + stream.clientId + "\",\"code\":\"c\"}"));
    }

    @Test
    void failsWithoutTellingAnyoneWhatItCanNotHandOver() {
        try (EventStream other = EventStream.open(server.http.port())) {
            for (String query : List.of(
                    "", "code=c", "code=c&state=", "code=c&state=nosuchclient", "code=c&state=" + other.clientId)) {
                assertThat(get(query)).as(query).isEqualTo(FAILURE);
            }
        }
        assertThat(post("application/json", "{not json")).isEqualTo(FAILURE);
        assertThat(post("text/plain", "code=c")).isEqualTo(FAILURE);
        assertThat(post("application/x-www-form-urlencoded", "state=" + "x".repeat(100_000)))
                .isEqualTo(FAILURE);
    }

    @Test
    void handsNothingToAPageAtAnotherAddress() {
        String answer = server.rawFrom(
                "127.0.0.2",
                "GET /api/oauth2-redirect?code=c&state=" + stream.clientId
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).contains(FAILURE);
        assertThat(get("code=mine&state=" + stream.clientId)).isEqualTo(SUCCESS);
        assertThat(stream.next()).last().asString().contains("mine");
    }

    @Test
    void saysItInWordsWhereThereIsNoUi(@TempDir Path another) {
        try (TestServer plain = TestServer.start(another, OAuth2RedirectTest::withoutUi);
                EventStream waiting = EventStream.open(plain.http.port())) {
            String path = "/api/oauth2-redirect?code=c&state=" + waiting.clientId;
            HttpCase.get("", path).answers(200, "The sign-in did not work.").run(plain);
            HttpCase.post("", "/api/realtime", """
                    {"clientId":"%s","subscriptions":["@oauth2"]}""".formatted(waiting.clientId))
                    .answers(204)
                    .run(plain);
            HttpCase.get("", path).answers(200, "You are signed in.").run(plain);
        }
    }

    private static HttpSettings withoutUi(HttpSettings settings) {
        return new HttpSettings(
                settings.host(),
                settings.port(),
                settings.corsOrigins(),
                settings.requestTimeout(),
                settings.requestMaxBytes(),
                false,
                settings.drainTimeout());
    }
}
