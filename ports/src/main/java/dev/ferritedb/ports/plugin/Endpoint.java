package dev.ferritedb.ports.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A route of a plug-in's own. `path` starts with `/`; it may hold `{name}` parts.
public interface Endpoint {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    String method();

    String path();

    /// Who may call it; the server refuses the others.
    Access access();

    Answer answer(Call call) throws Exception;

    enum Access {
        EVERYONE,
        AUTHENTICATED,
        SUPERUSER
    }

    /// @param query each parameter with its values
    /// @param callerId the record id of who asks, empty for a guest
    record Call(
            String method,
            String path,
            Map<String, String> pathParts,
            Map<String, List<String>> query,
            Map<String, String> headers,
            Optional<String> callerId,
            String body) {}

    record Answer(int status, String mediaType, String body) {}
}
