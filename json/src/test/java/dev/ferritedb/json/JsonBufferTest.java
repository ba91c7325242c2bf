package dev.ferritedb.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBufferTest {
    @Test
    void putsCommasWhereTheyBelong() throws IOException {
        JsonBuffer buffer = JsonBuffer.wire(16);
        buffer.object().name(JsonName.of("items")).array();
        for (int i = 0; i < 3; i++) {
            buffer.object()
                    .name(JsonName.of("id"))
                    .text("r" + i)
                    .name("n")
                    .number(i)
                    .endObject();
        }
        buffer.array().endArray().truth(true).nothing().endArray();
        buffer.name("page")
                .number(-12L)
                .name("raw")
                .raw("{\"a\":[]}")
                .name("last")
                .truth(false);
        buffer.endObject().newline();

        String expected =
                "{\"items\":[{\"id\":\"r0\",\"n\":0},{\"id\":\"r1\",\"n\":1},{\"id\":\"r2\",\"n\":2},[],true,null],"
                        + "\"page\":-12,\"raw\":{\"a\":[]},\"last\":false}\n";
        assertThat(buffer.text()).isEqualTo(expected);
        assertThat(buffer.bytes()).isEqualTo(expected.getBytes(UTF_8)).hasSize(buffer.length());
        var out = new ByteArrayOutputStream();
        buffer.writeTo(out);
        assertThat(out.toByteArray()).isEqualTo(buffer.bytes());
        assertThat(buffer.clear().text("again").text()).isEqualTo("\"again\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "<b>&co</b>|\\u003cb\\u003e\\u0026co\\u003c/b\\u003e|<b>&co</b>",
                "a\"b\\c|a\\\"b\\\\c|a\\\"b\\\\c",
                "é€😀|é€😀|é€😀",
                "it's ~ ok|it's ~ ok|it's ~ ok",
            })
    void escapesForTheWireAndOnlyWhatMustBeOtherwise(String text, String wire, String plain) {
        assertThat(JsonBuffer.wire(0).text(text).text()).isEqualTo('"' + wire + '"');
        assertThat(JsonBuffer.plain(0).text(text).text()).isEqualTo('"' + plain + '"');
    }

    @Test
    void escapesControlCharactersAndLineSeparators() {
        String text = "\b\f\n\r\t\u0001\u001f\u007f\u2028\u2029";
        assertThat(JsonBuffer.wire(0).text(text).text())
                .isEqualTo("\"\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\\u2028\\u2029\"");
        assertThat(JsonBuffer.plain(0).text(text).text())
                .isEqualTo("\"\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u2028\u2029\"");
        assertThat(JsonBuffer.plain(0).text("\ud800").text()).isEqualTo("\"\ufffd\"");
    }

    @Test
    void givesRawDocumentsTheEscapesOfTheWire() {
        String raw = "{\"a<\":\"\\n&é\u2028😀\"}";
        assertThat(JsonBuffer.wire(0).raw(raw).text()).isEqualTo("{\"a\\u003c\":\"\\n\\u0026é\\u2028😀\"}");
        assertThat(JsonBuffer.plain(0).raw(raw).text()).isEqualTo(raw);
        assertThat(JsonBuffer.wire(0)
                        .array()
                        .raw(JsonBuffer.wire(0).text("<"))
                        .number(1)
                        .endArray()
                        .text())
                .isEqualTo("[\"\\u003c\",1]");
        assertThat(JsonBuffer.wire(0)
                        .object()
                        .name(JsonName.of("<"))
                        .raw("1")
                        .endObject()
                        .text())
                .isEqualTo("{\"\\u003c\":1}");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "5.0, 5",
        "10, 10",
        "-1.5, -1.5",
        "0.1, 0.1",
        "100, 100",
        "123456.789, 123456.789",
        "0.001, 0.001",
        "0.0001, 0.0001",
        "0.000001, 0.000001",
        "0.0000012345, 0.0000012345",
        "0.0000001, 1e-7",
        "0.00000012, 1.2e-7",
        "1e-10, 1e-10",
        "1e15, 1000000000000000",
        "9007199254740992, 9007199254740992",
        "1.5e16, 15000000000000000",
        "1e20, 100000000000000000000",
        "123456789012345680000, 123456789012345680000",
        "1e21, 1e+21",
        "1.25e300, 1.25e+300",
        "2e-44, 2e-44",
        "4.9E-324, 5e-324",
        "1.7976931348623157E308, 1.7976931348623157e+308",
    })
    void writesNumbersInTheirShortestSpelling(double number, String spelled) {
        assertThat(JsonBuffer.wire(0).number(number).text()).isEqualTo(spelled);
        assertThat(Double.parseDouble(spelled)).isEqualTo(number);
    }

    @Test
    void refusesNumbersThatJsonHasNoTextFor() {
        assertThatThrownBy(() -> JsonBuffer.wire(0).number(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonBuffer.wire(0).number(Double.NEGATIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesNumbersThatReadBackTheSame() {
        long seed = System.nanoTime();
        System.out.println("JsonBufferTest.writesNumbersThatReadBackTheSame seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(number)) continue;
            assertThat(Double.parseDouble(JsonBuffer.wire(32).number(number).text()))
                    .isEqualTo(number);
        }
    }

    @Test
    void growsFromNothing() {
        String text = "é\"<x".repeat(10_000);
        String written = JsonBuffer.wire(0)
                .value(new Value.Items(List.of(Value.text(text))))
                .text();
        assertThat(Json.read(written)).isEqualTo(new Value.Items(List.of(Value.text(text))));
    }
}
