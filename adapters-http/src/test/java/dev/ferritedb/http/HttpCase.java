package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One row of a table of HTTP cases: a request, and what its answer has and has not.
record HttpCase(
        String name,
        String method,
        String path,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        int status,
        List<String> has,
        List<String> hasNot) {

    static HttpCase get(String name, String path) {
        return of(name, "GET", path, "", "");
    }

    static HttpCase delete(String name, String path) {
        return of(name, "DELETE", path, "", "");
    }

    static HttpCase post(String name, String path, String json) {
        return of(name, "POST", path, "application/json", json);
    }

    static HttpCase patch(String name, String path, String json) {
        return of(name, "PATCH", path, "application/json", json);
    }

    static HttpCase put(String name, String path, String json) {
        return of(name, "PUT", path, "application/json", json);
    }

    static HttpCase of(String name, String method, String path, String contentType, String body) {
        return new HttpCase(
                name,
                method,
                path,
                contentType,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of(),
                200,
                List.of(),
                List.of());
    }

    HttpCase as(String token) {
        return token.isEmpty() ? this : header("Authorization", token);
    }

    HttpCase header(String headerName, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(headerName, value);
        return new HttpCase(name, method, path, contentType, body, more, status, has, hasNot);
    }

    HttpCase bytes(byte[] bytes) {
        return new HttpCase(name, method, path, contentType, bytes, headers, status, has, hasNot);
    }

    HttpCase type(String newType) {
        return new HttpCase(name, method, path, newType, body, headers, status, has, hasNot);
    }

    HttpCase answers(int expected, String... parts) {
        return new HttpCase(name, method, path, contentType, body, headers, expected, List.of(parts), hasNot);
    }

    HttpCase not(String... parts) {
        var more = new ArrayList<>(hasNot);
        more.addAll(List.of(parts));
        return new HttpCase(name, method, path, contentType, body, headers, status, has, more);
    }

    TestServer.Answer run(TestServer server) {
        TestServer.Answer answer = server.send(this);
        assertThat(answer.status()).as("%s: %s", this, answer.body()).isEqualTo(status);
        for (String part : has) assertThat(answer.body()).as("%s", this).contains(part);
        for (String part : hasNot) assertThat(answer.body()).as("%s", this).doesNotContain(part);
        if (status == 204) assertThat(answer.body()).isEmpty();
        if (status >= 400 && !method.equals("HEAD")) {
            assertThat(answer.body())
                    .as("%s", this)
                    .startsWith("{\"data\":{")
                    .contains("\"status\":" + status, "\"code\":\"");
        }
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Server")).isEmpty();
        return answer;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? method + " " + path : name;
    }
}
