package dev.ferritedb.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What SQLite's planner knows of the tables' sizes and of how well each index tells records apart. Without it a
/// rule such as `public = true || author = @request.auth.id` sorts half the table for each page of it, because an
/// index is thought to find a few records only.
final class Statistics {
    /// Rows of an index that are looked at: enough to see that an index finds thousands, for a few milliseconds
    /// of the writer's time for each index.
    private static final long ROWS_LOOKED_AT = 20_000;

    /// Below that many changes nothing of interest has happened.
    private static final long CHANGES_BETWEEN = 1_000;

    /// Of all tables, also those not queried lately, says what would be done. Source: sqlite.org/pragma.html.
    private static final String WHAT_IS_DUE = "PRAGMA optimize(0x10003)";

    private long sequence = -CHANGES_BETWEEN;
    private long catalogVersion = -1;

    /// @param newest the newest change's number
    /// @return whether enough has changed since it last was; asked again it is not
    boolean due(long newest, long version) {
        if (newest - sequence < CHANGES_BETWEEN && version == catalogVersion) return false;
        sequence = newest;
        catalogVersion = version;
        return true;
    }

    /// Looks at the tables of which SQLite knows nothing yet, or which have grown or shrunk tenfold since.
    /// @return whether there were any
    static boolean refresh(Session session) throws SQLException {
        var analyses = new ArrayList<String>();
        session.rows(WHAT_IS_DUE, List.of(), row -> analyses.add(row.text(0)));
        analyses.removeIf(statement -> !statement.startsWith("ANALYZE"));
        if (analyses.isEmpty()) return false;
        session.execute("PRAGMA analysis_limit = " + ROWS_LOOKED_AT);
        session.execute("BEGIN IMMEDIATE");
        try {
            for (String analysis : analyses) session.execute(analysis);
            tellOtherConnections(session);
            session.execute("COMMIT");
            return true;
        } catch (SQLException e) {
            session.execute("ROLLBACK");
            throw e;
        }
    }

    /// They read the statistics with the schema, and that again only once it has changed.
    private static void tellOtherConnections(Session session) throws SQLException {
        session.execute("CREATE TABLE _analyzed (at)");
        session.execute("DROP TABLE _analyzed");
    }
}
