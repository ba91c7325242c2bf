package dev.ferritedb.sqlite;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.record.RowVisitor;
import dev.ferritedb.sqlite.query.CompiledQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Visits one page of records in an order, part by part, and looks whether there is one more.
final class Walk {
    private final RecordQuery query;
    private final RowVisitor visitor;
    private Position last;
    private int visited;
    private boolean more;

    Walk(RecordQuery query, Optional<Position> after, RowVisitor visitor) {
        this.query = query;
        this.visitor = visitor;
        this.last = after.orElseGet(() -> new Position(List.of()));
    }

    Position.Reached through(List<CompiledQuery> parts, Session session) throws SQLException {
        for (CompiledQuery part : parts) {
            if (more) break;
            var binds = new ArrayList<>(part.binds());
            binds.add(query.limit() - visited + 1L);
            session.query(part.sql() + " LIMIT ?", binds, this::row);
        }
        return new Position.Reached(last, more);
    }

    private void row(Prepared row) throws SQLException {
        if (visited == query.limit()) {
            more = true;
            return;
        }
        visitor.visit(new SqliteRow(query.collection(), row));
        if (++visited == query.limit()) last = position(row);
    }

    private Position position(Prepared row) throws SQLException {
        int fields = query.collection().fields().size();
        int keys = Position.keys(query.order()).size();
        var values = new ArrayList<Scalar>(keys);
        for (int i = 0; i < keys; i++) values.add(scalar(row, fields + i));
        return new Position(values);
    }

    private static Scalar scalar(Prepared row, int column) throws SQLException {
        return switch (row.kind(column)) {
            case Prepared.Kind.NULL -> Scalar.MISSING;
            case Prepared.Kind.TEXT -> Scalar.text(row.text(column));
            case Prepared.Kind.WHOLE -> new Scalar.Whole(row.whole(column));
            case Prepared.Kind.REAL -> new Scalar.Real(row.number(column));
            case Prepared.Kind.BYTES ->
                throw new Refusal(Problem.Invalid.of("invalid_sort", "A view's binary column is nothing to sort by."));
        };
    }
}
