package dev.ferritedb.ports.audit;

import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.util.Objects;

/// What somebody did, or tried to do. Times are kept to the millisecond. Empty text stands for what is not known.
///
/// @param actor who: `guest`, `operator`, or an account as `collection/id`
/// @param action what, as a word of the vocabulary
/// @param resource what it was done to: mostly the name of a collection
/// @param id which one of them
/// @param details whatever else is worth knowing, free of secrets
/// @param address where the request came from
/// @param agent what sent it, in its own words
/// @param requestId the request that answers and logs name
public record AuditEntry(
        Instant time,
        String actor,
        String action,
        String resource,
        String id,
        Value.Members details,
        String address,
        String agent,
        String requestId) {
    public AuditEntry {
        Objects.requireNonNull(time);
        Objects.requireNonNull(actor);
        Objects.requireNonNull(action);
        Objects.requireNonNull(resource);
        Objects.requireNonNull(id);
        Objects.requireNonNull(details);
        Objects.requireNonNull(address);
        Objects.requireNonNull(agent);
        Objects.requireNonNull(requestId);
    }
}
