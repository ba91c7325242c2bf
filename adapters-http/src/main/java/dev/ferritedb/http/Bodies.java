package dev.ferritedb.http;

import dev.ferritedb.json.Json;
import dev.ferritedb.json.JsonInvalid;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Reads request bodies, whatever they are written in, as one object. Source: the wire contract, section 1.2.
final class Bodies {
    /// The fields of the widest collection, each with its modifiers, twice over.
    private static final int MEMBERS_MAX = 5_000;
    private static final int FIRST_READ_BYTES = 8 * 1024;

    private Bodies() {}

    /// No body is an empty object. An answer that can't be given is refused here, before anything is done for it.
    ///
    /// Refuses with `TooLarge` (`request_too_large`) beyond `maxBytes`, with `Invalid` what can't be read
    /// (`invalid_json`, `invalid_form`, `unsupported_content_type`, `files_not_supported`).
    static Value.Members read(Exchange exchange, long maxBytes) {
        exchange.picker();
        if (!exchange.hasBody()) return Value.Members.EMPTY;
        String type = exchange.header(HeaderNames.CONTENT_TYPE).orElse("").strip();
        String lowerCase = type.toLowerCase(Locale.ROOT);
        if (lowerCase.startsWith("application/json")) return json(bytes(exchange, maxBytes));
        if (lowerCase.startsWith("application/x-www-form-urlencoded")) {
            return Forms.urlEncoded(ascii(bytes(exchange, maxBytes)));
        }
        if (lowerCase.startsWith("multipart/form-data")) return Forms.multipart(type, bytes(exchange, maxBytes));
        byte[] other = bytes(exchange, maxBytes);
        if (other.length == 0) return Value.Members.EMPTY;
        throw new Refusal(Problem.Invalid.of("unsupported_content_type", "Unsupported Content-Type."));
    }

    /// As [#read], of JSON alone: a form that another site's page sends is not taken.
    static Value.Members json(Exchange exchange, long maxBytes) {
        exchange.picker();
        byte[] bytes = bytes(exchange, maxBytes);
        String type = exchange.header(HeaderNames.CONTENT_TYPE).orElse("").strip();
        boolean isJson = type.toLowerCase(Locale.ROOT).startsWith("application/json");
        if (bytes.length == 0 || isJson) return json(bytes);
        throw new Refusal(Problem.Invalid.of("unsupported_content_type", "Unsupported Content-Type."));
    }

    static byte[] bytes(Exchange exchange, long maxBytes) {
        if (!exchange.hasBody()) return new byte[0];
        long declared =
                exchange.header(HeaderNames.CONTENT_LENGTH).map(Long::parseLong).orElse(-1L);
        if (declared > maxBytes) throw tooLarge(exchange, maxBytes);
        // A declared length is a claim: room is made as the bytes arrive.
        var bytes = new byte[(int) Math.min(declared < 0 ? FIRST_READ_BYTES : declared + 1, FIRST_READ_BYTES)];
        int length = 0;
        InputStream in = exchange.bodyStream(maxBytes);
        try {
            for (int read = in.read(bytes, length, bytes.length - length); read >= 0; ) {
                length += read;
                if (length > maxBytes) throw tooLarge(exchange, maxBytes);
                if (length == bytes.length) bytes = Arrays.copyOf(bytes, grown(length, maxBytes));
                read = in.read(bytes, length, bytes.length - length);
            }
        } catch (CloseConnectionException | Refusal e) {
            throw e;
        } catch (GuardedConnection.BodyTooLong e) {
            throw tooLarge(exchange, maxBytes);
        } catch (IOException | RuntimeException e) {
            // Helidon throws all kinds of exceptions at broken chunks. Its stream is not closed: that would read on.
            exchange.closeAfterAnswer();
            throw new Refusal(Problem.Invalid.of("malformed_request", "The request body is not well-formed."));
        }
        exchange.bodyDone();
        return Arrays.copyOf(bytes, length);
    }

    private static int grown(int length, long maxBytes) {
        return (int) Math.min(Math.min(length * 2L, maxBytes + 1), Integer.MAX_VALUE - 8L);
    }

    private static Refusal tooLarge(Exchange exchange, long maxBytes) {
        exchange.closeAfterAnswer();
        return new Refusal(new Problem.TooLarge("request_too_large", "Request entity too large.", maxBytes));
    }

    private static Value.Members json(byte[] bytes) {
        if (bytes.length == 0) return Value.Members.EMPTY;
        return jsonObject(bytes);
    }

    static Value.Members jsonObject(byte[] bytes) {
        Value value;
        try {
            value = Json.readFirst(bytes);
        } catch (JsonInvalid e) {
            throw new Refusal(Problem.Invalid.of("invalid_json", "The body is no valid JSON: " + e.getMessage()));
        }
        if (!(value instanceof Value.Members body)) {
            throw new Refusal(Problem.Invalid.of("invalid_json", "The body must be a JSON object."));
        }
        if (body.members().size() > MEMBERS_MAX) {
            throw new Refusal(
                    Problem.Invalid.of("invalid_json", "The body must have no more than " + MEMBERS_MAX + " members."));
        }
        return body;
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Problem.Invalid.of("invalid_form", "The body is not UTF-8 text."));
        }
    }
}
