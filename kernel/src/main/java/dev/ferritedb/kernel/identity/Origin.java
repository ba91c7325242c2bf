package dev.ferritedb.kernel.identity;

import java.util.Objects;

/// Where a request came from: what audit, sessions and login alerts say of it.
///
/// @param address the client's IP address as text, empty for work of this process
/// @param agent what the client calls itself, empty when it does not
/// @param requestId the request's id in answers and logs, empty for work of this process
public record Origin(String address, String agent, String requestId) {
    public static final Origin NONE = new Origin("", "", "");

    public Origin {
        Objects.requireNonNull(address);
        Objects.requireNonNull(agent);
        Objects.requireNonNull(requestId);
    }
}
