package dev.ferritedb.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ferritedb.ports.value.Value;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Walks through the elements of a JSON array, or of a file with one document a line, and holds one element at a time.
/// For one thread; closing it closes the input.
public final class JsonStream implements AutoCloseable {
    /// Largest line of a file with one document a line. A longer one is reported and passed over.
    public static final int LINE_MAX_BYTES = 32 * 1024 * 1024;

    /// `ordinal` counts elements from 1, `line` the lines of the input from 1: where the element starts.
    public sealed interface Element {
        long ordinal();

        long line();

        record Good(long ordinal, long line, Value value) implements Element {}

        /// `reason` is a phrase that repeats nothing of the input. After `last` nothing more can be read.
        record Bad(long ordinal, long line, String reason, boolean last) implements Element {}
    }

    private sealed interface Source extends AutoCloseable {
        Optional<Element> next(long ordinal) throws IOException;

        @Override
        void close() throws IOException;
    }

    private final Source source;
    private long count;
    private boolean ended;

    private JsonStream(Source source) {
        this.source = source;
    }

    /// Opens the array at `pointer` (RFC 6901). With the empty pointer the input may also be documents one after the
    /// other: one a line (then [#lines] tells how errors go), or, when the first line is not a whole one, in any
    /// layout.
    /// @throws JsonInvalid when there is no array at `pointer`, or the text before it is no JSON
    /// @throws IllegalArgumentException when `pointer` is neither empty nor starts with `/`
    public static JsonStream at(InputStream in, String pointer) throws IOException {
        List<String> path = path(pointer);
        var input = new LineInput(in);
        if (path.isEmpty() && input.firstByte() != '[') return new JsonStream(documents(input));
        JsonParser parser = strictParser(input.rest());
        var reader = new ValueReader(parser);
        try {
            parser.nextToken();
            for (String step : path) descend(parser, reader, step);
            if (parser.currentToken() != JsonToken.START_ARRAY) throw reader.invalid("no array at the pointer");
        } catch (JsonProcessingException e) {
            throw reader.translated(e);
        } catch (CharConversionException | CharacterCodingException e) {
            throw reader.invalid("not UTF-8");
        }
        return new JsonStream(new Parsed(parser, path.isEmpty()));
    }

    /// Opens an input with one document a line. A bad line is reported and the next one goes on; blank lines don't
    /// count.
    public static JsonStream lines(InputStream in) throws IOException {
        return new JsonStream(new Lines(new LineInput(in)));
    }

    /// @return empty after the last element
    public Optional<Element> next() throws IOException {
        if (ended) return Optional.empty();
        Optional<Element> element = source.next(count + 1);
        if (element.isPresent()) count++;
        ended = element.isEmpty() || (element.get() instanceof Element.Bad bad && bad.last());
        return element;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private static List<String> path(String pointer) {
        if (pointer.isEmpty()) return List.of();
        if (!pointer.startsWith("/")) throw new IllegalArgumentException("a JSON pointer is empty or starts with /");
        return Arrays.stream(pointer.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static Source documents(LineInput input) throws IOException {
        byte[] first = input.nextLine().orElse(new byte[0]);
        try {
            Json.read(first);
        } catch (JsonInvalid e) {
            if (e.reason().equals(ValueReader.ENDS_EARLY)) {
                byte[] before = Arrays.copyOf(first, first.length + 1);
                before[first.length] = '\n';
                var whole = new SequenceInputStream(new ByteArrayInputStream(before), input.rest());
                return new Parsed(strictParser(whole), Math.toIntExact(input.line() - 1));
            }
        }
        return new Lines(input, first);
    }

    private static JsonParser strictParser(InputStream in) throws IOException {
        var strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return ValueReader.FACTORY.createParser(new InputStreamReader(in, strict));
    }

    private static void descend(JsonParser parser, ValueReader reader, String step) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        if (!object && parser.currentToken() != JsonToken.START_ARRAY) throw reader.invalid("nothing at the pointer");
        for (int index = 0; ; index++) {
            JsonToken token = parser.nextToken();
            if (token == null) throw reader.invalid(ValueReader.ENDS_EARLY);
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                throw reader.invalid("nothing at the pointer");
            }
            boolean found = object
                    ? parser.currentName().equals(step)
                    : Integer.toString(index).equals(step);
            if (object) parser.nextToken();
            if (found) return;
            parser.skipChildren();
        }
    }

    private static final class Lines implements Source {
        private final LineInput input;
        private Optional<byte[]> ahead;

        Lines(LineInput input) {
            this.input = input;
            this.ahead = Optional.empty();
        }

        Lines(LineInput input, byte[] first) {
            this.input = input;
            this.ahead = Optional.of(first);
        }

        @Override
        public Optional<Element> next(long ordinal) throws IOException {
            while (true) {
                Optional<byte[]> line = ahead.isPresent() ? ahead : input.nextLine();
                ahead = Optional.empty();
                if (line.isEmpty()) return Optional.empty();
                if (input.tooLong()) {
                    return Optional.of(new Element.Bad(
                            ordinal, input.line(), "a line of more than " + LINE_MAX_BYTES + " bytes", false));
                }
                if (!isBlank(line.get())) return Optional.of(element(ordinal, line.get()));
            }
        }

        private Element element(long ordinal, byte[] line) {
            try {
                return new Element.Good(ordinal, input.line(), Json.read(line));
            } catch (JsonInvalid e) {
                String reason = e.reason() + " at column " + e.column();
                return new Element.Bad(ordinal, input.line(), reason, false);
            }
        }

        private static boolean isBlank(byte[] line) {
            for (byte b : line) {
                if (b != ' ' && b != '\t' && b != '\r') return false;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            input.rest().close();
        }
    }

    /// What one parser over the whole input gives: the elements of an array, or values in a row.
    private static final class Parsed implements Source {
        private final JsonParser parser;
        private final ValueReader reader;
        private final int depth;
        private final boolean nothingMayFollow;
        private final int linesBefore;

        Parsed(JsonParser atArray, boolean nothingMayFollow) {
            this.parser = atArray;
            this.reader = new ValueReader(atArray);
            this.depth = atArray.getParsingContext().getNestingDepth();
            this.nothingMayFollow = nothingMayFollow;
            this.linesBefore = 0;
        }

        Parsed(JsonParser atStart, int linesBefore) {
            this.parser = atStart;
            this.reader = new ValueReader(atStart);
            this.depth = 0;
            this.nothingMayFollow = false;
            this.linesBefore = linesBefore;
        }

        @Override
        public Optional<Element> next(long ordinal) throws IOException {
            try {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.END_ARRAY) return afterTheArray(ordinal);
                if (token == null && depth == 0) return Optional.empty();
                return Optional.of(element(ordinal));
            } catch (JsonProcessingException e) {
                return Optional.of(bad(ordinal, reader.translated(e), true));
            } catch (CharConversionException | CharacterCodingException e) {
                return Optional.of(bad(ordinal, reader.invalid("not UTF-8"), true));
            }
        }

        private Optional<Element> afterTheArray(long ordinal) throws IOException {
            if (!nothingMayFollow || parser.nextToken() == null) return Optional.empty();
            return Optional.of(bad(ordinal, reader.invalid("something follows the array"), true));
        }

        private Element element(long ordinal) throws IOException {
            int line = linesBefore + parser.currentTokenLocation().getLineNr();
            try {
                return new Element.Good(ordinal, line, reader.value(depth));
            } catch (JsonInvalid e) {
                // The text is JSON, only not within the limits: the next element can be found.
                while (parser.getParsingContext().getNestingDepth() > depth) {
                    if (parser.nextToken() == null) return new Element.Bad(ordinal, line, e.reason(), true);
                }
                return new Element.Bad(ordinal, line, e.reason(), false);
            }
        }

        private Element bad(long ordinal, JsonInvalid e, boolean last) {
            return new Element.Bad(ordinal, linesBefore + e.line(), e.reason() + " at column " + e.column(), last);
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }
}
