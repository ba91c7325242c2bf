package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorsTest {
    @TempDir
    Path folder;

    @Test
    void keepsOtherSitesOutByDefault() {
        try (var server = TestServer.start(folder)) {
            assertThat(raw(server, "GET", "https://evil.example"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Access-Control");
            assertThat(raw(server, "OPTIONS", "https://evil.example"))
                    .startsWith("HTTP/1.1 204")
                    .doesNotContain("Access-Control");
        }
    }

    @Test
    void letsListedSitesIn() {
        try (var server = start("https://app.example", "https://two.example")) {
            assertThat(raw(server, "GET", "https://app.example"))
                    .contains(
                            "Access-Control-Allow-Origin: https://app.example\r\n",
                            "Access-Control-Expose-Headers: ETag\r\n",
                            "Vary: Origin\r\n")
                    .doesNotContain("Credentials");
            assertThat(raw(server, "OPTIONS", "https://app.example"))
                    .startsWith("HTTP/1.1 204")
                    .contains(
                            "Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE\r\n",
                            "Access-Control-Allow-Headers: authorization, content-type\r\n");
            for (String other :
                    List.of("https://evil.example", "null", "https://app.example.evil.example", "http://app.example")) {
                assertThat(raw(server, "GET", other)).contains("Vary: Origin").doesNotContain("Access-Control");
                assertThat(raw(server, "OPTIONS", other))
                        .contains("Vary: Origin")
                        .doesNotContain("Access-Control");
            }
        }
    }

    @Test
    void letsEveryoneInWhenTold() {
        try (var server = start("*")) {
            assertThat(raw(server, "GET", "https://any.example")).contains("Access-Control-Allow-Origin: *\r\n");
            assertThat(server.get("/nothing").header("Access-Control-Allow-Origin"))
                    .isEqualTo("*");
        }
    }

    private TestServer start(String... origins) {
        return TestServer.start(
                folder,
                settings -> new HttpSettings(
                        settings.host(),
                        0,
                        List.of(origins),
                        settings.requestTimeout(),
                        settings.requestMaxBytes(),
                        true,
                        settings.drainTimeout()));
    }

    private static String raw(TestServer server, String method, String origin) {
        return server.raw(
                method + " /healthz HTTP/1.1\r\nHost: x\r\nOrigin: " + origin
                        + "\r\nAccess-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: authorization, content-type\r\n"
                        + "Connection: close\r\n\r\n",
                java.time.Duration.ofSeconds(5));
    }
}
