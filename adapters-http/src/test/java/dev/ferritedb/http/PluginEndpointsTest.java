package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.plugin.Endpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginEndpointsTest {
    @TempDir
    Path folder;

    @FunctionalInterface
    interface Body {
        Endpoint.Answer answer(Endpoint.Call call) throws Exception;
    }

    private record Sample(String method, String path, Access access, Body body) implements Endpoint {
        @Override
        public Answer answer(Call call) throws Exception {
            return body.answer(call);
        }
    }

    private static PluginEndpoint endpoint(String method, String path, Endpoint.Access access, Body body) {
        return new PluginEndpoint("sample", new Sample(method, path, access, body));
    }

    @Test
    void answersUnderThePathItNames() {
        try (var server = TestServer.start(
                folder,
                endpoint(
                        "POST",
                        "/hello/{who}",
                        Endpoint.Access.EVERYONE,
                        call -> new Endpoint.Answer(
                                201,
                                "text/plain",
                                call.method()
                                        + call.path()
                                        + call.pathParts()
                                        + call.query()
                                        + call.body()
                                        + call.headers().get("x-a")
                                        + call.callerId())))) {
            TestServer.Answer answer = server.send(HttpCase.of("", "POST", "/hello/w%20d?a=1&a=2", "text/plain", "body")
                    .header("X-A", "b"));

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("POST/hello/w%20d{who=w d}{a=[1, 2]}bodybOptional.empty");
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
            HttpCase.get("another method", "/hello/x").answers(404).run(server);
        }
    }

    @Test
    void letsInOnlyThoseWhoMayCallIt() {
        Body ok = _ -> new Endpoint.Answer(200, "text/plain", "ok");
        try (var server = TestServer.start(
                folder,
                endpoint("GET", "/everyone", Endpoint.Access.EVERYONE, ok),
                endpoint("GET", "/members", Endpoint.Access.AUTHENTICATED, ok),
                endpoint("GET", "/superusers", Endpoint.Access.SUPERUSER, ok))) {
            server.kernel.records().create(Request.ofOperator(), "users", TestServer.account("a@example.com"));
            String member = server.signIn("users", "a@example.com");
            String root = server.superuser();

            HttpCase.get("", "/everyone").answers(200, "ok").run(server);
            HttpCase.get("", "/members").answers(401).run(server);
            HttpCase.get("", "/members").as(member).answers(200, "ok").run(server);
            HttpCase.get("", "/superusers").answers(401).run(server);
            HttpCase.get("", "/superusers").as(member).answers(403).run(server);
            HttpCase.get("", "/superusers").as(root).answers(200, "ok").run(server);
        }
    }

    @Test
    void costsOneRequestWhenItFails() {
        try (var server = TestServer.start(
                folder,
                endpoint("GET", "/throws", Endpoint.Access.EVERYONE, _ -> {
                    throw new java.io.IOException("a secret of the plug-in");
                }),
                endpoint("GET", "/overflows", Endpoint.Access.EVERYONE, PluginEndpointsTest::overflow),
                endpoint("GET", "/odd", Endpoint.Access.EVERYONE, _ -> new Endpoint.Answer(200, "a\r\nb: c", "")))) {
            for (String path : new String[] {"/throws", "/overflows", "/odd"}) {
                HttpCase.get("", path)
                        .answers(500, "plugin_failed")
                        .not("secret", "Exception")
                        .run(server);
            }
            HttpCase.get("", "/healthz").answers(200).run(server);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // That is what the plug-in is here to do.
    private static Endpoint.Answer overflow(Endpoint.Call call) {
        return overflow(call);
    }

    @Test
    void leavesOutWhatCantBeMountedAndSaysWhy() {
        Body ok = _ -> new Endpoint.Answer(200, "text/plain", "ok");
        try (var server = TestServer.start(
                folder,
                endpoint("GET", "/api/collections/mine", Endpoint.Access.EVERYONE, ok),
                endpoint("GET", "/admin", Endpoint.Access.EVERYONE, ok),
                endpoint("FETCH", "/fetch", Endpoint.Access.EVERYONE, ok),
                endpoint("GET", "relative", Endpoint.Access.EVERYONE, ok),
                endpoint("GET", "/twice", Endpoint.Access.EVERYONE, ok),
                endpoint("GET", "/twice", Endpoint.Access.SUPERUSER, ok),
                endpoint("GET", "/administration", Endpoint.Access.EVERYONE, ok))) {
            assertThat(server.http.refusedEndpoints())
                    .hasSize(5)
                    .allMatch(line -> line.startsWith("plug-in sample: "))
                    .anyMatch(line -> line.contains("/api/collections/mine is reserved"))
                    .anyMatch(line -> line.contains("FETCH"))
                    .anyMatch(line -> line.contains("two routes for GET /twice"));
            HttpCase.get("", "/twice").answers(200).run(server);
            HttpCase.get("", "/administration").answers(200).run(server);
        }
    }
}
