package dev.ferritedb.distribution;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packed program under test, run as a user runs it.
final class BuiltDistribution {
    static final Path HOME = Path.of("target/ferritedb").toAbsolutePath();

    private BuiltDistribution() {}

    /// What a command answered.
    record Finished(int exitCode, String out, String err) {}

    static Finished run(Path folder, Map<String, String> environment, String... arguments) {
        return run(HOME, folder, environment, arguments);
    }

    static Finished run(Path home, Path folder, Map<String, String> environment, String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            Process process = start(home, folder, environment, out, err, arguments);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + String.join(" ", arguments));
            }
            return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Process start(
            Path home, Path folder, Map<String, String> environment, Path out, Path err, String... arguments)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(home.resolve("bin/ferritedb").toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FERRITEDB_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// A server on a port the system chose, with its own client.
    static final class Server implements AutoCloseable {
        private final Process process;
        private final Path out;
        private final Path err;
        private final URI address;
        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();

        private Server(Process process, Path out, Path err, URI address) {
            this.process = process;
            this.out = out;
            this.err = err;
            this.address = address;
        }

        /// Starts `serve` with these arguments more, and waits until `/healthz` answers.
        static Server start(Path home, Path folder, String... arguments) {
            try {
                Files.createDirectories(folder);
                Path out = Files.createTempFile(folder, "out", ".txt");
                Path err = Files.createTempFile(folder, "err", ".txt");
                int port = freePort();
                var all = new ArrayList<>(List.of("serve", "--port", Integer.toString(port)));
                all.addAll(List.of(arguments));
                Process process = BuiltDistribution.start(home, folder, Map.of(), out, err, all.toArray(String[]::new));
                var server = new Server(process, out, err, URI.create("http://127.0.0.1:" + port));
                server.awaitHealthy();
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private void awaitHealthy() throws IOException {
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline && process.isAlive()) {
                try {
                    if (send("GET", "/healthz", "", "").statusCode() == 200) return;
                } catch (UncheckedIOException notYet) {
                    if (!(notYet.getCause() instanceof ConnectException)) throw notYet;
                    Thread.onSpinWait();
                }
            }
            process.destroyForcibly();
            throw new AssertionError("the server did not start: " + Files.readString(out) + Files.readString(err));
        }

        HttpResponse<String> send(String method, String path, String token, String body) {
            var request = HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20));
            if (!token.isEmpty()) request.header("Authorization", token);
            if (!body.isEmpty()) request.header("Content-Type", "application/json");
            request.method(
                    method,
                    body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            try {
                return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        /// A token of the superuser that `--demo` makes.
        String superuserToken() {
            String answer = send(
                            "POST",
                            "/api/collections/_superusers/auth-with-password",
                            "",
                            "{\"identity\":\"admin@ferritedb.dev\",\"password\":\"Admin123!\"}")
                    .body();
            return ((Value.Text) ((Value.Members) Json.read(answer)).get("token")).text();
        }

        URI address() {
            return address;
        }

        long pid() {
            return process.pid();
        }

        String out() {
            return read(out);
        }

        String err() {
            return read(err);
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /// As `kill` does it.
        int stop() {
            process.destroy();
            return awaitEnd();
        }

        /// As `kill -9` does it.
        int kill() {
            process.destroyForcibly();
            return awaitEnd();
        }

        private int awaitEnd() {
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) throw new AssertionError("the server does not end");
                return process.exitValue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        @Override
        public void close() {
            client.close();
            if (process.isAlive()) kill();
        }
    }
}
