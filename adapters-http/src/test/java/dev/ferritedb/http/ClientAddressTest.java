package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP-05, AUTH-08: a client can't choose the address it is counted by.
class ClientAddressTest {
    private static final String GUESS = "{\"identity\":\"a@example.com\",\"password\":\"wrong horse\"}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 203.0.113.9                        | 192.0.2.1",
                "10.1.2.3  | 203.0.113.9                        | 203.0.113.9",
                "10.1.2.3  | 198.51.100.1, 203.0.113.9          | 203.0.113.9",
                "10.1.2.3  | 203.0.113.9, 10.9.9.9              | 203.0.113.9",
                "10.1.2.3  | 10.0.0.1, 10.9.9.9                 | 10.0.0.1",
                "10.1.2.3  | 203.0.113.9, nonsense              | 10.1.2.3",
                "10.1.2.3  | nonsense, 203.0.113.9              | 203.0.113.9",
                "10.1.2.3  | localhost                          | 10.1.2.3",
                "10.1.2.3  | ''                                 | 10.1.2.3",
                "10.1.2.3  | 203.0.113.9:4711                   | 203.0.113.9",
                "10.1.2.3  | [2001:db8::9]:4711                 | 2001:db8:0:0:0:0:0:9",
                "10.1.2.3  | ::ffff:203.0.113.9                 | 203.0.113.9",
                "2001:db8:1::5 | 203.0.113.9                    | 203.0.113.9",
                "2001:db8:2::5 | 203.0.113.9                    | 2001:db8:2:0:0:0:0:5",
                "192.0.2.77 | 203.0.113.9                       | 203.0.113.9",
                "192.0.2.78 | 203.0.113.9                       | 192.0.2.78"
            })
    void believesTrustedProxiesAlone(String peer, String forwardedFor, String client) {
        var address = new ClientAddress(List.of("10.0.0.0/8", "2001:db8:1::/48", "192.0.2.77"));

        assertThat(address.of(InetAddress.ofLiteral(peer), forwardedFor)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.example.com",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "::/129",
                "fe80::1%eth0",
                "10.0.0.0/x"
            })
    void takesNothingElseForAProxy(String text) {
        assertThat(HttpSettings.isProxy(text)).isFalse();
        assertThatThrownBy(() -> new ClientAddress(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsAForgerByItsOwnAddress() {
        try (var server = TestServer.start(folder)) {
            for (int i = 0; i < 30; i++) guess(i).answers(400).run(server);

            TestServer.Answer refused = guess(31)
                    .answers(429, "\"code\":\"too_many_attempts\"", "\"data\":{}")
                    .run(server);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 900);
        }
    }

    @Test
    void tellsTheClientsOfATrustedProxyApart() {
        try (var server = TestServer.start(folder, settings -> settings.behind("127.0.0.1"))) {
            for (int i = 0; i < 30; i++) guess(7).answers(400).run(server);

            guess(7).answers(429).run(server);
            String other = "{\"identity\":\"b@example.com\",\"password\":\"wrong horse\"}";
            HttpCase.post("another client", "/api/collections/users/auth-with-password", other)
                    .header("X-Forwarded-For", "203.0.113.8")
                    .answers(400)
                    .run(server);
            HttpCase.get("what the server sees", "/api/health")
                    .as(server.superuser())
                    .header("X-Forwarded-For", "198.51.100.1, 203.0.113.8")
                    .answers(200, "\"realIP\":\"203.0.113.8\"")
                    .run(server);
        }
    }

    private static HttpCase guess(int client) {
        return HttpCase.post("", "/api/collections/users/auth-with-password", GUESS)
                .header("X-Forwarded-For", "203.0.113." + client)
                .header("X-Real-IP", "203.0.113." + client)
                .header("Forwarded", "for=203.0.113." + client);
    }
}
