package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A client of `/api/realtime`, as browsers are: reads lines, and events made of them.
final class EventStream implements AutoCloseable {
    private final HttpClient client;
    final HttpHeaders headers;
    final String clientId;
    private final BufferedReader lines;

    private EventStream(HttpClient client, HttpResponse<java.io.InputStream> response) {
        this.client = client;
        assertThat(response.statusCode()).isEqualTo(200);
        this.headers = response.headers();
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        List<String> first = next();
        assertThat(first).hasSize(3);
        this.clientId = first.getFirst().substring("id:".length());
        assertThat(first)
                .containsExactly("id:" + clientId, "event:PB_CONNECT", "data:{\"clientId\":\"" + clientId + "\"}");
    }

    /// Connected, with the first event read.
    static EventStream open(int port) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/realtime"))
                .header("Accept", "text/event-stream")
                .build();
        try {
            return new EventStream(client, client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The lines of the next event; empty at the end of the stream.
    List<String> next() {
        var event = new ArrayList<String>();
        try {
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                event.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return event;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
