package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What is wrong with a record only because of the records beside it.
final class StoredNeighbours {
    private StoredNeighbours() {}

    static FieldProblem notUnique(CollectionSchema collection, String name) {
        boolean freelyChosenId = collection
                .field(name)
                .filter(Field::isPrimaryKey)
                .map(field -> (FieldType.Text) field.type())
                .filter(type -> !type.pattern().equals(FieldType.Text.ID.pattern()))
                .isPresent();
        return FieldProblem.at(
                name,
                freelyChosenId ? "validation_pk_invalid" : "validation_not_unique",
                freelyChosenId ? "The record id is invalid or already exists." : "Value must be unique.");
    }

    static List<FieldProblem> missingRelations(RecordReads reads, StoredRecord record, Optional<StoredRecord> before) {
        var problems = new ArrayList<FieldProblem>();
        List<Field> fields = record.collection().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!(fields.get(i).type() instanceof FieldType.Relation relation)) continue;
            Value value = record.value(i);
            int position = i;
            if (before.filter(old -> old.value(position).equals(value)).isPresent()) continue;
            List<String> ids = Choices.of(value);
            if (ids.isEmpty()) continue;
            String name = fields.get(i).name();
            Optional<CollectionSchema> target = reads.catalog().byId(relation.collectionId());
            if (target.isEmpty()) {
                problems.add(FieldProblem.at(
                        name, "validation_missing_rel_collection", "The related collection is missing."));
            } else if (new HashSet<>(reads.existing(target.get(), ids)).size() < ids.size()) {
                problems.add(FieldProblem.at(
                        name,
                        "validation_missing_rel_records",
                        "Failed to find all relation records with the provided ids."));
            }
        }
        return problems;
    }

    /// Accounts of all auth collections share one space of ids, so that a token's id means one account.
    static Optional<FieldProblem> idTakenByAnotherAccount(RecordReads reads, StoredRecord record) {
        if (record.collection().auth().isEmpty()) return Optional.empty();
        return reads.catalog().collections().stream()
                .filter(other -> other.auth().isPresent()
                        && !other.id().equals(record.collection().id()))
                .filter(other -> reads.find(other, record.id()).isPresent())
                .findFirst()
                .map(_ -> FieldProblem.at(
                        "id", "validation_invalid_auth_id", "The record id is invalid or already exists."));
    }
}
