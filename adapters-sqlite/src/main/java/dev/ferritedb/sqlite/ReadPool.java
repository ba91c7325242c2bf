package dev.ferritedb.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ferritedb.ports.persistence.RecordStore.ReadBody;
import dev.ferritedb.ports.problem.PortFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/// The connections that read. A body runs on its caller's thread, on one of them.
final class ReadPool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReadPool.class.getName());

    private final HikariDataSource connections;
    private final ConcurrentHashMap<SQLiteConnection, Session> sessions = new ConcurrentHashMap<>();
    private final CollectionSql.Book sql;
    private final Catalogs catalogs;
    private final Counts counts;

    ReadPool(SqliteSettings settings, CollectionSql.Book sql, Catalogs catalogs, Counts counts) {
        this.sql = sql;
        this.catalogs = catalogs;
        this.counts = counts;
        var hikari = new HikariConfig();
        hikari.setPoolName("ferrite-readers");
        hikari.setDataSource(new SQLiteDataSource(DatabaseFile.readerConfig(settings)) {
            @Override
            public Connection getConnection() throws SQLException {
                return DatabaseFile.openReader(settings);
            }
        });
        hikari.setReadOnly(true);
        int connectionCount = settings.readers() + LongReads.atOnce(settings);
        hikari.setMaximumPoolSize(connectionCount);
        hikari.setMinimumIdle(connectionCount);
        hikari.setConnectionTimeout(settings.connectionTimeout().toMillis());
        hikari.setMaxLifetime(0);
        hikari.setIdleTimeout(0);
        hikari.setKeepaliveTime(0);
        this.connections = new HikariDataSource(hikari);
    }

    <T> T read(ReadBody<T> body) {
        try (Connection pooled = connections.getConnection()) {
            Session session = session(pooled.unwrap(SQLiteConnection.class));
            try {
                return once(session, body);
            } catch (Failures.SchemaMoved moved) {
                LOG.log(System.Logger.Level.DEBUG, "a read met another schema than it knew", moved);
                catalogs.catchUp(session);
            }
            try {
                return once(session, body);
            } catch (Failures.SchemaMoved moved) {
                LOG.log(System.Logger.Level.WARNING, "a read does not fit the schema: {0}", moved.getMessage());
                throw Failures.moved();
            }
        } catch (SQLTransientConnectionException _) {
            throw Failures.busy();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public void close() {
        for (Session session : sessions.values()) {
            try {
                session.close();
            } catch (SQLException e) {
                throw new PortFailure("a reader can't be closed: " + e.getMessage(), e);
            }
        }
        connections.close();
    }

    private <T> T once(Session session, ReadBody<T> body) throws SQLException {
        var catalog = catalogs.current();
        session.useCatalog(catalog.version());
        Reads reads = Reads.onSnapshot(session, sql, catalog, counts);
        try {
            return body.run(reads);
        } finally {
            reads.end();
        }
    }

    private Session session(SQLiteConnection connection) throws SQLException {
        Session known = sessions.get(connection);
        if (known != null) return known;
        var fresh = new Session(connection);
        sessions.put(connection, fresh);
        return fresh;
    }
}
