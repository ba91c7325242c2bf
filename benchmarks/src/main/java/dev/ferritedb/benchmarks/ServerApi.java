package dev.ferritedb.benchmarks;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// Single requests to a server, for what is prepared before anything is measured.
///
/// @param token who asks; empty for nobody
record ServerApi(InetSocketAddress server, String token) {
    static ServerApi signIn(InetSocketAddress server, String collection, String email, String password)
            throws IOException, InterruptedException {
        String credentials = "{\"identity\":\"" + email + "\",\"password\":\"" + password + "\"}";
        var signedIn = (Value.Members) new ServerApi(server, "")
                .send("POST", "/api/collections/" + collection + "/auth-with-password", credentials);
        return new ServerApi(server, ((Value.Text) signedIn.get("token")).text());
    }

    static final String ACCOUNT_PASSWORD = "granite-lantern-42-orbit";

    /// Makes an account, for superusers.
    /// @return what it may do itself
    ServerApi account(String collection, String email) throws IOException, InterruptedException {
        send("POST", "/api/collections/" + collection + "/records", """
                {"email": "%1$s", "password": "%2$s", "passwordConfirm": "%2$s", "verified": true}""".formatted(email, ACCOUNT_PASSWORD));
        return signIn(server, collection, email, ACCOUNT_PASSWORD);
    }

    /// @throws IOException when it is refused
    Value send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        request.header("Content-Type", "application/json");
        if (!token.isEmpty()) request.header("Authorization", token);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() < 300) return answer.body().length == 0 ? Value.NOTHING : Json.read(answer.body());
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }
}
