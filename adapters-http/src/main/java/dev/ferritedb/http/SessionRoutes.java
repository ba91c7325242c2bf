package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
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
import java.util.List;

/// Accounts and their sessions under `/api/auth`. Source: our own contract, section 1.
final class SessionRoutes {
    private static final int ANSWER_BYTES_USUAL = 1024;
    private static final String COLLECTION_DEFAULT = "users";
    private static final List<String> TOKENS_IN_QUERY = List.of("token", "access_token", "refresh_token");

    private final Sessions sessions;
    private final RecordService records;
    private final RecordJson recordJson;
    private final long requestMaxBytes;

    SessionRoutes(Kernel kernel, RecordJson recordJson, long requestMaxBytes) {
        this.sessions = kernel.accounts().sessions();
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

    /// URLs are kept in histories and logs: a token in one is refused, and no answer stays in a cache.
    private static void add(RouteTable routes, String method, String path, Route.Action action) {
        routes.add(method, path, exchange -> {
            for (String name : TOKENS_IN_QUERY) {
                if (!exchange.query().text(name).isEmpty()) {
                    throw new Refusal(Problem.Invalid.of(
                            "token_in_url",
                            "A token does not belong into a URL: send it in the Authorization header or the body."));
                }
            }
            exchange.answerHeader("Cache-Control", "no-store");
            action.answer(exchange);
        });
    }

    private void register(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        answer(exchange, sessions.register(exchange.asked(), collection(exchange), body));
    }

    private void login(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        Request request = exchange.asked(Request.Context.PASSWORD);
        answer(exchange, sessions.login(request, collection(exchange), body));
    }

    private static String collection(Exchange exchange) {
        String name = exchange.query().text("collection");
        return name.isEmpty() ? COLLECTION_DEFAULT : name;
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
        Caller self = account.collection().name().equals(Caller.SUPERUSERS)
                ? new Caller.Superuser(account)
                : new Caller.Member(account);
        RecordReply reply = records.reply(exchange.asked().by(self), account);
        recordJson.write(account, reply.exposure(), out);
    }

    /// The names are those of OAuth 2 (RFC 6749, section 5.1).
    private static void write(Sessions.Tokens tokens, JsonBuffer out) {
        out.object().name("access_token").text(tokens.accessToken());
        out.name("refresh_token").text(tokens.refreshToken());
        out.name("token_type").text("Bearer");
        out.name("expires_in").number(tokens.expiresInSeconds()).endObject();
    }

    private void refresh(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        Outcome.Opened opened = sessions.refresh(exchange.asked(), body);
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL);
        write(opened.tokens(), out);
        exchange.answer(out);
    }

    private void logout(Exchange exchange) {
        sessions.logout(exchange.asked(), Bodies.read(exchange, requestMaxBytes));
        exchange.answerNothing();
    }

    private void logoutAll(Exchange exchange) {
        Bodies.bytes(exchange, requestMaxBytes);
        sessions.logoutAll(exchange.asked());
        exchange.answerNothing();
    }

    private void me(Exchange exchange) {
        StoredRecord account = sessions.me(exchange.asked());
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL);
        writeAccount(exchange, account, out);
        exchange.answer(out);
    }

    private void list(Exchange exchange) {
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL).array();
        for (StoredRecord session : sessions.list(exchange.asked())) {
            out.object().name("id").text(session.id());
            out.name("created").text(session.text("created"));
            out.name("last_used").text(session.text("lastUsed"));
            out.name("expires").text(session.text("expires"));
            out.name("address").text(session.text("address"));
            out.name("agent").text(session.text("agent")).endObject();
        }
        exchange.answer(out.endArray());
    }

    private void end(Exchange exchange) {
        sessions.end(exchange.asked(), exchange.part(0));
        exchange.answerNothing();
    }
}
