package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.http.RandomAsking.Named;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is asked of lists, records and batches, nothing makes the server answer 500 or hang.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomRequestsTest {
    private static final int ASKED = Integer.getInteger("ferritedb.asked", 2_500);
    private static final String ALL = "/api/collections";
    private static final Duration LONGEST = Duration.ofSeconds(12);

    private static final Map<String, List<Named>> SCHEMA = new TreeMap<>(Map.of(
            "people",
                    List.of(
                            own("id"),
                            own("name"),
                            own("email"),
                            own("verified"),
                            own("created"),
                            new Named("friends", "people")),
            "things",
                    List.of(
                            own("id"),
                            own("text"),
                            own("number"),
                            own("flag"),
                            own("mail"),
                            own("url"),
                            own("html"),
                            own("date"),
                            own("made"),
                            own("one"),
                            own("many"),
                            own("file"),
                            own("files"),
                            own("json"),
                            own("point"),
                            own("hidden"),
                            new Named("owner", "people"),
                            new Named("things", "things")),
            "odd",
                    List.of(
                            own("id"),
                            own("text"),
                            own("absent"),
                            own("blob"),
                            own("real"),
                            own("list"),
                            own("document"),
                            own("broken"),
                            own("json"),
                            own("many"),
                            own("count"),
                            new Named("owner", "people"),
                            new Named("things", "things"))));

    private static final List<String> DOCUMENTS = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "\"text\"",
            "true",
            "0",
            "-0.0",
            "1e300",
            "12345678901234567890",
            "0.1",
            "[1,2,3]",
            "[[[[]]]]",
            "{\"a\":{\"b\":[1,{\"c\":null}]}}",
            "{\"\":1}",
            "{\"a.b\":1,\"a\\\"b\":2}",
            "[\"a\",null,true,{\"x\":1}]",
            "{\"lat\":1,\"lon\":\"x\"}");

    private static final List<String> VALUES = List.of(
            "a",
            "text 3",
            "person03@x.example",
            "person03",
            "2026-01-01 10:00:00.000Z",
            "[]",
            "{",
            "null",
            "true",
            "1e300",
            "\\%",
            "%_\\",
            "12:00",
            "personxxxxxxx03",
            "thingxxxxxxxx03");

    private TestServer server;
    private final List<String> tokens = new ArrayList<>();

    private static Named own(String name) {
        return new Named(name, "");
    }

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        server.collection("""
                {"name":"people","type":"auth","listRule":"","viewRule":"","manageRule":"id = @request.auth.id",
                 "fields":[{"name":"name","type":"text"},{"name":"created","type":"autodate","onCreate":true}]}""");
        var friends = "{\"name\":\"friends\",\"type\":\"relation\",\"collectionId\":\"people\",\"maxSelect\":9}";
        HttpCase.patch(
                        "",
                        ALL + "/people",
                        "{\"updateRule\":\"@request.auth.id != '' && friends.id ?!= @request.auth.id\",\"fields\":[{\"name\":\"name\",\"type\":\"text\"},{\"name\":\"created\",\"type\":\"autodate\",\"onCreate\":true},"
                                + friends + "]}")
                .as(server.superuser())
                .answers(200)
                .run(server);
        server.collection("""
                {"name":"things","listRule":"","viewRule":"owner.friends.name ?!= 'x' || json.a.b != 3",
                 "createRule":"@request.body.things:length < 5 && @request.body.many:each != 'c' && @collection.people:p.name ?!= @request.body.text:lower",
                 "updateRule":"@request.body.text:changed = false || @request.body.owner.friends.id ?!= 'x' || size(@request.body.json) > 2",
                 "deleteRule":"things_via_things.number ?> 5 || strftime('%Y', date) != '2026' || geoDistance(point.lon, point.lat, 1, @request.query.lat) < 500",
                 "fields":[{"name":"text","type":"text"},{"name":"number","type":"number"},{"name":"flag","type":"bool"},
                  {"name":"mail","type":"email"},{"name":"url","type":"url"},{"name":"html","type":"editor"},
                  {"name":"date","type":"date"},{"name":"made","type":"autodate","onCreate":true},
                  {"name":"one","type":"select","values":["a","b"]},{"name":"many","type":"select","maxSelect":3,"values":["a","b","c"]},
                  {"name":"file","type":"file"},{"name":"files","type":"file","maxSelect":3},{"name":"json","type":"json"},
                  {"name":"point","type":"geoPoint"},{"name":"hidden","type":"text","hidden":true},
                  {"name":"owner","type":"relation","collectionId":"people"},
                  {"name":"things","type":"relation","collectionId":"things","maxSelect":9}]}""");
        for (int i = 0; i < 10; i++) {
            server.record("people", """
                    {"id":"personxxxxxxx%02d","email":"person%02d@x.example","name":"person%02d","password":"%s","passwordConfirm":"%4$s"%s}""".formatted(
                            i,
                            i,
                            i,
                            TestServer.PASSWORD,
                            i < 2 ? "" : ",\"friends\":[\"personxxxxxxx00\",\"personxxxxxxx01\"]"));
        }
        for (int i = 0; i < 18; i++) {
            server.record("things", """
                    {"id":"thingxxxxxxxx%02d","text":"text %d","number":%d,"flag":%b,"mail":"a%d@x.example","html":"<p>%2$d &amp;</p>",
                     "date":"2026-01-01 10:00:00.000Z","one":"a","many":%s,"json":%s,"point":{"lon":%2$d,"lat":%2$d},
                     "owner":"personxxxxxxx%02d"%s}""".formatted(
                            i,
                            i,
                            i * 7 - 20,
                            i % 2 == 0,
                            i,
                            i % 3 == 0 ? "[]" : "[\"a\",\"b\"]",
                            DOCUMENTS.get(i % DOCUMENTS.size()),
                            i % 10,
                            i < 2 ? "" : ",\"things\":[\"thingxxxxxxxx00\",\"thingxxxxxxxx%02d\"]".formatted(i - 1)));
        }
        server.collection("""
                {"name":"odd","type":"view","listRule":"","viewRule":"","viewQuery":"SELECT id, text, NULL AS absent, CAST(text AS BLOB) AS blob,\
                 number * 1.5 AS real, json_group_array(text) AS list, json_object('a', number) AS document, 'not { json' AS broken, json, many,\
                 count(id) AS count, owner, things FROM things GROUP BY id"}""");
        tokens.add("");
        tokens.add(server.signIn("people", "person03@x.example"));
        tokens.add(server.superuser());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void answersWhateverIsAskedOfLists() {
        RandomAsking asking = asking();
        for (int i = 0; i < ASKED; i++) {
            String collection = asking.collection();
            boolean sound = asking.upTo(2) == 0;
            String query = sound ? asking.query(collection) : asking.mutatedQuery(collection);
            demandSound(HttpCase.get("", ALL + "/" + collection + "/records?" + query)
                    .as(asking.oneOf(tokens)));
        }
    }

    @Test
    void answersWhateverIsWritten() {
        RandomAsking asking = asking();
        for (int i = 0; i < ASKED / 5; i++) {
            String body = asking.upTo(3) == 0 ? asking.mutated(body(asking)) : body(asking);
            String records = ALL + "/things/records";
            String one = records + "/thingxxxxxxxx%02d".formatted(asking.upTo(20));
            String query = asking.upTo(3) == 0 ? "?" + asking.query("things") : "";
            HttpCase request = switch (asking.upTo(5)) {
                case 0 -> HttpCase.post("", records + query, body);
                case 1 -> HttpCase.patch("", one + query, body);
                case 2 -> HttpCase.delete("", one + "?lat=" + asking.oneOf(List.of("", "x", "1e999", "5")));
                case 3 ->
                    HttpCase.get("", one + query)
                            .header(
                                    "If-None-Match",
                                    asking.mutated("\"abc\"".replaceAll("[^ -~]", "?"))
                                            .replaceAll("[^ -~]", "?"));
                default -> HttpCase.post("", "/api/batch", batch(asking, one, body));
            };
            demandSound(request.as(asking.oneOf(tokens)));
        }
    }

    private static String batch(RandomAsking asking, String one, String body) {
        String batch = """
                {"requests":[{"method":"POST","url":"/api/collections/things/records","body":%s},
                 {"method":"%s","url":"%s","body":%1$s,"headers":{"If-Match":"x"}},{"method":"PUT","url":"/api/collections/things/records","body":%1$s}]}""".formatted(body, asking.oneOf(List.of("PATCH", "DELETE", "GET", "")), one);
        return asking.upTo(2) == 0 ? asking.mutated(batch) : batch;
    }

    private static String body(RandomAsking asking) {
        var members = new ArrayList<String>();
        for (int i = 0; i <= asking.upTo(6); i++) {
            String name = asking.oneOf(SCHEMA.get("things")).name();
            String modifier = asking.oneOf(List.of("", "", "", "+", "-", ":autogenerate", ":each"));
            members.add("\"" + (asking.upTo(9) == 0 ? "+" : "") + name + modifier + "\":" + asking.oneOf(DOCUMENTS));
        }
        return "{" + String.join(",", members) + "}";
    }

    private RandomAsking asking() {
        long seed = Long.getLong("ferritedb.seed", System.nanoTime());
        System.out.println("RandomRequestsTest seed " + seed);
        return new RandomAsking(seed, SCHEMA, VALUES);
    }

    private void demandSound(HttpCase request) {
        long started = System.nanoTime();
        TestServer.Answer answer = server.send(request);
        assertThat(answer.status())
                .as(
                        "%s %s %s: %s",
                        request.method(),
                        request.path(),
                        new String(request.body(), java.nio.charset.StandardCharsets.UTF_8),
                        answer.body())
                .isBetween(200, 499);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .as("%s", request)
                .isLessThan(LONGEST);
        assertThat(answer.body()).doesNotContain("SQLITE", "java.", "Exception", "SELECT ");
    }
}
