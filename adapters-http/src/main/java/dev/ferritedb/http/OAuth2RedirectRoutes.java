package dev.ferritedb.http;

import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.account.OAuth2SignIn;
import dev.ferritedb.kernel.realtime.RealtimeService;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;

/// Where a provider sends the browser's popup back to: hands the code to the page that opened it and waits for it
/// on the `@oauth2` topic. Source: the wire contract, section 9.2.
final class OAuth2RedirectRoutes {
    private static final String PATH = "/api/oauth2-redirect";
    private static final String TOPIC = "@oauth2";
    private static final int BODY_MAX_BYTES = 64 * 1024;

    private final RealtimeService realtime;
    private final OAuth2SignIn oauth2;
    private final boolean uiThere;

    /// @param uiThere whether there are pages that tell the user how it went
    OAuth2RedirectRoutes(Kernel kernel, boolean uiThere) {
        this.realtime = kernel.realtime();
        this.oauth2 = kernel.oauth2().signIn();
        this.uiThere = uiThere;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", PATH, this::byQuery).add("POST", PATH, this::byForm);
    }

    private void byQuery(Exchange exchange) {
        answer(exchange, 307, handOver(exchange, exchange.query()::text));
    }

    private void byForm(Exchange exchange) {
        boolean done;
        try {
            Value.Members form = Bodies.read(exchange, BODY_MAX_BYTES);
            done = handOver(exchange, name -> form.get(name) instanceof Value.Text text ? text.text() : "");
        } catch (Refusal unreadable) {
            done = false;
        }
        answer(exchange, 303, done);
    }

    private boolean handOver(Exchange exchange, UnaryOperator<String> given) {
        String state = given.apply("state");
        String code = given.apply("code");
        String error = given.apply("error");
        oauth2.told(code, given.apply("user"));
        var data = new LinkedHashMap<String, Value>();
        data.put("state", Value.text(state));
        data.put("code", Value.text(code));
        if (!error.isEmpty()) data.put("error", Value.text(error));
        return realtime.answer(exchange.origin(), state, TOPIC, data) && error.isEmpty() && !code.isEmpty();
    }

    private void answer(Exchange exchange, int status, boolean done) {
        exchange.answerHeader("Cache-Control", "no-store");
        if (uiThere) {
            exchange.answerHeader("Location", "../_/#/auth/oauth2-redirect-" + (done ? "success" : "failure"));
            exchange.send(status, "", new byte[0]);
            return;
        }
        String text = done
                ? "You are signed in. You can close this window.\n"
                : "The sign-in did not work. Close this window and try again.\n";
        exchange.send(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
