package dev.ferritedb.sqlite;

import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// A small collection and ways to look at its file from outside.
final class Notes {
    static final Field ID = Field.of("id", FieldType.Text.ID).withId("f_id");
    static final Field TEXT = Field.of("text", FieldType.Text.PLAIN).withId("f_text");

    static final CollectionSchema COLLECTION = new CollectionSchema(
            "c_notes",
            "notes",
            new CollectionKind.Base(),
            false,
            List.of(ID, TEXT),
            List.of(),
            AccessRules.CLOSED,
            "2026-01-01 00:00:00.000Z",
            "2026-01-01 00:00:00.000Z");

    private Notes() {}

    static SqliteRecordStore open(Path file) {
        SqliteRecordStore store = SqliteRecordStore.open(SqliteSettings.of(file));
        store.migrate();
        return store;
    }

    /// One whose callers lose patience after a quarter of a second.
    static SqliteRecordStore openImpatient(Path file) {
        return SqliteRecordStore.open(new SqliteSettings(
                file, SqliteSettings.Synchronous.FULL, 2, Duration.ofMillis(250), InstantSource.system()));
    }

    static SqliteRecordStore openWithNotes(Path file) {
        SqliteRecordStore store = open(file);
        store.write(writes -> writes.create(COLLECTION));
        return store;
    }

    static StoredRecord note(String id) {
        return StoredRecord.blank(COLLECTION).with("id", Value.text(id)).with("text", Value.text("text of " + id));
    }

    static void insert(RecordStore store, String id) {
        store.write(writes -> writes.insert(note(id)));
    }

    static long count(RecordStore store) {
        return store.read(reads -> reads.count(RecordQuery.all(COLLECTION, Condition.Constant.ALWAYS, Givens.NONE)));
    }

    static boolean has(RecordStore store, String id) {
        return store.read(reads -> reads.find(COLLECTION, id).isPresent());
    }

    /// What another program would do to the file.
    static String sql(Path file, String... statements) throws SQLException {
        String last = "";
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                if (!statement.execute(sql)) continue;
                try (var rows = statement.getResultSet()) {
                    last = rows.next() ? rows.getString(1) : "";
                }
            }
        }
        return last;
    }
}
