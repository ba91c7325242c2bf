package dev.ferritedb.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/// One connection and its prepared statements. Used by one thread at a time.
final class Session implements AutoCloseable {
    private final SQLiteConnection connection;
    private final StatementCache statements;
    private final StepDeadline deadline = new StepDeadline();
    private long catalogVersion = -1;

    Session(SQLiteConnection connection) throws SQLException {
        this.connection = connection;
        this.statements = new StatementCache(connection);
        ProgressHandler.setHandler(connection, StepDeadline.STEPS_BETWEEN, deadline);
    }

    /// What is done with each row; reads its columns from the statement.
    @FunctionalInterface
    interface RowReader {
        void row(Prepared statement) throws SQLException;
    }

    @FunctionalInterface
    interface RowMaker<T> {
        T row(Prepared statement) throws SQLException;
    }

    /// Statements of an older catalog are dropped: what they name may be gone.
    void useCatalog(long version) throws SQLException {
        if (catalogVersion == version) return;
        statements.clear();
        catalogVersion = version;
    }

    /// A query of a client's making: it ends with [Failures] of INTERRUPT when it takes too long.
    /// @return how many rows it gave
    int query(String sql, List<Object> binds, RowReader reader) throws SQLException {
        deadline.start();
        try {
            return rows(sql, binds, reader);
        } finally {
            deadline.stop();
        }
    }

    /// What is asked for until [#unlimited] must be done within `atMost`.
    void limit(Duration atMost) {
        deadline.limit(atMost);
    }

    void unlimited() {
        deadline.unlimited();
    }

    boolean isLimitPassed() {
        return deadline.isLimitPassed();
    }

    /// A query of our own, without a deadline.
    int rows(String sql, List<Object> binds, RowReader reader) throws SQLException {
        Prepared statement = statements.take(sql);
        try {
            for (int i = 0; i < binds.size(); i++) statement.bind(i + 1, binds.get(i));
            int count = 0;
            try (ResultSet rows = statement.rows()) {
                while (rows.next()) {
                    count++;
                    deadline.pause();
                    reader.row(statement);
                }
            }
            return count;
        } finally {
            statements.giveBack(statement);
        }
    }

    /// @return what the only row of a query of our own says, `otherwise` when there is none
    <T> T first(String sql, List<Object> binds, RowMaker<T> maker, T otherwise) throws SQLException {
        Prepared statement = statements.take(sql);
        try {
            for (int i = 0; i < binds.size(); i++) statement.bind(i + 1, binds.get(i));
            try (ResultSet rows = statement.rows()) {
                return rows.next() ? maker.row(statement) : otherwise;
            }
        } finally {
            statements.giveBack(statement);
        }
    }

    /// As [#rows], for a statement that is not worth keeping.
    void rowsOnce(String sql, RowReader reader) throws SQLException {
        Prepared statement = Prepared.of(connection, sql);
        try (ResultSet rows = statement.rows()) {
            while (rows.next()) reader.row(statement);
        } finally {
            statement.close();
        }
    }

    long whole(String sql) throws SQLException {
        return first(sql, List.of(), statement -> statement.whole(0), 0L);
    }

    String text(String sql) throws SQLException {
        return first(sql, List.of(), statement -> statement.text(0), "");
    }

    /// @return how many rows it changed
    int change(String sql, List<Object> binds) throws SQLException {
        Prepared statement = statements.take(sql);
        try {
            for (int i = 0; i < binds.size(); i++) statement.bind(i + 1, binds.get(i));
            return statement.change();
        } finally {
            statements.giveBack(statement);
        }
    }

    /// Runs a statement that is used again and again and has neither parameters nor rows.
    void run(String sql) throws SQLException {
        Prepared statement = statements.take(sql);
        try {
            statement.run();
        } finally {
            statements.giveBack(statement);
        }
    }

    /// Runs a statement once, such as DDL.
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    SQLiteConnection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        statements.close();
        connection.close();
    }
}
