package dev.ferritedb.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostsSampleTest {
    @TempDir
    Path folder;

    @Test
    void givesEachUserThreePermissionsAndPostsOfItsOrganizations() throws IOException {
        new PostsSample(2_000).write(folder);

        assertThat(records("organizations")).hasSize(PostsSample.ORGANIZATIONS);
        assertThat(records("users")).hasSize(PostsSample.USERS);
        Map<String, Set<String>> permitted = new HashMap<>();
        for (Value.Members permission : records("permissions")) {
            permitted
                    .computeIfAbsent(text(permission, "user"), _ -> new HashSet<>())
                    .add(text(permission, "organization"));
        }
        assertThat(permitted)
                .hasSize(PostsSample.USERS)
                .allSatisfy((_, all) -> assertThat(all).hasSize(3));
        assertThat(records("posts"))
                .hasSize(2_000)
                .allSatisfy(
                        post -> assertThat(permitted.get(text(post, "author"))).contains(text(post, "organization")));
    }

    @Test
    void writesTheSameRecordsEachTime() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        new PostsSample(100).write(folder);
        new PostsSample(100).write(other);

        for (String file : PostsSample.FILES) {
            assertThat(other.resolve(file)).hasSameTextualContentAs(folder.resolve(file));
        }
    }

    private List<Value.Members> records(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .map(line -> (Value.Members) Json.read(line))
                .toList();
    }

    private static String text(Value.Members record, String name) {
        return ((Value.Text) record.get(name)).text();
    }
}
