package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.delete;
import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.of;
import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What belongs to the server or to superusers is stored from nobody else, by whichever way it is sent.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyFieldsTest {
    private static final String ALL = "/api/collections";
    private static final String OPEN = ALL + "/open/records";
    private static final String PASSWORDS = """
            "password":"%s","passwordConfirm":"%s\"""".formatted(TestServer.PASSWORD, TestServer.PASSWORD);
    private static final Map<String, String> STOLEN = Map.of(
            "created", "2001-01-01 00:00:00.000Z",
            "updated", "2001-01-01 00:00:00.000Z",
            "collectionId", "_pb_users_auth_",
            "collectionName", "users",
            "expand", "stolen",
            "secret", "stolen",
            "score+", "5",
            "+flags", "b",
            "slug:autogenerate", "stolen",
            "text", "sent");

    private TestServer server;
    private String root = "";
    private String alice = "";
    private String aliceId = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        root = server.superuser();
        aliceId = server.record("users", "{\"email\":\"alice@example.com\"," + PASSWORDS + "}");
        alice = server.signIn("users", "alice@example.com");
        server.collection("""
                {"name":"open","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"",
                 "fields":[{"name":"text","type":"text"},{"name":"secret","type":"text","hidden":true},
                  {"name":"score","type":"number","hidden":true},{"name":"flags","type":"select","values":["a","b"],"maxSelect":2,"hidden":true},
                  {"name":"slug","type":"text","autogeneratePattern":"[a-z]{4}","hidden":true},
                  {"name":"created","type":"autodate","onCreate":true},{"name":"updated","type":"autodate","onCreate":true,"onUpdate":true}]}""");
        server.collection("""
                {"name":"seen","type":"view","listRule":"","viewRule":"","viewQuery":"select id, text from open"}""");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// The ways in which a body can be written.
    private enum Written {
        JSON {
            @Override
            HttpCase as(HttpCase request, Map<String, String> fields) {
                return request.bytes(json(fields));
            }
        },
        FORM {
            @Override
            HttpCase as(HttpCase request, Map<String, String> fields) {
                String form = fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
                return request.type("application/x-www-form-urlencoded").bytes(form.getBytes(StandardCharsets.UTF_8));
            }
        },
        PARTS {
            @Override
            HttpCase as(HttpCase request, Map<String, String> fields) {
                return parts(request, fields);
            }
        },
        JSON_PAYLOAD {
            @Override
            HttpCase as(HttpCase request, Map<String, String> fields) {
                return parts(request, Map.of("@jsonPayload", new String(json(fields), StandardCharsets.UTF_8)));
            }
        };

        abstract HttpCase as(HttpCase request, Map<String, String> fields);

        private static byte[] json(Map<String, String> fields) {
            Map<String, Value> values = fields.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> Value.text(e.getValue())));
            return Json.write(new Value.Members(values)).getBytes(StandardCharsets.UTF_8);
        }

        private static HttpCase parts(HttpCase request, Map<String, String> fields) {
            var body = new StringBuilder();
            fields.forEach((name, value) -> body.append("--X\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append("\"\r\n\r\n")
                    .append(value)
                    .append("\r\n"));
            return request.type("multipart/form-data; boundary=X")
                    .bytes(body.append("--X--\r\n").toString().getBytes(StandardCharsets.UTF_8));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesHiddenAndServersFieldsFromNobodyElse(Written written) {
        for (String token : List.of("", alice)) {
            TestServer.Answer made = written.as(post("create", OPEN, ""), STOLEN)
                    .as(token)
                    .answers(200, "\"text\":\"sent\"", "\"collectionName\":\"open\"")
                    .not("stolen", "2001")
                    .run(server);
            String one = OPEN + "/" + made.text("id");
            assertUntouched(made.text("id"), token);
            written.as(patch("update", one, ""), STOLEN)
                    .as(token)
                    .answers(200, "\"text\":\"sent\"")
                    .not("stolen", "2001")
                    .run(server);
            assertUntouched(made.text("id"), token);
            written.as(patch("another id", one, ""), Map.of("id", "stolenstolensto"))
                    .as(token)
                    .answers(400, "\"id\":{\"code\":\"validation_pk_change\"")
                    .run(server);
        }
        TestServer.Answer made = written.as(post("a superuser's create", OPEN, ""), STOLEN)
                .as(root)
                .answers(200, "\"secret\":\"stolen\"", "\"score\":5", "\"flags\":[\"b\"]", "\"slug\":\"stolen")
                .not("2001")
                .run(server);
        written.as(patch("a superuser's update", OPEN + "/" + made.text("id"), ""), STOLEN)
                .as(root)
                .answers(200, "\"score\":10")
                .not("2001")
                .run(server);
    }

    private void assertUntouched(String id, String token) {
        StoredRecord stored = stored("open", id);
        assertThat(stored.text("secret")).as(token).isEmpty();
        assertThat(stored.value("score")).isEqualTo(Value.Number.ZERO);
        assertThat(stored.value("flags")).isEqualTo(Value.Items.EMPTY);
        assertThat(stored.text("slug")).matches("[a-z]{4}");
        assertThat(stored.text("created")).doesNotStartWith("2001");
        assertThat(stored.text("updated")).doesNotStartWith("2001");
    }

    private StoredRecord stored(String collection, String id) {
        var found = new ArrayList<StoredRecord>();
        server.kernel.records().view(Request.ofOperator(), collection, id, (row, _) -> found.add(row.record()));
        return found.getFirst();
    }

    @ParameterizedTest
    @EnumSource
    void letsNobodyRaiseHimself(Written written) {
        String key = stored("users", aliceId).text("tokenKey");
        String hash = stored("users", aliceId).text("password");
        String one = ALL + "/users/records/" + aliceId;
        String stolenKey = "stolen".repeat(8);

        written.as(patch("a key of one's own", one, ""), Map.of("tokenKey", stolenKey, "name", "Alice"))
                .as(alice)
                .answers(200, "\"name\":\"Alice\"")
                .not(stolenKey)
                .run(server);
        for (Map<String, String> raise : List.of(
                Map.of("verified", "true"),
                Map.of("email", "other@example.com"),
                Map.of("password", "another password"),
                Map.of("password", "another password", "passwordConfirm", "another password"),
                Map.of(
                        "password",
                        "another password",
                        "passwordConfirm",
                        "another password",
                        "oldPassword",
                        "wrong"))) {
            written.as(patch(raise.toString(), one, ""), raise)
                    .as(alice)
                    .answers(400, "validation_")
                    .run(server);
        }
        written.as(patch("a hash", one, ""), Map.of("password", "$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA"))
                .as(alice)
                .answers(400, "\"passwordConfirm\":{\"code\":\"validation_required\"")
                .run(server);
        StoredRecord after = stored("users", aliceId);
        assertThat(after.text("tokenKey")).isEqualTo(key);
        assertThat(after.text("password")).isEqualTo(hash);
        assertThat(after.text("email")).isEqualTo("alice@example.com");
        assertThat(after.truth("verified")).isFalse();

        String email =
                "new-" + written.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "@example.com";
        Map<String, String> account = Map.of(
                "email",
                email,
                "password",
                TestServer.PASSWORD,
                "passwordConfirm",
                TestServer.PASSWORD,
                "tokenKey",
                stolenKey);
        String made = written.as(post("sign up", ALL + "/users/records", ""), account)
                .answers(200)
                .not(stolenKey)
                .run(server)
                .text("id");
        assertThat(stored("users", made).text("tokenKey")).hasSize(50).isNotEqualTo(stolenKey);
        var verified = new java.util.HashMap<>(account);
        verified.put("verified", "true");
        verified.put("email", "verified-" + email);
        written.as(post("sign up verified", ALL + "/users/records", ""), verified)
                .answers(400, "\"verified\":{\"code\":\"validation_values_mismatch\"")
                .run(server);
    }

    @Test
    void writesToNoView() {
        String id = server.record("open", "{\"text\":\"x\"}");
        for (String token : List.of("", alice, root)) {
            post("create", ALL + "/seen/records", "{}")
                    .as(token)
                    .answers(400, "Unsupported collection type.")
                    .run(server);
            patch("update", ALL + "/seen/records/" + id, "{\"text\":\"y\"}")
                    .as(token)
                    .answers(400)
                    .run(server);
            delete("delete", ALL + "/seen/records/" + id).as(token).answers(400).run(server);
        }
        get("it is as it was", ALL + "/seen/records/" + id)
                .answers(200, "\"text\":\"x\"")
                .run(server);
    }

    @Test
    void keepsSystemCollectionsToSuperusersAndOwners() {
        String bobId = server.record("users", "{\"email\":\"bob@example.com\"," + PASSWORDS + "}");
        String ofBob = "{\"collectionRef\":\"_pb_users_auth_\",\"recordRef\":\"" + bobId + "\",";
        Map<String, String> owned = Map.of(
                "_externalAuths", ofBob + "\"provider\":\"oidc\",\"providerId\":\"1\"}",
                "_mfas", ofBob + "\"method\":\"password\"}",
                "_otps", ofBob + "\"password\":\"12345678\"}",
                "_authOrigins", ofBob + "\"fingerprint\":\"x\"}");
        owned.forEach((name, document) -> {
            String records = ALL + "/" + name + "/records";
            String one = records + "/" + server.record(name, document);
            for (String token : List.of("", alice)) {
                get("list", records + "?filter=recordRef%3D%27" + bobId + "%27")
                        .as(token)
                        .answers(200, "\"items\":[]", "\"totalItems\":0")
                        .run(server);
                get("view", one).as(token).answers(404).run(server);
                post("create", records, document.replace(bobId, aliceId))
                        .as(token)
                        .answers(403)
                        .run(server);
                patch("update", one, "{\"recordRef\":\"" + aliceId + "\"}")
                        .as(token)
                        .answers(403)
                        .run(server);
                of("delete", "DELETE", one, "", "")
                        .as(token)
                        .answers(name.equals("_mfas") || name.equals("_otps") ? 403 : 404)
                        .run(server);
            }
            String bob = server.signIn("users", "bob@example.com");
            get("his own", one)
                    .as(bob)
                    .answers(200, bobId)
                    .not("12345678", "argon2")
                    .run(server);
            post("but makes none", records, document).as(bob).answers(403).run(server);
            get("a superuser", one).as(root).answers(200, bobId).run(server);
        });
        String superusers = ALL + "/_superusers/records";
        String one = get("superusers", superusers)
                .as(root)
                .answers(200, TestServer.SUPERUSER)
                .run(server)
                .body();
        String id = one.replaceFirst("(?s).*\"id\":\"(\\w+)\".*", "$1");
        for (String token : List.of("", alice)) {
            get("list", superusers)
                    .as(token)
                    .answers(403)
                    .not(TestServer.SUPERUSER)
                    .run(server);
            get("view", superusers + "/" + id).as(token).answers(403).run(server);
            post("create", superusers, "{\"email\":\"eve@example.com\"," + PASSWORDS + "}")
                    .as(token)
                    .answers(403)
                    .run(server);
            patch("update", superusers + "/" + id, "{\"email\":\"eve@example.com\"}")
                    .as(token)
                    .answers(403)
                    .run(server);
            delete("delete", superusers + "/" + id).as(token).answers(403).run(server);
        }
        get("one superuser", superusers)
                .as(root)
                .answers(200, "\"totalItems\":1")
                .run(server);
    }
}
