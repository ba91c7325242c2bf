package dev.ferritedb.ports.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.persistence.RecordWrites.SchemaOutcome.Made;
import dev.ferritedb.ports.persistence.RecordWrites.WriteOutcome.Written;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the kits of [RecordStore] have in common. An adapter runs each of them: [RecordReadsContract],
/// [RecordWritesContract], [SchemaChangesContract], [ViewsContract], [CommitsContract],
/// [SettingsContract] and [MigrationsContract].
public abstract class RecordStoreContract {
    protected RecordStore store;

    /// A fresh, empty store, not migrated yet; the kit closes it.
    protected abstract RecordStore open();

    @BeforeEach
    final void openStore() {
        store = open();
        store.migrate();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    final CollectionSchema create(CollectionSchema collection) {
        RecordWrites.SchemaOutcome outcome = store.write(writes -> writes.create(collection));
        assertThat(outcome).isEqualTo(Made.MADE);
        return collection;
    }

    final CollectionSchema change(CollectionSchema before, CollectionSchema after) {
        RecordWrites.SchemaOutcome outcome = store.write(writes -> writes.change(before, after));
        assertThat(outcome).isEqualTo(Made.MADE);
        return after;
    }

    final void insert(StoredRecord... records) {
        store.write(writes -> {
            for (StoredRecord record : records)
                assertThat(writes.insert(record)).isEqualTo(Written.WRITTEN);
            return true;
        });
    }

    final Optional<StoredRecord> find(CollectionSchema collection, String id) {
        return store.read(reads -> reads.find(collection, id));
    }

    final List<StoredRecord> all(CollectionSchema collection) {
        return select(RecordQuery.all(collection, Condition.Constant.ALWAYS, Givens.NONE));
    }

    final List<StoredRecord> select(RecordQuery query) {
        return store.read(reads -> {
            var records = new ArrayList<StoredRecord>();
            reads.visit(query, row -> records.add(row.record()));
            return records;
        });
    }
}
