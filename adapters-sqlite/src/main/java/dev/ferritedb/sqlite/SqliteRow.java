package dev.ferritedb.sqlite;

import dev.ferritedb.ports.record.Row;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.sql.SQLException;
import java.util.List;

/// The row a statement stands on; its columns are the collection's fields, in their order.
final class SqliteRow implements Row {
    private final CollectionSchema collection;
    private final Prepared statement;
    private final boolean view;

    SqliteRow(CollectionSchema collection, Prepared statement) {
        this.collection = collection;
        this.statement = statement;
        this.view = collection.isView();
    }

    @Override
    public CollectionSchema collection() {
        return collection;
    }

    @Override
    public String text(int position) {
        try {
            return statement.text(position);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public double number(int position) {
        try {
            return statement.number(position);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public boolean truth(int position) {
        try {
            return statement.whole(position) != 0;
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public String json(int position) {
        try {
            return Columns.json(
                    statement,
                    position,
                    collection.fields().get(position).type().shape(),
                    view);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public StoredRecord record() {
        List<Field> fields = collection.fields();
        var values = new Value[fields.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = Columns.value(statement, i, fields.get(i).type().shape(), view);
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
        return new StoredRecord(collection, values);
    }
}
