package dev.ferritedb.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.http.HttpServer;
import dev.ferritedb.http.HttpSettings;
import dev.ferritedb.identity.Argon2idCost;
import dev.ferritedb.identity.Argon2idHasher;
import dev.ferritedb.identity.CommonPasswordList;
import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.KernelPorts;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.metering.Meters;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Settings;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A whole FerriteDB over HTTP with the plug-in, as a client of it sees it.
final class SignInServer implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";
    static final String USERS = "/api/collections/users";

    private final SqliteRecordStore store;
    private final Argon2idHasher passwords = new Argon2idHasher(new Argon2idCost(64, 1, 1), new SecureRandom());
    private final HttpClient client = HttpClient.newHttpClient();
    final Kernel kernel;
    private final HttpServer http;

    private SignInServer(Path folder, List<IdentityProvider> providers) {
        store = SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
        store.migrate();
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
                .withIdentityProviders(providers));
        http = HttpServer.start(HttpSettings.local(0), kernel, Meters.NONE, List.of());
    }

    static SignInServer start(Path folder) {
        Extension extension = new OAuth2Plugin().extensions().getFirst();
        return new SignInServer(folder, ((Extension.IdentityProvidersFactory) extension).open(new NoSettings()));
    }

    static SignInServer withoutPlugin(Path folder) {
        return new SignInServer(folder, List.of());
    }

    private static final class NoSettings implements Settings {
        @Override
        public Optional<String> text(String key) {
            return Optional.empty();
        }

        @Override
        public String required(String key) {
            throw new InvalidSetting(key);
        }

        @Override
        public Optional<String> secret(String key) {
            return Optional.empty();
        }

        @Override
        public long whole(String key, long otherwise) {
            return otherwise;
        }

        @Override
        public boolean truth(String key, boolean otherwise) {
            return otherwise;
        }

        @Override
        public Duration duration(String key, Duration otherwise) {
            return otherwise;
        }

        @Override
        public List<String> list(String key) {
            return List.of();
        }
    }

    /// Lets the users sign in by these providers.
    void providers(Value.Members... providers) {
        change(OidcServer.members(
                "oauth2", OidcServer.members("enabled", true, "providers", new Value.Items(List.of(providers)))));
    }

    void change(Value.Members options) {
        kernel.schema().update(Request.ofOperator(), "users", options);
    }

    String url(String path) {
        return "http://127.0.0.1:" + http.port() + path;
    }

    String redirectUrl() {
        return url("/api/oauth2-redirect");
    }

    record Answer(int status, String body) {
        Value.Members json() {
            return (Value.Members) Json.read(body.strip());
        }

        String text(String path) {
            return new Told(json()).at(path).text();
        }

        boolean isTrue(String path) {
            return new Told(json()).at(path).isTrue();
        }

        Answer isWithout(String part) {
            assertThat(body).doesNotContain(part);
            return this;
        }

        Answer is(int expected, String... parts) {
            assertThat(status).as(body).isEqualTo(expected);
            for (String part : parts) assertThat(body).contains(part);
            return this;
        }
    }

    Answer get(String path, String token) {
        return send(HttpRequest.newBuilder(URI.create(url(path))).GET(), token);
    }

    Answer post(String path, Value body, String token) {
        return send(
                HttpRequest.newBuilder(URI.create(url(path)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))),
                token);
    }

    /// Sends a form, as a browser does for a provider.
    Answer form(String path, Map<String, String> members) {
        String form = members.entrySet().stream()
                .map(member -> member.getKey() + "=" + URLEncoder.encode(member.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(URI.create(url(path)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)),
                "");
    }

    /// Signs in by a request with that `Host`.
    String raw(String host, Value body) {
        byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
        String head = "POST " + USERS + "/auth-with-oauth2 HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + json.length
                + "\r\n\r\n";
        try (var socket = new Socket("127.0.0.1", http.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(json);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Answer send(HttpRequest.Builder request, String token) {
        if (!token.isEmpty()) request.header("Authorization", token);
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Answer patchUsers(String json, String token) {
        return send(
                HttpRequest.newBuilder(URI.create(url(USERS)))
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(json)),
                token);
    }

    /// A token of a superuser.
    String superuser() {
        String email = "root@example.com";
        kernel.records()
                .create(
                        Request.ofOperator(),
                        "_superusers",
                        OidcServer.members("email", email, "password", PASSWORD, "passwordConfirm", PASSWORD));
        return post(
                        "/api/collections/_superusers/auth-with-password",
                        OidcServer.members("identity", email, "password", PASSWORD),
                        "")
                .is(200)
                .text("token");
    }

    /// An account made by whoever knows its password.
    StoredRecord account(String email, boolean verified) {
        return kernel.records()
                .create(
                        Request.ofOperator(),
                        "users",
                        OidcServer.members(
                                "email",
                                email,
                                "password",
                                PASSWORD,
                                "passwordConfirm",
                                PASSWORD,
                                "verified",
                                verified))
                .record();
    }

    Answer byPassword(String email) {
        return post(USERS + "/auth-with-password", OidcServer.members("identity", email, "password", PASSWORD), "");
    }

    /// What the SDK does: asks how to begin, sends the browser to the provider and comes back with the code.
    Value.Members flow(OidcServer provider, Object... more) {
        Answer methods = get(USERS + "/auth-methods", "").is(200);
        String code = provider.code(methods.text("oauth2.providers.0.authURL"), redirectUrl());
        return OidcServer.members(
                "provider",
                methods.text("oauth2.providers.0.name"),
                "code",
                code,
                "codeVerifier",
                methods.text("oauth2.providers.0.codeVerifier"),
                "redirectURL",
                redirectUrl(),
                more);
    }

    Answer signIn(OidcServer provider, Object... more) {
        return post(USERS + "/auth-with-oauth2", flow(provider, more), "");
    }

    List<StoredRecord> all(String collection, String filter) {
        var found = new ArrayList<StoredRecord>();
        kernel.records()
                .list(
                        Request.ofOperator(),
                        collection,
                        new ListQuery(1, 1000, "", filter, true),
                        (row, _) -> found.add(row.record()));
        return found;
    }

    @Override
    public void close() {
        http.close();
        kernel.close();
        passwords.close();
        store.close();
    }
}
