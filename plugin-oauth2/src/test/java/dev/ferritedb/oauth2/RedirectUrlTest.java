package dev.ferritedb.oauth2;

import static dev.ferritedb.oauth2.OidcServer.members;
import static dev.ferritedb.oauth2.SignInServer.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.oauth2.SignInServer.Answer;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// AUTH-05 of the security checklist: a code is taken only if it came back to a redirect URL that is named,
/// character for character.
class RedirectUrlTest {
    private static final String PATH = "/api/oauth2-redirect";

    @TempDir
    Path folder;

    private OidcServer oidc;
    private SignInServer server;

    @BeforeEach
    void start() {
        oidc = OidcServer.start();
        server = SignInServer.start(folder);
        server.providers(oidc.options());
    }

    @AfterEach
    void stop() {
        server.close();
        oidc.close();
    }

    private Answer asked(String redirectUrl) {
        return server.post(
                USERS + "/auth-with-oauth2",
                members("provider", "oidc", "code", "c", "codeVerifier", "v".repeat(43), "redirectURL", redirectUrl),
                "");
    }

    /// Around a URL that is taken, and elsewhere.
    private static List<String> tricky(String own) {
        String authority = own.substring("http://".length(), own.length() - PATH.length());
        String host = authority.replaceAll(":\\d+$", "");
        String port = authority.substring(host.length());
        var urls = new ArrayList<String>(List.of(
                own + "/",
                own + "//",
                own + "/..",
                own + "/../evil",
                own + "/evil",
                own + "?",
                own + "?a=b",
                own + "#",
                own + "#a",
                own + "%00",
                own + "%2f",
                own + "%20",
                own + " ",
                " " + own,
                "\t" + own,
                own + "\n",
                own + "\r\nHost: evil.example.com",
                own + "\u200b",
                own + ";a=b",
                own + ".",
                own + "@evil.example.com",
                own.toUpperCase(Locale.ROOT),
                own.replace("http://", "HTTP://"),
                own.replace("http://", "http:"),
                own.replace("http://", "http:/"),
                own.replace("http://", "http:///"),
                own.replace("http://", "//"),
                own.replace("http://", ""),
                own.replace("http://", "ftp://"),
                own.replace("http://", "javascript://"),
                own.replace("http://", "data://"),
                own.replace("http://", "myapp://"),
                own.replace("http://", "http:\\\\"),
                own.replace("http://", "http://user@"),
                own.replace("http://", "http://user:pass@"),
                own.replace("http://", "http://evil.example.com@"),
                own.replace("http://" + authority, "http://" + authority + "@evil.example.com"),
                own.replace("http://" + authority, "http://" + authority + ".evil.example.com"),
                own.replace("http://" + authority, "http://" + authority + "\\.evil.example.com"),
                own.replace("http://" + authority, "http://" + authority + "%2eevil.example.com"),
                own.replace(authority, host),
                own.replace(authority, host + ":"),
                own.replace(authority, host + ":0" + port.replace(":", "")),
                own.replace(authority, host + ":1"),
                own.replace(authority, host + ":80"),
                own.replace(authority, host + "." + port),
                own.replace(authority, "localhost" + port),
                own.replace(authority, "127.1" + port),
                own.replace(authority, "2130706433" + port),
                own.replace(authority, "0x7f.0.0.1" + port),
                own.replace(authority, "[::1]" + port),
                own.replace(authority, "[::ffff:127.0.0.1]" + port),
                own.replace(authority, "0.0.0.0" + port),
                own.replace(authority, "evil.example.com"),
                own.replace(authority, "evil.example.com" + port),
                own.replace(authority, "xn--localhost-9za" + port),
                own.replace(PATH, ""),
                own.replace(PATH, "/"),
                own.replace(PATH, "//api/oauth2-redirect"),
                own.replace(PATH, "/./api/oauth2-redirect"),
                own.replace(PATH, "/x/../api/oauth2-redirect"),
                own.replace(PATH, "/api/oauth2-redirect2"),
                own.replace(PATH, "/api/oauth2-redirec"),
                own.replace(PATH, "/api/oauth2_redirect"),
                own.replace(PATH, "/API/oauth2-redirect"),
                own.replace(PATH, "/api/%6fauth2-redirect"),
                own.replace(PATH, "\\api\\oauth2-redirect"),
                own.replace(PATH, "/api/oauth2‐redirect"),
                own.replace("a", "а"),
                "http://evil.example.com/?" + own,
                "http://evil.example.com/#" + own,
                "http://evil.example.com/" + own,
                own + "," + own,
                own + " " + own,
                PATH,
                "urn:ietf:wg:oauth:2.0:oob",
                "about:blank",
                "null",
                "*"));
        return urls;
    }

    @Test
    void takesItsOwnAddressAndNothingThatLooksLikeIt() {
        String own = server.redirectUrl();
        asked(own).is(400, "oauth2_token_failed");
        List<String> tricky = tricky(own);
        assertThat(tricky)
                .hasSizeGreaterThanOrEqualTo(60)
                .doesNotHaveDuplicates()
                .doesNotContain(own);
        for (String url : tricky) asked(url).is(400, "\"redirectURL\":{\"code\":\"validation_in_invalid\"");
        asked("").is(400, "\"redirectURL\":{\"code\":\"validation_required\"");
    }

    @Test
    void takesThePublicUrlOnlyOnceThereIsOne() {
        publicUrl("https://api.example.com/base/");
        asked("https://api.example.com/base/api/oauth2-redirect").is(400, "oauth2_token_failed");
        asked("https://api.example.com/api/oauth2-redirect").is(400, "validation_in_invalid");
        asked("http://api.example.com/base/api/oauth2-redirect").is(400, "validation_in_invalid");
        asked(server.redirectUrl()).is(400, "oauth2_token_failed");
    }

    @Test
    void doesNotBelieveAForgedHost() {
        publicUrl("https://api.example.com");
        assertThat(server.raw("evil.example.com", body("https://evil.example.com/api/oauth2-redirect")))
                .contains("validation_in_invalid");
        publicUrl("http://localhost:8090");
        assertThat(server.raw("my.example.com", body("https://my.example.com/api/oauth2-redirect")))
                .as("a server whose public URL nobody has set")
                .contains("oauth2_token_failed");
        assertThat(server.raw("my.example.com", body("https://evil.example.com/api/oauth2-redirect")))
                .contains("validation_in_invalid");
        for (String host : List.of("my.example.com/x", "a@my.example.com", "my.example.com#", "")) {
            assertThat(server.raw(host, body("https://" + host + "/api/oauth2-redirect")))
                    .doesNotContain("oauth2_token_failed");
        }
    }

    @Test
    void takesWhatTheProvidersOptionsName() {
        var named =
                new Value.Items(List.of(Value.text("myapp://signed-in"), Value.text("https://app.example.com/cb?x=1")));
        server.providers(oidc.options("extra", members("redirectURLs", named)));
        asked("myapp://signed-in").is(400, "oauth2_token_failed");
        asked("https://app.example.com/cb?x=1").is(400, "oauth2_token_failed");
        for (String near : List.of("myapp://signed-in/", "myapp://signed-in?x", "https://app.example.com/cb", "*")) {
            asked(near).is(400, "validation_in_invalid");
        }
        oidc.next("alice", Map.of("email", "alice@example.com", "email_verified", true));
        Answer methods = server.get(USERS + "/auth-methods", "");
        String code = oidc.code(methods.text("oauth2.providers.0.authURL"), "https://app.example.com/cb?x=1");
        server.post(
                        USERS + "/auth-with-oauth2",
                        members(
                                "provider",
                                "oidc",
                                "code",
                                code,
                                "codeVerifier",
                                methods.text("oauth2.providers.0.codeVerifier"),
                                "redirectUrl",
                                "https://app.example.com/cb?x=1"),
                        "")
                .is(200);
    }

    private void publicUrl(String url) {
        server.kernel.settings().update(Request.ofOperator(), members("meta", members("appURL", url)));
    }

    private static Value.Members body(String redirectUrl) {
        return members("provider", "oidc", "code", "c", "codeVerifier", "v".repeat(43), "redirectURL", redirectUrl);
    }
}
