package dev.ferritedb.sqlite;

import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite's errors mean to a caller. No SQL text gets into a message that a client may see.
final class Failures {
    private Failures() {}

    /// A table or column is not there: the schema at hand is older or newer than the database's.
    static final class SchemaMoved extends RuntimeException {
        private static final long serialVersionUID = 1;

        SchemaMoved(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    static RuntimeException of(SQLException e) {
        return switch (code(e)) {
            case INTERRUPT -> tooSlow();
            case BUSY, LOCKED -> busy();
            case FULL -> full();
            case ERROR -> ofStatement(e);
            case TOOBIG -> tooComplex();
            default -> broken(e);
        };
    }

    /// The disk did not do as told, or what it holds is damaged: what this process believes of the file can't
    /// be trusted.
    static boolean isFatal(SQLException e) {
        return switch (code(e)) {
            case IOERR, CORRUPT, NOTADB -> true;
            default -> false;
        };
    }

    /// SQLite may have ended the whole transaction by itself.
    static boolean mayEndTransaction(SQLException e) {
        return switch (code(e)) {
            case IOERR, CORRUPT, NOTADB, FULL, NOMEM -> true;
            default -> false;
        };
    }

    static boolean isBusy(SQLException e) {
        return code(e) == Code.BUSY;
    }

    static boolean isUniqueClash(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) return false;
        return switch (sqlite.getResultCode()) {
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID -> true;
            default -> false;
        };
    }

    static Refusal moved() {
        return new Refusal(new Problem.Unavailable(
                "collection_changed", "The collection was changed meanwhile. Send the request again."));
    }

    static Refusal busy() {
        return new Refusal(new Problem.Unavailable("storage_busy", "The database is busy. Send the request again."));
    }

    /// SQLite's own words about a statement that someone wrote, without the error code's name.
    static String reason(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int open = message.indexOf('(');
        return message.startsWith("[SQLITE_") && open > 0 && message.endsWith(")")
                ? message.substring(open + 1, message.length() - 1)
                : message;
    }

    private static Refusal full() {
        return new Refusal(new Problem.Unavailable("storage_full", "The disk is full. Nothing was changed."));
    }

    static Refusal transactionTooLong() {
        return new Refusal(Problem.Invalid.TOO_LONG);
    }

    static boolean isInterrupt(SQLException e) {
        return code(e) == Code.INTERRUPT;
    }

    private static Refusal tooSlow() {
        return new Refusal(
                Problem.Invalid.of("query_too_slow", "The query takes too long. Narrow it, or add an index."));
    }

    private static RuntimeException ofStatement(SQLException e) {
        if (isSchemaMoved(e)) return new SchemaMoved(e);
        String message = String.valueOf(e.getMessage());
        boolean complex = message.contains("too large")
                || message.contains("too many")
                || message.contains("at most 64 tables")
                || message.contains("parser stack overflow");
        return complex ? tooComplex() : broken(e);
    }

    /// Beyond what SQLite takes in one statement. Source: sqlite.org/limits.html.
    private static Refusal tooComplex() {
        return new Refusal(Problem.Invalid.of("query_too_complex", "The query asks for too much at once. Shorten it."));
    }

    private static PortFailure broken(SQLException e) {
        return new PortFailure("the database failed: " + e.getMessage(), e);
    }

    private static boolean isSchemaMoved(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("no such column")
                || message.contains("no such table")
                || message.contains("has no column named");
    }

    /// SQLite's primary result codes, as far as they matter here. Source: sqlite.org/rescode.html.
    private enum Code {
        ERROR,
        BUSY,
        LOCKED,
        NOMEM,
        INTERRUPT,
        IOERR,
        CORRUPT,
        FULL,
        NOTADB,
        TOOBIG,
        OTHER
    }

    private static Code code(SQLException e) {
        int primary = e.getErrorCode() & 0xff;
        if (primary == SQLiteErrorCode.SQLITE_ERROR.code) return Code.ERROR;
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code) return Code.BUSY;
        if (primary == SQLiteErrorCode.SQLITE_LOCKED.code) return Code.LOCKED;
        if (primary == SQLiteErrorCode.SQLITE_NOMEM.code) return Code.NOMEM;
        if (primary == SQLiteErrorCode.SQLITE_INTERRUPT.code) return Code.INTERRUPT;
        if (primary == SQLiteErrorCode.SQLITE_IOERR.code) return Code.IOERR;
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code) return Code.CORRUPT;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) return Code.FULL;
        if (primary == SQLiteErrorCode.SQLITE_NOTADB.code) return Code.NOTADB;
        if (primary == SQLiteErrorCode.SQLITE_TOOBIG.code) return Code.TOOBIG;
        return Code.OTHER;
    }
}
