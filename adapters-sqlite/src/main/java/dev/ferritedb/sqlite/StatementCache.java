package dev.ferritedb.sqlite;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqlite.SQLiteConnection;

/// The prepared statements of one connection, the least recently used going first.
final class StatementCache implements AutoCloseable {
    /// A statement holds about 5 to 20 KB of native memory.
    private static final int STATEMENTS_MAX = 128;

    private final SQLiteConnection connection;
    private final LinkedHashMap<String, Prepared> bySql = new LinkedHashMap<>(STATEMENTS_MAX * 2, 0.75f, true);

    StatementCache(SQLiteConnection connection) {
        this.connection = connection;
    }

    /// @return a statement that nobody uses until [#giveBack]
    Prepared take(String sql) throws SQLException {
        Prepared known = bySql.get(sql);
        if (known == null) {
            known = Prepared.of(connection, sql);
            bySql.put(sql, known);
            dropEldest();
        } else if (known.taken()) {
            return Prepared.of(connection, sql).take();
        }
        return known.take();
    }

    void giveBack(Prepared statement) throws SQLException {
        statement.release();
        if (statement.isBroken()) bySql.remove(statement.sql(), statement);
        if (bySql.get(statement.sql()) != statement) statement.close();
    }

    void clear() throws SQLException {
        for (Prepared statement : bySql.values()) {
            if (!statement.taken()) statement.close();
        }
        bySql.clear();
    }

    @Override
    public void close() throws SQLException {
        clear();
    }

    private void dropEldest() throws SQLException {
        if (bySql.size() <= STATEMENTS_MAX) return;
        var entries = bySql.entrySet().iterator();
        Map.Entry<String, Prepared> eldest = entries.next();
        if (eldest.getValue().taken()) return;
        entries.remove();
        eldest.getValue().close();
    }
}
