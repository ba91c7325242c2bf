package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Answers that would not fit into memory: a few hundred records that lead to each other stand there a million
/// times, once they are expanded back and forth.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeAnswersTest {
    private static final String RECORDS = "/api/collections/posts/records";

    private TestServer server;

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        server.collection("""
                {"name":"authors","listRule":"","viewRule":"","fields":[{"name":"name","type":"text"}]}""");
        server.collection("""
                {"name":"posts","listRule":"","viewRule":"","createRule":"","fields":[{"name":"text","type":"text","max":1000000},
                 {"name":"author","type":"relation","collectionId":"authors"}]}""");
        String author = server.record("authors", "{\"id\":\"authorxxxxxxxxx\",\"name\":\"Ann\"}");
        for (int i = 0; i < 200; i++) {
            server.record("posts", "{\"text\":\"%s\",\"author\":\"%s\"}".formatted("x".repeat(100), author));
        }
        String large = "y".repeat(900_000);
        for (int i = 0; i < 80; i++) server.record("posts", "{\"text\":\"" + large + "\"}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void refusesWhatGrowsWithEachStepOfAnExpansion() {
        String few = "?perPage=200&filter=author!=''&expand=";
        HttpCase.get("one step", RECORDS + few + "author").answers(200).run(server);
        HttpCase.get("back, and forth again", RECORDS + few + "author.posts_via_author.author")
                .answers(200)
                .run(server);
        for (String expand : new String[] {
            "author.posts_via_author.author.posts_via_author",
            "author.posts_via_author.author.posts_via_author.author.posts_via_author"
        }) {
            HttpCase.get(expand, RECORDS + few + expand)
                    .answers(400, "answer_too_large")
                    .run(server);
            HttpCase.get("of a walk", RECORDS + "?cursor=&perPage=200&filter=author!=''&expand=" + expand)
                    .answers(400, "answer_too_large")
                    .run(server);
            HttpCase.get(
                            "of one author",
                            "/api/collections/authors/records/authorxxxxxxxxx?expand="
                                    + "posts_via_author.author.posts_via_author.author.posts_via_author.author")
                    .answers(400, "answer_too_large")
                    .run(server);
        }
    }

    @Test
    void refusesAPageOfRecordsThatIsTooLarge() {
        String large = RECORDS + "?filter=author=''&perPage=";
        assertThat(HttpCase.get("what fits", large + 20).run(server).bytes()).hasSizeGreaterThan(18_000_000);
        HttpCase.get("what does not", large + 80)
                .answers(400, "answer_too_large")
                .run(server);
        HttpCase.get("nor if only an id is wanted", large + 80 + "&fields=id")
                .answers(400, "answer_too_large")
                .run(server);
        HttpCase.get("nor with what it is related to", large + 80 + "&expand=author")
                .answers(400, "answer_too_large")
                .run(server);
    }

    @Test
    void refusesABatchWhoseAnswerIsTooLarge() {
        HttpCase.patch("", "/api/settings", "{\"batch\":{\"enabled\":true,\"maxRequests\":50,\"timeout\":10}}")
                .as(server.superuser())
                .answers(200)
                .run(server);
        String each = "{\"method\":\"POST\",\"url\":\"" + RECORDS
                + "?expand=author.posts_via_author.author.posts_via_author\",\"body\":{\"author\":\"authorxxxxxxxxx\"}}";
        String batch = IntStream.range(0, 20).mapToObj(_ -> each).collect(Collectors.joining(","));
        HttpCase.post("", "/api/batch", "{\"requests\":[" + batch + "]}")
                .answers(400, "answer_too_large")
                .run(server);
    }
}
