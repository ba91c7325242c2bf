package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Filters, sorts, paths and rules that are made to become something else than they are, or to be too much.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileQueriesTest {
    private static final String ALL = "/api/collections";
    private static final String RECORDS = ALL + "/posts/records";
    private static final int SECRETS = 3;

    private static final List<String> TAILS = List.of(
            "",
            " OR 1=1",
            " OR '1'='1",
            "' OR 1=1 --",
            "\" OR 1=1 --",
            "') OR ('1'='1",
            "\") OR (\"1\"=\"1",
            "' UNION SELECT * FROM _superusers --",
            "'; DROP TABLE posts; --",
            "'; DELETE FROM posts; --",
            "'; ATTACH DATABASE 'x.db' AS x; --",
            "'/**/OR/**/1=1",
            "' || (SELECT password FROM _superusers) || '",
            "\\' OR 1=1 --",
            "\\\\' OR 1=1 --",
            "%27 OR 1=1",
            "' AND randomblob(1000000000) --",
            "' AND load_extension('x') --",
            "' COLLATE NOCASE --",
            "' ESCAPE '' --",
            "' GLOB '*",
            "]); --",
            "`; --",
            "$1 ?1 :a @a",
            "\u02bc OR 1=1 --",
            "\uff07 OR 1=1 --",
            "\u2019 OR 1=1 --",
            "\u0000' OR 1=1",
            "\n' OR 1=1",
            "{{7*7}}${7*7}");

    private static final List<String> HEADS = List.of(
            "title = 'none",
            "title ~ 'none",
            "'none' = title",
            "none",
            "title",
            "id",
            "n = 1e999",
            "n = 0x",
            "(title = 'none'",
            "title in ['none",
            "size(title",
            "title:lower");

    private TestServer server;
    private String root = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        root = server.superuser();
        server.collection("""
                {"name":"posts","listRule":"secret = false","viewRule":"secret = false",
                 "fields":[{"name":"title","type":"text"},{"name":"n","type":"number"},{"name":"secret","type":"bool"}]}""");
        for (int i = 0; i < SECRETS; i++) server.record("posts", "{\"title\":\"hush\",\"secret\":true}");
        server.record("posts", "{\"title\":\"open\",\"n\":1}");
        server.record("posts", "{\"title\":\"100%_\\\\\",\"n\":2}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void takesNothingOfTextForAnythingButText() {
        int sent = 0;
        for (String head : HEADS) {
            for (String tail : TAILS) {
                String text = head + tail;
                for (String path : List.of(
                        RECORDS + "?filter=" + encoded(text),
                        RECORDS + "?sort=" + encoded(text),
                        RECORDS + "?cursor=&sort=" + encoded("-" + text),
                        RECORDS + "?cursor=" + encoded(text),
                        RECORDS + "?expand=" + encoded(text) + "&fields=" + encoded(text),
                        RECORDS + "/" + encoded(text),
                        ALL + "/" + encoded(text) + "/records")) {
                    TestServer.Answer answer = server.send(HttpCase.get("", path));
                    assertThat(answer.status()).as(path).isIn(200, 400, 404);
                    assertThat(answer.body())
                            .as(path)
                            .doesNotContain(
                                    "\"title\":\"hush\"", "SQLITE", "sqlite", "syntax error", "tokenKey", "$argon2");
                    sent++;
                }
            }
        }
        assertThat(sent).isGreaterThan(2_000);
        HttpCase.get("nothing is gone or changed", RECORDS + "?filter=title='hush'")
                .as(root)
                .answers(200, "\"totalItems\":" + SECRETS)
                .run(server);
    }

    @Test
    void takesNothingOfARuleForSql() {
        for (String tail : TAILS) {
            for (String rule : List.of("title = 'none" + tail, "title = \"none" + tail, "title" + tail)) {
                var document = "{\"listRule\":\"" + escaped(rule) + "\"}";
                TestServer.Answer answer =
                        server.send(HttpCase.patch("", ALL + "/posts", document).as(root));
                assertThat(answer.status()).as(rule).isIn(200, 400);
                assertThat(server.get(RECORDS).body()).as(rule).doesNotContain("hush");
            }
        }
        HttpCase.patch("", ALL + "/posts", "{\"listRule\":\"secret = false\"}")
                .as(root)
                .answers(200)
                .run(server);
        HttpCase.get("all is there", RECORDS).answers(200, "\"totalItems\":2").run(server);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\u0000", "\\u0000");
    }

    @Test
    void readsAQuotedTextAsItStands() {
        for (String tail : TAILS) {
            String text = "none" + tail.replace("\u0000", "");
            String quoted = "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
            String id = server.record("posts", "{\"title\":\"" + escaped(text) + "\"}");
            HttpCase.get(text, RECORDS + "?filter=" + encoded("title = " + quoted))
                    .answers(200, "\"totalItems\":1", id)
                    .run(server);
            HttpCase.get(text, RECORDS + "?filter=" + encoded("title != " + quoted + " && title ~ 'none'"))
                    .answers(200)
                    .not(id)
                    .run(server);
            HttpCase.delete("", RECORDS + "/" + id).as(root).answers(204).run(server);
        }
    }

    static List<HttpCase> tooMuch() {
        var rows = new ArrayList<HttpCase>();
        add(rows, "long", "title = '" + "x".repeat(3_500) + "'");
        add(rows, "longer in bytes than in characters", "title = '" + "\u20ac".repeat(1_200) + "'");
        add(rows, "wide", "n=1" + "||n=1".repeat(200));
        add(rows, "wide list", "n in [1" + ",1".repeat(200) + "]");
        add(rows, "deep", "(".repeat(33) + "n=1" + ")".repeat(33));
        add(rows, "deep and never closed", "(".repeat(3_400));
        add(rows, "deep calls", "size(".repeat(600) + "n" + ")".repeat(600) + " = 1");
        add(rows, "many arguments", "strftime('%Y'" + ",title".repeat(400) + ") = 1");
        add(rows, "a long path", "title" + ".a".repeat(1_700) + " = 1");
        add(rows, "a long number", "n = " + "9".repeat(3_400) + "e");
        add(rows, "a long pattern", "title ~ '" + "%a".repeat(200) + "'");
        add(rows, "many signs", "!".repeat(3_400) + "secret");
        add(rows, "many modifiers", "title" + ":lower".repeat(500) + " = 'x'");
        rows.add(HttpCase.get("a long sort", RECORDS + "?sort=" + "n".repeat(6_000)));
        rows.add(HttpCase.get("a wide sort", RECORDS + "?sort=n" + ",n".repeat(8)));
        rows.add(HttpCase.get("a very wide sort", RECORDS + "?sort=n" + ",n".repeat(3_500)));
        rows.add(HttpCase.get("a long cursor", RECORDS + "?cursor=" + "A".repeat(6_000)));
        return rows;
    }

    private static void add(List<HttpCase> rows, String name, String filter) {
        if (encoded(filter).length() < 8_000) rows.add(HttpCase.get(name, RECORDS + "?filter=" + encoded(filter)));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void refusesAtOnceWhatIsTooMuch(HttpCase row) {
        Duration fastest = Duration.ofDays(1);
        for (int i = 0; i < 8; i++) {
            long started = System.nanoTime();
            row.answers(400, "\"code\":\"invalid_").run(server);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            if (took.compareTo(fastest) < 0) fastest = took;
        }
        assertThat(fastest).as("%s", row).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void findsWildcardsThatAreEscapedAsTheyStand() {
        for (String found : List.of("title ~ '100%_'", "title ~ '\\\\%'", "title ~ '_'", "title ~ '\\\\'")) {
            HttpCase.get(found, RECORDS + "?filter=" + encoded(found))
                    .answers(200)
                    .run(server);
        }
        HttpCase.get("an escaped percent sign", RECORDS + "?filter=" + encoded("title ~ '0\\\\%'"))
                .answers(200, "\"totalItems\":1")
                .run(server);
        HttpCase.get("an underscore is no wildcard", RECORDS + "?filter=" + encoded("title ~ 'op_n'"))
                .answers(200, "\"totalItems\":0")
                .run(server);
        HttpCase.get("but beside a percent sign it is", RECORDS + "?filter=" + encoded("title ~ 'op_n%'"))
                .answers(200, "\"totalItems\":1")
                .run(server);
    }
}
