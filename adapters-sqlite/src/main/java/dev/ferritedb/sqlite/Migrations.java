package dev.ferritedb.sqlite;

import dev.ferritedb.ports.persistence.MigrationState;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.record.DateText;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The steps that lead to the tables the store works with, and the history of those taken.
final class Migrations {
    private static final List<Migration> KNOWN =
            List.of(new CollectionsMigration(), new ChangesMigration(), new SettingsMigration());

    private final InstantSource clock;

    Migrations(InstantSource clock) {
        this.clock = clock;
    }

    /// One step; both ways run in a transaction that holds its entry in the history too.
    sealed interface Migration permits CollectionsMigration, ChangesMigration, SettingsMigration {
        String name();

        void apply(Session session) throws SQLException;

        void revert(Session session) throws SQLException;
    }

    /// The table that holds the collections' designs, and the number that grows with each change of them.
    record CollectionsMigration() implements Migration {
        @Override
        public String name() {
            return "0001_collections";
        }

        @Override
        public void apply(Session session) throws SQLException {
            session.execute("""
                    CREATE TABLE _collections (
                        id TEXT PRIMARY KEY NOT NULL,
                        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
                        position INTEGER NOT NULL,
                        document TEXT NOT NULL)""");
            session.execute("CREATE TABLE _catalog (version INTEGER NOT NULL)");
            session.execute("INSERT INTO _catalog (version) VALUES (1)");
        }

        @Override
        public void revert(Session session) throws SQLException {
            var objects = new LinkedHashMap<String, String>();
            session.rows(
                    "SELECT s.name, s.type FROM sqlite_schema s JOIN _collections c ON c.name = s.name"
                            + " WHERE s.type IN ('table', 'view') ORDER BY s.type DESC",
                    List.of(),
                    row -> objects.put(row.text(0), row.text(1)));
            for (Map.Entry<String, String> object : objects.entrySet()) {
                session.execute("DROP " + object.getValue() + " " + Names.quoted(object.getKey()));
            }
            session.execute("DROP TABLE _catalog");
            session.execute("DROP TABLE _collections");
        }
    }

    /// The log of changed records.
    record ChangesMigration() implements Migration {
        @Override
        public String name() {
            return "0002_changes";
        }

        @Override
        public void apply(Session session) throws SQLException {
            session.execute("""
                    CREATE TABLE _changes (
                        seq INTEGER PRIMARY KEY,
                        at INTEGER NOT NULL,
                        collection TEXT NOT NULL,
                        record TEXT NOT NULL,
                        kind INTEGER NOT NULL,
                        last TEXT)""");
        }

        @Override
        public void revert(Session session) throws SQLException {
            session.execute("DROP TABLE _changes");
        }
    }

    /// The one document of settings.
    record SettingsMigration() implements Migration {
        @Override
        public String name() {
            return "0003_settings";
        }

        @Override
        public void apply(Session session) throws SQLException {
            session.execute("CREATE TABLE _settings (id INTEGER PRIMARY KEY CHECK (id = 1), document TEXT NOT NULL)");
        }

        @Override
        public void revert(Session session) throws SQLException {
            session.execute("DROP TABLE _settings");
        }
    }

    static boolean allApplied(Session session) throws SQLException {
        return applied(session).keySet().containsAll(names());
    }

    /// @throws PortFailure when the file has steps behind it that this version does not know
    static void requireKnown(Path file, Session session) throws SQLException {
        for (String name : applied(session).keySet()) {
            if (!names().contains(name)) {
                throw new PortFailure("the database " + file + " was written by a newer FerriteDB (migration " + name
                        + ")\nStart the newer version, or restore an older backup.");
            }
        }
    }

    static List<MigrationState> states(Session session) throws SQLException {
        Map<String, String> applied = applied(session);
        return names().stream()
                .map(name -> new MigrationState(name, applied.getOrDefault(name, "")))
                .toList();
    }

    static List<String> missing(Session session) throws SQLException {
        var missing = new ArrayList<>(names());
        missing.removeAll(applied(session).keySet());
        return missing;
    }

    /// @return whether it was missing
    boolean apply(Session session, String name) throws SQLException {
        session.execute(
                "CREATE TABLE IF NOT EXISTS _migrations (name TEXT PRIMARY KEY NOT NULL, applied TEXT NOT NULL)");
        if (applied(session).containsKey(name)) return false;
        named(name).apply(session);
        session.change(
                "INSERT INTO _migrations (name, applied) VALUES (?, ?)", List.of(name, DateText.of(clock.instant())));
        return true;
    }

    /// @return the name of the newest one, undone now; empty when none is applied
    Optional<String> revertNewest(Session session) throws SQLException {
        List<String> newestFirst = new ArrayList<>(names()).reversed();
        newestFirst.retainAll(applied(session).keySet());
        if (newestFirst.isEmpty()) return Optional.empty();
        String name = newestFirst.getFirst();
        named(name).revert(session);
        session.change("DELETE FROM _migrations WHERE name = ?", List.of(name));
        return Optional.of(name);
    }

    private static List<String> names() {
        return KNOWN.stream().map(Migration::name).toList();
    }

    private static Migration named(String name) {
        return KNOWN.stream()
                .filter(migration -> migration.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> applied(Session session) throws SQLException {
        var applied = new LinkedHashMap<String, String>();
        if (session.whole("SELECT count(*) FROM sqlite_schema WHERE name = '_migrations'") == 0) return applied;
        session.rows(
                "SELECT name, applied FROM _migrations ORDER BY name",
                List.of(),
                row -> applied.put(row.text(0), row.text(1)));
        return applied;
    }
}
