package dev.ferritedb.ports.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A collection's design: immutable, complete, valid once the schema service let it through. `created` and
/// `updated` are date text. `indexes` are whole `CREATE INDEX` statements on the collection's own table.
public final class CollectionSchema {
    private final String id;
    private final String name;
    private final CollectionKind kind;
    private final boolean system;
    private final List<Field> fields;
    private final List<String> indexes;
    private final AccessRules rules;
    private final String created;
    private final String updated;
    private final Map<String, Integer> positions;

    public CollectionSchema(
            String id,
            String name,
            CollectionKind kind,
            boolean system,
            List<Field> fields,
            List<String> indexes,
            AccessRules rules,
            String created,
            String updated) {
        this.id = Objects.requireNonNull(id);
        this.name = Objects.requireNonNull(name);
        this.kind = Objects.requireNonNull(kind);
        this.system = system;
        this.fields = List.copyOf(fields);
        this.indexes = List.copyOf(indexes);
        this.rules = Objects.requireNonNull(rules);
        this.created = Objects.requireNonNull(created);
        this.updated = Objects.requireNonNull(updated);
        var byName = new HashMap<String, Integer>();
        for (int i = 0; i < this.fields.size(); i++)
            byName.putIfAbsent(this.fields.get(i).name(), i);
        this.positions = Map.copyOf(byName);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public CollectionKind kind() {
        return kind;
    }

    public boolean system() {
        return system;
    }

    public List<Field> fields() {
        return fields;
    }

    public List<String> indexes() {
        return indexes;
    }

    public AccessRules rules() {
        return rules;
    }

    public String created() {
        return created;
    }

    public String updated() {
        return updated;
    }

    public boolean isView() {
        return kind instanceof CollectionKind.View;
    }

    /// @return the auth options, empty for other kinds
    public Optional<AuthOptions> auth() {
        return kind instanceof CollectionKind.Auth auth ? Optional.of(auth.options()) : Optional.empty();
    }

    /// @return the field's position in [#fields], -1 when there is no such field
    public int position(String fieldName) {
        return positions.getOrDefault(fieldName, -1);
    }

    public Optional<Field> field(String fieldName) {
        int position = position(fieldName);
        return position < 0 ? Optional.empty() : Optional.of(fields.get(position));
    }

    public Optional<Field> fieldById(String fieldId) {
        return fields.stream().filter(field -> field.id().equals(fieldId)).findFirst();
    }

    /// The unique indexes over just that field; one with a condition holds for the records that this leaves in.
    public List<IndexDefinition> uniqueIndexesOn(String fieldName) {
        return indexes.stream()
                .map(IndexDefinition::parse)
                .flatMap(Optional::stream)
                .filter(index -> index.isUniqueAlone(fieldName))
                .toList();
    }

    /// Whether no two records hold the same value in that field, by a unique index over just that field.
    public boolean isUnique(String fieldName) {
        return uniqueIndexesOn(fieldName).stream()
                .anyMatch(index -> index.where().isEmpty());
    }

    public CollectionSchema withName(String newName) {
        return new CollectionSchema(id, newName, kind, system, fields, indexes, rules, created, updated);
    }

    public CollectionSchema withFields(List<Field> newFields) {
        return new CollectionSchema(id, name, kind, system, newFields, indexes, rules, created, updated);
    }

    public CollectionSchema withIndexes(List<String> newIndexes) {
        return new CollectionSchema(id, name, kind, system, fields, newIndexes, rules, created, updated);
    }

    public CollectionSchema withRules(AccessRules newRules) {
        return new CollectionSchema(id, name, kind, system, fields, indexes, newRules, created, updated);
    }

    public CollectionSchema withKind(CollectionKind newKind) {
        return new CollectionSchema(id, name, newKind, system, fields, indexes, rules, created, updated);
    }

    public CollectionSchema withUpdated(String newUpdated) {
        return new CollectionSchema(id, name, kind, system, fields, indexes, rules, created, newUpdated);
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) return true;
        return other instanceof CollectionSchema that
                && id.equals(that.id)
                && name.equals(that.name)
                && kind.equals(that.kind)
                && system == that.system
                && fields.equals(that.fields)
                && indexes.equals(that.indexes)
                && rules.equals(that.rules)
                && created.equals(that.created)
                && updated.equals(that.updated);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, name, updated, fields);
    }

    @Override
    public String toString() {
        return "CollectionSchema[" + name + " " + kind.wireName() + " " + id + "]";
    }
}
