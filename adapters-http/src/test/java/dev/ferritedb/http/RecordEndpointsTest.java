package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.delete;
import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.of;
import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each row is one request against the same data: five posts, of which alice owns the first three; `notes` is
/// closed, `open` is open to everyone, `drafts` may be read and made only by rule.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordEndpointsTest {
    private static final String POSTS = "/api/collections/posts/records";
    private static final String NOTES = "/api/collections/notes/records";
    private static final String OPEN = "/api/collections/open/records";
    private static final String REFUSED = "The requested resource wasn't found.";

    private TestServer server;
    private String root = "";
    private String alice = "";
    private String aliceId = "";
    private String first = "";
    private String fourth = "";
    private String note = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        aliceId = server.record("users", """
                {"email":"alice@example.com","password":"%s","passwordConfirm":"%s","name":"Alice"}""".formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        String bobId = server.record("users", """
                {"email":"bob@example.com","password":"%s","passwordConfirm":"%s","name":"Bob","emailVisibility":true}""".formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        server.collection("""
                {"name":"posts","listRule":"published = true || owner = @request.auth.id","viewRule":"published = true || owner = @request.auth.id",
                 "createRule":"@request.auth.id != '' && owner = @request.auth.id","updateRule":"owner = @request.auth.id","deleteRule":"owner = @request.auth.id",
                 "fields":[{"name":"title","type":"text","required":true,"max":20},{"name":"published","type":"bool"},{"name":"votes","type":"number"},
                  {"name":"owner","type":"relation","collectionId":"_pb_users_auth_"},{"name":"tags","type":"select","values":["a","b","c"],"maxSelect":3},
                  {"name":"meta","type":"json"},{"name":"secret","type":"text","hidden":true},{"name":"place","type":"geoPoint"},
                  {"name":"created","type":"autodate","onCreate":true}]}""");
        server.collection("""
                {"name":"notes","fields":[{"name":"text","type":"text"}]}""");
        server.collection("""
                {"name":"open","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"",
                 "fields":[{"name":"text","type":"text"},{"name":"count","type":"number"},{"name":"done","type":"bool"},{"name":"any","type":"json"}]}""");
        server.collection("""
                {"name":"titles","type":"view","listRule":"","viewQuery":"select id, title from posts"}""");
        first = storePost(1, true, aliceId);
        storePost(2, true, aliceId);
        storePost(3, false, aliceId);
        fourth = storePost(4, false, bobId);
        storePost(5, true, "");
        note = server.record("notes", """
                {"text":"<b>&\u2028</b>"}""");
        root = server.superuser();
        alice = server.signIn("users", "alice@example.com");
    }

    private String storePost(int number, boolean published, String owner) {
        return server.record("posts", """
                {"title":"post %d","published":%s,"votes":%d.5,"owner":"%s","tags":["a","b"],"meta":{"z":1,"a":[true,null]},"secret":"hush","place":{"lon":1.5,"lat":-2}}""".formatted(number, published, number, owner));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsTheWireContractSays(HttpCase row) {
        row.run(server);
    }

    Stream<HttpCase> cases() {
        return Stream.of(reading(), expanding(), paging(), picking(), writing(), refusing())
                .flatMap(rows -> rows);
    }

    private Stream<HttpCase> expanding() {
        return Stream.of(
                get("a related record stands under expand, in the order of keys", POSTS + "/" + first + "?expand=owner")
                        .as(alice)
                        .answers(
                                200,
                                "\"created\":\"",
                                "Z\",\"expand\":{\"owner\":{",
                                "\"email\":\"alice@example.com\"",
                                "},\"id\":\"" + first),
                get("what may not be seen is left out", POSTS + "/" + first + "?expand=owner")
                        .answers(200, "\"expand\":{},")
                        .not("alice"),
                get("what does not exist makes no expand", POSTS + "/" + first + "?expand=nope,title")
                        .answers(200)
                        .not("expand"),
                get(
                                "a page is expanded, back relations too",
                                "/api/collections/users/records?expand=posts_via_owner&fields=name,expand.posts_via_owner.title&filter=name='Alice'")
                        .as(root)
                        .answers(
                                200,
                                "{\"expand\":{\"posts_via_owner\":[{\"title\":\"post 1\"},{\"title\":\"post 2\"},{\"title\":\"post 3\"}"),
                get("a record that may not be seen is not found", POSTS + "/" + fourth + "?expand=owner")
                        .answers(404, "record_not_found"));
    }

    private Stream<HttpCase> reading() {
        return Stream.of(
                get("view keeps the alphabetical order of keys", POSTS + "/" + first)
                        .answers(
                                200,
                                "{\"collectionId\":\"pbc_",
                                "\",\"collectionName\":\"posts\",\"created\":\"",
                                "\",\"id\":\"" + first + "\",\"meta\":{\"z\":1,\"a\":[true,null]},\"owner\":\""
                                        + aliceId + "\"",
                                "\"place\":{\"lon\":1.5,\"lat\":-2},\"published\":true,\"tags\":[\"a\",\"b\"],\"title\":\"post 1\",\"votes\":1.5}\n")
                        .not("hush", "secret"),
                get("a superuser sees hidden fields", POSTS + "/" + first)
                        .as(root)
                        .answers(200, "\"secret\":\"hush\""),
                get("collection names match in any case", "/api/collections/POSTS/records/" + first)
                        .answers(200, first),
                get("view by rule is found by its owner", POSTS + "/" + first)
                        .as(alice)
                        .answers(200),
                get("view against the rule looks as if missing", POSTS + "/" + fourth)
                        .answers(404, REFUSED, "record_not_found"),
                get("the forbidden twin: missing", POSTS + "/nonexistent12345")
                        .answers(404, REFUSED, "record_not_found"),
                get("the allowed twin: a superuser", POSTS + "/" + fourth)
                        .as(root)
                        .answers(200, "post 4"),
                get("a closed collection's record", NOTES + "/" + note)
                        .answers(403, "Only superusers can perform this action.", "superuser_required"),
                get("the allowed twin, HTML escaped", NOTES + "/" + note)
                        .as(root)
                        .answers(200, "\"text\":\"\\u003cb\\u003e\\u0026\\u2028\\u003c/b\\u003e\""),
                get("an unknown collection", "/api/collections/nothere/records/" + note)
                        .answers(404, "collection_not_found"),
                get("a hidden e-mail", "/api/collections/users/records/" + aliceId)
                        .as(alice)
                        .answers(200, "\"email\":\"alice@example.com\"")
                        .not("password", "tokenKey"),
                get("a broken token makes a guest", POSTS + "/" + first)
                        .as("Bearer x.y.z")
                        .answers(200, first));
    }

    private Stream<HttpCase> paging() {
        return Stream.of(
                get("list filters by the rule", POSTS)
                        .answers(200, "{\"items\":[{", "\"page\":1,\"perPage\":30,\"totalItems\":3,\"totalPages\":1}")
                        .not("post 3", "post 4"),
                get("list as the owner", POSTS).as(alice).answers(200, "post 3", "\"totalItems\":4"),
                get("list as a superuser", POSTS).as(root).answers(200, "post 4", "\"totalItems\":5"),
                get("list of a closed collection", NOTES).answers(403, "superuser_required"),
                get("second page", POSTS + "?page=2&perPage=2&sort=title")
                        .as(root)
                        .answers(200, "post 3", "post 4", "\"page\":2,\"perPage\":2,\"totalItems\":5,\"totalPages\":3")
                        .not("post 1", "post 5"),
                get("a page past the end", POSTS + "?page=99").as(root).answers(200, "{\"items\":[],\"page\":99"),
                get("page sizes are capped", POSTS + "?page=-4&perPage=5000")
                        .as(root)
                        .answers(200, "\"page\":1,\"perPage\":1000"),
                get("totals are skipped when asked", POSTS + "?skipTotal=1")
                        .as(root)
                        .answers(200, "\"totalItems\":-1,\"totalPages\":-1"),
                get("sorted downwards", POSTS + "?sort=-title&perPage=1")
                        .as(root)
                        .answers(200, "post 5")
                        .not("post 4"),
                get("filtered", POSTS + "?filter=" + enc("votes > 2 && title != 'post 5'"))
                        .as(root)
                        .answers(200, "post 2", "post 3", "post 4")
                        .not("post 1", "post 5"),
                get("a page that is no number", POSTS + "?page=two").answers(400, "invalid_query", "\"data\":{}"),
                get("a page size that is no integer", POSTS + "?perPage=1.5").answers(400, "invalid_query"),
                get("a truth that is none", POSTS + "?skipTotal=yes").answers(400, "invalid_query"),
                get("an unknown field in the filter", POSTS + "?filter=" + enc("nothing = 1"))
                        .answers(400, "invalid_filter"),
                get("a hidden field in the filter", POSTS + "?filter=" + enc("secret = 'hush'"))
                        .answers(400, "invalid_filter"),
                get("the allowed twin: a superuser", POSTS + "?filter=" + enc("secret = 'hush'"))
                        .as(root)
                        .answers(200, "\"totalItems\":5"),
                get("a broken filter", POSTS + "?filter=" + enc("title = ")).answers(400, "invalid_filter"),
                get("an unknown field to sort by", POSTS + "?sort=nothing").answers(400, "invalid_sort"),
                get("a filter beyond the limit", POSTS + "?filter=" + enc("title = '" + "x".repeat(3600) + "'"))
                        .answers(400, "invalid_filter"),
                get("unknown parameters are ignored", POSTS + "?requestKey=null&x=1")
                        .answers(200));
    }

    private Stream<HttpCase> picking() {
        return Stream.of(
                get("picked fields of a page", POSTS + "?fields=id,title&sort=title&perPage=1")
                        .answers(
                                200,
                                "{\"items\":[{\"id\":\"" + first
                                        + "\",\"title\":\"post 1\"}],\"page\":1,\"perPage\":1"),
                get("picked fields of a record, nested", POSTS + "/" + first + "?fields=meta.a,title")
                        .answers(200, "{\"meta\":{\"a\":[true,null]},\"title\":\"post 1\"}\n"),
                get("all others", POSTS + "/" + first + "?fields=*,meta.z")
                        .answers(200, "\"meta\":{\"z\":1}", "\"votes\":1.5"),
                get(
                                "an excerpt",
                                POSTS + "/" + first + "?fields="
                                        + enc("title:excerpt(3), votes:excerpt(1),nothing:excerpt(1)"))
                        .answers(200, "{\"title\":\"pos\",\"votes\":1.5}\n"),
                get(
                                "an excerpt that says it is one",
                                POSTS + "?perPage=1&sort=title&fields=" + enc("title:excerpt( 3 , t )"))
                        .answers(200, "{\"items\":[{\"title\":\"pos...\"}],\"page\":1"),
                get("excerpts of all others", POSTS + "/" + first + "?fields=" + enc("*:excerpt(2),id,meta.z"))
                        .answers(
                                200,
                                "\"collectionName\":\"po\"",
                                "\"id\":\"" + first + "\"",
                                "\"meta\":{\"z\":1}",
                                "\"votes\":1.5"),
                get(
                                "all of a related record, and one excerpt",
                                POSTS + "/" + first + "?expand=owner&fields="
                                        + enc("expand.owner.*,expand.*.name:excerpt(1),expand.owner.name:excerpt(2)"))
                        .as(alice)
                        .answers(200, "{\"expand\":{\"owner\":{", "\"name\":\"Al\"", "\"verified\":false"),
                get("no list of excerpts", POSTS + "/" + first + "?fields=" + enc("tags:excerpt(1),tags.x"))
                        .answers(200, "{\"tags\":["),
                get("commas alone keep everything", POSTS + "/" + first + "?fields=,")
                        .answers(200, "\"title\":\"post 1\""),
                get("an unknown modifier", POSTS + "?fields=title:shout")
                        .answers(400, "invalid_fields", "\"data\":{\"fields\":{"),
                get("an unknown modifier of what is not there", POSTS + "?fields=" + enc("nothing:cut(3)"))
                        .answers(400, "invalid_fields"),
                get("an excerpt of nothing", POSTS + "?fields=" + enc("title:excerpt(0)"))
                        .answers(400, "invalid_fields"),
                get("an excerpt below nothing", POSTS + "?fields=" + enc("title:excerpt(-1)"))
                        .answers(400, "invalid_fields"),
                get("an excerpt of no size", POSTS + "?fields=" + enc("title:excerpt()"))
                        .answers(400, "invalid_fields"),
                get("an excerpt with too much", POSTS + "?fields=" + enc("title:excerpt(1,t,t)"))
                        .answers(400, "invalid_fields"),
                post(
                                "an unknown modifier before anything is written",
                                OPEN + "?fields=text:shout",
                                "{\"text\":\"unwritten\"}")
                        .answers(400, "invalid_fields"),
                get("of which nothing is there", OPEN + "?filter=" + enc("text = 'unwritten'"))
                        .answers(200, "\"items\":[]"),
                get("errors are not picked from", POSTS + "/nonexistent12345?fields=id")
                        .answers(404, "record_not_found"));
    }

    private Stream<HttpCase> writing() {
        return Stream.of(
                post(
                                "a new record is expanded",
                                POSTS + "?expand=owner",
                                "{\"title\":\"new\",\"owner\":\"" + aliceId + "\"}")
                        .as(alice)
                        .answers(200, "\"expand\":{\"owner\":{"),
                post("create", OPEN, "{\"text\":\"x\",\"count\":\"7\",\"any\":[1,\"<\"],\"unknown\":1}")
                        .answers(200, "\"any\":[1,\"\\u003c\"]", "\"count\":7", "\"text\":\"x\"}")
                        .not("unknown"),
                post("create with an id of one's own", OPEN, "{\"id\":\"abcdefghijklmno\"}")
                        .answers(200, "\"id\":\"abcdefghijklmno\""),
                post("create by rule", POSTS, "{\"title\":\"mine\",\"owner\":\"" + aliceId + "\"}")
                        .as(alice)
                        .answers(200, "mine"),
                post("the forbidden twin", POSTS, "{\"title\":\"mine\",\"owner\":\"" + aliceId + "\"}")
                        .answers(400, "\"data\":{},\"message\":\"Failed to create record.\""),
                post("create in a closed collection", NOTES, "{\"text\":\"x\"}").answers(403, "superuser_required"),
                post("the allowed twin", NOTES, "{\"text\":\"x\"}").as(root).answers(200),
                post("wrong fields", POSTS, "{\"title\":\"\",\"tags\":[\"q\"]}")
                        .as(root)
                        .answers(
                                400,
                                "{\"data\":{\"tags\":{\"code\":\"validation_",
                                "\"title\":{\"code\":\"validation_required\",\"message\":\"Cannot be blank.\"}}",
                                "\"message\":\"Failed to create record.\",\"status\":400"),
                post("too long a text", POSTS, "{\"title\":\"" + "x".repeat(21) + "\"}")
                        .as(root)
                        .answers(400, "validation_max_text_constraint", "\"params\":{\"max\":20}"),
                patch("update", POSTS + "/" + first, "{\"votes\":9}").as(alice).answers(200, "\"votes\":9}"),
                patch("update against the rule", POSTS + "/" + first, "{\"votes\":9}")
                        .answers(404, "record_not_found"),
                patch("update of a missing record", POSTS + "/nonexistent12345", "{\"votes\":9}")
                        .as(alice)
                        .answers(404, "record_not_found"),
                patch("wrong fields of an update", POSTS + "/" + first, "{\"title\":\"\"}")
                        .as(alice)
                        .answers(400, "\"message\":\"Failed to update record.\"", "validation_required"),
                delete("delete against the rule", POSTS + "/" + fourth)
                        .as(alice)
                        .answers(404, "record_not_found"),
                delete("the allowed twin", POSTS + "/" + fourth).as(root).answers(204),
                delete("truncate as a guest", "/api/collections/notes/truncate").answers(401),
                of("a form", "POST", OPEN, "application/x-www-form-urlencoded", "text=a+b%26&count=5&done=true")
                        .answers(200, "\"count\":5,\"done\":true", "\"text\":\"a b\\u0026\""),
                of("a multipart form", "POST", OPEN, "multipart/form-data; boundary=XX", """
                        --XX\r
                        Content-Disposition: form-data; name="text"\r
                        \r
                        0001\r
                        --XX\r
                        Content-Disposition: form-data; name="@jsonPayload"\r
                        \r
                        {"any":{"a":1},"count":3}\r
                        --XX--\r
                        """)
                        .answers(200, "\"any\":{\"a\":1},", "\"count\":3", "\"text\":\"0001\""),
                of("a file", "POST", OPEN, "multipart/form-data; boundary=XX", """
                        --XX\r
                        Content-Disposition: form-data; name="text"; filename="a.txt"\r
                        \r
                        hello\r
                        --XX--\r
                        """)
                        .answers(400, "files_not_supported"));
    }

    private Stream<HttpCase> refusing() {
        return Stream.of(
                of("an unknown content type", "POST", OPEN, "text/plain", "hello")
                        .answers(400, "\"message\":\"Unsupported Content-Type.\"", "unsupported_content_type"),
                of("no body at all", "POST", OPEN, "application/json", "").answers(200),
                post("a body that is no object", OPEN, "[1]").answers(400, "invalid_json"),
                post("what follows the first value is ignored", OPEN, "{\"text\":\"first\"} garbage")
                        .answers(200, "first"),
                post("malformed JSON is not echoed", OPEN, "{\"text\":SECRETWORD}")
                        .answers(400, "invalid_json")
                        .not("SECRETWORD"),
                of("an unknown method", "PUT", OPEN, "", "").answers(404, "route_not_found", REFUSED),
                get("an unknown path", "/api/nothing").answers(404, "route_not_found", REFUSED),
                get("a broken escape in the path", "/api/collections/%25zz/records")
                        .answers(404),
                get("an encoded slash stays in its part", "/api/collections/a%2Fb/records")
                        .answers(404, "collection_not_found"),
                post("a broken query stops a write", OPEN + "?x=%25%FF", "{\"id\":\"neverstoredhere\"}")
                        .answers(400, "invalid_query"),
                get("and nothing is stored", OPEN + "/neverstoredhere").answers(404),
                post("a write to a view", "/api/collections/titles/records", "{}")
                        .answers(400, "Unsupported collection type."),
                post("a write to an unknown collection", "/api/collections/nothere/records", "{")
                        .answers(404, "collection_not_found"),
                post(
                                "a value as deep as can be",
                                OPEN,
                                "{\"id\":\"deepdeepdeepdee\",\"any\":" + "[".repeat(63) + "]".repeat(63) + "}")
                        .answers(200),
                get("is read", OPEN + "/deepdeepdeepdee").answers(200, "[[[[["),
                get("but not picked from a page", OPEN + "?fields=any&filter=" + enc("id = 'deepdeepdeepdee'"))
                        .answers(400, "fields_unpickable"),
                get("a broken escape in the query", POSTS + "?filter=%25%ff".replace("%ff", "%FF"))
                        .answers(400, "invalid_query"));
    }

    private static String enc(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
