package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Arrays;
import java.util.List;

/// Answers to what is no well-formed request, in the shape of all other problems. The connection is closed after each.
final class TransportProblems {
    private static final HeaderName FRAME_OPTIONS = HeaderNames.create("X-Frame-Options");
    private static final HeaderName TYPE_OPTIONS = HeaderNames.create("X-Content-Type-Options");
    private static final HeaderName XSS_PROTECTION = HeaderNames.create("X-XSS-Protection");
    private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");

    private TransportProblems() {}

    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, TransportProblems::answer);
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse answer(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status defaultStatus,
            ServerResponseHeaders headers,
            String message) {
        int status = status(type, defaultStatus, message);
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        headers.set(FRAME_OPTIONS, "SAMEORIGIN");
        headers.set(TYPE_OPTIONS, "nosniff");
        headers.set(XSS_PROTECTION, "1; mode=block");
        headers.set(REFERRER_POLICY, "no-referrer");
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(status))
                .headers(headers)
                .entity(body(status).bytes())
                .keepAlive(false)
                .build();
    }

    private static int status(DirectHandler.EventType type, Status defaultStatus, String message) {
        // Faults of routes never come here; what Helidon stumbles over before that is the client's doing.
        if (type == DirectHandler.EventType.INTERNAL_ERROR) return 400;
        // Helidon says 400 for headers beyond the limit; its message is the only sign of that.
        return "Header size exceeded".equals(message) ? 431 : defaultStatus.code();
    }

    static JsonBuffer body(int status) {
        return switch (status) {
            case 408 -> body(status, "request_timeout", "The request took too long to arrive.");
            case 413 -> body(status, "request_too_large", "Request entity too large.");
            case 414 -> body(status, "uri_too_long", "The request line is too long.");
            case 431 -> body(status, "headers_too_large", "The request headers are too large.");
            case 501 -> body(status, "transfer_encoding_unsupported", "The transfer encoding is not supported.");
            case 503 -> body(status, "overloaded", "The server has too much to do. Try again.");
            case 505 -> body(status, "http_version_unsupported", "The server speaks HTTP/1.1.");
            default ->
                status < 500
                        ? body(status, "malformed_request", "The request is not well-formed.")
                        : body(status, "internal_error", WENT_WRONG);
        };
    }

    static final String WENT_WRONG = "Something went wrong while processing your request.";

    private static JsonBuffer body(int status, String code, String message) {
        return ProblemAnswers.body(status, code, message, List.of(), "");
    }

    /// The whole answer to a client that stopped sending in the midst of a body.
    static byte[] requestTimedOut() {
        JsonBuffer body = body(408);
        var answer = new AnswerBytes(408, body.length())
                .headers(AnswerBytes.SECURITY_HEADERS)
                .connectionClose()
                .jsonType()
                .contentLength(body.length())
                .body(body.backing(), body.length());
        return Arrays.copyOf(answer.bytes(), answer.length());
    }
}
