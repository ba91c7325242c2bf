package dev.ferritedb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.distribution.BuiltDistribution.Finished;
import dev.ferritedb.distribution.BuiltDistribution.Server;
import dev.ferritedb.distribution.plugin.SamplePlugin;
import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionIT {
    private static final String POSTS = "/api/collections/posts/records";

    @TempDir
    Path folder;

    @Test
    void servesWithDemoDataAndStopsInOrder() throws IOException {
        try (Server server = Server.start(BuiltDistribution.HOME, folder, "--demo")) {
            assertThat(server.send("GET", "/readyz", "", "").statusCode()).isEqualTo(200);
            assertThat(server.send("GET", POSTS, "", "").body()).contains("\"totalItems\":4");
            assertThat(server.send("GET", "/admin/", "", "").statusCode()).isEqualTo(200);
            assertThat(server.send("GET", "/metrics", "", "").body())
                    .contains("ferritedb_database_write_seconds_count")
                    .contains("jvm_memory_heap_used_bytes");
            assertThat(server.out()).contains(server.address().toString(), "admin@ferritedb.dev", "alice@example.com");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ferritedb_data"))))
                    .isEqualTo("rwx------");

            assertThat(server.stop()).isZero();
            assertThat(server.err()).doesNotContain("ERROR").doesNotContain("Exception");
        }
    }

    @Test
    void keepsEveryCreateThatItAnsweredWhenItIsKilled() throws Exception {
        Set<String> answered = new HashSet<>();
        try (Server server = Server.start(BuiltDistribution.HOME, folder, "--demo")) {
            String token = server.superuserToken();
            String collection =
                    "{\"name\":\"notes\",\"type\":\"base\",\"fields\":[{\"name\":\"title\",\"type\":\"text\"}]}";
            assertThat(server.send("POST", "/api/collections", token, collection)
                            .statusCode())
                    .isEqualTo(200);
            var ids = new ConcurrentLinkedQueue<String>();
            var half = new CountDownLatch(500);
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < 1000; i++) {
                String note = "{\"title\":\"note " + i + "\"}";
                writers.add(Thread.ofVirtual().start(() -> {
                    try {
                        HttpResponse<String> answer =
                                server.send("POST", "/api/collections/notes/records", token, note);
                        if (answer.statusCode() == 200) ids.add(text(answer.body(), "id"));
                        half.countDown();
                    } catch (UncheckedIOException cutOff) {
                        half.countDown();
                    }
                }));
            }
            half.await();
            server.kill();
            for (Thread writer : writers) writer.join();
            answered.addAll(ids);
        }
        assertThat(answered).hasSizeGreaterThanOrEqualTo(400);

        try (Server server = Server.start(BuiltDistribution.HOME, folder)) {
            String token = server.superuserToken();
            Set<String> kept = new HashSet<>();
            for (int page = 1; page <= 4; page++) {
                String list = server.send("GET", "/api/collections/notes/records?perPage=500&page=" + page, token, "")
                        .body();
                for (Value item : ((Value.Items) members(list).get("items")).items()) {
                    kept.add(((Value.Text) ((Value.Members) item).get("id")).text());
                }
            }
            assertThat(kept).containsAll(answered);
        }
    }

    @Test
    void worksWithAPlugInThatIsDroppedInAndWithoutItOnceItIsDeleted() throws IOException {
        Path home = homeWithPluginsOfItsOwn();
        Path jar = SamplePlugin.pack(
                "greeting", "example.greeting.GreetingPlugin", home.resolve("plugins/greeting/greeting.jar"));

        try (Server server = Server.start(home, folder, "--demo")) {
            String token = server.superuserToken();
            assertThat(server.send("GET", "/api/greeting/Ada", "", "").body()).isEqualTo("Hello, Ada");
            assertThat(text(
                            server.send("POST", POSTS, token, post(server, token, "  spaces around  "))
                                    .body(),
                            "title"))
                    .isEqualTo("spaces around");
            HttpResponse<String> refused = server.send("POST", POSTS, token, post(server, token, "look!!!"));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("greeting_shouted");
            server.stop();
        }
        Files.delete(jar);
        try (Server server = Server.start(home, folder)) {
            String token = server.superuserToken();
            assertThat(server.send("GET", "/api/greeting/Ada", "", "").statusCode())
                    .isEqualTo(404);
            assertThat(server.send("POST", POSTS, token, post(server, token, "look!!!"))
                            .statusCode())
                    .isEqualTo(200);
            server.stop();
        }
    }

    @Test
    void tellsOfAPlugInThatFailsAndServesAllTheSame() throws IOException {
        Path home = homeWithPluginsOfItsOwn();
        SamplePlugin.pack("throwing", "example.throwing.ThrowingPlugin", home.resolve("plugins/throwing.jar"));

        try (Server server = Server.start(home, folder)) {
            assertThat(server.stop()).isZero();
            assertThat(server.err()).contains("plug-in 'throwing'", "failed to start", "the moon is full");
        }
    }

    @Test
    void refusesToStartWithTwoPlugInsOfOneName() throws IOException {
        Path home = homeWithPluginsOfItsOwn();
        SamplePlugin.pack("greeting", "example.greeting.GreetingPlugin", home.resolve("plugins/a.jar"));
        SamplePlugin.pack("greeting", "example.greeting.GreetingPlugin", home.resolve("plugins/b.jar"));

        Finished refused = BuiltDistribution.run(home, folder, Map.of(), "serve", "--port", "0");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().asString().contains("two plug-ins are named 'greeting'");
    }

    @Test
    void saysInOneLineWhyItCannotStart() throws IOException {
        Files.writeString(folder.resolve("ferritedb.toml"), "[server]\nprot = 8091\n");
        Finished misspelt = BuiltDistribution.run(folder, Map.of(), "serve");
        assertThat(misspelt.exitCode()).isEqualTo(1);
        assertThat(misspelt.err().lines())
                .singleElement()
                .asString()
                .contains("server.prot is not a setting; did you mean server.port?");
        Files.delete(folder.resolve("ferritedb.toml"));

        Finished variable = BuiltDistribution.run(folder, Map.of("FERRITEDB_SERVER_HOTS", "x"), "serve");
        assertThat(variable.exitCode()).isEqualTo(1);
        assertThat(variable.err().lines()).singleElement().asString().contains("did you mean FERRITEDB_SERVER_HOST?");

        Path file = Files.writeString(folder.resolve("occupied"), "a file");
        Finished notAFolder =
                BuiltDistribution.run(folder, Map.of(), "--data", file.toString(), "serve", "--port", "0");
        assertThat(notAFolder.exitCode()).isEqualTo(1);
        assertThat(notAFolder.err().lines()).singleElement().asString().contains("occupied");

        try (Server server = Server.start(BuiltDistribution.HOME, folder.resolve("first"))) {
            String port = Integer.toString(server.address().getPort());
            Finished taken = BuiltDistribution.run(folder, Map.of(), "serve", "--port", port);
            assertThat(taken.exitCode()).isEqualTo(1);
            assertThat(taken.err().lines()).singleElement().asString().contains(port, "the port is taken");

            Finished twice = BuiltDistribution.run(folder.resolve("first"), Map.of(), "serve", "--port", "0");
            assertThat(twice.exitCode()).isEqualTo(1);
            assertThat(twice.err().lines()).singleElement().asString().contains("another server is running");
            assertThat(server.send("GET", "/healthz", "", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void showsAndChecksTheConfiguration() throws IOException {
        Files.copy(BuiltDistribution.HOME.resolve("conf/ferritedb.toml"), folder.resolve("ferritedb.toml"));
        Finished sample = BuiltDistribution.run(folder, Map.of(), "config", "check");
        assertThat(sample.exitCode()).isZero();

        Finished shown =
                BuiltDistribution.run(folder, Map.of("FERRITEDB_SERVER_PORT", "9000"), "config", "show", "--json");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out()).contains("\"server.port\"", "\"9000\"", "FERRITEDB_SERVER_PORT");

        Files.writeString(folder.resolve("ferritedb.toml"), "[server]\nport = true\nhots = \"x\"\n");
        Finished wrong = BuiltDistribution.run(folder, Map.of(), "config", "check");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("server.port must be a whole number", "did you mean server.host?");
    }

    @Test
    void sampleConfigurationNamesEverySettingWithItsDefault() throws IOException {
        Path uncommented = folder.resolve("all.toml");
        Files.writeString(
                uncommented,
                Files.readString(BuiltDistribution.HOME.resolve("conf/ferritedb.toml"))
                        .replaceAll("(?m)^#([a-z_0-9]+ = )", "$1"));

        Finished check = BuiltDistribution.run(folder, Map.of(), "--config", uncommented.toString(), "config", "check");
        assertThat(check.err()).contains("in order");
        Finished shown =
                BuiltDistribution.run(folder, Map.of(), "--config", uncommented.toString(), "config", "show", "--json");

        assertThat(shown.out()).doesNotContain("\"origin\":\"default\"");
    }

    private static String post(Server server, String token, String title) {
        String users = server.send("GET", "/api/collections/users/records?perPage=1", token, "")
                .body();
        var owner = (Value.Members)
                ((Value.Items) members(users).get("items")).items().getFirst();
        return "{\"title\":\"" + title + "\",\"content\":\"c\",\"published\":true,\"owner_id\":\""
                + ((Value.Text) owner.get("id")).text() + "\"}";
    }

    /// The built distribution, but for its plug-ins.
    private Path homeWithPluginsOfItsOwn() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(
                BuiltDistribution.HOME.resolve("bin/ferritedb"),
                home.resolve("bin/ferritedb"),
                StandardCopyOption.COPY_ATTRIBUTES);
        for (String part : List.of("lib", "runtime")) {
            Files.createSymbolicLink(home.resolve(part), BuiltDistribution.HOME.resolve(part));
        }
        Files.createDirectories(home.resolve("plugins"));
        return home;
    }

    private static String text(String document, String member) {
        return ((Value.Text) members(document).get(member)).text();
    }

    private static Value.Members members(String document) {
        return (Value.Members) Json.read(document);
    }
}
