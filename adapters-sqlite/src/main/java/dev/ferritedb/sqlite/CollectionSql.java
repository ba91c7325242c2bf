package dev.ferritedb.sqlite;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.sqlite.query.QueryCompiler;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statements that depend on nothing but the collection, written once.
final class CollectionSql {
    private final CollectionSchema collection;
    private final String table;
    private final String columns;
    private final String find;
    private final String insert;

    private CollectionSql(CollectionSchema collection) {
        this.collection = collection;
        this.table = Names.quoted(collection.name());
        this.columns = names(collection).collect(Collectors.joining(", "));
        this.find = "SELECT " + columns + " FROM " + table + " WHERE `id` = ?";
        this.insert = "INSERT INTO " + table + " (" + columns + ") VALUES ("
                + Stream.generate(() -> "?").limit(collection.fields().size()).collect(Collectors.joining(", ")) + ")";
    }

    /// What was written for the collections and conditions used lately. Shared by all connections.
    static final class Book {
        private final ConcurrentHashMap<String, CollectionSql> byId = new ConcurrentHashMap<>();
        private final QueryCompiler compiler = new QueryCompiler();

        QueryCompiler compiler() {
            return compiler;
        }

        @SuppressWarnings("ReferenceEquality") // An equal one costs a look at all its parts; writing anew is as good.
        CollectionSql of(CollectionSchema collection) {
            CollectionSql known = byId.get(collection.id());
            if (known != null && known.collection == collection) return known;
            var fresh = new CollectionSql(collection);
            byId.put(collection.id(), fresh);
            return fresh;
        }

        void clear() {
            byId.clear();
        }
    }

    static Stream<String> names(CollectionSchema collection) {
        return collection.fields().stream().map(Field::name).map(Names::quoted);
    }

    String table() {
        return table;
    }

    String find() {
        return find;
    }

    String findBy(Field field) {
        boolean anyCase = collection.uniqueIndexesOn(field.name()).stream()
                .anyMatch(index -> index.columns().getFirst().collation().equalsIgnoreCase("NOCASE"));
        return "SELECT " + columns + " FROM " + table + " WHERE " + Names.quoted(field.name()) + " = ?"
                + (anyCase ? " COLLATE NOCASE" : "") + inOrder() + " LIMIT 1";
    }

    String insert() {
        return insert;
    }

    String delete() {
        return "DELETE FROM " + table + " WHERE `id` = ?";
    }

    String existing() {
        return "SELECT `id` FROM " + table + " WHERE `id` IN (SELECT value FROM json_each(?))";
    }

    /// Records whose relation names an id, bound twice for a multiple relation.
    String referencing(Field relation) {
        String column = Names.quoted(relation.name());
        String named = relation.type().multiple()
                ? "instr(" + column + ", ?) > 0 AND EXISTS (SELECT 1 FROM json_each(" + column + ") WHERE value = ?)"
                : column + " = ?";
        return "SELECT " + columns + " FROM " + table + " WHERE " + named + inOrder() + " LIMIT ?";
    }

    private String inOrder() {
        return collection.isView() ? "" : " ORDER BY rowid";
    }
}
