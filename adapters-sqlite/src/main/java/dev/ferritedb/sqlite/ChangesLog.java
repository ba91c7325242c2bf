package dev.ferritedb.sqlite;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.events.ChangeListener;
import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The changes of records: a row each, written in the transaction of the change itself, and told to the
/// listeners after its commit. The writer's own, but for [#listen] and [#listenToOthers].
final class ChangesLog {
    private static final System.Logger LOG = System.getLogger(ChangesLog.class.getName());

    /// What a subscriber that was away can catch up on. Source: the security checklist.
    private static final long KEPT = 10_000;

    /// Old rows go in lots, so that not every write pays for it.
    private static final long PRUNED_EVERY = 1_000;

    private static final String APPEND =
            "INSERT INTO _changes (seq, at, collection, record, kind, last) VALUES (?, ?, ?, ?, ?, ?)";

    private final InstantSource clock;
    private final ChangedTables changed;
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> othersListeners = new CopyOnWriteArrayList<>();
    private final List<RecordChange> pending = new ArrayList<>();
    private long sequence;
    private long pruned;
    private int marked;

    ChangesLog(InstantSource clock, ChangedTables changed) {
        this.clock = clock;
        this.changed = changed;
    }

    void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    void listenToOthers(Runnable listener) {
        othersListeners.add(listener);
    }

    void created(Session session, StoredRecord record) throws SQLException {
        Instant at = append(session, record, Kind.CREATE, Value.NOTHING);
        pending.add(new RecordChange.Created(sequence, at, record));
    }

    void updated(Session session, StoredRecord before, StoredRecord after) throws SQLException {
        Instant at = append(session, after, Kind.UPDATE, Value.NOTHING);
        pending.add(new RecordChange.Updated(sequence, at, before, after));
    }

    void deleted(Session session, StoredRecord before) throws SQLException {
        Instant at = append(session, before, Kind.DELETE, document(before));
        pending.add(new RecordChange.Deleted(sequence, at, before));
    }

    /// Goes on after the newest row: another process may have written it.
    void resume(Session session) throws SQLException {
        sequence = Math.max(sequence, session.whole("SELECT max(seq) FROM _changes"));
        changed.restart(sequence);
    }

    /// The highest number given, or met in the database.
    long newest() {
        return sequence;
    }

    /// At the start of a body: [#undo] goes back to here.
    void mark() {
        marked = pending.size();
    }

    void undo() {
        pending.subList(marked, pending.size()).clear();
    }

    void forget() {
        pending.clear();
    }

    /// After the commit.
    void publish() {
        if (pending.isEmpty()) return;
        List<RecordChange> committed = List.copyOf(pending);
        pending.clear();
        changed.note(committed);
        for (ChangeListener listener : listeners) {
            try {
                listener.committed(committed);
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "a listener failed on change " + committed.getLast().sequence(),
                        e);
            }
        }
    }

    /// Another process wrote: what exactly is not known.
    void tellOfOthers() {
        for (Runnable listener : othersListeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed on another process's write", e);
            }
        }
    }

    /// Numbers stored for good: what each kind is called in the table.
    private enum Kind {
        CREATE(1),
        UPDATE(2),
        DELETE(3);

        private final long stored;

        Kind(long stored) {
            this.stored = stored;
        }
    }

    private Instant append(Session session, StoredRecord record, Kind kind, Object last) throws SQLException {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        sequence++;
        session.change(
                APPEND, List.of(sequence, at.toEpochMilli(), record.collection().id(), record.id(), kind.stored, last));
        prune(session);
        return at;
    }

    /// Never removes the newest row, so that no number comes twice.
    private void prune(Session session) throws SQLException {
        if (sequence - pruned < PRUNED_EVERY) return;
        session.change("DELETE FROM _changes WHERE seq <= ?", List.of(sequence - KEPT));
        pruned = sequence;
    }

    private static String document(StoredRecord record) {
        var members = new LinkedHashMap<String, Value>();
        List<Field> fields = record.collection().fields();
        for (int i = 0; i < fields.size(); i++) members.put(fields.get(i).id(), record.value(i));
        return Json.write(new Value.Members(members));
    }
}
