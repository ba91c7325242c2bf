package dev.ferritedb.sqlite.query;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.All;
import dev.ferritedb.ports.query.Condition.Any;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Constant;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.LikePattern;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Writes one statement. The record in question is `r`; each relation path followed is one LEFT JOIN on an id, so
/// that no row is multiplied. A plain comparison is a bare column against a bound value, so that an index serves
/// it.
final class QueryWriter {
    private static final String RECORD = "r";
    private static final String BY_ID = RECORD + ".\"id\" = ?";
    private static final String INSERTION = RECORD + "._rowid_";

    private final CollectionSchema collection;
    private final Map<Operand.Given, Integer> givens;
    private final Joins joins = new Joins(RECORD);
    private List<Template.Bind> binds = new ArrayList<>();
    private StringBuilder sql = new StringBuilder();

    QueryWriter(CollectionSchema collection, Map<Operand.Given, Integer> givens) {
        this.collection = collection;
        this.givens = givens;
    }

    /// @param among the field that names the records in question, for [QueryKind#SELECT_AMONG]
    Template write(
            QueryKind kind,
            List<Field> among,
            Condition where,
            List<SortKey> order,
            UnaryOperator<Condition> reduction) {
        String keyColumns = kind == QueryKind.WALK ? keyColumns(order, reduction) : "";
        writeWhere(kind, among, where);
        if (kind == QueryKind.SELECT || kind == QueryKind.SELECT_AMONG) {
            writeOrder(order, reduction);
            sql.append(" LIMIT ? OFFSET ?");
            binds.add(Template.Slot.LIMIT);
            binds.add(Template.Slot.OFFSET);
        }
        var statement = new StringBuilder("SELECT ");
        if (kind == QueryKind.COUNT) statement.append("COUNT(*)");
        else columns(statement);
        statement.append(keyColumns);
        statement
                .append(" FROM ")
                .append(quoted(collection.name()))
                .append(" AS ")
                .append(RECORD);
        statement.append(joins.sql()).append(sql);
        if (kind == QueryKind.SELECT_BY_ID && collection.isView()) statement.append(" LIMIT 1");
        return new Template(statement.toString(), binds);
    }

    private void columns(StringBuilder statement) {
        String separator = "";
        for (Field field : collection.fields()) {
            statement.append(separator).append(RECORD).append('.').append(quoted(field.name()));
            separator = ", ";
        }
    }

    private void writeWhere(QueryKind kind, List<Field> among, Condition where) {
        boolean chosen = kind == QueryKind.SELECT_BY_ID || kind == QueryKind.SELECT_AMONG;
        if (chosen) {
            sql.append(" WHERE ").append(kind == QueryKind.SELECT_BY_ID ? BY_ID : isAmong(among.getFirst()));
            binds.add(Template.Slot.ID);
            if (where == Constant.ALWAYS) return;
            sql.append(" AND ");
            write(where, true);
        } else if (where != Constant.ALWAYS) {
            sql.append(" WHERE ");
            write(where, false);
        }
    }

    private static String isAmong(Field field) {
        String column = RECORD + "." + quoted(field.name());
        String asked = "(SELECT value FROM json_each(?))";
        return field.type().multiple()
                ? "EXISTS (SELECT 1 FROM json_each(" + column + ") AS named WHERE named.value IN " + asked + ")"
                : column + " IN " + asked;
    }

    private void writeOrder(List<SortKey> order, UnaryOperator<Condition> reduction) {
        var keys = new ArrayList<String>();
        boolean ties = true;
        boolean descending = false;
        for (SortKey key : order) {
            if (!ties) break;
            switch (key) {
                case SortKey.By by -> {
                    descending = by.descending();
                    keys.add(directed(sortedBy(by, reduction), descending));
                }
                case SortKey.InsertionOrder insertion -> {
                    if (!collection.isView()) keys.add(directed(INSERTION, insertion.descending()));
                    ties = false;
                }
                case SortKey.Random _ -> {
                    keys.add("RANDOM()");
                    ties = false;
                }
            }
        }
        if (ties && !collection.isView()) keys.add(directed(INSERTION, descending));
        if (!keys.isEmpty()) sql.append(" ORDER BY ").append(String.join(", ", keys));
    }

    private String keyColumns(List<SortKey> order, UnaryOperator<Condition> reduction) {
        var columns = new StringBuilder();
        int column = 0;
        for (SortKey key : Position.keys(order)) {
            String value = key instanceof SortKey.By by
                    ? sortedBy(by, reduction)
                    : collection.isView() ? RECORD + ".\"id\"" : INSERTION;
            columns.append(", ").append(value).append(" AS ").append(Keyset.column(column++));
        }
        return columns.toString();
    }

    private static String directed(String key, boolean descending) {
        return descending ? key + " DESC" : key;
    }

    private String sortedBy(SortKey.By by, UnaryOperator<Condition> reduction) {
        String value = expression(new Operand.Member(by.path(), Operand.Modifier.NONE));
        Condition shownWhen = reduction.apply(by.shownWhen());
        if (shownWhen == Constant.ALWAYS) return value;
        return "CASE WHEN " + aside(() -> write(shownWhen, false)) + " THEN " + value + " ELSE '' END";
    }

    /// Writes into a text of its own; its binds follow those already there.
    private String aside(Runnable writing) {
        StringBuilder outer = sql;
        sql = new StringBuilder();
        writing.run();
        String written = sql.toString();
        sql = outer;
        return written;
    }

    private void write(Condition condition, boolean beside) {
        switch (condition) {
            case Constant constant -> sql.append(constant == Constant.ALWAYS ? "1" : "0");
            case All all -> writeJoined(all.parts(), " AND ", false);
            case Any any -> writeJoined(any.parts(), " OR ", beside);
            case Comparison comparison -> write(comparison);
        }
    }

    private void writeJoined(List<Condition> parts, String word, boolean enclosed) {
        if (enclosed) sql.append('(');
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) sql.append(word);
            write(parts.get(i), true);
        }
        if (enclosed) sql.append(')');
    }

    private void write(Comparison comparison) {
        switch (comparison.operator()) {
            case EQUAL, NOT_EQUAL -> writeEquality(comparison);
            case GREATER -> writePlain(comparison, " > ");
            case GREATER_OR_EQUAL -> writePlain(comparison, " >= ");
            case LESS -> writePlain(comparison, " < ");
            case LESS_OR_EQUAL -> writePlain(comparison, " <= ");
            case LIKE -> writeLike(comparison, " LIKE ");
            case NOT_LIKE -> writeLike(comparison, " NOT LIKE ");
        }
    }

    private void writePlain(Comparison comparison, String word) {
        writeSide(comparison.left(), comparison.right());
        sql.append(word);
        writeSide(comparison.right(), comparison.left());
    }

    private void writeSide(Operand side, Operand other) {
        if (side instanceof Operand.Member member) sql.append(beside(member, other));
        else writeConstant(side, other.reading());
    }

    private void writeConstant(Operand constant, Operand.Reading reading) {
        sql.append('?');
        binds.add(
                switch (constant) {
                    case Operand.Literal literal ->
                        new Template.Fixed(Template.sqlValue(reading.read(Scalar.of(literal.value()))));
                    case Operand.Given given -> new Template.FromGiven(position(given), reading);
                    case Operand.Member _ -> throw new IllegalStateException("a stored value is no constant");
                });
    }

    private int position(Operand.Given given) {
        Integer position = givens.get(given);
        if (position == null) throw new IllegalStateException("not collected: " + given);
        return position;
    }

    private void writeEquality(Comparison comparison) {
        boolean same = comparison.operator() == Operator.EQUAL;
        Operand left = comparison.left();
        Operand right = comparison.right();
        boolean strict = left.strict() || right.strict();
        if (left instanceof Operand.Member one && right instanceof Operand.Member other) {
            if (strict) {
                sql.append(beside(one, other))
                        .append(same ? " IS " : " IS NOT ")
                        .append(beside(other, one));
            } else {
                sql.append("COALESCE(")
                        .append(expression(one))
                        .append(same ? ", '') = COALESCE(" : ", '') <> COALESCE(");
                sql.append(expression(other)).append(", '')");
            }
        } else if (left instanceof Operand.Member member) {
            writeEquality(member, same, right, strict);
        } else if (right instanceof Operand.Member member) {
            writeEquality(member, same, left, strict);
        } else {
            throw new IllegalStateException("a comparison of constants is decided before");
        }
    }

    private void writeEquality(Operand.Member member, boolean same, Operand constant, boolean strict) {
        String stored = expression(member);
        boolean empty = constant instanceof Operand.Literal(var value)
                && Scalar.of(value).isEmpty();
        boolean missing = constant instanceof Operand.Literal(var value) && Scalar.of(value) == Scalar.MISSING;
        if (strict && missing) {
            sql.append(stored).append(same ? " IS NULL" : " IS NOT NULL");
        } else if (strict) {
            sql.append(stored).append(same ? " IS " : " IS NOT ");
            writeConstant(constant, member.reading());
        } else if (empty && member.reading() == Operand.Reading.AS_NUMBER) {
            sql.append(stored).append(same ? " IS NULL" : " IS NOT NULL");
        } else if (empty && neverNull(member)) {
            sql.append(stored).append(same ? " = ''" : " <> ''");
        } else if (empty) {
            sql.append('(').append(stored).append(same ? " = '' OR " : " <> '' AND ");
            sql.append(stored).append(same ? " IS NULL)" : " IS NOT NULL)");
        } else {
            sql.append(stored).append(same ? " = " : " IS NOT ");
            writeConstant(constant, member.reading());
        }
    }

    /// A record's own columns are NOT NULL, json apart; with a plain comparison an index serves them.
    private boolean neverNull(Operand.Member member) {
        return member.path().hops().isEmpty() && !collection.isView();
    }

    private void writeLike(Comparison comparison, String word) {
        Operand left = comparison.left();
        if (left instanceof Operand.Member member) sql.append(spelt(member));
        else writeConstant(left, Operand.Reading.AS_TEXT);
        sql.append(word);
        switch (comparison.right()) {
            case Operand.Member member -> {
                String stored = spelt(member);
                sql.append("CASE WHEN length(").append(stored).append(") <= ").append(LikePattern.MAX_LENGTH);
                sql.append(" THEN '%' || ").append(stored).append(" || '%' END");
            }
            case Operand.Literal literal -> {
                sql.append('?');
                binds.add(new Template.Fixed(Template.pattern(Scalar.of(literal.value()))));
            }
            case Operand.Given given -> {
                sql.append('?');
                binds.add(new Template.PatternOf(position(given)));
            }
        }
        sql.append(" ESCAPE '\\'");
    }

    private String expression(Operand.Member member) {
        FieldPath path = member.path();
        FieldType.Shape shape = path.field().type().shape();
        String column = joins.aliasOf(path.hops()) + "." + quoted(path.field().name());
        String value = column;
        if (!path.inside().isEmpty()) {
            value = "CASE WHEN json_valid(" + column + ") THEN json_extract(" + column + ", '" + inside(path.inside())
                    + "') END";
        } else if (shape == FieldType.Shape.JSON) {
            value = "CASE WHEN json_valid(" + column + ") THEN json_extract(" + column + ", '$') ELSE " + column
                    + " END";
        }
        return switch (member.modifier()) {
            case NONE -> value;
            case LOWER -> "LOWER(" + spelt(value, shape) + ")";
            case LENGTH ->
                shape == FieldType.Shape.LIST
                        ? "CASE WHEN json_valid(" + column + ") THEN json_array_length(" + column + ") ELSE 0 END"
                        : "CASE WHEN " + column + " <> '' THEN 1 ELSE 0 END";
            case EACH, ISSET, CHANGED ->
                throw new IllegalStateException("not of a stored value here: " + member.modifier());
        };
    }

    /// Beside a text column a document's number is compared as text.
    private String beside(Operand.Member member, Operand other) {
        boolean asText = member.strict() && other.reading() == Operand.Reading.AS_TEXT;
        return asText ? spelt(member) : expression(member);
    }

    private String spelt(Operand.Member member) {
        String value = expression(member);
        return member.modifier() == Operand.Modifier.NONE
                ? spelt(value, member.path().field().type().shape())
                : value;
    }

    /// SQLite's own spelling of a float has 17 digits, and not always the nearest ones.
    private static String spelt(String value, FieldType.Shape shape) {
        return switch (shape) {
            case NUMBER, JSON, POINT ->
                "CASE typeof(" + value + ") WHEN 'real' THEN printf('%!.15g', " + value + ") ELSE " + value + " END";
            case TEXT, TRUTH, LIST -> value;
        };
    }

    /// The way as SQLite spells it: digits are a position, anything else a key.
    private static String inside(List<String> way) {
        var path = new StringBuilder("$");
        for (String step : way) {
            boolean position = step.chars().allMatch(c -> c >= '0' && c <= '9');
            if (position) path.append('[').append(step).append(']');
            else path.append(".\"").append(step.replace("'", "''")).append('"');
        }
        return path.toString();
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
