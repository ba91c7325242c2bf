package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTagsTest {
    private static final String NOTES = "/api/collections/notes/records";
    private static final String USERS = "/api/collections/users/records";

    private TestServer server;
    private String note = "";

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        server.collection("""
                {"name":"topics","viewRule":"","updateRule":"","fields":[{"name":"name","type":"text"}]}""");
        String topics =
                server.kernel.schema().catalog().named("topics").orElseThrow().id();
        server.collection("""
                {"name":"notes","listRule":"","viewRule":"closed = false","createRule":"","updateRule":"closed = false","deleteRule":"locked = false",
                 "fields":[{"name":"text","type":"text"},{"name":"count","type":"number"},{"name":"closed","type":"bool"},
                 {"name":"locked","type":"bool"},{"name":"any","type":"json"},{"name":"tags","type":"select","values":["a","b"],"maxSelect":2},
                 {"name":"place","type":"geoPoint"},{"name":"at","type":"date"},{"name":"secret","type":"text","hidden":true},
                 {"name":"topic","type":"relation","collectionId":"%s"},{"name":"changed","type":"autodate","onUpdate":true}]}""".formatted(topics));
        note = server.record("notes", "{\"text\":\"one\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestServer.Answer send(String method, String path, String json, String... headers) {
        HttpCase request = HttpCase.of("", method, path, json.isEmpty() ? "" : "application/json", json);
        for (int i = 0; i < headers.length; i += 2) request = request.header(headers[i], headers[i + 1]);
        return server.send(request);
    }

    private String tag(String path) {
        return server.get(path).header("ETag");
    }

    @Test
    void isTheSameWhoeverAsksAndHoweverTheRecordIsAnswered() {
        for (String body : List.of(
                "{}",
                "{\"text\":\"<b>ä\u2028😀\\u0001\",\"count\":1e21,\"any\":{ \"z\" : [1.0, 2e-9], \"a\":\"<\"},\"tags\":[\"b\",\"a\"]}",
                "{\"count\":-0.0,\"any\":\"text\",\"place\":{\"lon\":1.50,\"lat\":-2},\"at\":\"2026-01-31\",\"secret\":\"s\"}",
                "{\"any\":12345678901234567890.123,\"count\":0.1}",
                "{\"any\":null,\"tags\":\"a\"}")) {
            TestServer.Answer created = send("POST", NOTES, body);
            assertThat(created.status()).as(created.body()).isEqualTo(200);
            String one = NOTES + "/" + created.text("id");
            TestServer.Answer viewed = server.get(one);
            assertThat(viewed.body()).isEqualTo(created.body());
            assertThat(created.header("ETag")).matches("\"[A-Za-z0-9_-]{22}\"").isEqualTo(viewed.header("ETag"));
            assertThat(send("HEAD", one, "").header("ETag")).isEqualTo(viewed.header("ETag"));
            assertThat(tag(one + "?fields=text")).isEqualTo(viewed.header("ETag"));
            assertThat(tag(one + "?expand=nothing")).isEqualTo(viewed.header("ETag"));
            TestServer.Answer updated = send("PATCH", one, "{\"closed\":false}", "If-Match", viewed.header("ETag"));
            assertThat(updated.status()).isEqualTo(200);
            assertThat(updated.header("ETag")).isEqualTo(tag(one)).isNotEqualTo(viewed.header("ETag"));
        }
        assertThat(server.get(NOTES).header("ETag")).isEmpty();
        assertThat(server.get(NOTES + "/" + note + "?fields=x:y").header("ETag"))
                .isEmpty();
    }

    @Test
    void sendsNothingAgainThatTheCallerHas() {
        String one = NOTES + "/" + note;
        String tag = tag(one);
        for (String had : List.of(tag, "W/" + tag, "\"x\", " + tag, "*", "\"a,b\",W/\"y\"," + tag + " ")) {
            for (String method : List.of("GET", "HEAD")) {
                TestServer.Answer answer = send(method, one, "", "If-None-Match", had);
                assertThat(answer.status()).as(had).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertThat(answer.header("ETag")).isEqualTo(tag);
                assertThat(answer.header("Content-Length")).isEmpty();
            }
        }
        for (String other : List.of("\"x\"", "", "W/\"\"", "\"", ",", "\"" + tag.replace("\"", "") + ".x\"", "\"*\"")) {
            TestServer.Answer answer = send("GET", one, "", "If-None-Match", other);
            assertThat(answer.status()).as(other).isEqualTo(200);
            assertThat(answer.body()).contains("\"one\"");
        }
        send("PATCH", one, "{\"text\":\"two\"}");
        assertThat(send("GET", one, "", "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(send("GET", NOTES + "/nothinghere1234", "", "If-None-Match", "*")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void changesNothingThatAnotherHasChanged() {
        String one = NOTES + "/" + note;
        String old = tag(one);
        TestServer.Answer changed = send("PATCH", one, "{\"text\":\"two\"}", "If-Match", "\"x\", " + old);
        assertThat(changed.status()).isEqualTo(200);
        for (String stale : List.of(old, "W/" + changed.header("ETag"), "\"x\"", "", "\"*\"")) {
            HttpCase.patch("stale " + stale, one, "{\"text\":\"three\"}")
                    .header("If-Match", stale)
                    .answers(412, "\"code\":\"record_changed\"")
                    .run(server);
            HttpCase.delete("stale " + stale, one)
                    .header("If-Match", stale)
                    .answers(412, "\"code\":\"record_changed\"")
                    .run(server);
        }
        assertThat(server.get(one).text("text")).isEqualTo("two");
        assertThat(send("PATCH", one, "{\"text\":\"three\"}", "If-Match", "*").status())
                .isEqualTo(200);
        assertThat(send("DELETE", one, "", "If-Match", tag(one)).status()).isEqualTo(204);
    }

    @Test
    void tellsNoForbiddenRecordFromOneThatIsNotThere() {
        String closed = server.record("notes", "{\"closed\":true,\"locked\":true}");
        for (String wanted : List.of("*", "\"x\"")) {
            for (String id : List.of(closed, "nothinghere1234")) {
                HttpCase.patch("", NOTES + "/" + id, "{\"text\":\"x\"}")
                        .header("If-Match", wanted)
                        .answers(404, "record_not_found")
                        .run(server);
                HttpCase.delete("", NOTES + "/" + id)
                        .header("If-Match", wanted)
                        .answers(404, "record_not_found")
                        .run(server);
            }
        }
    }

    @Test
    void tellsNothingOfARecordToOneWhoMayDeleteButNotViewIt() {
        String closed = server.record("notes", "{\"closed\":true}");
        String seenByAll = NOTES + "/" + note;
        send("PATCH", seenByAll, "{\"text\":\"\"}");
        String tag = server.send(HttpCase.get("", NOTES + "/" + closed).as(server.superuser()))
                .header("ETag");
        HttpCase.delete("the right tag", NOTES + "/" + closed)
                .header("If-Match", tag)
                .answers(412, "record_changed")
                .run(server);
        HttpCase.delete("any", NOTES + "/" + closed)
                .header("If-Match", "*")
                .answers(204)
                .run(server);
    }

    @Test
    void staysAsItIsWhenOnlyHiddenThingsChange() {
        String root = server.superuser();
        String one = NOTES + "/" + note;
        server.collection("""
                {"name":"people","type":"auth","listRule":"","viewRule":"","fields":[{"name":"pin","type":"text","hidden":true}]}""");
        String id = server.record("people", """
                {"email":"ann@example.com","password":"%s","passwordConfirm":"%s"}""".formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        String ann = "/api/collections/people/records/" + id;
        String seen = tag(ann);
        String seenByRoot = server.send(HttpCase.get("", ann).as(root)).header("ETag");
        assertThat(seenByRoot).isNotEqualTo(seen);
        for (String hidden : List.of("{\"email\":\"eve@example.com\"}", "{\"pin\":\"1234\"}")) {
            TestServer.Answer updated = HttpCase.patch("", ann, hidden)
                    .as(root)
                    .header("If-Match", seenByRoot)
                    .answers(200)
                    .run(server);
            assertThat(tag(ann)).isEqualTo(seen);
            assertThat(updated.header("ETag")).isNotEqualTo(seenByRoot);
            seenByRoot = updated.header("ETag");
        }
        HttpCase.patch("", ann, "{\"emailVisibility\":true}")
                .as(root)
                .answers(200)
                .run(server);
        assertThat(tag(ann)).isNotEqualTo(seen);
        assertThat(tag(one)).isNotEmpty();
        assertThat(server.get(USERS + "/" + id).header("ETag")).isEmpty();
    }

    @Test
    void countsRelatedRecordsWhereTheyAreShownAndNotForWhatMayBeChanged() {
        String topic = server.record("topics", "{\"name\":\"a\"}");
        send("PATCH", NOTES + "/" + note, "{\"topic\":\"" + topic + "\"}");
        String one = NOTES + "/" + note;
        String expanded = one + "?expand=topic";
        String alone = tag(one);
        String tag = tag(expanded);
        assertThat(tag).startsWith(alone.substring(0, alone.length() - 1) + ".");
        assertThat(send("GET", expanded, "", "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(send("GET", expanded, "", "If-None-Match", alone).status()).isEqualTo(200);
        send("PATCH", "/api/collections/topics/records/" + topic, "{\"name\":\"b\"}");
        TestServer.Answer again = send("GET", expanded, "", "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).contains("\"name\":\"b\"");
        assertThat(tag(one)).isEqualTo(alone);
        TestServer.Answer changed = send("PATCH", expanded, "{\"text\":\"by an expanded tag\"}", "If-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo(tag(expanded)).contains(".");
        assertThat(send("PATCH", one, "{}", "If-Match", tag).status()).isEqualTo(412);
    }

    @Test
    void letsOneOfManyWritersWithTheSameTagWin() throws Exception {
        String one = NOTES + "/" + note;
        for (int round = 0; round < 5; round++) {
            String tag = tag(one);
            var start = new CountDownLatch(1);
            var writers = new ArrayList<Callable<TestServer.Answer>>();
            for (int i = 0; i < 20; i++) {
                String body = "{\"count+\":1,\"text\":\"" + round + "/" + i + "\"}";
                writers.add(() -> {
                    start.await();
                    return send("PATCH", one, body, "If-Match", tag);
                });
            }
            var won = new ArrayList<TestServer.Answer>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var running = writers.stream().map(threads::submit).toList();
                start.countDown();
                for (var writer : running) {
                    TestServer.Answer answer = writer.get();
                    assertThat(answer.status()).isIn(200, 412);
                    if (answer.status() == 200) won.add(answer);
                }
            }
            assertThat(won).hasSize(1);
            assertThat(server.get(one).body()).isEqualTo(won.getFirst().body()).contains("\"count\":" + (round + 1));
        }
    }

    @Test
    void hasATagOnViewsToo() {
        server.collection("""
                {"name":"texts","type":"view","viewRule":"","viewQuery":"select id, text from notes"}""");
        String one = "/api/collections/texts/records/" + note;
        String tag = tag(one);
        assertThat(send("GET", one, "", "If-None-Match", tag).status()).isEqualTo(304);
        send("PATCH", NOTES + "/" + note, "{\"count\":7}");
        assertThat(tag(one)).isEqualTo(tag);
        send("PATCH", NOTES + "/" + note, "{\"text\":\"two\"}");
        assertThat(send("GET", one, "", "If-None-Match", tag).status()).isEqualTo(200);
    }
}
