package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Writes one statement. The record in question is `r`.
final class QueryWriter {
    private static final String RECORD = "r";
    private static final String BY_ID = RECORD + ".\"id\" = ?";
    private static final String INSERTION = RECORD + "._rowid_";

    private final CollectionSchema collection;
    private final OperandWriter operands;
    private final ConditionWriter conditions;
    private final From from;
    private final Place.Base place;

    QueryWriter(CollectionSchema collection, Map<Operand.Given, Integer> givens) {
        this.collection = collection;
        var aliases = new From.Aliases();
        this.operands = new OperandWriter(givens);
        this.conditions = new ConditionWriter(operands, aliases);
        this.from = new From(aliases);
        this.place = new Place.Base(RECORD, from, !collection.isView());
    }

    /// @param among the field that names the records in question, for [QueryKind#SELECT_AMONG]
    Template write(
            QueryKind kind,
            List<Field> among,
            Condition where,
            List<SortKey> order,
            UnaryOperator<Condition> reduction) {
        Fragment keyColumns = kind == QueryKind.WALK ? keyColumns(order, reduction) : new Fragment();
        Fragment rest = where(kind, among, where);
        if (kind == QueryKind.SELECT || kind == QueryKind.SELECT_AMONG) {
            rest.add(order(order, reduction)).add(" LIMIT ").bind(Template.Slot.LIMIT);
            rest.add(" OFFSET ").bind(Template.Slot.OFFSET);
        }
        Fragment statement = Fragment.of("SELECT ")
                .add(selected(kind))
                .add(keyColumns)
                .add(" FROM ")
                .add(kind == QueryKind.SATISFIES ? givenRecord() : quoted(collection.name()))
                .add(" AS " + RECORD)
                .add(from.tables())
                .add(rest);
        if (kind == QueryKind.SELECT_BY_ID && collection.isView()) statement.add(" LIMIT 1");
        return new Template(statement.sql(), statement.binds());
    }

    private String selected(QueryKind kind) {
        return switch (kind) {
            case COUNT -> "COUNT(*)";
            case SATISFIES -> "1";
            case SELECT, SELECT_BY_ID, SELECT_AMONG, WALK ->
                collection.fields().stream()
                        .map(field -> RECORD + "." + quoted(field.name()))
                        .collect(Collectors.joining(", "));
        };
    }

    /// A record that is bound, its columns with the affinity that the table's have.
    private String givenRecord() {
        return collection.fields().stream()
                .map(field -> givenColumn(field) + " AS " + quoted(field.name()))
                .collect(Collectors.joining(", ", "(SELECT ", ")"));
    }

    private static String givenColumn(Field field) {
        return switch (field.type().shape()) {
            case TEXT, JSON -> "CAST(? AS TEXT)";
            case NUMBER, TRUTH -> "CAST(? AS NUMERIC)";
            case LIST, POINT -> "?";
        };
    }

    private Fragment where(QueryKind kind, List<Field> among, Condition where) {
        var written = new Fragment();
        boolean chosen = kind == QueryKind.SELECT_BY_ID || kind == QueryKind.SELECT_AMONG;
        if (chosen) {
            String chosenBy = kind == QueryKind.SELECT_BY_ID ? BY_ID : isAmong(among.getFirst());
            written.add(" WHERE ").add(new Fragment(chosenBy, List.of(Template.Slot.ID)));
            if (where != Constant.ALWAYS) written.add(" AND ").add(conditions.write(where, place, true));
        } else if (where != Constant.ALWAYS) {
            written.add(" WHERE ").add(conditions.write(where, place, false));
        }
        return written;
    }

    private static String isAmong(Field field) {
        String column = RECORD + "." + quoted(field.name());
        String asked = "(SELECT value FROM json_each(?))";
        return field.type().multiple()
                ? "EXISTS (SELECT 1 FROM json_each(" + column + ") AS named WHERE named.value IN " + asked + ")"
                : column + " IN " + asked;
    }

    private Fragment order(List<SortKey> order, UnaryOperator<Condition> reduction) {
        var keys = new Fragment();
        boolean ties = true;
        boolean descending = false;
        for (SortKey key : order) {
            if (!ties) break;
            switch (key) {
                case SortKey.By by -> {
                    descending = by.descending();
                    append(keys, sortedBy(by, reduction), descending);
                }
                case SortKey.InsertionOrder insertion -> {
                    if (!collection.isView()) append(keys, Fragment.of(INSERTION), insertion.descending());
                    ties = false;
                }
                case SortKey.Random _ -> {
                    append(keys, Fragment.of("RANDOM()"), false);
                    ties = false;
                }
            }
        }
        if (ties && !collection.isView()) append(keys, Fragment.of(INSERTION), descending);
        return keys;
    }

    private Fragment keyColumns(List<SortKey> order, UnaryOperator<Condition> reduction) {
        var columns = new Fragment();
        int column = 0;
        for (SortKey key : Position.keys(order)) {
            Fragment value = key instanceof SortKey.By by
                    ? sortedBy(by, reduction)
                    : Fragment.of(collection.isView() ? RECORD + ".\"id\"" : INSERTION);
            columns.add(", ").add(value).add(" AS " + Keyset.column(column++));
        }
        return columns;
    }

    private static void append(Fragment keys, Fragment key, boolean descending) {
        keys.add(keys.isEmpty() ? " ORDER BY " : ", ").add(key).add(descending ? " DESC" : "");
    }

    private Fragment sortedBy(SortKey.By by, UnaryOperator<Condition> reduction) {
        Fragment value = operands.stored(new Operand.Member(by.path(), by.modifier()), place);
        Condition shownWhen = reduction.apply(by.shownWhen());
        if (shownWhen == Constant.ALWAYS) return value;
        return Fragment.of("CASE WHEN ")
                .add(conditions.write(shownWhen, place, false))
                .add(" THEN ")
                .add(value)
                .add(" ELSE '' END");
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
