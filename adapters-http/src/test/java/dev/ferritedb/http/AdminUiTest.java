package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminUiTest {
    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesTheIndexUncachedWithAStrictPolicy() {
        TestServer.Answer index = server.get("/admin/");

        assertThat(index.status()).isEqualTo(200);
        assertThat(index.body()).contains("sample admin page");
        assertThat(index.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(index.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(index.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        HttpCase same = HttpCase.get("", "/admin/").header("If-None-Match", index.header("ETag"));
        assertThat(server.send(same).status()).isEqualTo(304);
        assertThat(server.send(same).body()).isEmpty();
    }

    @Test
    void hasNothingButItsFiles() {
        for (String path : List.of("assets/missing.js", "missing", "assets/", "assets", "%2e%2e/%2e%2e/MANIFEST.MF")) {
            HttpCase.get("", "/admin/" + path).answers(404).run(server);
        }
    }

    @Test
    void letsHashedFilesBeKeptForEver() {
        TestServer.Answer script = server.get("/admin/assets/app-1a2b3c.js");

        assertThat(script.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(script.body()).isEqualTo("plain\n");
    }

    @Test
    void sendsCompressedCopiesToThoseWhoTakeThem() {
        for (List<String> row : List.of(
                List.of("br", "br"),
                List.of("gzip, deflate, br", "br"),
                List.of("gzip", "gzip"),
                List.of("GZIP;q=0.5", "gzip"),
                List.of("br;q=0, gzip", "gzip"),
                List.of("deflate", ""),
                List.of("xbr", ""))) {
            TestServer.Answer answer = server.send(
                    HttpCase.get("", "/admin/assets/app-1a2b3c.js").header("Accept-Encoding", row.getFirst()));
            assertThat(answer.header("Content-Encoding")).as("%s", row).isEqualTo(row.getLast());
            assertThat(answer.header("Vary")).contains("Accept-Encoding");
            assertThat(answer.body()).isEqualTo((row.getLast().isEmpty() ? "plain" : row.getLast()) + "\n");
        }
    }

    @Test
    void leadsOtherAddressesToIt() {
        for (String path : List.of("/admin", "/_", "/_/", "/_/auth/x")) {
            TestServer.Answer answer = server.get(path);
            assertThat(answer.status()).isEqualTo(307);
            assertThat(answer.header("Location")).isEqualTo("/admin/");
        }
    }

    @Test
    void isNotThereWhenSwitchedOff(@TempDir Path other) {
        server.close();
        server = TestServer.start(
                other,
                settings -> new HttpSettings(
                        settings.host(),
                        0,
                        List.of(),
                        settings.requestTimeout(),
                        settings.requestMaxBytes(),
                        false,
                        settings.drainTimeout()));
        HttpCase.get("", "/admin/").answers(404).run(server);
    }
}
