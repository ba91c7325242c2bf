package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.account.Registration;
import dev.ferritedb.kernel.account.Sessions;
import dev.ferritedb.kernel.account.Sessions.Outcome;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.RecordReply;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Locale;
import java.util.Set;

/// Accounts and their sessions under `/api/auth`. Source: our own contract, section 1.
final class SessionRoutes {
    private static final int ANSWER_BYTES_USUAL = 1024;
    private static final String COLLECTION_DEFAULT = "users";
    private static final Set<String> SECRETS =
            Set.of("token", "access_token", "refresh_token", "id_token", "authorization", "password");
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("idempotency-key");
    private static final int IDEMPOTENCY_KEY_MAX = 255;

    private final Sessions sessions;
    private final Registration registration;
    private final RecordService records;
    private final RecordJson recordJson;
    private final long requestMaxBytes;

    SessionRoutes(Kernel kernel, RecordJson recordJson, long requestMaxBytes) {
        this.sessions = kernel.accounts().sessions();
        this.registration = kernel.accounts().registration();
        this.records = kernel.records();
        this.recordJson = recordJson;
        this.requestMaxBytes = requestMaxBytes;
    }

    void addTo(RouteTable routes) {
        add(routes, "POST", "/api/auth/register", this::register);
        add(routes, "POST", "/api/auth/login", this::login);
        add(routes, "POST", "/api/auth/refresh", this::refresh);
        add(routes, "POST", "/api/auth/logout", this::logout);
        add(routes, "POST", "/api/auth/logout-all", this::logoutAll);
        add(routes, "GET", "/api/auth/me", this::me);
        add(routes, "GET", "/api/auth/sessions", this::list);
        add(routes, "DELETE", "/api/auth/sessions/{id}", this::end);
    }

    /// URLs are kept in histories and logs: a secret in one is refused, and no answer stays in a cache.
    private static void add(RouteTable routes, String method, String path, Route.Action action) {
        routes.add(method, path, exchange -> {
            exchange.answerHeader("Cache-Control", "no-store");
            for (String name : exchange.query().all().keySet()) {
                if (SECRETS.contains(name.toLowerCase(Locale.ROOT))) {
                    throw new Refusal(new Problem.Unauthenticated(
                            "token_in_url",
                            "A secret does not belong into a URL: send it in the Authorization header or the body."));
                }
            }
            action.answer(exchange);
        });
    }

    private void register(Exchange exchange) {
        Value.Members body = Bodies.json(exchange, requestMaxBytes);
        answer(exchange, registration.register(exchange.asked(), collection(exchange), body));
    }

    private void login(Exchange exchange) {
        Value.Members body = Bodies.json(exchange, requestMaxBytes);
        Request request = exchange.asked(Request.Context.PASSWORD);
        answer(exchange, sessions.login(request, collection(exchange), body));
    }

    private static String collection(Exchange exchange) {
        String name = named(exchange);
        return name.isEmpty() ? COLLECTION_DEFAULT : name;
    }

    /// A token says itself of which collection it is; where one is named besides, they must agree.
    private static String named(Exchange exchange) {
        return exchange.query().text("collection");
    }

    private void answer(Exchange exchange, Outcome outcome) {
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL).object();
        switch (outcome) {
            case Outcome.Opened(StoredRecord account, Sessions.Tokens tokens) -> {
                writeAccount(exchange, account, out.name("user"));
                write(tokens, out.name("token"));
                exchange.answer(out.endObject());
            }
            case Outcome.Registered(StoredRecord account) -> {
                writeAccount(exchange, account, out.name("user"));
                exchange.answer(out.name("token").nothing().endObject());
            }
            case Outcome.SecondFactorDue(String mfaId) ->
                exchange.send(401, out.name("mfaId").text(mfaId).endObject().newline());
        }
    }

    /// The record is shown as to itself.
    private void writeAccount(Exchange exchange, StoredRecord account, JsonBuffer out) {
        RecordReply reply = records.reply(exchange.asked().by(Caller.of(account)), account);
        recordJson.write(account, reply.exposure(), out);
    }

    /// The names are those of OAuth 2 (RFC 6749, section 5.1).
    private static void write(Sessions.Tokens tokens, JsonBuffer out) {
        out.object().name("access_token").text(tokens.accessToken());
        out.name("refresh_token").text(tokens.refreshToken());
        out.name("token_type").text("Bearer");
        out.name("expires_in").number(tokens.expiresInSeconds()).endObject();
    }

    /// With an `Idempotency-Key`, a client that did not get the answer may ask again.
    private void refresh(Exchange exchange) {
        Value.Members body = Bodies.json(exchange, requestMaxBytes);
        String attempt = exchange.header(IDEMPOTENCY_KEY)
                .filter(key -> key.length() <= IDEMPOTENCY_KEY_MAX)
                .orElse("");
        Outcome.Opened opened = sessions.refresh(exchange.asked(), named(exchange), body, attempt);
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL);
        write(opened.tokens(), out);
        exchange.answer(out);
    }

    private void logout(Exchange exchange) {
        Value.Members body = Bodies.json(exchange, requestMaxBytes);
        sessions.logout(exchange.asked(), body, Authentication.token(exchange));
        exchange.answerNothing();
    }

    private void logoutAll(Exchange exchange) {
        Bodies.bytes(exchange, requestMaxBytes);
        sessions.logoutAll(exchange.asked(), named(exchange));
        exchange.answerNothing();
    }

    private void me(Exchange exchange) {
        StoredRecord account = sessions.me(exchange.asked(), named(exchange));
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL);
        writeAccount(exchange, account, out);
        exchange.answer(out);
    }

    private void list(Exchange exchange) {
        String current = sessions.current(Authentication.token(exchange));
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL).array();
        for (StoredRecord session : sessions.list(exchange.asked(), named(exchange))) {
            out.object().name("id").text(session.id());
            out.name("created").text(session.text("created"));
            out.name("last_used").text(session.text("lastUsed"));
            out.name("expires").text(session.text("expires"));
            out.name("address").text(session.text("address"));
            out.name("agent").text(session.text("agent"));
            out.name("current").truth(session.id().equals(current)).endObject();
        }
        exchange.answer(out.endArray());
    }

    private void end(Exchange exchange) {
        sessions.end(exchange.asked(), exchange.part(0));
        exchange.answerNothing();
    }
}
