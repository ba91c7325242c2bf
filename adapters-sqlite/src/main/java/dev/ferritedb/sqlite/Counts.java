package dev.ferritedb.sqlite;

import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.sqlite.query.CompiledQuery;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Counts that were made lately. One is given again only where counting again would give the same: for the same
/// SQL with the same values, in a snapshot in which no table that it reads differs. The snapshot itself tells
/// what it holds, so a count is as exact as one made anew, whoever writes, this process or another FerriteDB.
/// What a foreign program does to the file is noticed with the writer's next look at it.
final class Counts {
    /// With [#BINDS_MAX_LENGTH] a bound of a few megabytes.
    private static final int KEPT = 1_024;

    private static final int BINDS_MAX_LENGTH = 4_096;
    private static final String MOMENT =
            "SELECT (SELECT max(seq) FROM _changes), (SELECT version FROM _catalog LIMIT 1)";

    private final ChangedTables changed;
    private final AtomicLong made = new AtomicLong();
    private final Map<Key, Known> known = Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > KEPT;
        }
    });

    private record Key(String sql, List<Object> binds, long catalogVersion) {}

    private record Known(long count, Set<String> collections, ChangedTables.Era era, long sequence) {}

    /// What a snapshot holds.
    private record Moment(long sequence, long catalogVersion) {}

    Counts(ChangedTables changed) {
        this.changed = changed;
    }

    /// To be taken before the snapshot in which [#count] is asked begins.
    ChangedTables.Era era() {
        return changed.era();
    }

    long count(Session session, CompiledQuery query, CollectionCatalog catalog, ChangedTables.Era era)
            throws SQLException {
        if (length(query.binds()) > BINDS_MAX_LENGTH) return counted(session, query);
        Moment moment = session.first(MOMENT, List.of(), row -> new Moment(row.whole(0), row.whole(1)), NOWHERE);
        if (moment.catalogVersion != catalog.version()) return counted(session, query);
        var key = new Key(query.sql(), query.binds(), catalog.version());
        Optional<Known> before = Optional.ofNullable(known.get(key));
        if (before.isPresent() && holds(before.get(), era, moment)) return before.get().count;
        long count = counted(session, query);
        made.incrementAndGet();
        Optional<Set<String>> collections = before.map(Known::collections);
        if (collections.isEmpty()) collections = ReadTables.of(session, query.sql(), catalog);
        collections.ifPresent(read -> known.put(key, new Known(count, read, era, moment.sequence)));
        return count;
    }

    static long counted(Session session, CompiledQuery query) throws SQLException {
        var count = new long[1];
        session.query(query.sql(), query.binds(), row -> count[0] = row.whole(0));
        return count[0];
    }

    int kept() {
        return known.size();
    }

    /// How many had to be counted.
    long made() {
        return made.get();
    }

    private static final Moment NOWHERE = new Moment(-1, -1);

    private static boolean holds(Known known, ChangedTables.Era era, Moment moment) {
        return known.era == era && era.same(known.collections, known.sequence, moment.sequence);
    }

    private static int length(List<Object> binds) {
        int length = 0;
        for (Object bind : binds) if (bind instanceof String text) length += text.length();
        return length;
    }
}
