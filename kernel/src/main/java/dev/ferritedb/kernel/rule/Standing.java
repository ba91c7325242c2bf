package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Rows;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Optional;

/// Where the paths of a condition start from: the record in question, or a row at hand.
sealed interface Standing {

    /// @param record empty when it is missing
    record Base(Optional<StoredRecord> record) implements Standing {}

    /// One of `rows`: a record, empty when it is missing, or the value of a list.
    record AtRow(Standing outer, Rows rows, Optional<StoredRecord> record, Value item) implements Standing {}

    default Standing at(Rows rows, Row row) {
        return new AtRow(this, rows, row.record, row.item);
    }

    /// @param item nothing where rows are records
    record Row(Optional<StoredRecord> record, Value item) {
        static final Row MISSING = new Row(Optional.empty(), Value.NOTHING);
    }

    /// A record on the way, and how much of the way leads to it.
    record Start(Optional<StoredRecord> record, int length) {}

    /// The innermost place that lies on `way`.
    default Start start(List<Hop> way) {
        return switch (this) {
            case Base(Optional<StoredRecord> record) -> new Start(record, 0);
            case AtRow(var _, Rows.Related(List<Hop> to), Optional<StoredRecord> record, var _)
            when Hop.startsWith(way, to) -> new Start(record, to.size());
            case AtRow row -> row.outer.start(way);
        };
    }

    /// The value at hand of a list.
    default Value item(Rows rows) {
        return switch (this) {
            case Base _ -> throw new IllegalStateException("no row is at hand");
            case AtRow(var _, Rows at, var _, Value item) when at.same(rows) -> item;
            case AtRow row -> row.outer.item(rows);
        };
    }
}
