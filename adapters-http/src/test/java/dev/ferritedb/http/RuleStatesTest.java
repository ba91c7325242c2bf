package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.delete;
import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What three callers may do under each state of the five rules, and that a change of rules or roles binds the very
/// next request.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuleStatesTest {
    private static final String ALL = "/api/collections";

    private TestServer server;
    private String root = "";
    private String alice = "";
    private String aliceId = "";
    private String bobId = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        root = server.superuser();
        aliceId = account("alice@example.com");
        bobId = account("bob@example.com");
        alice = server.signIn("users", "alice@example.com");
        for (State state : State.values()) make(state);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String account(String email) {
        return server.record("users", """
                {"email":"%s","password":"%s","passwordConfirm":"%s"}""".formatted(email, TestServer.PASSWORD, TestServer.PASSWORD));
    }

    private enum Caller {
        GUEST,
        USER,
        SUPERUSER
    }

    /// One text for all five rules; broken ones lost the field they read after they were saved.
    private enum State {
        UNSET("null", 403, 403, 403, 403, 403),
        EMPTY("\"\"", 200, 200, 200, 200, 204),
        TRUE("\"id != 'nobody'\"", 200, 200, 200, 200, 204),
        FALSE("\"id = 'nobody'\"", 200, 404, 400, 404, 404),
        FALSE_NEGATED("\"id !~ '%'\"", 200, 404, 400, 404, 404),
        BROKEN("\"tag.word = 'x'\"", 400, 404, 400, 404, 404),
        BROKEN_NEGATED("\"tag.word != 'y'\"", 400, 404, 400, 404, 404),
        BROKEN_IN_PART("\"id != 'nobody' || tag.word = 'x'\"", 400, 404, 400, 404, 404);

        private final String rule;
        private final List<Integer> statuses;

        State(String rule, Integer... statuses) {
            this.rule = rule;
            this.statuses = List.of(statuses);
        }

        String collection() {
            return "rule_" + name().toLowerCase(Locale.ROOT);
        }

        boolean isBroken() {
            return name().startsWith("BROKEN");
        }
    }

    private void make(State state) {
        String tags = "tags_" + state.collection();
        server.collection("""
                {"name":"%s","fields":[{"name":"word","type":"text"}]}""".formatted(tags));
        server.collection("""
                {"name":"%1$s","listRule":%2$s,"viewRule":%2$s,"createRule":%2$s,"updateRule":%2$s,"deleteRule":%2$s,
                 "fields":[{"name":"title","type":"text"},{"name":"tag","type":"relation","collectionId":"%3$s"}]}""".formatted(state.collection(), state.rule, tags));
        if (state.isBroken())
            patch(
                            "drop the field that the rules read",
                            ALL + "/" + tags,
                            "{\"fields\":[{\"name\":\"other\",\"type\":\"text\"}]}")
                    .as(root)
                    .answers(200)
                    .run(server);
    }

    Stream<Arguments> callersAndStates() {
        return Arrays.stream(State.values())
                .flatMap(state -> Arrays.stream(Caller.values()).map(caller -> Arguments.of(caller, state)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("callersAndStates")
    void letsEachCallerDoWhatTheStateOfTheRulesSays(Caller caller, State state) {
        boolean all = caller == Caller.SUPERUSER;
        String token = switch (caller) {
            case GUEST -> "";
            case USER -> alice;
            case SUPERUSER -> root;
        };
        List<Integer> expected = all ? List.of(200, 200, 200, 200, 204) : state.statuses;
        String records = ALL + "/" + state.collection() + "/records";
        String one = records + "/" + server.record(state.collection(), "{\"title\":\"stored\"}");

        TestServer.Answer list =
                get("list", records).as(token).answers(expected.get(0)).run(server);
        if (expected.get(1) != 200) assertThat(list.body()).doesNotContain("stored");
        TestServer.Answer view =
                get("view", one).as(token).answers(expected.get(1)).run(server);
        if (view.status() != 200) assertThat(view.body()).doesNotContain("stored");
        post("create", records, "{\"title\":\"" + caller + "\"}")
                .as(token)
                .answers(expected.get(2))
                .run(server);
        patch("update", one, "{\"title\":\"changed\"}")
                .as(token)
                .answers(expected.get(3))
                .run(server);
        get("the title is as it should be", one)
                .as(root)
                .answers(200, expected.get(3) == 200 ? "\"title\":\"changed\"" : "\"title\":\"stored\"")
                .run(server);
        delete("delete", one).as(token).answers(expected.get(4)).run(server);
        get("and is it there", one)
                .as(root)
                .answers(expected.get(4) == 204 ? 404 : 200)
                .run(server);
        get("what was made", records + "?filter=" + "title='" + caller + "'")
                .as(root)
                .answers(200, "\"totalItems\":" + (expected.get(2) == 200 ? 1 : 0))
                .run(server);
    }

    @Test
    void savesNoBrokenRuleAndDropsNoFieldThatARuleOfTheCollectionReads() {
        server.collection("""
                {"name":"guarded","listRule":"title != ''","fields":[{"name":"title","type":"text"}]}""");
        for (String rule : List.of("listRule", "viewRule", "createRule", "updateRule", "deleteRule")) {
            for (String broken :
                    List.of("nothing = 1", "title =", "title = 'x' &&", "(title = 1", "@request.nothing = 1")) {
                patch(rule + " " + broken, ALL + "/guarded", "{\"" + rule + "\":\"" + broken + "\"}")
                        .as(root)
                        .answers(400, "\"" + rule + "\":{\"code\":\"validation_invalid_rule\"")
                        .run(server);
            }
        }
        patch("drop the field", ALL + "/guarded", "{\"fields\":[{\"name\":\"other\",\"type\":\"text\"}]}")
                .as(root)
                .answers(400, "\"listRule\":{\"code\":\"validation_invalid_rule\"")
                .run(server);
        get("nothing has changed", ALL + "/guarded")
                .as(root)
                .answers(200, "\"listRule\":\"title != ''\"", "\"viewRule\":null", "\"name\":\"title\"")
                .run(server);
    }

    @Test
    void refusesToGiveARecordAwayInWhicheverWayItIsSent() {
        String fields = """
                "fields":[{"name":"title","type":"text"},{"name":"owner","type":"relation","collectionId":"users"},
                 {"name":"owners","type":"relation","collectionId":"users","maxSelect":5}]}""";
        server.collection("""
                {"name":"kept","viewRule":"","updateRule":"owner = @request.auth.id && @request.body.owner:changed = false && @request.body.owners:changed = false",""" + fields);
        server.collection("""
                {"name":"given","viewRule":"","updateRule":"owner = @request.auth.id",""" + fields);
        String owned = "{\"title\":\"hers\",\"owner\":\"" + aliceId + "\",\"owners\":[\"" + aliceId + "\"]}";
        String kept = ALL + "/kept/records/" + server.record("kept", owned);
        String given = ALL + "/given/records/" + server.record("given", owned);

        for (String body : List.of(
                "{\"owner\":\"" + bobId + "\"}",
                "{\"owner\":[\"" + bobId + "\"]}",
                "{\"owner+\":\"" + bobId + "\"}",
                "{\"+owner\":\"" + bobId + "\"}",
                "{\"owner-\":\"" + aliceId + "\"}",
                "{\"owner\":null}",
                "{\"owner\":\"\"}",
                "{\"owners+\":\"" + bobId + "\"}",
                "{\"+owners\":\"" + bobId + "\"}",
                "{\"owners-\":\"" + aliceId + "\"}",
                "{\"owners\":[]}",
                "{\"owner\":\"" + aliceId + "\",\"owner+\":\"" + bobId + "\"}")) {
            patch(body, kept, body).as(alice).answers(404, "record_not_found").run(server);
        }
        for (String form : List.of(
                "owner=" + bobId, "owner%2B=" + bobId, "@jsonPayload=%7B%22owner%22%3A%22" + bobId + "%22%7D")) {
            patch(form, kept, form)
                    .type("application/x-www-form-urlencoded")
                    .as(alice)
                    .answers(404)
                    .run(server);
        }
        patch(
                        "by a form of parts",
                        kept,
                        "--X\r\nContent-Disposition: form-data; name=\"owner\"\r\n\r\n" + bobId + "\r\n--X--\r\n")
                .type("multipart/form-data; boundary=X")
                .as(alice)
                .answers(404)
                .run(server);
        patch(
                        "what stays may be sent along",
                        kept,
                        "{\"title\":\"still hers\",\"owner\":\"" + aliceId + "\",\"owners+\":\"" + aliceId + "\"}")
                .as(alice)
                .answers(200, "\"owner\":\"" + aliceId + "\"", "\"owners\":[\"" + aliceId + "\"]")
                .run(server);
        patch("a rule that does not say so lets it go", given, "{\"owner\":\"" + bobId + "\"}")
                .as(alice)
                .answers(200, "\"owner\":\"" + bobId + "\"")
                .run(server);
        patch("and then it is gone", given, "{\"owner\":\"" + aliceId + "\"}")
                .as(alice)
                .answers(404)
                .run(server);
    }

    @Test
    void aChangedRuleBindsTheNextRequestAThousandTimes() {
        server.collection("""
                {"name":"switched","viewRule":"","fields":[{"name":"title","type":"text"}]}""");
        String records = ALL + "/switched/records";
        server.record("switched", "{\"title\":\"x\"}");
        for (int i = 0; i < 1000; i++) {
            boolean open = i % 2 == 0;
            patch("switch " + i, ALL + "/switched", open ? "{\"listRule\":\"\"}" : "{\"listRule\":null}")
                    .as(root)
                    .answers(200)
                    .run(server);
            get("after switch " + i, records).answers(open ? 200 : 403).run(server);
        }
    }

    @Test
    void aChangedRoleBindsTheNextRequestAThousandTimes() {
        server.collection("""
                {"name":"staff","type":"auth","updateRule":"id = @request.auth.id && @request.body.role:changed = false",
                 "fields":[{"name":"role","type":"text"}]}""");
        String member = server.record("staff", """
                {"email":"sam@example.com","password":"%s","passwordConfirm":"%s"}""".formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        server.collection("""
                {"name":"desk","listRule":"","createRule":"@request.auth.role = 'editor'","fields":[{"name":"title","type":"text"}]}""");
        String sam = server.signIn("staff", "sam@example.com");
        for (int i = 0; i < 1000; i++) {
            boolean editor = i % 2 == 0;
            patch(
                            "role " + i,
                            ALL + "/staff/records/" + member,
                            editor ? "{\"role\":\"editor\"}" : "{\"role\":\"reader\"}")
                    .as(root)
                    .answers(200)
                    .run(server);
            post("as of role " + i, ALL + "/desk/records", "{}")
                    .as(sam)
                    .answers(editor ? 200 : 400)
                    .run(server);
        }
        patch("nobody makes himself one", ALL + "/staff/records/" + member, "{\"role\":\"editor\"}")
                .as(sam)
                .answers(404)
                .run(server);
        get("each editor's and no reader's", ALL + "/desk/records?perPage=1")
                .answers(200, "\"totalItems\":500")
                .run(server);
    }

    @Test
    void saysTheSameOfWhatIsMissingAndWhatIsForbidden() {
        String records = ALL + "/" + State.FALSE.collection() + "/records/";
        String forbidden = server.record(State.FALSE.collection(), "{\"title\":\"stored\"}");
        for (String token : List.of("", alice)) {
            for (String method : List.of("GET", "PATCH", "DELETE")) {
                assertSame(method, records + forbidden, records + "missing00000000", token);
                assertSame(
                        method,
                        records + forbidden + "?expand=tag&fields=id",
                        records + "missing00000000?expand=tag&fields=id",
                        token);
            }
            String body = "{\"title\":5,\"tag\":\"nothing\",\"unknown\":true}";
            assertThat(bytes("PATCH", records + forbidden, body, token))
                    .isEqualTo(bytes("PATCH", records + "missing00000000", body, token));
            for (String method : List.of("GET", "PATCH", "DELETE")) {
                assertSame(method, ALL + "/users", ALL + "/nothere", token);
                assertSame(method, ALL + "/_superusers", ALL + "/nothere", token);
            }
            assertSame("DELETE", ALL + "/users/truncate", ALL + "/nothere/truncate", token);
            assertSame(
                    "GET",
                    records + forbidden,
                    ALL + "/" + State.BROKEN.collection() + "/records/missing00000000",
                    token);
        }
    }

    private void assertSame(String method, String one, String other, String token) {
        assertThat(bytes(method, one, "{}", token))
                .as("%s %s", method, one)
                .isEqualTo(bytes(method, other, "{}", token));
    }

    /// Status, headers and body, the date left out; both requests bear the same id.
    private String bytes(String method, String path, String body, String token) {
        TestServer.Answer answer = server.send(HttpCase.of(
                        "",
                        method,
                        path,
                        method.equals("GET") ? "" : "application/json",
                        method.equals("PATCH") ? body : "")
                .as(token)
                .header("X-Request-Id", "the-same"));
        assertThat(answer.status()).isBetween(401, 404);
        var headers = new java.util.TreeMap<>(answer.headers());
        headers.remove("date");
        return answer.status() + " " + headers + " " + answer.body();
    }
}
