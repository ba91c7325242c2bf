package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the records that a condition speaks of besides the one in question.
public interface RecordLookup extends RecordFinder {
    RecordLookup NONE = new RecordLookup() {
        @Override
        public Optional<StoredRecord> find(CollectionSchema collection, String id) {
            return Optional.empty();
        }

        @Override
        public List<StoredRecord> naming(CollectionSchema collection, Field relation, String id) {
            return List.of();
        }

        @Override
        public List<StoredRecord> all(CollectionSchema collection) {
            return List.of();
        }
    };

    /// Those of `collection` whose `relation` names `id`.
    List<StoredRecord> naming(CollectionSchema collection, Field relation, String id);

    List<StoredRecord> all(CollectionSchema collection);

    /// Looks into a store, without a limit.
    static RecordLookup in(RecordReads reads) {
        return new RecordLookup() {
            @Override
            public Optional<StoredRecord> find(CollectionSchema collection, String id) {
                return reads.find(collection, id);
            }

            @Override
            public List<StoredRecord> naming(CollectionSchema collection, Field relation, String id) {
                return reads.referencing(collection, collection.position(relation.name()), id, Integer.MAX_VALUE);
            }

            @Override
            public List<StoredRecord> all(CollectionSchema collection) {
                var records = new ArrayList<StoredRecord>();
                reads.visit(
                        RecordQuery.all(collection, Condition.Constant.ALWAYS, Givens.NONE),
                        row -> records.add(row.record()));
                return records;
            }
        };
    }
}
