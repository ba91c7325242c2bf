package dev.ferritedb.sqlite;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.value.Value;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The settings as this process knows them: one document, read at the start, followed commit by commit, and read
/// again when another process wrote. The writer's own, but for [#current].
final class StoredSettings {
    private volatile Optional<Value.Members> current = Optional.empty();
    private Optional<Value.Members> pending = Optional.empty();

    static Optional<Value.Members> find(Session session) throws SQLException {
        return session.first(
                "SELECT document FROM _settings WHERE id = 1",
                List.of(),
                row -> Optional.of(read(row.text(0))),
                Optional.empty());
    }

    private static Value.Members read(String document) {
        if (Json.read(document) instanceof Value.Members members) return members;
        throw new PortFailure("the stored settings are not an object");
    }

    static void keep(Session session, Value.Members settings) throws SQLException {
        session.change("INSERT OR REPLACE INTO _settings (id, document) VALUES (1, ?)", List.of(Json.write(settings)));
    }

    Optional<Value.Members> current() {
        return current;
    }

    void readAgain(Session session) throws SQLException {
        Optional<Value.Members> seen = find(session);
        if (!seen.equals(current)) current = seen;
    }

    void propose(Value.Members settings) {
        pending = Optional.of(settings);
    }

    void publishPending() {
        if (pending.isEmpty()) return;
        current = pending;
        pending = Optional.empty();
    }

    void forgetPending() {
        pending = Optional.empty();
    }
}
