package dev.ferritedb.ports.persistence;

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
import java.util.List;
import java.util.Optional;

/// What can be read within one [RecordStore] body; not usable after it.
public interface RecordReads {
    /// The collections as of this snapshot.
    CollectionCatalog catalog();

    /// @return empty when none were kept yet
    Optional<Value.Members> settings();

    /// @return empty when `collection` has no record by that id
    Optional<StoredRecord> find(CollectionSchema collection, String id);

    /// Finds by `value`, told from others as the unique index over just that field does it: in any case of ASCII
    /// letters where that is `COLLATE NOCASE`.
    ///
    /// @return the first such record in insertion order, empty when there is none
    Optional<StoredRecord> findBy(CollectionSchema collection, Field field, String value);

    /// Visits the record by that id if it satisfies `where`.
    /// @return whether it was visited
    boolean visit(CollectionSchema collection, String id, Condition where, Givens givens, RowVisitor visitor);

    /// Visits what `query` selects, in its order.
    /// @return how many were visited
    int visit(RecordQuery query, RowVisitor visitor);

    /// Visits at most `query.limit()` of what `query` selects, in its order, that come after `after`; empty is the
    /// start. The offset does not count. In a view, records that are equal in all keys come in the order of their
    /// ids.
    Position.Reached walk(RecordQuery query, Optional<Position> after, RowVisitor visitor);

    /// Visits the records whose `field`, the id or a relation, names one of `ids` and that satisfy `where`: in
    /// insertion order, at most `limit`.
    /// @return how many were visited
    int visitAmong(
            CollectionSchema collection,
            Field field,
            List<String> ids,
            Condition where,
            Givens givens,
            int limit,
            RowVisitor visitor);

    /// @return whether `record`, which need not be stored, satisfies `where`
    boolean satisfies(StoredRecord record, Condition where, Givens givens);

    /// @return how many satisfy the query's condition; order, limit and offset do not count
    long count(RecordQuery query);

    /// @return those of `ids` that are records of `collection`
    List<String> existing(CollectionSchema collection, List<String> ids);

    /// Records of `collection` whose relation field at `relationPosition` names `id`, at most `limit`, in insertion
    /// order.
    List<StoredRecord> referencing(CollectionSchema collection, int relationPosition, String id, int limit);

    /// Visits the first records that a view's query selects; `view` need not be a collection yet.
    /// @return why the query can't be run, empty when it can
    Optional<String> sample(CollectionSchema view, int limit, RowVisitor visitor);

    /// What the columns of a view's query are.
    ViewOutcome describeView(String query);
}
