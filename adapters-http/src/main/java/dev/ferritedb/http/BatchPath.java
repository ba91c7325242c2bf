package dev.ferritedb.http;

import dev.ferritedb.kernel.record.Precondition;
import dev.ferritedb.kernel.record.RecordWrite;
import dev.ferritedb.ports.value.Value;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which writes a batch may hold, by method and path. The path is taken to the letter: no dots that lead elsewhere,
/// no other spelling of its fixed parts. Source: the wire contract, section 13.
final class BatchPath {
    private static final Pattern RECORDS = Pattern.compile("/api/collections/([^/]+)/records(?:/([^/]+))?");
    private static final Set<String> DOTS = Set.of(".", "..");

    private BatchPath() {}

    /// Refuses with `Invalid` (`invalid_path`) what is no path.
    /// @return empty when it is none of the writes
    static Optional<RecordWrite> write(String method, String path, Value.Members body, Precondition precondition) {
        Matcher records = RECORDS.matcher(path);
        if (!records.matches()) return Optional.empty();
        String[] segments = PathSegments.of(path);
        String collection = segments[2];
        Optional<String> id = segments.length > 4 ? Optional.of(segments[4]) : Optional.empty();
        if (DOTS.contains(collection) || id.filter(DOTS::contains).isPresent()) return Optional.empty();
        return switch (method) {
            case "POST" -> without(id, new RecordWrite.Create(collection, body));
            case "PUT" -> without(id, new RecordWrite.Upsert(collection, body, precondition));
            case "PATCH" -> id.map(one -> new RecordWrite.Update(collection, one, body, precondition));
            case "DELETE" -> id.map(one -> new RecordWrite.Delete(collection, one, precondition));
            default -> Optional.empty();
        };
    }

    private static Optional<RecordWrite> without(Optional<String> id, RecordWrite write) {
        return id.isEmpty() ? Optional.of(write) : Optional.empty();
    }
}
