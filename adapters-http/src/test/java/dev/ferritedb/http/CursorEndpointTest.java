package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorEndpointTest {
    private static final String NOTES = "/api/collections/notes/records";

    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        server.collection("""
                {"name":"topics","viewRule":"","fields":[{"name":"name","type":"text"}]}""");
        String topics =
                server.kernel.schema().catalog().named("topics").orElseThrow().id();
        server.collection("""
                {"name":"notes","listRule":"","fields":[{"name":"n","type":"number"},{"name":"text","type":"text"},
                 {"name":"topic","type":"relation","collectionId":"%s"}]}""".formatted(topics));
        String topic = server.record("topics", "{\"name\":\"one\"}");
        for (int i = 0; i < 5; i++) {
            server.record("notes", "{\"n\":" + i / 2 + ",\"text\":\"note " + i + "\",\"topic\":\"" + topic + "\"}");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?perPage=2",
                "?perPage=2&sort=-n",
                "?perPage=1&sort=n,-text&fields=text,n",
                "?perPage=3&expand=topic"
            })
    void leadsThroughTheSameItemsAsPagesDo(String list) {
        var walked = new ArrayList<Value>();
        Value.Members answer = server.get(NOTES + list + "&cursor=").json();
        walked.addAll(((Value.Items) answer.get("items")).items());
        while (answer.get("nextCursor") instanceof Value.Text next) {
            answer = server.get(NOTES + list + "&cursor=" + next.text()).json();
            walked.addAll(((Value.Items) answer.get("items")).items());
        }
        assertThat(answer.get("nextCursor")).isEqualTo(Value.NOTHING);
        Value.Members whole = server.get(NOTES + list).json();
        assertThat(whole.members()).doesNotContainKey("nextCursor");
        String all = list.replaceFirst("perPage=\\d", "perPage=100");
        assertThat(walked)
                .isEqualTo(((Value.Items) server.get(NOTES + all).json().get("items")).items());
    }

    @Test
    void answersAPageWithItsCursorAndCountsOnlyWhenAsked() {
        get("the first page", NOTES + "?cursor=&perPage=2&fields=text")
                .answers(
                        200,
                        "{\"items\":[{\"text\":\"note 0\"},{\"text\":\"note 1\"}],\"nextCursor\":\"",
                        ",\"page\":1,\"perPage\":2,\"totalItems\":-1,\"totalPages\":-1}\n")
                .run(server);
        get("the last page", NOTES + "?cursor=&filter=n=2&skipTotal=false")
                .answers(200, "\"nextCursor\":null,\"page\":1,\"perPage\":30,\"totalItems\":1,\"totalPages\":1}\n")
                .run(server);
        String next = server.get(NOTES + "?cursor=&perPage=2").text("nextCursor");
        get("totals of the whole list", NOTES + "?cursor=" + next + "&perPage=2&skipTotal=0")
                .answers(200, "note 2", "\"totalItems\":5,\"totalPages\":3")
                .run(server);
    }

    @Test
    void refusesWhatHasNoCursor() {
        String next = server.get(NOTES + "?cursor=&perPage=2").text("nextCursor");
        for (String wrong : List.of(
                "?cursor=&page=1",
                "?cursor=" + next + "&page=2",
                "?cursor=&sort=@random",
                "?cursor=&sort=n,@random",
                "?cursor=" + next + "&sort=n",
                "?cursor=" + next + "&filter=n=1",
                "?cursor=" + next.substring(1),
                "?cursor=" + next.substring(0, next.length() - 4),
                "?cursor=1",
                "?cursor=null")) {
            get(wrong, NOTES + wrong)
                    .answers(
                            400,
                            "\"code\":\"invalid_cursor\"",
                            "\"data\":{\"cursor\":{\"code\":\"validation_invalid_cursor\"")
                    .run(server);
        }
        get("a relation's field", NOTES + "?cursor=&sort=topic.name")
                .as(server.superuser())
                .answers(400, "\"code\":\"invalid_cursor\"", "\"data\":{\"cursor\":{")
                .run(server);
        get("an unknown field", NOTES + "?cursor=&sort=nothing")
                .answers(400, "invalid_sort")
                .run(server);
        get("the cursor of a guest", NOTES + "?perPage=2&cursor=" + next)
                .as(server.superuser())
                .answers(400, "invalid_cursor")
                .run(server);
        get("the allowed twin", NOTES + "?perPage=2&cursor=" + next)
                .answers(200, "note 2")
                .run(server);
    }

    @Test
    void takesItsCursorInAUrlHoweverLongTheValues() {
        for (int i = 0; i < 3; i++) {
            server.record("notes", "{\"n\":9,\"text\":\"" + "ä".repeat(450 + i * 1000) + "\"}");
        }
        String list = NOTES + "?sort=-n,-text&perPage=1&fields=n&cursor=";
        TestServer.Answer answer = server.get(list);
        int count = 1;
        while (answer.json().get("nextCursor") instanceof Value.Text next) {
            assertThat(next.text()).hasSizeLessThan(1_500);
            answer = server.get(list + next.text());
            assertThat(answer.status()).isEqualTo(200);
            count++;
        }
        assertThat(count).isEqualTo(8);
    }
}
