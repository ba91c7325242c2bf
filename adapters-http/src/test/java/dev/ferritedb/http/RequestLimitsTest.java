package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies, patterns and names that are made to hurt, and the unique value that a hundred want at once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestLimitsTest {
    private static final String ALL = "/api/collections";
    private static final String OPEN = ALL + "/open/records";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private TestServer server;
    private String root = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        root = server.superuser();
        server.collection("""
                {"name":"open","listRule":"","viewRule":"","createRule":"","updateRule":"",
                 "fields":[{"name":"text","type":"text","max":1000000},{"name":"any","type":"json"}]}""");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static List<HttpCase> hostileBodies() {
        var bodies = new ArrayList<HttpCase>();
        for (int depth : new int[] {65, 100_000}) {
            bodies.add(post("lists, " + depth, OPEN, "{\"any\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
            bodies.add(post("objects, " + depth, OPEN, "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
            bodies.add(post("never closed, " + depth, OPEN, "{\"any\":" + "[{\"a\":".repeat(depth / 2)));
        }
        for (int length : new int[] {257, 1_000_000}) {
            bodies.add(post("a name of " + length, OPEN, "{\"" + "n".repeat(length) + "\":1}"));
            bodies.add(
                    post("a name of escapes, " + length, OPEN, "{\"any\":{\"" + "\\u0061".repeat(length) + "\":1}}"));
        }
        for (int count : new int[] {5_001, 200_000}) {
            bodies.add(post(count + " names", OPEN, "{" + members(count) + "}"));
        }
        bodies.add(post("50001 names within", OPEN, "{\"any\":{" + members(50_001) + "}}"));
        bodies.add(post("a number of 101 digits", OPEN, "{\"any\":" + "1".repeat(101) + "}"));
        bodies.add(post("a number of a million digits", OPEN, "{\"any\":" + "1".repeat(1_000_000) + "}"));
        bodies.add(post("an exponent of a million digits", OPEN, "{\"any\":1e" + "1".repeat(1_000_000) + "}"));
        return bodies;
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @MethodSource("hostileBodies")
    void refusesHostileBodiesAtOnce(HttpCase row) {
        HttpCase refused = row.answers(400, "\"data\":{}", "\"code\":\"invalid_json\"");
        Duration fastest = Duration.ofDays(1);
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            refused.run(server);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (took.compareTo(fastest) < 0) fastest = took;
        }
        assertThat(fastest).as("%s", row).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void takesWhatIsJustWithinTheLimits() {
        String deepest = "[".repeat(63) + "]".repeat(63);
        post("63 lists", OPEN, "{\"any\":" + deepest + "}")
                .answers(200, deepest)
                .run(server);
        post("a name of 256", OPEN, "{\"any\":{\"" + "n".repeat(256) + "\":1}}")
                .answers(200)
                .run(server);
        post("5000 names", OPEN, "{\"text\":\"x\"," + members(4_999) + "}")
                .answers(200, "\"text\":\"x\"")
                .run(server);
        post("50000 names within", OPEN, "{\"any\":{" + members(50_000) + "}}")
                .answers(200, "\"k49999\":0")
                .run(server);
        post("a number of 100 digits", OPEN, "{\"any\":" + "1".repeat(100) + "}")
                .answers(200)
                .run(server);
    }

    @Test
    void refusesBodiesBeyondTheLimitHoweverTheirLengthIsTold(@TempDir Path folder) {
        try (TestServer small = TestServer.start(folder, RequestLimitsTest::ofSmallBodies)) {
            small.collection("""
                    {"name":"open","createRule":"","listRule":"","fields":[{"name":"text","type":"text","max":1000000}]}""");
            String head = "POST " + OPEN + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
            String tooLarge = "{\"text\":\"" + "x".repeat(100_000) + "\"}";
            assertRefused(small, head + "Content-Length: " + tooLarge.length() + "\r\n\r\n" + tooLarge, 413);
            assertRefused(small, head + "Content-Length: 9000000000\r\n\r\n{", 413);
            assertRefused(small, head + "Transfer-Encoding: chunked\r\n\r\n" + chunks(tooLarge, 1000), 413);
            assertRefused(small, head + "Transfer-Encoding: chunked\r\n\r\nffffff\r\n" + tooLarge, 413);
            assertRefused(small, head + "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n" + tooLarge, 400);
            assertRefused(small, head + "Content-Length: 100\r\n\r\n{\"text\":\"x\"}", 408);
            HttpCase.get("nothing was stored", OPEN)
                    .answers(200, "\"totalItems\":0")
                    .run(small);

            String within = "{\"text\":\"" + "x".repeat(99_000) + "\"}";
            assertThat(small.raw(
                            head + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(within, 1000),
                            PATIENCE))
                    .startsWith("HTTP/1.1 200");
            assertThat(small.raw(head + "Connection: close\r\nContent-Length: 12\r\n\r\n{\"text\":\"y\"}", PATIENCE))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static HttpSettings ofSmallBodies(HttpSettings settings) {
        return new HttpSettings(
                settings.host(), 0, List.of(), Duration.ofSeconds(1), 100_000, true, settings.drainTimeout());
    }

    private static String chunks(String body, int size) {
        var chunked = new StringBuilder();
        for (int from = 0; from < body.length(); from += size) {
            String chunk = body.substring(from, Math.min(body.length(), from + size));
            chunked.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunked.append("0\r\n\r\n").toString();
    }

    private static void assertRefused(TestServer server, String request, int status) {
        String answer = server.raw(request, PATIENCE);
        assertThat(answer)
                .as(request.substring(0, Math.min(200, request.length())))
                .startsWith("HTTP/1.1 " + status)
                .endsWith(TestServer.CLOSED);
    }

    @Test
    void unpacksNoBody() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"text\":\"".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1000; i++) gzip.write("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
            gzip.write("\"}".getBytes(StandardCharsets.UTF_8));
        }
        for (String encoding : List.of("gzip", "GZIP", "x-gzip", "deflate", "br", "identity, gzip")) {
            TestServer.Answer answer = server.send(
                    post("a bomb", OPEN, "").bytes(packed.toByteArray()).header("Content-Encoding", encoding));
            assertThat(answer.status()).as(encoding).isIn(400, 415);
        }
        post("without a word of it", OPEN, "")
                .bytes(packed.toByteArray())
                .answers(400, "invalid_json")
                .run(server);
    }

    @Test
    void endsAPatternThatWouldNeverEnd() {
        for (String pattern :
                List.of("^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(x+x+)+y", "^([a-z]+)*[0-9]$", "(.*a){20}$")) {
            String name = "slow" + Integer.toHexString(pattern.hashCode());
            String records = ALL + "/" + name + "/records";
            post(
                            pattern,
                            ALL,
                            "{\"name\":\"" + name
                                    + "\",\"createRule\":\"\",\"fields\":[{\"name\":\"f\",\"type\":\"text\",\"pattern\":\""
                                    + pattern + "\"}]}")
                    .as(root)
                    .answers(200)
                    .run(server);
            for (String text : List.of("a".repeat(5000) + "!", "x".repeat(5000))) {
                long start = System.nanoTime();
                TestServer.Answer answer = server.send(post(pattern, records, "{\"f\":\"" + text + "\"}"));
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as(pattern)
                        .isLessThan(Duration.ofMillis(500));
                assertThat(answer.status()).as(pattern).isIn(200, 400);
            }
        }
        for (String broken : List.of("(", "[a", "a{2", "*", "(?<n>a)(?<n>b)", "\\\\", "a**", "[z-a]", "(?=")) {
            post(
                            broken,
                            ALL,
                            "{\"name\":\"never\",\"fields\":[{\"name\":\"f\",\"type\":\"text\",\"pattern\":\"" + broken
                                    + "\"}]}")
                    .as(root)
                    .answers(400, "\"fields\":{\"0\":{\"pattern\":{\"code\":\"validation_invalid_regex\"")
                    .run(server);
        }
    }

    @Test
    void letsOneOfAHundredEqualValuesWin() throws InterruptedException {
        server.collection("""
                {"name":"seats","listRule":"","createRule":"","updateRule":"","fields":[{"name":"seat","type":"text"},{"name":"who","type":"number"}],
                 "indexes":["CREATE UNIQUE INDEX idx_seat ON seats (seat COLLATE NOCASE)"]}""");
        String records = ALL + "/seats/records";
        for (String body : List.of("{\"seat\":\"a1\",\"who\":%d}", "{\"id\":\"thesameidforall\",\"who\":%d}")) {
            assertThat(statuses(i -> post("", records, body.formatted(i))))
                    .containsOnly(200, 400)
                    .containsOnlyOnce(200);
        }
        String free = server.record("seats", "{\"seat\":\"b1\"}");
        assertThat(statuses(i -> patch("", records + "/" + free, "{\"seat\":\"" + (i % 2 == 0 ? "A1" : "a1") + "\"}")))
                .containsOnly(400);
        get("three records", records).answers(200, "\"totalItems\":3").run(server);
        post("names the field", records, "{\"seat\":\"A1\"}")
                .answers(400, "{\"data\":{\"seat\":{\"code\":\"validation_not_unique\"")
                .run(server);
    }

    private List<Integer> statuses(java.util.function.IntFunction<HttpCase> request) throws InterruptedException {
        var statuses = new Integer[100];
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        var failed = new AtomicInteger();
        for (int i = 0; i < statuses.length; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                    statuses[number] = server.send(request.apply(number)).status();
                } catch (InterruptedException | RuntimeException e) {
                    failed.incrementAndGet();
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) thread.join();
        assertThat(failed).hasValue(0);
        return List.of(statuses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a-b",
                "a.b",
                "a;b",
                "a'b",
                "a`b",
                "a]b",
                "a[b",
                "a/b",
                "../x",
                "a%00",
                "a,b",
                "a\\\"b",
                "x) --",
                "x; DROP TABLE users; --",
                "\\u00e9t\\u00e9",
                "\\ud83d\\ude00",
                "\\u202ex",
                "a\\u200bb",
                "\\uff41",
                "a\\nb",
                " a",
                "a ",
                "a_via_b",
                "A_VIA_b",
                "$x",
                "@request",
                "*",
                ""
            })
    void refusesHostileNames(String name) {
        post("a collection", ALL, "{\"name\":\"" + name + "\"}")
                .as(root)
                .answers(400, "{\"data\":{\"name\":{\"code\":\"validation_")
                .run(server);
        post("a field", ALL, "{\"name\":\"fine\",\"fields\":[{\"name\":\"" + name + "\",\"type\":\"text\"}]}")
                .as(root)
                .answers(400, "{\"data\":{\"fields\":{\"0\":{\"name\":{\"code\":\"validation_")
                .run(server);
        post(
                        "an id",
                        ALL,
                        "{\"name\":\"fine\",\"id\":\""
                                + (name.isEmpty()
                                        ? "-"
                                        : name.replace("_via_", "-").replace("_VIA_", "-")) + "\"}")
                .as(root)
                .answers(400, "{\"data\":{\"id\":{\"code\":\"validation_invalid_or_existing_id\"")
                .run(server);
        get("nothing was made", ALL + "/fine").as(root).answers(404).run(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "_rowid_",
                "rowid",
                "oid",
                "collectionId",
                "COLLECTIONNAME",
                "expand",
                "NULL",
                "Expand",
                "ROWID"
            })
    void refusesNamesOfFieldsThatMeanSomethingElse(String name) {
        post(name, ALL, "{\"name\":\"fine\",\"fields\":[{\"name\":\"" + name + "\",\"type\":\"text\"}]}")
                .as(root)
                .answers(400, "{\"data\":{\"fields\":{\"0\":{\"name\":{\"code\":\"validation_reserved_field_name\"")
                .run(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_collections",
                "_x",
                "sqlite_master",
                "SQLITE_x",
                "_superusers",
                "users",
                "USERS",
                "_pb_users_auth_",
                "open",
                "idx_seat_x"
            })
    void refusesNamesOfCollectionsThatAreTaken(String name) {
        if (name.equals("idx_seat_x")) server.collection("""
                {"name":"indexed","indexes":["CREATE INDEX idx_seat_x ON indexed (id)"]}""");
        post(name, ALL, "{\"name\":\"" + name + "\"}")
                .as(root)
                .answers(400, "{\"data\":{\"name\":{\"code\":\"validation_collection_name_")
                .run(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select", "order", "group", "index", "table", "where", "FROM", "values", "check", "primary", "abort",
                "id2", "ROW", "_", "1", "x1", "deleted"
            })
    void keepsRecordsUnderNamesThatSqlUses(String name) {
        String collection = "c_" + name;
        post(
                        "a collection",
                        ALL,
                        "{\"name\":\"" + collection + "\",\"listRule\":\"\",\"fields\":[{\"name\":\"" + name
                                + "\",\"type\":\"number\"}],\"indexes\":[\"CREATE INDEX `i_" + name + "` ON `x` (`"
                                + name + "`)\"]}")
                .as(root)
                .answers(200)
                .run(server);
        server.record(collection, "{\"" + name + "\":7}");
        get("sorted", ALL + "/" + collection + "/records?sort=-" + name)
                .answers(200, "\"" + name + "\":7")
                .run(server);
    }
}
