package dev.ferritedb.sqlite;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The collections as this process knows them: read from the database at start, followed commit by commit, and
/// read again when another process changed them.
final class Catalogs {
    private static final System.Logger LOG = System.getLogger(Catalogs.class.getName());

    private static final CollectionCatalog NONE = new CollectionCatalog(0, List.of());

    private final CollectionSql.Book sql;
    private final List<Consumer<CollectionCatalog>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock publishing = new ReentrantLock();
    private volatile CollectionCatalog current = NONE;
    private volatile boolean migrated;

    /// What the transaction under way has made of it; the writer's own.
    private CollectionCatalog pending = NONE;

    private long dataVersion = -1;

    Catalogs(CollectionSql.Book sql) {
        this.sql = sql;
    }

    CollectionCatalog current() {
        return current;
    }

    void listen(Consumer<CollectionCatalog> listener) {
        listeners.add(listener);
    }

    /// On the writer: reads the catalog again if another connection wrote since the last look and changed it.
    /// @return whether another connection wrote
    boolean notice(Session session) throws SQLException {
        long seen = session.whole("PRAGMA data_version");
        if (seen == dataVersion) return false;
        dataVersion = seen;
        readAgain(session);
        return true;
    }

    /// On the writer: what its connection sees is what counts, even if an older version came back.
    void readAgain(Session session) throws SQLException {
        CollectionCatalog seen = seen(session);
        if (seen.version() != current.version()) publish(seen);
        pending = current;
    }

    /// On a reader, whose snapshot may be older than what was published meanwhile.
    void catchUp(Session session) throws SQLException {
        publishing.lock();
        try {
            CollectionCatalog seen = seen(session);
            if (seen.version() > current.version()) publish(seen);
        } finally {
            publishing.unlock();
        }
    }

    private CollectionCatalog seen(Session session) throws SQLException {
        migrated = Migrations.allApplied(session);
        if (!migrated) return NONE;
        return version(session) == current.version() ? current : load(session);
    }

    /// Whether the tables that the store works with are there.
    boolean migrated() {
        return migrated;
    }

    CollectionCatalog pending() {
        return pending;
    }

    void propose(CollectionCatalog changed) {
        pending = changed;
    }

    void publishPending() {
        if (pending != current) publish(pending);
    }

    void forgetPending() {
        pending = current;
    }

    private void publish(CollectionCatalog catalog) {
        publishing.lock();
        try {
            current = catalog;
            sql.clear();
            for (Consumer<CollectionCatalog> listener : listeners) tell(listener, catalog);
        } finally {
            publishing.unlock();
        }
    }

    private static void tell(Consumer<CollectionCatalog> listener, CollectionCatalog catalog) {
        try {
            listener.accept(catalog);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a listener failed on catalog " + catalog.version(), e);
        }
    }

    private static long version(Session session) throws SQLException {
        return session.whole("SELECT version FROM _catalog");
    }

    private static CollectionCatalog load(Session session) throws SQLException {
        long version;
        List<CollectionSchema> collections;
        do {
            version = version(session);
            collections = new ArrayList<>();
            List<CollectionSchema> into = collections;
            session.rows(
                    "SELECT document FROM _collections ORDER BY position",
                    List.of(),
                    row -> into.add(read(row.text(0))));
        } while (version(session) != version);
        return new CollectionCatalog(version, collections);
    }

    private static CollectionSchema read(String document) {
        if (!(Json.read(document) instanceof Value.Members members)) {
            throw new PortFailure("a collection's stored document is not an object");
        }
        CollectionDocuments.Reading reading = CollectionDocuments.read(members);
        if (!reading.problems().isEmpty()) {
            throw new PortFailure(
                    "the stored collection '" + reading.collection().name() + "' can't be read: "
                            + reading.problems().getFirst().message());
        }
        return reading.collection();
    }
}
