package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.delete;
import static dev.ferritedb.http.HttpCase.get;
import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;
import static dev.ferritedb.http.HttpCase.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionEndpointsTest {
    private static final String ALL = "/api/collections";

    @TempDir
    Path folder;

    private TestServer server;
    private String root = "";
    private String member = "";

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        root = server.superuser();
        server.kernel
                .records()
                .create(
                        dev.ferritedb.kernel.identity.Request.ofOperator(),
                        "users",
                        TestServer.account("m@example.com"));
        member = server.signIn("users", "m@example.com");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void letsOnlySuperusersNearCollections() {
        Stream.of(
                        get("", ALL),
                        post("", ALL, "{\"name\":\"x\"}"),
                        get("", ALL + "/users"),
                        patch("", ALL + "/users", "{}"),
                        delete("", ALL + "/users"),
                        delete("", ALL + "/users/truncate"),
                        put("", ALL + "/import", "{\"collections\":[{}]}"),
                        get("", ALL + "/meta/scaffolds"),
                        get("", ALL + "/meta/oauth2-providers"),
                        post("", ALL + "/meta/dry-run-view", "{\"query\":\"select 1\"}"))
                .forEach(request -> {
                    request.answers(401, "Missing or invalid authentication.").run(server);
                    request.as(member)
                            .answers(403, "Only superusers can perform this action.")
                            .run(server);
                });
    }

    @Test
    void carriesACollectionThroughItsLife() {
        post("create", ALL, """
                {"name":"books","type":"base","listRule":"","fields":[{"name":"title","type":"text"}],
                 "indexes":["create unique index idx_title on books (title)"]}""")
                .as(root)
                .answers(
                        200,
                        "{\"id\":\"pbc_",
                        "\",\"listRule\":\"\",\"viewRule\":null,",
                        "\"name\":\"books\",\"type\":\"base\",\"fields\":[{")
                .run(server);
        get("view by name", ALL + "/books")
                .as(root)
                .answers(200, "\"name\":\"title\"")
                .run(server);
        get("list", ALL + "?perPage=100&sort=name&filter=" + "name%3D%27books%27")
                .as(root)
                .answers(200, "{\"items\":[{\"id\":", "\"totalItems\":1")
                .run(server);
        patch("update", ALL + "/books", "{\"viewRule\":\"id = 'x'\",\"name\":\"tomes\"}")
                .as(root)
                .answers(200, "\"name\":\"tomes\"", "\"viewRule\":\"id = 'x'\"")
                .run(server);
        server.record("tomes", "{\"title\":\"one\"}");
        delete("truncate", ALL + "/tomes/truncate").as(root).answers(204).run(server);
        get("is empty", ALL + "/tomes/records").answers(200, "\"totalItems\":0").run(server);
        delete("delete", ALL + "/tomes").as(root).answers(204).run(server);
        get("gone", ALL + "/tomes")
                .as(root)
                .answers(404, "collection_not_found")
                .run(server);
    }

    @Test
    void namesTheWrongPlacesOfACollection() {
        post("no name", ALL, "{}")
                .as(root)
                .answers(
                        400,
                        "\"message\":\"Failed to create collection.\"",
                        "\"name\":{\"code\":\"validation_required\"")
                .run(server);
        post("a wrong field", ALL, "{\"name\":\"x\",\"fields\":[{\"name\":\"a b\",\"type\":\"text\"}]}")
                .as(root)
                .answers(400, "\"data\":{\"fields\":{\"")
                .run(server);
        post("a broken rule", ALL, "{\"name\":\"x\",\"listRule\":\"nothing = 1\"}")
                .as(root)
                .answers(400, "\"listRule\":{\"code\":\"validation_invalid_rule\"")
                .run(server);
        get("and nothing was made", ALL + "/x").as(root).answers(404).run(server);
        delete("a system collection", ALL + "/_superusers")
                .as(root)
                .answers(400, "Failed to delete collection")
                .run(server);
    }

    @Test
    void importsCollectionsTogetherOrNotAtAll() {
        put("two", ALL + "/import", "{\"collections\":[{\"name\":\"one\"},{\"name\":\"two\"}]}")
                .as(root)
                .answers(204)
                .run(server);
        get("there", ALL + "/two").as(root).answers(200).run(server);
        put("one is wrong", ALL + "/import", "{\"collections\":[{\"name\":\"three\"},{\"name\":\"a b\"}]}")
                .as(root)
                .answers(400, "\"data\":{\"collections\":{\"code\":\"validation_collections_import_failure\"")
                .run(server);
        get("not there", ALL + "/three").as(root).answers(404).run(server);
        put("none", ALL + "/import", "{\"collections\":[]}")
                .as(root)
                .answers(400, "\"collections\":{\"code\":\"validation_required\"")
                .run(server);
        put("no object", ALL + "/import", "{\"collections\":[7]}")
                .as(root)
                .answers(400, "\"collections\":{\"0\":{")
                .run(server);
    }

    @Test
    void offersScaffoldsAndDryRuns() {
        get("scaffolds", ALL + "/meta/scaffolds")
                .as(root)
                .answers(200, "{\"auth\":{\"id\":\"\",", "\"base\":{\"id\":\"\",", "\"view\":{\"id\":\"\",")
                .not("\"secret\"")
                .run(server);
        get("providers", ALL + "/meta/oauth2-providers")
                .as(root)
                .answers(200, "[]")
                .run(server);
        post("dry run", ALL + "/meta/dry-run-view", "{\"query\":\"select id, name from users\"}")
                .as(root)
                .answers(200, "{\"fields\":[{", "\"name\":\"name\"", "\"sample\":")
                .run(server);
        post("dry run of nonsense", ALL + "/meta/dry-run-view", "{\"query\":\"drop table users\"}")
                .as(root)
                .answers(400, "Invalid view query.")
                .run(server);
    }

    @Test
    void keepsSecretsOfAuthCollectionsToItself() {
        TestServer.Answer answer = get("users", ALL + "/users").as(root).run(server);
        assertThat(answer.body()).contains("\"authToken\":{\"duration\":").doesNotContain("\"secret\"");
    }
}
