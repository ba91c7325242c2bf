package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.schema.SystemCollections;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Deletes records with all that hangs on them: what relates to one in cascade goes too, other relations let go
/// of it, and what the system keeps of an account goes with the account. One transaction, whole or not at all.
final class RecordDeletion {
    private static final int AT_ONCE = 500;
    /// Cascades that go deeper wait their turn, so that a long chain does not exhaust the writer's stack.
    private static final int DEPTH_MAX = 50;

    private final RecordWrites writes;
    private final List<RecordHook> hooks;
    private final Set<String> going = new HashSet<>();
    private final Deque<StoredRecord> waiting = new ArrayDeque<>();
    private int depth;

    RecordDeletion(RecordWrites writes, List<RecordHook> hooks) {
        this.writes = writes;
        this.hooks = hooks;
    }

    void delete(StoredRecord record) {
        cascade(record);
        while (!waiting.isEmpty()) deleteNow(waiting.removeFirst());
    }

    private void cascade(StoredRecord record) {
        if (!going.add(key(record))) return;
        if (depth == DEPTH_MAX) waiting.add(record);
        else deleteNow(record);
    }

    private void deleteNow(StoredRecord record) {
        depth++;
        for (RecordHook hook : hooks) hook.beforeDelete(record);
        for (CollectionSchema other : writes.catalog().collections()) {
            if (other.isView()) continue;
            List<Field> fields = other.fields();
            for (int i = 0; i < fields.size(); i++) {
                boolean relates = fields.get(i).type() instanceof FieldType.Relation relation
                        && relation.collectionId().equals(record.collection().id());
                if (relates) letGo(other, i, record);
            }
        }
        if (record.collection().auth().isPresent()) {
            SystemCollections.belongingsOf(record, writes).forEach(this::cascade);
        }
        demandNotTheLastSuperuser(record);
        writes.delete(record);
        depth--;
    }

    private static String key(StoredRecord record) {
        return record.collection().id() + "/" + record.id();
    }

    /// Asked once what goes along is gone, so that no cascade takes all of them.
    private void demandNotTheLastSuperuser(StoredRecord record) {
        CollectionSchema collection = record.collection();
        if (!collection.name().equals(Caller.SUPERUSERS)) return;
        if (writes.count(RecordQuery.all(collection, Condition.Constant.ALWAYS, Givens.NONE)) > 1) return;
        throw new Refusal(Problem.Invalid.of("last_superuser", "You can't delete the only existing superuser."));
    }

    /// What an earlier one's cascade changed is read anew before it lets go.
    private void letGo(CollectionSchema collection, int position, StoredRecord target) {
        List<StoredRecord> referencing = writes.referencing(collection, position, target.id(), AT_ONCE);
        while (!referencing.isEmpty()) {
            int left = 0;
            for (StoredRecord record : referencing) {
                if (going.contains(key(record))) left++;
                else writes.find(collection, record.id()).ifPresent(current -> letGo(current, position, target));
            }
            if (left == referencing.size()) return;
            referencing = writes.referencing(collection, position, target.id(), AT_ONCE + left);
        }
    }

    private void letGo(StoredRecord record, int position, StoredRecord target) {
        Field field = record.collection().fields().get(position);
        var others = new ArrayList<>(Choices.of(record.value(position)));
        others.removeIf(target.id()::equals);
        boolean cascades = field.type() instanceof FieldType.Relation relation && relation.cascadeDelete();
        if (others.isEmpty() && cascades) {
            cascade(record);
        } else if (others.isEmpty() && field.required()) {
            throw new Refusal(
                    Problem.Invalid.of(
                            "record_referenced",
                            "Failed to delete record. Make sure that the record is not part of a required relation reference."));
        } else {
            Value rest = field.type().multiple() ? FieldCoercion.items(others) : Value.Text.EMPTY;
            StoredRecord after = record.with(field.name(), rest);
            for (RecordHook hook : hooks) after = hook.beforeUpdate(record, after);
            writes.update(record, after);
        }
    }
}
