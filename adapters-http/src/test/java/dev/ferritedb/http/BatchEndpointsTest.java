package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.delete;
import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.of;
import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;
import static dev.ferritedb.http.HttpCase.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The batch endpoint, section 13 of the wire contract. After each refused row nothing has changed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchEndpointsTest {
    private static final String BATCH = "/api/batch";
    private static final String OPEN = "/api/collections/open/records";
    private static final String POSTS = "/api/collections/posts/records";
    private static final String FAILED =
            "\"code\":\"batch_request_failed\",\"message\":\"Batch request failed.\",\"response\":{\"data\":{";
    private static final String TRANSACTION_FAILED =
            "}}},\"message\":\"Batch transaction failed.\",\"status\":400,\"code\":\"batch_failed\",\"requestId\":\"";
    private static final String UNFIT =
            "\"message\":\"Something went wrong while processing your request.\",\"status\":400,\"code\":\"batch_request_unfit\"";

    private TestServer server;
    private String root = "";
    private String alice = "";
    private String aliceId = "";
    private String first = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        aliceId = server.record("users", """
                {"email":"alice@example.com","password":"%s","passwordConfirm":"%s","name":"Alice"}""".formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        server.collection("""
                {"name":"open","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"",
                 "fields":[{"name":"text","type":"text","max":20},{"name":"count","type":"number"},{"name":"any","type":"json"}],
                 "indexes":["CREATE UNIQUE INDEX idx_text ON open (text) WHERE text != ''"]}""");
        server.collection("""
                {"name":"posts","listRule":"","viewRule":"","createRule":"owner = @request.auth.id","updateRule":"owner = @request.auth.id","deleteRule":"owner = @request.auth.id",
                 "fields":[{"name":"title","type":"text","required":true},{"name":"owner","type":"relation","collectionId":"_pb_users_auth_"}]}""");
        server.collection("""
                {"name":"asked","listRule":"","viewRule":"",
                 "createRule":"@request.context = 'batch' && @request.headers.x_word = 'please' && @request.query.word = 'now' && @request.method = 'POST' && @request.headers.authorization != 'inner'",
                 "fields":[{"name":"text","type":"text"}]}""");
        server.collection("""
                {"name":"locked","fields":[{"name":"text","type":"text"}]}""");
        server.collection("""
                {"name":"texts","type":"view","listRule":"","viewQuery":"select id, text from open"}""");
        first = server.record("posts", """
                {"title":"first","owner":"%s"}""".formatted(aliceId));
        root = server.superuser();
        alice = server.signIn("users", "alice@example.com");
        settings("{\"batch\":{\"enabled\":true}}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void settings(String json) {
        patch("", "/api/settings", json).as(root).answers(200).run(server);
    }

    private static String inner(String method, String url, String body) {
        return "{\"method\":\"%s\",\"url\":\"%s\",\"body\":%s}".formatted(method, url, body);
    }

    private static HttpCase batch(String name, String... inner) {
        return post(name, BATCH, "{\"requests\":[" + String.join(",", inner) + "]}");
    }

    @ParameterizedTest
    @MethodSource("taken")
    void takes(HttpCase row) {
        row.run(server);
    }

    Stream<HttpCase> taken() {
        return Stream.of(
                batch(
                                "all four writes, in order, in one answer",
                                inner("POST", OPEN, "{\"id\":\"aaaaaaaaaaaaaaa\",\"text\":\"one\"}"),
                                inner("PATCH", OPEN + "/aaaaaaaaaaaaaaa", "{\"count+\":3}"),
                                inner("PUT", OPEN, "{\"id\":\"aaaaaaaaaaaaaaa\",\"text\":\"two\"}"),
                                inner("PUT", OPEN, "{\"id\":\"bbbbbbbbbbbbbbb\"}"),
                                inner("DELETE", OPEN + "/aaaaaaaaaaaaaaa", "null"))
                        .answers(
                                200,
                                "[{\"body\":{\"any\":null,\"collectionId\":",
                                "\"text\":\"one\"},\"status\":200},{\"body\":{\"any\":null",
                                "\"count\":3,\"id\":\"aaaaaaaaaaaaaaa\",\"text\":\"two\"},\"status\":200}",
                                "\"id\":\"bbbbbbbbbbbbbbb\",\"text\":\"\"},\"status\":200},{\"body\":null,\"status\":204}]"),
                get("what was deleted is gone", OPEN + "/aaaaaaaaaaaaaaa").answers(404),
                get("what was created stays", OPEN + "/bbbbbbbbbbbbbbb").answers(200),
                batch(
                                "the outer caller, and a record that refers to one made before it",
                                inner(
                                        "POST",
                                        POSTS + "?expand=owner&fields=title,expand.owner.name",
                                        "{\"title\":\"x\",\"owner\":\"" + aliceId + "\"}"))
                        .as(alice)
                        .answers(
                                200,
                                "[{\"body\":{\"expand\":{\"owner\":{\"name\":\"Alice\"}},\"title\":\"x\"},\"status\":200}]"),
                batch(
                                "the collection by its encoded name",
                                inner("POST", "/api/collections/%6fpen/records?fields=text", "{}"))
                        .answers(200, "[{\"body\":{\"text\":\"\"},\"status\":200}]"),
                batch("no body at all", "{\"method\":\"post\",\"url\":\"" + OPEN + "?fields=count\"}")
                        .answers(200, "[{\"body\":{\"count\":0},\"status\":200}]"),
                post("the outer fields, of each answer", BATCH + "?fields=status", """
                        {"requests":[%s]}""".formatted(
                                        inner("POST", OPEN, "{}")))
                        .answers(200, "[{\"status\":200}]"),
                batch("headers and query of its own, as rules see them", """
                        {"method":"POST","url":"/api/collections/asked/records?word=now","headers":{"X-Word":"please","Authorization":"inner"},"body":{}}""").answers(200),
                batch("a header of the batch itself", inner("POST", "/api/collections/asked/records?word=now", "{}"))
                        .header("X-Word", "please")
                        .answers(200),
                multipart(
                                "the form the SDK sends",
                                "@jsonPayload",
                                "{\"requests\":[" + inner("POST", OPEN + "?fields=count", "{\"count\":7}") + "]}")
                        .answers(200, "[{\"body\":{\"count\":7},\"status\":200}]"),
                batch(
                                "fifty",
                                IntStream.range(0, 50)
                                        .mapToObj(i -> inner("POST", OPEN + "?fields=count", "{\"count\":" + i + "}"))
                                        .toArray(String[]::new))
                        .answers(200, "{\"body\":{\"count\":49},\"status\":200}]"));
    }

    private static HttpCase multipart(String name, String part, String content) {
        String body = "--limit\r\nContent-Disposition: form-data; name=\"" + part + "\"\r\n\r\n" + content
                + "\r\n--limit--\r\n";
        return of(name, "POST", BATCH, "multipart/form-data; boundary=limit", body);
    }

    @ParameterizedTest
    @MethodSource("failing")
    void failsAsAWhole(HttpCase row) {
        String before = everything();

        row.run(server);

        assertThat(everything()).isEqualTo(before);
    }

    private String everything() {
        return server.get(OPEN + "?perPage=1000").body()
                + server.get(POSTS).body()
                + server.get("/api/collections/asked/records").body();
    }

    Stream<HttpCase> failing() {
        String fine = inner("POST", OPEN, "{\"text\":\"fine\"}");
        return Stream.of(
                batch(
                                "a record that is not valid, by its place",
                                fine,
                                fine.replace("fine", "two"),
                                inner("POST", POSTS, "{\"owner\":\"" + aliceId + "\"}"))
                        .as(alice)
                        .answers(
                                400,
                                "{\"data\":{\"requests\":{\"2\":{" + FAILED
                                        + "\"title\":{\"code\":\"validation_required\",\"message\":\"Cannot be blank.\"}},\"message\":\"Failed to create record.\",\"status\":400,\"code\":\"record_invalid\"}"
                                        + TRANSACTION_FAILED),
                batch(
                                "a create rule's no",
                                fine,
                                inner("POST", POSTS, "{\"title\":\"x\",\"owner\":\"" + aliceId + "\"}"))
                        .answers(
                                400,
                                "\"1\":{" + FAILED + "},\"message\":\"Failed to create record.\",\"status\":400",
                                TRANSACTION_FAILED),
                batch("an update rule's no", fine, inner("PATCH", POSTS + "/" + first, "{\"title\":\"x\"}"))
                        .answers(400, "\"1\":{", "\"status\":404,\"code\":\"record_not_found\"}" + TRANSACTION_FAILED),
                batch("a delete rule's no", fine, inner("DELETE", POSTS + "/" + first, "{}"))
                        .answers(400, "\"1\":{", "\"status\":404,\"code\":\"record_not_found\"}"),
                batch(
                                "an upsert of a record that the rule keeps",
                                fine,
                                inner("PUT", POSTS, "{\"id\":\"" + first + "\",\"title\":\"x\"}"))
                        .answers(400, "\"1\":{", "\"status\":404"),
                batch("a locked rule", fine, inner("POST", "/api/collections/locked/records", "{}"))
                        .answers(
                                400,
                                "\"1\":{",
                                "\"message\":\"Only superusers can perform this action.\",\"status\":403"),
                batch("a system collection", fine, inner("POST", "/api/collections/_superusers/records", "{}"))
                        .answers(400, "\"1\":{", "\"status\":403"),
                batch("a token of its own instead of the caller's", """
                                {"method":"POST","url":"%s","headers":{"Authorization":"%s"},"body":{"title":"x","owner":"%s"}}""".formatted(POSTS, alice, aliceId))
                        .answers(400, "\"0\":{", "\"status\":400"),
                batch("an unknown collection", fine, inner("POST", "/api/collections/nowhere/records", "{}"))
                        .answers(400, "\"1\":{", "\"status\":404,\"code\":\"collection_not_found\""),
                batch("a view", fine, inner("POST", "/api/collections/texts/records", "{}"))
                        .answers(400, "\"1\":{", "\"message\":\"Unsupported collection type.\",\"status\":400"),
                batch("an unknown record", fine, inner("DELETE", OPEN + "/nope", "{}"))
                        .answers(400, "\"1\":{", "\"status\":404"),
                batch("two of the same unique value", fine, fine)
                        .answers(400, "\"1\":{", "\"text\":{\"code\":\"validation_not_unique\""),
                batch(
                                "two of the same id",
                                inner("POST", OPEN, "{\"id\":\"ccccccccccccccc\"}"),
                                inner("POST", OPEN, "{\"id\":\"ccccccccccccccc\"}"))
                        .answers(400, "\"1\":{", "\"id\":{\"code\":\"validation_not_unique\""),
                batch("only the first failure", fine, inner("POST", "/api/nope", "{}"), inner("POST", POSTS, "{}"))
                        .answers(400, "\"requests\":{\"1\":{", UNFIT)
                        .not("\"2\":"),
                batch("a query that is none", fine, inner("POST", OPEN + "?a=%zz", "{}"))
                        .answers(400, "\"1\":{", "\"code\":\"invalid_query\""));
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void leadsNowhereButToRecords(HttpCase row) {
        failsAsAWhole(row);
    }

    Stream<HttpCase> elsewhere() {
        return Stream.of(
                        "GET " + OPEN,
                        "GET " + OPEN + "/bbbbbbbbbbbbbbb",
                        "POST " + OPEN + "/bbbbbbbbbbbbbbb",
                        "PUT " + OPEN + "/bbbbbbbbbbbbbbb",
                        "PATCH " + OPEN,
                        "DELETE " + OPEN,
                        "DELETE /api/collections/open",
                        "DELETE /api/collections/open/truncate",
                        "PATCH /api/collections/open",
                        "PUT /api/collections/import",
                        "POST /api/batch",
                        "PATCH /api/settings",
                        "POST /api/collections/users/auth-with-password",
                        "POST " + OPEN + "/",
                        "POST /" + OPEN,
                        "POST /api//collections/open/records",
                        "POST /api/collections//records",
                        "POST /api/collections/open//records",
                        "POST /api/collections/../collections/open/records",
                        "POST /api/collections/../records",
                        "POST /api/collections/./records",
                        "POST /api/collections/%2e%2e/records",
                        "POST /api/collections/open/records/%2e%2e",
                        "DELETE " + OPEN + "/..",
                        "DELETE " + OPEN + "/%2E%2E",
                        "DELETE " + OPEN + "/.",
                        "POST /%61pi/collections/open/records",
                        "POST /api/collections/open/%72ecords",
                        "POST /API/collections/open/records",
                        "POST api/collections/open/records",
                        "POST http://127.0.0.1/api/collections/open/records",
                        "POST //127.0.0.1/api/collections/open/records",
                        "POST " + OPEN + "#x",
                        "POST  " + OPEN,
                        "POST " + OPEN + " ",
                        "POST " + OPEN + ";x=1",
                        "POST ?a=1")
                .map(line -> line.split(" ", 2))
                .map(parts -> batch(
                                parts[0] + " " + parts[1], inner("POST", OPEN, "{}"), inner(parts[0], parts[1], "{}"))
                        .answers(400, "\"1\":{" + FAILED, "\"status\":400", TRANSACTION_FAILED));
    }

    @ParameterizedTest
    @MethodSource("misshapen")
    void refusesWhatIsNoBatch(HttpCase row) {
        failsAsAWhole(row);
    }

    Stream<HttpCase> misshapen() {
        String invalid = "\"message\":\"Invalid batch request data.\",\"status\":400,\"code\":\"batch_invalid\"";
        return Stream.of(
                post("no requests", BATCH, "{}")
                        .answers(400, "{\"requests\":{\"code\":\"validation_required\"", invalid),
                of("no body", "POST", BATCH, "", "").answers(400, "validation_required"),
                batch("an empty list").answers(400, "{\"requests\":{\"code\":\"validation_required\"", invalid),
                post("null", BATCH, "{\"requests\":null}").answers(400, "validation_required"),
                post("an object", BATCH, "{\"requests\":{}}")
                        .answers(400, "\"requests\":{\"code\":\"validation_invalid_value\""),
                post("a list", BATCH, "[]").answers(400, "invalid_json"),
                post("broken JSON", BATCH, "{\"requests\":[{").answers(400, "invalid_json"),
                post("not JSON", BATCH, "{}").type("text/plain").answers(400, "Unsupported Content-Type."),
                batch(
                                "fifty-one",
                                IntStream.range(0, 51)
                                        .mapToObj(_ -> inner("POST", OPEN, "{}"))
                                        .toArray(String[]::new))
                        .answers(
                                400,
                                "{\"requests\":{\"code\":\"validation_length_too_long\"",
                                "\"params\":{\"max\":50,\"min\":0}",
                                invalid),
                batch("a number for a request", inner("POST", OPEN, "{}"), "7")
                        .answers(400, "{\"requests\":{\"1\":{\"code\":\"validation_invalid_value\""),
                batch("an empty request", "{}")
                        .answers(
                                400,
                                "{\"requests\":{\"0\":{\"method\":{\"code\":\"validation_required\"",
                                "\"url\":{\"code\":\"validation_required\""),
                batch("a method that is none", inner("TRACE", OPEN, "{}"))
                        .answers(400, "{\"requests\":{\"0\":{\"method\":{\"code\":\"validation_in_invalid\""),
                batch("a body that is no object", inner("POST", OPEN, "[1]"))
                        .answers(400, "\"body\":{\"code\":\"validation_invalid_value\""),
                batch("headers that are none", "{\"method\":\"POST\",\"url\":\"" + OPEN + "\",\"headers\":{\"a\":1}}")
                        .answers(400, "\"headers\":{\"a\":{\"code\":\"validation_invalid_value\""),
                batch("a method that is no text", "{\"method\":1,\"url\":[]}")
                        .answers(
                                400,
                                "\"method\":{\"code\":\"validation_invalid_value\"",
                                "\"url\":{\"code\":\"validation_invalid_value\""),
                multipart("a file", "requests.0.file\"; filename=\"a.txt", "hello")
                        .answers(400, "files_not_supported"),
                multipart("a form without its payload", "requests", "x").answers(400, "validation_invalid_value"),
                get("another method", BATCH).answers(404),
                put("another method yet", BATCH, "{}").answers(404),
                delete("and another", BATCH).answers(404));
    }

    @Test
    void refusesAnOverlongUrlAtOnce() {
        String filter = "title='" + "x".repeat(100_000) + "'";
        long started = System.nanoTime();

        batch("over-long", inner("POST", OPEN, "{}"), inner("POST", OPEN + "?filter=" + filter, "{}"))
                .answers(400, "{\"requests\":{\"1\":{\"url\":{\"code\":\"validation_length_too_long\"")
                .run(server);
        batch("at the limit", inner("POST", OPEN + "?filter=" + "x".repeat(2000 - OPEN.length() - 8), "{}"))
                .answers(200)
                .run(server);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void keepsNothingOfFiftyWhenOneIsForbidden() {
        String before = everything();
        List<String> inner = IntStream.range(0, 50)
                .mapToObj(i -> i == 31
                        ? inner("PATCH", POSTS + "/" + first, "{\"title\":\"mine now\"}")
                        : inner("POST", OPEN, "{}"))
                .toList();

        batch("RULE-06", inner.toArray(String[]::new)).answers(400, "\"31\":{").run(server);
        assertThat(everything()).isEqualTo(before);
        batch("its twin", inner.toArray(String[]::new)).as(alice).answers(200).run(server);
        assertThat(server.get(POSTS + "/" + first).body()).contains("mine now");
    }

    @Test
    void letsNobodyOverwriteAChangeHeHasNotSeen() {
        String id = server.record("open", "{\"count\":1}");
        String seen = server.get(OPEN + "/" + id).header("ETag");
        String change = """
                {"method":"%s","url":"%s","headers":{"If-Match":%s},"body":{"id":"%s","count":2}}""";
        String tag = dev.ferritedb.json.Json.write(Value.text(seen));
        String update = change.formatted("PATCH", OPEN + "/" + id, tag, id);
        String upsert = change.formatted("PUT", OPEN, tag, id);
        String delete = change.formatted("DELETE", OPEN + "/" + id, tag, id);

        batch("both have seen it, until the first has changed it", update, upsert)
                .answers(400, "\"1\":{", "\"status\":412")
                .run(server);
        batch("one who has seen it", upsert).answers(200, "\"count\":2").run(server);
        batch("one who has not", delete)
                .answers(400, "\"0\":{", "\"status\":412")
                .run(server);
        batch("a new record", change.formatted("PUT", OPEN, tag, "ddddddddddddddd"))
                .answers(400, "\"status\":412")
                .run(server);
        batch("a tag that is none", change.formatted("PATCH", OPEN + "/" + id, "\"x\"", id))
                .answers(400, "\"0\":{")
                .run(server);
    }

    @Test
    void obeysTheSettingsFromTheNextRequestOn() {
        HttpCase two = batch("", inner("POST", OPEN, "{}"), inner("POST", OPEN, "{}"));
        for (int i = 0; i < 20; i++) {
            settings("{\"batch\":{\"enabled\":false}}");
            two.answers(403, "\"message\":\"Batch requests are not allowed.\"").run(server);
            two.as(root).answers(403).run(server);
            settings("{\"batch\":{\"enabled\":true,\"maxRequests\":1}}");
            two.answers(400, "\"params\":{\"max\":1,\"min\":0}").run(server);
            settings("{\"batch\":{\"maxRequests\":50,\"maxBodySize\":20}}");
            two.answers(413, "Request entity too large.").run(server);
            settings("{\"batch\":{\"maxBodySize\":0}}");
            two.answers(200).run(server);
        }
    }

    @Test
    void servesManyBatchesAtOnce() {
        double before = records();
        String good =
                IntStream.range(0, 20).mapToObj(_ -> inner("POST", OPEN, "{}")).collect(Collectors.joining(","));
        String bad = good + "," + inner("DELETE", OPEN + "/nope", "{}");

        IntStream.range(0, 40)
                .parallel()
                .forEach(i -> batch("", i % 2 == 0 ? good : bad)
                        .answers(i % 2 == 0 ? 200 : 400)
                        .run(server));

        assertThat(records()).isEqualTo(before + 400);
    }

    private double records() {
        return ((Value.Number) server.get(OPEN + "?perPage=1").json().get("totalItems")).number();
    }
}
