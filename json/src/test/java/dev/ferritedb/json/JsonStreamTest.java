package dev.ferritedb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.json.JsonStream.Element;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStreamTest {
    @Test
    void walksTheArrayAtAPointerWithLineNumbers() throws IOException {
        String document = """
                {"meta": [[0]],
                 "a/b": {"x": [9, {"list": [
                   {"n": 1},
                   {"n":
                      2}, 3
                 ]}]},
                 "rest": 1}
                """;
        assertThat(read(JsonStream.at(input(document), "/a~1b/x/1/list")))
                .containsExactly("1@3 {\"n\":1}", "2@4 {\"n\":2}", "3@5 3");
    }

    @Test
    void findsTheArray() throws IOException {
        String[][] cases = {
            {"[1,2]", ""},
            {"\n [1,\n2]", ""},
            {"{\"a\":[1,2]}", "/a"},
            {"{\"a\":{\"b\":0},\"b\":[1,2]}", "/b"},
            {"[[1,2]]", "/0"},
            {"[[],[1,2],[3]]", "/1"},
            {"{\"\":[1,2]}", "/"},
            {"{\"~/\":[1,2]}", "/~0~1"},
        };
        for (String[] row : cases) {
            assertThat(read(JsonStream.at(input(row[0]), row[1])))
                    .describedAs(row[0])
                    .extracting(element -> element.substring(element.indexOf(' ') + 1))
                    .containsExactly("1", "2");
        }
    }

    @Test
    void refusesAPointerThatLeadsToNoArray() {
        String[][] cases = {
            {"{\"a\":1}", "/a"},
            {"{\"a\":{}}", "/a"},
            {"{\"a\":[1]}", "/b"},
            {"[1]", "/5"},
            {"[1]", "/-"},
            {"{\"a\":[1]}", "/a/0/b"},
            {"{\"a\":", "/b"},
            {"{x", "/b"},
            {"", "/b"},
        };
        for (String[] row : cases) {
            assertThatThrownBy(() -> JsonStream.at(input(row[0]), row[1]))
                    .describedAs(row[0])
                    .isInstanceOf(JsonInvalid.class);
        }
        assertThatThrownBy(() -> JsonStream.at(input("[1]"), "noSlash")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reportsElementsBeyondTheLimitsAndGoesOn() throws IOException {
        String document =
                "[1, 1e400,\n {\"a\": [\"\\u0000\", {\"b\": 1}]}, " + "[".repeat(70) + "]".repeat(70) + ", 2]";
        assertThat(read(JsonStream.at(input(document), "")))
                .containsExactly(
                        "1@1 1",
                        "2@1 !a number outside the range of 64-bit floats",
                        "3@2 !a NUL character",
                        "4@2 !nested deeper than 64 levels",
                        "5@2 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, {\"a\" 2}, 3]", "[1, 2", "[1, 2,", "[1] 2", "[1 2]", "[1, tru]"})
    void endsWithTheReasonWhereAnArrayIsNoJson(String document) throws IOException {
        var elements = elements(JsonStream.at(input(document), ""));
        assertThat(elements.getFirst()).isInstanceOf(Element.Good.class);
        assertThat(elements.getLast())
                .isInstanceOfSatisfying(
                        Element.Bad.class, bad -> assertThat(bad.last()).isTrue());
    }

    @Test
    void reportsMalformedUtf8() throws IOException {
        byte[] document = ("[1" + ",2".repeat(50_000) + ",\"x\"]").getBytes(UTF_8);
        document[document.length - 3] = (byte) 0xff;
        var elements = elements(JsonStream.at(new ByteArrayInputStream(document), ""));
        assertThat(elements.getFirst()).isInstanceOf(Element.Good.class);
        assertThat(elements.getLast())
                .isInstanceOfSatisfying(
                        Element.Bad.class, bad -> assertThat(bad.reason()).startsWith("not UTF-8"));
    }

    @Test
    void goesOnWithTheNextLineAfterABadOne() throws IOException {
        String lines = "\ufeff{\"n\":1}\n\n{\"n\":\r\n{\"n\":2} x\n  \n{\"n\":3}\r\n1e999\n\"last\"";
        for (JsonStream stream : List.of(JsonStream.lines(input(lines)), JsonStream.at(input(lines), ""))) {
            assertThat(read(stream))
                    .containsExactly(
                            "1@1 {\"n\":1}",
                            "2@3 !the text ends before the JSON value does at column 1",
                            "3@4 !not JSON at column 9",
                            "4@6 {\"n\":3}",
                            "5@7 !a number outside the range of 64-bit floats at column 1",
                            "6@8 \"last\"");
        }
    }

    @Test
    void reportsABadFirstLineWhenTheInputIsSaidToBeLines() throws IOException {
        assertThat(read(JsonStream.lines(input("{\"n\":\n{\"n\":2}")))).last().isEqualTo("2@2 {\"n\":2}");
        assertThat(read(JsonStream.lines(input("[1]\n[2]")))).containsExactly("1@1 [1]", "2@2 [2]");
    }

    @Test
    void readsDocumentsThatSpanLines() throws IOException {
        assertThat(read(JsonStream.at(input("{\n \"n\": 1\n}\n{\n \"n\": [\n2]}"), "")))
                .containsExactly("1@1 {\"n\":1}", "2@4 {\"n\":[2]}");
        assertThat(read(JsonStream.at(input("{\"n\": 1}"), ""))).containsExactly("1@1 {\"n\":1}");
    }

    @Test
    void findsNothingInAnEmptyInput() throws IOException {
        assertThat(read(JsonStream.at(input(""), ""))).isEmpty();
        assertThat(read(JsonStream.at(input(" \n\n "), ""))).isEmpty();
        assertThat(read(JsonStream.at(input("[]"), ""))).isEmpty();
        assertThat(read(JsonStream.lines(input("\n")))).isEmpty();
    }

    @Test
    void passesOverALineThatIsTooLong() throws IOException {
        InputStream long1 =
                new SequenceInputStream(new Pattern("x", JsonStream.LINE_MAX_BYTES + 1L), input("\n{\"n\":2}\n"));
        assertThat(read(JsonStream.lines(long1)))
                .containsExactly("1@1 !a line of more than 33554432 bytes", "2@2 {\"n\":2}");
    }

    @Test
    void walksThroughALargeArray() throws IOException {
        long bytes = 48L * 1024 * 1024;
        var document = new SequenceInputStream(
                input("["), new SequenceInputStream(new Pattern("{\"n\":12345},", bytes), input("0]")));
        long count = 0;
        try (JsonStream stream = JsonStream.at(document, "")) {
            while (stream.next().isPresent()) count++;
        }
        assertThat(count).isEqualTo(bytes / 12 + 1);
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static List<Element> elements(JsonStream stream) throws IOException {
        var elements = new ArrayList<Element>();
        try (stream) {
            for (Optional<Element> next = stream.next(); next.isPresent(); next = stream.next())
                elements.add(next.get());
        }
        return elements;
    }

    private static List<String> read(JsonStream stream) throws IOException {
        return elements(stream).stream()
                .map(element -> element.ordinal() + "@" + element.line() + " "
                        + switch (element) {
                            case Element.Good good -> Json.write(good.value());
                            case Element.Bad bad -> "!" + bad.reason();
                        })
                .toList();
    }

    /// A text over and over, up to a whole number of times.
    private static final class Pattern extends InputStream {
        private final byte[] text;
        private final long end;
        private long at;

        Pattern(String text, long about) {
            this.text = text.getBytes(UTF_8);
            this.end = about / this.text.length * this.text.length;
        }

        @Override
        public int read() {
            return at < end ? text[(int) (at++ % text.length)] : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == end) return -1;
            int count = (int) Math.min(length, end - at);
            for (int i = 0; i < count; i++) target[offset + i] = text[(int) (at++ % text.length)];
            return count;
        }
    }
}
