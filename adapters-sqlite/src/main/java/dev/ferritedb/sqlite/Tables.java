package dev.ferritedb.sqlite;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tables of collections: a column for each field. A field is the same before and after a change when its
/// id is.
final class Tables {
    private final Session session;

    Tables(Session session) {
        this.session = session;
    }

    void create(CollectionSchema collection) throws SQLException {
        create(collection.name(), collection);
    }

    void drop(CollectionSchema collection) throws SQLException {
        session.execute("DROP TABLE " + Names.quoted(collection.name()));
    }

    /// Whether the table must change at all.
    static boolean differs(CollectionSchema before, CollectionSchema after) {
        return !before.name().equals(after.name())
                || before.fields().size() != after.fields().size()
                || after.fields().stream()
                        .anyMatch(field -> origin(before, field)
                                .filter(old -> old.name().equals(field.name()) && !Conversion.isNeeded(old, field))
                                .isEmpty());
    }

    /// Whether the columns that were there keep their names and values, so that an index on them can stay.
    static boolean keepsColumns(CollectionSchema before, CollectionSchema after) {
        return before.name().equals(after.name())
                && !mustRebuild(before, after)
                && renames(before, after).isEmpty();
    }

    /// Turns the table of `before` into that of `after`. There must be no index of its collection and no view
    /// that this changes the ground of.
    void change(CollectionSchema before, CollectionSchema after) throws SQLException {
        if (mustRebuild(before, after)) {
            rebuild(before, after);
            return;
        }
        renameColumns(before.name(), renames(before, after));
        for (Field field : after.fields()) {
            if (origin(before, field).isEmpty()) addColumn(before.name(), field);
        }
        if (!before.name().equals(after.name())) renameTable(before.name(), after.name());
    }

    private void create(String name, CollectionSchema collection) throws SQLException {
        String columns = collection.fields().stream()
                .map(field -> Names.quoted(field.name()) + " " + Columns.declaration(field))
                .collect(Collectors.joining(", "));
        session.execute("CREATE TABLE " + Names.quoted(name) + " (" + columns + ")");
    }

    /// A dropped or converted column means that each row is written anew in any case; once is enough for all of
    /// them.
    private static boolean mustRebuild(CollectionSchema before, CollectionSchema after) {
        boolean dropped = before.fields().stream()
                .anyMatch(old -> after.fields().stream().noneMatch(field -> isSame(old, field)));
        return dropped
                || after.fields().stream()
                        .anyMatch(field -> origin(before, field)
                                .filter(old -> Conversion.isNeeded(old, field))
                                .isPresent());
    }

    private void rebuild(CollectionSchema before, CollectionSchema after) throws SQLException {
        String made = "_new_" + after.id();
        create(made, after);
        String columns = CollectionSql.names(after).collect(Collectors.joining(", "));
        String values = after.fields().stream()
                .map(field -> origin(before, field)
                        .map(old -> Conversion.of(old, field))
                        .orElseGet(() -> Columns.zero(field.type().shape())))
                .collect(Collectors.joining(", "));
        String old = Names.quoted(before.name());
        // Insertion order is the order of rowids, so each record keeps its own.
        session.execute("INSERT INTO " + Names.quoted(made) + " (rowid, " + columns + ") SELECT rowid, " + values
                + " FROM " + old + " ORDER BY rowid");
        session.execute("DROP TABLE " + old);
        session.execute("ALTER TABLE " + Names.quoted(made) + " RENAME TO " + Names.quoted(after.name()));
    }

    private static Map<String, String> renames(CollectionSchema before, CollectionSchema after) {
        var renames = new LinkedHashMap<String, String>();
        for (Field field : after.fields()) {
            origin(before, field)
                    .filter(old -> !old.name().equals(field.name()))
                    .ifPresent(old -> renames.put(old.name(), field.name()));
        }
        return renames;
    }

    /// Through names that no field can have, so that two fields can swap theirs.
    private void renameColumns(String table, Map<String, String> renames) throws SQLException {
        List<String> passing = new ArrayList<>();
        for (String name : renames.keySet()) {
            String between = "_old_ " + passing.size();
            renameColumn(table, name, between);
            passing.add(between);
        }
        int i = 0;
        for (String name : renames.values()) renameColumn(table, passing.get(i++), name);
    }

    private void renameColumn(String table, String from, String to) throws SQLException {
        session.execute("ALTER TABLE " + Names.quoted(table) + " RENAME COLUMN " + Names.quoted(from) + " TO "
                + Names.quoted(to));
    }

    private void addColumn(String table, Field field) throws SQLException {
        session.execute("ALTER TABLE " + Names.quoted(table) + " ADD COLUMN " + Names.quoted(field.name()) + " "
                + Columns.declaration(field));
    }

    /// Through another name, since SQLite refuses one that differs in case alone.
    private void renameTable(String from, String to) throws SQLException {
        String between = Names.quoted("_old_ " + to);
        session.execute("ALTER TABLE " + Names.quoted(from) + " RENAME TO " + between);
        session.execute("ALTER TABLE " + between + " RENAME TO " + Names.quoted(to));
    }

    private static Optional<Field> origin(CollectionSchema before, Field field) {
        return before.fields().stream().filter(old -> isSame(old, field)).findFirst();
    }

    private static boolean isSame(Field old, Field field) {
        return field.id().isEmpty() ? old.name().equals(field.name()) : old.id().equals(field.id());
    }
}
