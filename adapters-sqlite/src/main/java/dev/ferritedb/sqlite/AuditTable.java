package dev.ferritedb.sqlite;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.audit.AuditEntry;
import dev.ferritedb.ports.audit.AuditPage;
import dev.ferritedb.ports.audit.AuditQuery;
import dev.ferritedb.ports.value.Value;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The one table of an audit log, and what is asked of it.
final class AuditTable {
    private static final String ACCOUNT = "substr(actor, instr(actor, '/') + 1)";
    private static final String INSERT =
            "INSERT INTO audit (at, actor, action, resource, id, details, address, agent, request)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private AuditTable() {}

    static void make(Session session) throws SQLException {
        session.execute("""
            CREATE TABLE IF NOT EXISTS audit (
                seq INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                resource TEXT NOT NULL,
                id TEXT NOT NULL,
                details TEXT NOT NULL,
                address TEXT NOT NULL,
                agent TEXT NOT NULL,
                request TEXT NOT NULL)\
            """);
        session.execute("CREATE INDEX IF NOT EXISTS audit_at ON audit (at)");
        session.execute("CREATE INDEX IF NOT EXISTS audit_action ON audit (action, at)");
        session.execute("CREATE INDEX IF NOT EXISTS audit_account ON audit (" + ACCOUNT + ", at)");
    }

    static void insert(Session session, List<AuditEntry> entries) throws SQLException {
        for (AuditEntry entry : entries) {
            session.change(
                    INSERT,
                    List.of(
                            entry.time().toEpochMilli(),
                            entry.actor(),
                            entry.action(),
                            entry.resource(),
                            entry.id(),
                            Json.write(entry.details()),
                            entry.address(),
                            entry.agent(),
                            entry.requestId()));
        }
    }

    static AuditPage find(Session session, AuditQuery query) throws SQLException {
        var binds = new ArrayList<>();
        String where = where(query, binds);
        var total = new ArrayList<Long>();
        if (query.counted()) session.query("SELECT count(*) FROM audit" + where, binds, row -> total.add(row.whole(0)));
        String direction = switch (query.order()) {
            case NEWEST_FIRST -> " DESC";
            case OLDEST_FIRST -> "";
        };
        binds.add(query.limit());
        binds.add(query.offset());
        var entries = new ArrayList<AuditEntry>();
        session.query(
                "SELECT at, actor, action, resource, id, details, address, agent, request FROM audit" + where
                        + " ORDER BY at" + direction + ", seq" + direction + " LIMIT ? OFFSET ?",
                binds,
                row -> entries.add(entry(row)));
        return new AuditPage(entries, total.isEmpty() ? -1 : total.getFirst());
    }

    /// @return how many went, `atMost` at once
    static int deleteBefore(Session session, Instant time, int atMost) throws SQLException {
        return session.change(
                "DELETE FROM audit WHERE seq IN (SELECT seq FROM audit WHERE at < ? ORDER BY at LIMIT ?)",
                List.of(millis(time), atMost));
    }

    private static String where(AuditQuery query, List<Object> binds) {
        var conditions = new ArrayList<String>();
        add(conditions, binds, query.actor().indexOf('/') < 0 ? ACCOUNT : "actor", query.actor());
        add(conditions, binds, "action", query.action());
        add(conditions, binds, "resource", query.resource());
        if (!query.from().equals(Instant.MIN)) {
            conditions.add("at >= ?");
            binds.add(millis(query.from()));
        }
        if (!query.before().equals(Instant.MAX)) {
            conditions.add("at < ?");
            binds.add(millis(query.before()));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private static void add(List<String> conditions, List<Object> binds, String expression, String value) {
        if (value.isEmpty()) return;
        conditions.add(expression + " = ?");
        binds.add(value);
    }

    /// What began within a millisecond counts from the next one on.
    private static long millis(Instant time) {
        try {
            long millis = time.toEpochMilli();
            return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
        } catch (ArithmeticException _) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static AuditEntry entry(Prepared row) throws SQLException {
        return new AuditEntry(
                Instant.ofEpochMilli(row.whole(0)),
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                Json.read(row.text(5)) instanceof Value.Members details ? details : Value.Members.EMPTY,
                row.text(6),
                row.text(7),
                row.text(8));
    }
}
