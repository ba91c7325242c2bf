package dev.ferritedb.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Tokens to values. The parser's own limits are only a second wall, a little wider: it counts differently.
final class ValueReader {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4 * Json.DEPTH_MAX)
                    .maxNameLength(16 * Json.NAME_MAX_CHARACTERS)
                    .maxNumberLength(4 * Json.NUMBER_MAX_CHARACTERS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    static final String ENDS_EARLY = "the text ends before the JSON value does";
    private static final int DIGITS_ALWAYS_EXACT = 15;

    private final JsonParser parser;

    ValueReader(JsonParser parser) {
        this.parser = parser;
    }

    /// Reads the value that starts at the parser's current token; afterwards its last token is current.
    Value value(int depth) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(depth + 1);
            case START_ARRAY -> items(depth + 1);
            case VALUE_STRING -> Value.text(checked(parser.getText()));
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> Value.Truth.TRUE;
            case VALUE_FALSE -> Value.Truth.FALSE;
            case VALUE_NULL -> Value.NOTHING;
            case null -> throw invalid("a JSON value is missing");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw invalid("not a JSON value");
        };
    }

    private Value members(int depth) throws IOException {
        refuseDepth(depth);
        if (parser.nextToken() == JsonToken.END_OBJECT) return Value.Members.EMPTY;
        var members = new LinkedHashMap<String, Value>();
        do {
            String name = checked(parser.currentName());
            if (name.length() > Json.NAME_MAX_CHARACTERS) {
                throw invalid("a member name of more than " + Json.NAME_MAX_CHARACTERS + " characters");
            }
            if (members.size() == Json.MEMBERS_MAX) {
                throw invalid("an object of more than " + Json.MEMBERS_MAX + " members");
            }
            parser.nextToken();
            members.put(name, value(depth));
        } while (parser.nextToken() != JsonToken.END_OBJECT);
        return new Value.Members(members);
    }

    private Value items(int depth) throws IOException {
        refuseDepth(depth);
        if (parser.nextToken() == JsonToken.END_ARRAY) return Value.Items.EMPTY;
        List<Value> items = new ArrayList<>();
        do {
            items.add(value(depth));
        } while (parser.nextToken() != JsonToken.END_ARRAY);
        return new Value.Items(items);
    }

    private void refuseDepth(int depth) {
        if (depth > Json.DEPTH_MAX) throw invalid("nested deeper than " + Json.DEPTH_MAX + " levels");
    }

    /// Neither a NUL nor half a surrogate pair survives every store and encoding on the way, so neither gets in.
    private String checked(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) throw invalid("a NUL character");
            if (!Character.isSurrogate(c)) continue;
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!paired) throw invalid("half a surrogate pair");
            i++;
        }
        return text;
    }

    private Value whole() throws IOException {
        if (parser.getTextLength() <= DIGITS_ALWAYS_EXACT) {
            long number = parser.getLongValue();
            return new Value.Number(number == 0 && parser.getText().startsWith("-") ? -0.0 : number);
        }
        return exactOrNearest();
    }

    private Value fraction() throws IOException {
        if (parser.getTextLength() > DIGITS_ALWAYS_EXACT) return exactOrNearest();
        double number = parser.getDoubleValue();
        // Any decimal of so few digits comes back from the nearest double, unless it left the range.
        if (number == 0 || Math.abs(number) < Double.MIN_NORMAL || !Double.isFinite(number)) return exactOrNearest();
        return new Value.Number(number);
    }

    private Value exactOrNearest() throws IOException {
        if (parser.getTextLength() > Json.NUMBER_MAX_CHARACTERS) {
            throw invalid("a number of more than " + Json.NUMBER_MAX_CHARACTERS + " characters");
        }
        BigDecimal exact = decimal(parser.getText());
        double nearest = exact.doubleValue();
        if (!Double.isFinite(nearest) || (nearest == 0 && exact.signum() != 0)) {
            throw invalid("a number outside the range of 64-bit floats");
        }
        if (nearest == 0) return new Value.Number(parser.getText().startsWith("-") ? -0.0 : 0.0);
        if (exact.compareTo(new BigDecimal(NumberText.of(nearest))) == 0) return new Value.Number(nearest);
        if (NumberText.of(exact).length() > Json.NUMBER_MAX_CHARACTERS) {
            throw invalid("a number of more than " + Json.NUMBER_MAX_CHARACTERS + " characters");
        }
        return new Value.Exact(exact);
    }

    private BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException beyondTheLargestExponent) {
            throw invalid("a number outside the range of 64-bit floats");
        }
    }

    JsonInvalid invalid(String reason) {
        JsonLocation place = parser.currentTokenLocation();
        return new JsonInvalid(reason, Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
    }

    /// The parser's own messages repeat parts of the text, so only their kind and place are taken.
    JsonInvalid translated(JsonProcessingException failure) {
        String reason = switch (failure) {
            case JsonEOFException _ -> ENDS_EARLY;
            case StreamConstraintsException limit -> passedLimit(limit.getOriginalMessage());
            default -> "not JSON";
        };
        JsonLocation place = failure.getLocation();
        if (place == null) place = parser.currentLocation();
        return new JsonInvalid(reason, Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
    }

    private static String passedLimit(String message) {
        if (message.startsWith("Document nesting")) return "nested deeper than " + Json.DEPTH_MAX + " levels";
        if (message.startsWith("Name")) {
            return "a member name of more than " + Json.NAME_MAX_CHARACTERS + " characters";
        }
        if (message.startsWith("Number")) {
            return "a number of more than " + Json.NUMBER_MAX_CHARACTERS + " characters";
        }
        return "larger than the JSON reader takes";
    }
}
