package dev.ferritedb.distribution.configuration;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a TOML file into its leaves: `server.port` → 8090, in the order of the file.
final class TomlFile {
    private TomlFile() {}

    /// @throws ConfigurationError when it can't be read or isn't TOML; the message gives line and column
    static Map<String, Given> read(Path file) {
        var leaves = new LinkedHashMap<String, Given>();
        try (JsonParser parser = new TomlFactory().createParser(Files.readString(file))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) readTable(parser, "", file.toString(), leaves);
        } catch (JacksonException notToml) {
            var where = notToml.getLocation();
            String place = where == null ? "" : ":" + where.getLineNr() + ":" + where.getColumnNr();
            throw new ConfigurationError(List.of(file + place + ": not TOML: " + notToml.getOriginalMessage()));
        } catch (IOException unreadable) {
            throw new ConfigurationError(List.of(file + ": cannot be read: " + unreadable.getMessage()));
        }
        return leaves;
    }

    private static void readTable(JsonParser parser, String prefix, String origin, Map<String, Given> leaves)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String path = prefix + parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT) readTable(parser, path + ".", origin, leaves);
            else leaves.put(path, new Given(leaf(parser), origin));
        }
    }

    private static Given.Form leaf(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Given.Text(parser.getText());
            case VALUE_NUMBER_INT -> new Given.Whole(parser.getText());
            case VALUE_TRUE -> new Given.Truth(true);
            case VALUE_FALSE -> new Given.Truth(false);
            case START_ARRAY -> items(parser);
            default -> new Given.Odd(parser.getText());
        };
    }

    private static Given.Form items(JsonParser parser) throws IOException {
        var items = new ArrayList<String>();
        boolean odd = false;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            odd |= token != JsonToken.VALUE_STRING;
            if (token.isStructStart()) parser.skipChildren();
            else items.add(parser.getText());
        }
        return odd ? new Given.Odd("a list that holds something else than text") : new Given.Many(items);
    }
}
