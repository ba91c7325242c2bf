package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.record.RowVisitor;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.Optional;

/// One page of a list, from where a cursor leads on.
final class RecordWalk {
    private final RecordReads reads;
    private final RecordQuery selection;
    private final CursorSeal seal;
    private String lastId = "";

    /// Refuses with `Invalid` (`invalid_cursor`) an order in which records have no place of their own.
    RecordWalk(RecordReads reads, RecordQuery selection, CursorSeal seal) {
        this.reads = reads;
        this.selection = selection;
        this.seal = seal;
        for (SortKey key : selection.order()) {
            if (key == SortKey.Random.RANDOM) {
                throw CursorSeal.refusal("invalid_cursor", "A random order has no cursor.");
            }
            if (key instanceof SortKey.By by && !by.path().hops().isEmpty()) {
                throw CursorSeal.refusal("invalid_cursor", "An order by fields of related records has no cursor.");
            }
        }
    }

    /// @param cursor empty for the first page
    /// @return the cursor of the next page, when there is one
    Optional<String> visit(String cursor, RowVisitor visitor) {
        Optional<Position> after = cursor.isEmpty() ? Optional.empty() : Optional.of(seal.open(cursor, this::position));
        int id = selection.collection().position("id");
        Position.Reached reached = reads.walk(selection, after, row -> {
            lastId = row.text(id);
            visitor.visit(row);
        });
        return reached.more() ? Optional.of(seal.close(reached.last(), lastId)) : Optional.empty();
    }

    private Position position(String id) {
        CollectionSchema collection = selection.collection();
        Field idField = collection.fields().get(collection.position("id"));
        Condition byId = Condition.where(idField, Condition.Operator.EQUAL, Value.text(id));
        var alone = new RecordQuery(collection, byId, selection.givens(), selection.order(), 1, 0);
        var visited = new boolean[1];
        Position last =
                reads.walk(alone, Optional.empty(), _ -> visited[0] = true).last();
        if (!visited[0]) throw CursorSeal.lost();
        return last;
    }
}
