package dev.ferritedb.http;

import dev.ferritedb.identity.Argon2idCost;
import dev.ferritedb.identity.Argon2idHasher;
import dev.ferritedb.identity.CommonPasswordList;
import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.KernelPorts;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.mail.MailBox;
import dev.ferritedb.ports.metering.Meters;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteAuditLog;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/// A whole server on a free port over a real kernel and a real database: `TestServer.start(folder)`.
final class TestServer implements AutoCloseable {
    static final String SUPERUSER = "root@example.com";
    static final String PASSWORD = "correct horse battery";

    /// A weak hash: these tests are not about hashing.
    private static final Argon2idCost CHEAP = new Argon2idCost(64, 1, 1);

    private final SqliteRecordStore store;
    private final SqliteAuditLog audit;
    private final Argon2idHasher passwords;
    final MailBox mails = new MailBox();
    final Kernel kernel;
    final HttpServer http;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestServer(
            Path folder, UnaryOperator<HttpSettings> settings, Meters meters, List<PluginEndpoint> endpoints) {
        store = SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
        audit = SqliteAuditLog.open(folder.resolve("audit.db"));
        store.migrate();
        passwords = new Argon2idHasher(CHEAP, new SecureRandom());
        kernel = Kernel.start(new KernelPorts(
                        store,
                        passwords,
                        new CommonPasswordList(),
                        AccountPolicy.DEFAULT,
                        new NimbusTokenCodec(InstantSource.system()),
                        new Json(),
                        InstantSource.system(),
                        new SecureRandom(),
                        List.of())
                .withMails(mails, Value.Members.EMPTY)
                .withAudit(audit));
        http = HttpServer.start(settings.apply(HttpSettings.local(0)), kernel, meters, endpoints);
    }

    static TestServer start(Path folder) {
        return start(folder, UnaryOperator.identity());
    }

    static TestServer start(Path folder, UnaryOperator<HttpSettings> settings) {
        return new TestServer(folder, settings, Meters.NONE, List.of()).founded();
    }

    static TestServer start(Path folder, Meters meters) {
        return new TestServer(folder, UnaryOperator.identity(), meters, List.of()).founded();
    }

    static TestServer start(Path folder, PluginEndpoint... endpoints) {
        return new TestServer(folder, UnaryOperator.identity(), Meters.NONE, List.of(endpoints)).founded();
    }

    static TestServer startWithoutSuperuser(Path folder) {
        return new TestServer(folder, UnaryOperator.identity(), Meters.NONE, List.of());
    }

    private TestServer founded() {
        record("_superusers", Json.write(account(SUPERUSER)));
        return this;
    }

    /// A server of its own over the same kernel, on another port.
    HttpServer impatient(ConnectionGuard.Patience patience) {
        return impatient(patience, RealtimeRoutes.Patience.DEFAULT);
    }

    HttpServer impatient(ConnectionGuard.Patience patience, RealtimeRoutes.Patience streams) {
        return HttpServer.start(HttpSettings.local(0), kernel, Meters.NONE, List.of(), patience, streams);
    }

    static Value.Members account(String email) {
        return (Value.Members) Json.read("""
            {"email":"%s","password":"%s","passwordConfirm":"%s","verified":true}\
            """.formatted(email, PASSWORD, PASSWORD));
    }

    String url(String path) {
        return "http://127.0.0.1:" + http.port() + path;
    }

    /// A token of the superuser every server has.
    String superuser() {
        return signIn("_superusers", SUPERUSER);
    }

    String signIn(String collection, String email) {
        Answer answer = send(HttpCase.post(
                "", "/api/collections/" + collection + "/auth-with-password", """
                    {"identity":"%s","password":"%s"}\
                    """.formatted(email, PASSWORD)));
        return answer.text("token");
    }

    /// Makes a collection from its document.
    void collection(String document) {
        kernel.schema().create(Request.ofOperator(), (Value.Members) Json.read(document));
    }

    /// Stores a record past all rules.
    /// @return its id
    String record(String collection, String document) {
        return kernel.records()
                .create(Request.ofOperator(), collection, (Value.Members) Json.read(document))
                .record()
                .id();
    }

    Answer get(String path) {
        return send(HttpCase.get("", path));
    }

    Answer send(HttpCase request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url(request.path())))
                .timeout(Duration.ofSeconds(20))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        if (!request.contentType().isEmpty()) builder.header("Content-Type", request.contentType());
        request.headers().forEach(builder::header);
        try {
            HttpResponse<byte[]> response = client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().map(),
                    new String(response.body(), StandardCharsets.UTF_8),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request + ": " + e, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends bytes as they are, says that no more will come once an answer starts, and reads until the server
    /// closes, or until it has been silent for `patience`.
    String raw(String bytes, Duration patience) {
        try (var socket = new Socket("127.0.0.1", http.port())) {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return readAll(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends bytes from another address of this machine, such as `127.0.0.2`, and reads until the server closes.
    String rawFrom(String address, String bytes) {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", http.port()));
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return readAll(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String readAll(Socket socket) throws IOException {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                if (!socket.isOutputShutdown()) socket.shutdownOutput();
            }
            return text + CLOSED;
        } catch (java.net.SocketTimeoutException stillOpen) {
            return text.toString();
        } catch (java.net.SocketException reset) {
            return text + CLOSED;
        }
    }

    /// What [#raw] adds when the server closed the connection.
    static final String CLOSED = "<closed>";

    @Override
    public void close() {
        http.close();
        passwords.close();
        store.close();
        audit.close();
    }

    record Answer(int status, java.util.Map<String, List<String>> headers, String body, byte[] bytes) {
        Value.Members json() {
            return (Value.Members) Json.read(body.strip());
        }

        String text(String member) {
            if (json().get(member) instanceof Value.Text text) return text.text();
            throw new AssertionError("no text " + member + " in " + status + " " + body);
        }

        String header(String name) {
            return String.join(", ", headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()));
        }
    }
}
