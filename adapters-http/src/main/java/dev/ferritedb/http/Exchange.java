package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.problem.Problem;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request and its answer. For one thread; answered once.
final class Exchange {
    private static final byte[] NO_BODY = {};
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("x-forwarded-for");

    private final GuardedConnection connection;
    private final ServerRequest request;
    private final Site site;
    private final String method;
    private final String requestId;
    private final StringBuilder headerLines = new StringBuilder(0);
    private String[] parts = {};
    private Optional<Query> query = Optional.empty();
    private Optional<Caller> caller = Optional.empty();
    private boolean bodyRead;
    private boolean closing;
    private boolean streaming;
    private int status;

    Exchange(GuardedConnection connection, ServerRequest request, Site site, String requestId) {
        this.connection = connection;
        this.request = request;
        this.site = site;
        this.method = request.prologue().method().text();
        this.requestId = requestId;
    }

    void parts(String[] pathParts) {
        parts = pathParts;
    }

    /// The variable part of the path at `index`, decoded.
    String part(int index) {
        return parts[index];
    }

    String method() {
        return method;
    }

    String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    String requestId() {
        return requestId;
    }

    Optional<String> header(HeaderName name) {
        return request.headers().contains(name)
                ? Optional.of(request.headers().get(name).get())
                : Optional.empty();
    }

    /// All values of a header that is a list, wherever its commas and lines are.
    Optional<String> headerList(HeaderName name) {
        return request.headers().contains(name)
                ? Optional.of(String.join(",", request.headers().get(name).allValues()))
                : Optional.empty();
    }

    /// Of the client, as far as it can be known.
    String remoteAddress() {
        if (!(request.remotePeer().address() instanceof InetSocketAddress peer)) return "";
        return site.clientAddress()
                .of(peer.getAddress(), headerList(FORWARDED_FOR).orElse(""));
    }

    Query query() {
        if (query.isEmpty())
            query = Optional.of(Query.of(request.prologue().query().rawValue()));
        return query.get();
    }

    /// Refuses what is no query before anything is done for it.
    void requireQuery() {
        query();
    }

    /// What the `fields` parameter keeps of the answer, when it is given. Refuses as [FieldPicker#of] does.
    Optional<FieldPicker> picker() {
        return FieldPicker.of(query().text("fields"));
    }

    /// Who asks: looked up once, when somebody wants to know.
    Caller caller() {
        if (caller.isEmpty()) caller = Optional.of(site.authentication().callerOf(this));
        return caller.get();
    }

    /// Whether it is known by now that an account asks.
    boolean isSignedIn() {
        return caller.filter(known -> !(known instanceof Caller.Guest)).isPresent();
    }

    /// The request as rules see it.
    Request asked() {
        return asked(Request.Context.DEFAULT);
    }

    Request asked(Request.Context context) {
        return new Request(
                caller(),
                method,
                context,
                new FirstValues(() -> query().firstValues()),
                new FirstValues(this::firstHeaderValues),
                origin());
    }

    Origin origin() {
        return new Origin(remoteAddress(), header(HeaderNames.USER_AGENT).orElse(""), requestId);
    }

    private Map<String, String> firstHeaderValues() {
        var first = new HashMap<String, String>();
        for (Header header : request.headers()) {
            first.put(header.headerName().lowerCase().replace('-', '_'), header.get());
        }
        return first;
    }

    /// The first value of each header, names in lower case.
    Map<String, String> headers() {
        var first = new HashMap<String, String>();
        for (Header header : request.headers()) first.put(header.headerName().lowerCase(), header.get());
        return first;
    }

    boolean hasBody() {
        return request.content().hasEntity();
    }

    /// The body's stream; whoever takes it reads it to the end or calls [#closeAfterAnswer].
    InputStream bodyStream(long maxBytes) {
        bodyRead = true;
        connection.enterBody(maxBytes);
        return request.content().inputStream();
    }

    void bodyDone() {
        connection.enter(GuardedConnection.Phase.WORK);
    }

    /// The connection can't be used again, because some of the request may be left on it.
    void closeAfterAnswer() {
        closing = true;
    }

    /// A header of the answer. The value must be free of control characters.
    void answerHeader(String name, String value) {
        headerLines.append(name).append(": ").append(value).append("\r\n");
    }

    /// Whole header lines, each with its end.
    void answerHeaderLines(String lines) {
        headerLines.append(lines);
    }

    void answer(JsonBuffer body) {
        send(200, picked(body).newline());
    }

    /// As [#answer], with the entity tag of what is answered.
    void answer(JsonBuffer body, String entityTag) {
        JsonBuffer picked = picked(body);
        answerHeader("ETag", entityTag);
        send(200, picked.newline());
    }

    private JsonBuffer picked(JsonBuffer body) {
        return picker().map(picker -> picker.pick(body)).orElse(body);
    }

    /// The client has already what there is.
    void answerUnchanged(String entityTag) {
        answerHeader("ETag", entityTag);
        send(304, "", NO_BODY);
    }

    void answerNothing() {
        status = 204;
        write(head(204, 0), NO_BODY, 0);
    }

    void answer(Problem problem) {
        headerLines.append(ProblemAnswers.headers(problem));
        send(ProblemAnswers.status(problem), ProblemAnswers.body(problem, requestId));
    }

    void answerFault(int faultStatus, String code, String message) {
        send(faultStatus, ProblemAnswers.body(faultStatus, code, message, List.of(), requestId));
    }

    /// As [#answer] of JSON, but for documents that the `fields` parameter does not concern.
    void send(int answerStatus, JsonBuffer body) {
        status = answerStatus;
        AnswerBytes answer = head(answerStatus, body.length()).jsonType().contentLength(body.length());
        write(answer, body.backing(), body.length());
    }

    void send(int answerStatus, String mediaType, byte[] body) {
        status = answerStatus;
        if (!mediaType.isEmpty()) answerHeader("Content-Type", mediaType);
        AnswerBytes answer = head(answerStatus, body.length);
        if (answerStatus != 304) answer.contentLength(body.length);
        write(answer, body, body.length);
    }

    /// Begins an answer that goes on until the returned stream ends; the connection ends with it.
    AnswerStream stream(String mediaType) {
        status = 200;
        streaming = true;
        answerHeader("Content-Type", mediaType);
        answerHeader("Transfer-Encoding", "chunked");
        write(head(200, 0), NO_BODY, 0);
        return new AnswerStream(connection);
    }

    private AnswerBytes head(int answerStatus, int bodyBytes) {
        var answer = new AnswerBytes(answerStatus, bodyBytes).standardHeaders(requestId);
        if (mustClose()) answer.connectionClose();
        String cors = site.cors().headers(header(HeaderNames.ORIGIN));
        if (!cors.isEmpty()) answer.headers(cors);
        if (!headerLines.isEmpty()) answer.headers(headerLines);
        return answer;
    }

    private void write(AnswerBytes answer, byte[] body, int count) {
        answer.body(body, method.equals("HEAD") ? 0 : count);
        try {
            connection.dataWriter().writeNow(BufferData.create(answer.bytes(), 0, answer.length()));
        } catch (UncheckedIOException | SocketWriterException e) {
            throw new ServerConnectionException("the client hung up", e);
        }
    }

    /// Breaks the connection, whatever another thread is doing with it.
    void cut() {
        connection.cut();
    }

    boolean draining() {
        return site.draining();
    }

    boolean fromAllowedOrigin() {
        return site.cors().allows(header(HeaderNames.ORIGIN), header(HeaderNames.HOST));
    }

    boolean answered() {
        return status != 0;
    }

    int status() {
        return status;
    }

    /// Whether some of the request may still be on the way.
    boolean leftUnread() {
        return closing || hasBody() && !bodyRead;
    }

    boolean mustClose() {
        return streaming
                || leftUnread()
                || site.draining()
                || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /// One line for the log, whatever the client sent.
    @Override
    public String toString() {
        var path = new StringBuilder(rawPath());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) > '~') path.setCharAt(i, '?');
        }
        return method + " " + path;
    }
}
