package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.persistence.ViewOutcome;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.RowVisitor;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Remembers what is written to some collections. Everything goes on to the writes that it stands before.
final class WatchedWrites implements RecordWrites {
    private final RecordWrites writes;
    private final Predicate<CollectionSchema> watched;
    private final List<Change> changes = new ArrayList<>(1);

    WatchedWrites(RecordWrites writes, Predicate<CollectionSchema> watched) {
        this.writes = writes;
        this.watched = watched;
    }

    sealed interface Change {}

    record Created(StoredRecord after) implements Change {}

    record Updated(StoredRecord before, StoredRecord after) implements Change {}

    record Deleted(StoredRecord before) implements Change {}

    List<Change> changes() {
        return List.copyOf(changes);
    }

    @Override
    public WriteOutcome insert(StoredRecord record) {
        WriteOutcome outcome = writes.insert(record);
        if (outcome instanceof WriteOutcome.Written && watched.test(record.collection()))
            changes.add(new Created(record));
        return outcome;
    }

    @Override
    public WriteOutcome update(StoredRecord before, StoredRecord after) {
        WriteOutcome outcome = writes.update(before, after);
        if (outcome instanceof WriteOutcome.Written && watched.test(after.collection()))
            changes.add(new Updated(before, after));
        return outcome;
    }

    @Override
    public void delete(StoredRecord record) {
        writes.delete(record);
        if (watched.test(record.collection())) changes.add(new Deleted(record));
    }

    @Override
    public void keepSettings(Value.Members settings) {
        writes.keepSettings(settings);
    }

    @Override
    public SchemaOutcome create(CollectionSchema collection) {
        return writes.create(collection);
    }

    @Override
    public SchemaOutcome change(CollectionSchema before, CollectionSchema after) {
        return writes.change(before, after);
    }

    @Override
    public SchemaOutcome drop(CollectionSchema collection) {
        return writes.drop(collection);
    }

    @Override
    public CollectionCatalog catalog() {
        return writes.catalog();
    }

    @Override
    public Optional<Value.Members> settings() {
        return writes.settings();
    }

    @Override
    public Optional<StoredRecord> find(CollectionSchema collection, String id) {
        return writes.find(collection, id);
    }

    @Override
    public Optional<StoredRecord> findBy(CollectionSchema collection, Field field, String value) {
        return writes.findBy(collection, field, value);
    }

    @Override
    public boolean visit(CollectionSchema collection, String id, Condition where, Givens givens, RowVisitor visitor) {
        return writes.visit(collection, id, where, givens, visitor);
    }

    @Override
    public int visit(RecordQuery query, RowVisitor visitor) {
        return writes.visit(query, visitor);
    }

    @Override
    public Position.Reached walk(RecordQuery query, Optional<Position> after, RowVisitor visitor) {
        return writes.walk(query, after, visitor);
    }

    @Override
    public int visitAmong(
            CollectionSchema collection,
            Field field,
            List<String> ids,
            Condition where,
            Givens givens,
            int limit,
            RowVisitor visitor) {
        return writes.visitAmong(collection, field, ids, where, givens, limit, visitor);
    }

    @Override
    public boolean satisfies(StoredRecord record, Condition where, Givens givens) {
        return writes.satisfies(record, where, givens);
    }

    @Override
    public long count(RecordQuery query) {
        return writes.count(query);
    }

    @Override
    public List<String> existing(CollectionSchema collection, List<String> ids) {
        return writes.existing(collection, ids);
    }

    @Override
    public List<StoredRecord> referencing(CollectionSchema collection, int relationPosition, String id, int limit) {
        return writes.referencing(collection, relationPosition, id, limit);
    }

    @Override
    public Optional<String> sample(CollectionSchema view, int limit, RowVisitor visitor) {
        return writes.sample(view, limit, visitor);
    }

    @Override
    public ViewOutcome describeView(String query) {
        return writes.describeView(query);
    }
}
