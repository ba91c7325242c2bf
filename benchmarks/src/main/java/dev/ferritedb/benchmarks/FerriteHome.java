package dev.ferritedb.benchmarks;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A built distribution, and a data folder of its own.
record FerriteHome(Path home, Path data, Path logs) {
    /// A limit for each caller would measure the limit.
    private static final Map<String, String> ENVIRONMENT = Map.of("FERRITEDB_SERVER_RATE_LIMIT_ENABLED", "false");

    private static final String EMAIL = "bench@example.com";
    private static final String PASSWORD = "granite-lantern-42-orbit";

    /// Everyone may read and create, so that both servers do the same for a request.
    private static final String COLLECTION = """
            {"name": "bench", "type": "base", "listRule": "", "viewRule": "", "createRule": "",
             "fields": [
               {"name": "title", "type": "text"},
               {"name": "body", "type": "text"},
               {"name": "count", "type": "number"},
               {"name": "done", "type": "bool"},
               {"name": "created", "type": "autodate", "onCreate": true},
               {"name": "updated", "type": "autodate", "onCreate": true, "onUpdate": true}]}
            """;

    void requireThere() throws IOException {
        if (Files.isExecutable(program())) return;
        throw new IOException(
                "there is no distribution at " + home + ": build it first, or name it with --distribution");
    }

    private Path program() {
        return home.resolve("bin/ferritedb");
    }

    ServerProcess serve() throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        List<String> command =
                List.of(program().toString(), "serve", "--data", data.toString(), "--port", Integer.toString(port));
        return ServerProcess.start(command, ENVIRONMENT, port, logs.resolve("ferritedb.log"));
    }

    void createSuperuser() throws IOException, InterruptedException {
        Path log = logs.resolve("admin.log");
        List<String> command = List.of(
                program().toString(), "admin", "create", EMAIL, "--password", PASSWORD, "--data", data.toString());
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(ENVIRONMENT);
        if (builder.start().waitFor() != 0) throw new IOException("no superuser: " + Files.readString(log));
    }

    void createCollection(InetSocketAddress server) throws IOException {
        String credentials = "{\"identity\":\"" + EMAIL + "\",\"password\":\"" + PASSWORD + "\"}";
        var signedIn = (Value.Members) post(server, "/api/collections/_superusers/auth-with-password", "", credentials);
        post(server, "/api/collections", ((Value.Text) signedIn.get("token")).text(), COLLECTION);
    }

    private static Value post(InetSocketAddress server, String path, String token, String json) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.getPort() + path);
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        if (!token.isEmpty()) connection.setRequestProperty("Authorization", token);
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] answer = in.readAllBytes();
            if (status != 200)
                throw new IOException(path + ": " + status + " " + new String(answer, StandardCharsets.UTF_8));
            return Json.read(answer);
        }
    }

    /// The Java and its flags that the distribution runs with, so that the baseline gets the same.
    List<String> java() throws IOException {
        List<String> command = new ArrayList<>();
        Path own = home.resolve("runtime/bin/java");
        command.add(
                Files.isExecutable(own)
                        ? own.toString()
                        : Path.of(System.getProperty("java.home"), "bin/java").toString());
        Path flags = home.resolve("lib/jvm.options");
        command.add(Files.isRegularFile(flags) ? "@" + flags : "-XX:+UseSerialGC");
        return command;
    }
}
