package dev.ferritedb.sqlite;

import dev.ferritedb.ports.value.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/// One prepared statement. Parameters are bound and the first row is fetched the JDBC way; columns are read
/// from SQLite directly, which saves the driver's type look-up for each.
final class Prepared {
    private final String sql;
    private final PreparedStatement statement;
    private final CoreStatement core;
    private final DB database;
    private final long handle;
    private boolean taken;

    private Prepared(String sql, PreparedStatement statement, DB database) throws SQLException {
        this.sql = sql;
        this.statement = statement;
        this.core = (CoreStatement) statement;
        this.database = database;
        this.handle = core.pointer.safeRunLong((_, own) -> own);
    }

    static Prepared of(SQLiteConnection connection, String sql) throws SQLException {
        return new Prepared(sql, connection.prepareStatement(sql), connection.getDatabase());
    }

    String sql() {
        return sql;
    }

    boolean taken() {
        return taken;
    }

    Prepared take() {
        taken = true;
        return this;
    }

    void release() {
        taken = false;
    }

    /// Whether it can run no more: the driver does away with a statement that fails, or is interrupted, before its
    /// first row.
    boolean isBroken() {
        return core.pointer.isClosed();
    }

    /// @param position from 1
    /// @param value text, a number, a truth value, or [Value.Nothing] for NULL
    void bind(int position, Object value) throws SQLException {
        switch (value) {
            case Value.Nothing _ -> statement.setNull(position, Types.NULL);
            case String text -> statement.setString(position, text);
            case Double number -> statement.setDouble(position, number);
            case Long number -> statement.setLong(position, number);
            case Integer number -> statement.setInt(position, number);
            case Boolean truth -> statement.setInt(position, truth ? 1 : 0);
            default ->
                throw new IllegalArgumentException("a " + value.getClass().getName() + " can't be bound");
        }
    }

    /// Runs a statement that yields no rows.
    /// @return how many rows it changed
    int change() throws SQLException {
        return statement.executeUpdate();
    }

    /// Runs a statement without parameters and rows, such as COMMIT, without the driver's bookkeeping around
    /// it.
    void run() throws SQLException {
        int code = database.step(handle);
        int resetCode = database.reset(handle);
        if (code != Codes.SQLITE_DONE && code != Codes.SQLITE_ROW) {
            database.throwex(resetCode == Codes.SQLITE_OK ? code : resetCode);
        }
    }

    ResultSet rows() throws SQLException {
        return statement.executeQuery();
    }

    boolean isNull(int column) throws SQLException {
        return database.column_type(handle, column) == Codes.SQLITE_NULL;
    }

    enum Kind {
        NULL,
        WHOLE,
        REAL,
        TEXT,
        BYTES
    }

    Kind kind(int column) throws SQLException {
        return switch (database.column_type(handle, column)) {
            case Codes.SQLITE_INTEGER -> Kind.WHOLE;
            case Codes.SQLITE_FLOAT -> Kind.REAL;
            case Codes.SQLITE_TEXT -> Kind.TEXT;
            case Codes.SQLITE_BLOB -> Kind.BYTES;
            default -> Kind.NULL;
        };
    }

    boolean isText(int column) throws SQLException {
        return database.column_type(handle, column) == Codes.SQLITE_TEXT;
    }

    /// @param column from 0
    /// @return empty for NULL
    String text(int column) throws SQLException {
        String text = database.column_text(handle, column);
        return text == null ? "" : text;
    }

    /// @return 0 for NULL
    double number(int column) throws SQLException {
        return database.column_double(handle, column);
    }

    /// @return 0 for NULL
    long whole(int column) throws SQLException {
        return database.column_long(handle, column);
    }

    void close() throws SQLException {
        statement.close();
    }
}
