package dev.ferritedb.kernel.account;

import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The names that came along with codes: Apple tells a user's name to the redirect URL alone, and the first time
/// only.
final class ToldNames {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int COUNT_MAX = 1_000;
    private static final int TEXT_MAX = 4 * 1024;
    private static final int NAME_MAX = 255;

    private final JsonDocuments json;
    private final InstantSource clock;
    private final LinkedHashMap<String, Told> names = new LinkedHashMap<>();

    ToldNames(JsonDocuments json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    private record Told(String name, Instant at) {}

    /// @param user a JSON document as Apple sends it; anything else tells nothing
    void remember(String code, String user) {
        String name = name(user);
        if (code.isEmpty() || name.isEmpty()) return;
        synchronized (names) {
            Instant now = clock.instant();
            while (!names.isEmpty()
                    && names.firstEntry().getValue().at.plus(KEPT).isBefore(now)) names.pollFirstEntry();
            if (names.size() >= COUNT_MAX) names.pollFirstEntry();
            names.put(Digests.base64Url(code), new Told(name, now));
        }
    }

    /// Once.
    Optional<String> take(String code) {
        synchronized (names) {
            return Optional.ofNullable(names.remove(Digests.base64Url(code)))
                    .filter(told -> told.at.plus(KEPT).isAfter(clock.instant()))
                    .map(Told::name);
        }
    }

    private String name(String user) {
        if (user.isEmpty() || user.length() > TEXT_MAX) return "";
        try {
            if (!(json.decode(user) instanceof Value.Members told) || !(told.get("name") instanceof Value.Members name))
                return "";
            String whole = (text(name, "firstName") + " " + text(name, "lastName")).strip();
            return whole.length() > NAME_MAX ? "" : whole;
        } catch (IllegalArgumentException notJson) {
            return "";
        }
    }

    private static String text(Value.Members members, String member) {
        return members.get(member) instanceof Value.Text text ? text.text().strip() : "";
    }
}
