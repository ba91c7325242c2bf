package dev.ferritedb.sqlite;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.IndexDefinition;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the fields of a unique index in SQLite's message about it. It names the columns, `posts.title,
/// posts.lang`, or, when one of them is an expression, the index itself.
final class UniqueClash {
    private static final Pattern MESSAGE = Pattern.compile("UNIQUE constraint failed: (.*?)\\)?$", Pattern.DOTALL);
    private static final Pattern INDEX = Pattern.compile("index '(.*)'", Pattern.DOTALL);

    private UniqueClash() {}

    static List<String> fields(CollectionSchema collection, SQLException clash) {
        Matcher message = MESSAGE.matcher(String.valueOf(clash.getMessage()));
        if (!message.find()) return List.of("id");
        Matcher index = INDEX.matcher(message.group(1));
        return index.matches() ? ofIndex(collection, index.group(1)) : ofColumns(collection, message.group(1));
    }

    private static List<String> ofColumns(CollectionSchema collection, String columns) {
        int prefix = collection.name().length() + 1;
        return List.of(columns.split(", ")).stream()
                .map(column -> column.length() > prefix ? column.substring(prefix) : column)
                .toList();
    }

    private static List<String> ofIndex(CollectionSchema collection, String name) {
        return collection.indexes().stream()
                .map(IndexDefinition::parse)
                .flatMap(Optional::stream)
                .filter(index -> index.name().equalsIgnoreCase(name))
                .flatMap(index -> index.columns().stream())
                .flatMap(column -> fieldsIn(collection, column.expression()))
                .distinct()
                .toList();
    }

    private static Stream<String> fieldsIn(CollectionSchema collection, String expression) {
        return SqlTokens.of(expression).stream()
                .filter(SqlTokens.Token::isName)
                .flatMap(token -> collection.fields().stream()
                        .map(Field::name)
                        .filter(field -> field.equalsIgnoreCase(token.text())));
    }
}
