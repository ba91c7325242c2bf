package dev.ferritedb.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.ports.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEveryKindOfValue() {
        Value value = Json.read("""
                {"text": "a\\u00e9\\n", "whole": 5, "fraction": 0.1, "yes": true, "no": false, "none": null,
                 "list": [1, "2", []], "object": {}}
                """);

        var members = new LinkedHashMap<String, Value>();
        members.put("text", Value.text("a\u00e9\n"));
        members.put("whole", Value.number(5));
        members.put("fraction", Value.number(0.1));
        members.put("yes", Value.truth(true));
        members.put("no", Value.truth(false));
        members.put("none", Value.NOTHING);
        members.put("list", new Value.Items(List.of(Value.number(1), Value.text("2"), Value.Items.EMPTY)));
        members.put("object", Value.Members.EMPTY);
        assertThat(value).isEqualTo(new Value.Members(members));
        assertThat(((Value.Members) value).members().keySet()).containsExactlyElementsOf(members.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "5.0, 5",
        "-0, -0",
        "0.1, 0.1",
        "1e2, 100",
        "1E-7, 1e-7",
        "0.000001, 0.000001",
        "100000000000000000000, 100000000000000000000",
        "1e21, 1e+21",
        "9007199254740992, 9007199254740992",
        "9007199254740994, 9007199254740994",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "5e-324, 5e-324",
    })
    void keepsNumbersThatAFloatGivesBack(String text, String written) {
        Value value = Json.read(text);

        assertThat(value).isInstanceOf(Value.Number.class);
        assertThat(Json.write(value)).isEqualTo(written);
        assertThat(Json.read(Json.write(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "12345678901234567890",
                "12345678901234567168",
                "0.1000000000000000055511151231257827",
                "3.14159265358979323846",
                "-123456789.123456789123456789"
            })
    void keepsNumbersThatNoFloatGivesBackToTheLastDigit(String text) {
        assertThat(Json.read(text)).isEqualTo(new Value.Exact(new BigDecimal(text)));
        assertThat(Json.write(Json.read(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e309", "1e-400", "1e99999999999", "1e-99999999999", "[1e400]"})
    void refusesNumbersOutOfAFloatsRange(String text) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOf(JsonInvalid.class)
                .hasMessageContaining("outside the range of 64-bit floats");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "[1",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "nul",
                "NaN",
                "Infinity",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800x\"",
                "\"\\u0000\"",
                "{\"\\u0000\":1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "// no\n1",
                "1 2",
                "{} x",
                "]"
            })
    void refusesWhatIsNotOneDocument(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(JsonInvalid.class);
        assertThatThrownBy(() -> Json.read(text.getBytes(UTF_8))).isInstanceOf(JsonInvalid.class);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[][] cases = {
            {'"', (byte) 0xff, '"'},
            {'"', (byte) 0xc0, (byte) 0x80, '"'},
            {'"', (byte) 0xc1, (byte) 0x81, '"'},
            {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            {'"', (byte) 0xe0, (byte) 0x80, (byte) 0x80, '"'},
            {'"', (byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"'},
            {'"', (byte) 0xf0, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"'},
            {'"', (byte) 0xe2, (byte) 0x82, '"'},
            {'"', (byte) 0x80, '"'},
            "{\"a\":1}".getBytes(UTF_16BE)
        };
        for (byte[] bytes : cases) {
            assertThatThrownBy(() -> Json.read(bytes)).isInstanceOf(JsonInvalid.class);
            assertThatThrownBy(() -> Json.readFirst(bytes)).isInstanceOf(JsonInvalid.class);
        }
        assertThat(Json.read("\"\u20ac \ud83d\ude00\"".getBytes(UTF_8))).isEqualTo(Value.text("\u20ac \ud83d\ude00"));
        assertThat(Json.read("\"\\ud83d\\ude00\"")).isEqualTo(Value.text("\ud83d\ude00"));
    }

    @Test
    void takesTheLimitsAndRefusesOneMore() {
        assertThat(Json.read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Value.Items.class);
        assertThatThrownBy(() -> Json.read("[".repeat(65) + "]".repeat(65)))
                .hasMessageContaining("nested deeper than 64 levels");
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).hasMessageContaining("nested deeper than 64 levels");
        assertThat(Json.read("{\"" + "n".repeat(256) + "\":1}")).isInstanceOf(Value.Members.class);
        assertThatThrownBy(() -> Json.read("{\"" + "n".repeat(257) + "\":1}"))
                .hasMessageContaining("a member name of more than 256 characters");
        assertThatThrownBy(() -> Json.read("{\"" + "n".repeat(1_000_000) + "\":1}"))
                .hasMessageContaining("a member name of more than 256 characters");
        assertThat(Json.read(members(50_000))).isInstanceOf(Value.Members.class);
        assertThatThrownBy(() -> Json.read(members(50_001)))
                .hasMessageContaining("an object of more than 50000 members");
        assertThat(Json.read("1" + "0".repeat(99))).isInstanceOf(Value.Number.class);
        assertThatThrownBy(() -> Json.read("1" + "0".repeat(100)))
                .hasMessageContaining("a number of more than 100 characters");
        assertThatThrownBy(() -> Json.read("1".repeat(100_000)))
                .hasMessageContaining("a number of more than 100 characters");
        assertThat(Json.read("\"" + "x".repeat(30_000_000) + "\"")).isInstanceOf(Value.Text.class);
    }

    @Test
    void neverWritesANumberThatItWouldNotRead() {
        String text = "1" + "234567890".repeat(10) + "12345" + "e9";
        assertThatThrownBy(() -> Json.read(text)).hasMessageContaining("a number of more than 100 characters");
    }

    @Test
    void namesThePlaceAndRepeatsNothingOfTheText() {
        assertThatThrownBy(() -> Json.read("{\n  \"password\": hunter2\n}"))
                .isInstanceOf(JsonInvalid.class)
                .hasMessageContaining("line 2, column")
                .hasMessageNotContaining("hunter")
                .hasMessageNotContaining("password");
        assertThatThrownBy(() -> Json.read(new byte[] {'[', '\n', '"', (byte) 0xff}))
                .hasMessage("not UTF-8 at line 2, column 2");
    }

    @Test
    void takesTheLastOfMembersWithTheSameName() {
        assertThat(Json.read("{\"a\":1,\"b\":2,\"a\":3}"))
                .isEqualTo(new Value.Members(Map.of("a", Value.number(3), "b", Value.number(2))));
    }

    @Test
    void readsTheFirstValueOfABodyAndIgnoresTheRest() {
        Value expected = new Value.Members(Map.of("a", Value.number(1)));
        assertThat(Json.readFirst("{\"a\":1}".getBytes(UTF_8))).isEqualTo(expected);
        assertThat(Json.readFirst(" {\"a\":1} }garbage".getBytes(UTF_8))).isEqualTo(expected);
        assertThat(Json.readFirst("{\"a\":1}{\"a\":2}".getBytes(UTF_8))).isEqualTo(expected);
        assertThat(Json.readFirst("xx{\"a\":1}yy".getBytes(UTF_8), 2, 7)).isEqualTo(expected);
        assertThatThrownBy(() -> Json.readFirst("garbage {\"a\":1}".getBytes(UTF_8)))
                .isInstanceOf(JsonInvalid.class);
        assertThatThrownBy(() -> Json.readFirst("xx{\"a\":1}yy".getBytes(UTF_8), 2, 6))
                .isInstanceOf(JsonInvalid.class);
    }

    @Test
    void readsOnlyTheGivenPartOfTheBytes() {
        assertThat(Json.read("xx[1]yy".getBytes(UTF_8), 2, 3)).isEqualTo(new Value.Items(List.of(Value.number(1))));
        assertThatThrownBy(() -> Json.read("xx[1]yy".getBytes(UTF_8), 2, 4)).isInstanceOf(JsonInvalid.class);
    }

    @Test
    void keepsADocumentThatIsEncodedAlready() {
        var json = new Value.Json("{\"a\":\"<b>\"}");
        assertThat(new Json().encode(json)).isSameAs(json);
        assertThat(new Json().decode(json.encoded())).isEqualTo(Json.read(json.encoded()));
    }

    @Test
    void readsBackWhateverItWrites() {
        long seed = System.nanoTime();
        System.out.println("JsonTest.readsBackWhateverItWrites seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Value value = randomValue(random, 5);
            String plain = Json.write(value);
            JsonBuffer wire = JsonBuffer.wire(16);
            wire.value(value);
            assertThat(Json.read(plain)).isEqualTo(value);
            assertThat(Json.read(plain.getBytes(UTF_8))).isEqualTo(value);
            assertThat(Json.read(wire.backing(), 0, wire.length())).isEqualTo(value);
            assertThat(Json.write(Json.read(plain))).isEqualTo(plain);
        }
    }

    @Test
    void answersDamagedTextWithAValueOrARefusalAndNothingElse() {
        long seed = System.nanoTime();
        System.out.println("JsonTest.answersDamagedTextWithAValueOrARefusalAndNothingElse seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] text = Json.write(randomValue(random, 4)).getBytes(UTF_8);
            for (int n = random.nextInt(3); n >= 0; n--) text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            try {
                Value value = Json.read(text);
                assertThat(Json.read(Json.write(value))).isEqualTo(value);
            } catch (JsonInvalid expected) {
                assertThat(expected.line()).isPositive();
            }
        }
    }

    static Value randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> Value.NOTHING;
            case 1 -> Value.truth(random.nextBoolean());
            case 2 -> Value.number(random.nextInt(2000) - 1000);
            case 3 -> Value.number(randomDouble(random));
            case 4 -> Json.read(new BigDecimal(new BigInteger(90, random), random.nextInt(40)).toString());
            case 5 -> Value.text(randomText(random));
            case 6, 7 -> {
                List<Value> items = new ArrayList<>();
                for (int n = random.nextInt(5); n > 0; n--) items.add(randomValue(random, depth - 1));
                yield new Value.Items(items);
            }
            default -> {
                Map<String, Value> members = new LinkedHashMap<>();
                for (int n = random.nextInt(5); n > 0; n--)
                    members.put(randomText(random), randomValue(random, depth - 1));
                yield new Value.Members(members);
            }
        };
    }

    private static double randomDouble(Random random) {
        while (true) {
            double number = random.nextBoolean()
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(1_000_000) / Math.pow(10, random.nextInt(9));
            if (Double.isFinite(number) && number != 0) return number;
        }
    }

    private static String randomText(Random random) {
        var text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            int point = switch (random.nextInt(6)) {
                case 0 -> 1 + random.nextInt(0x1f);
                case 1 -> "\"\\/<>&'\u2028\u2029".charAt(random.nextInt(9));
                case 2 -> 0x80 + random.nextInt(0xd000);
                case 3 -> 0x10000 + random.nextInt(0x100000);
                default -> ' ' + random.nextInt(95);
            };
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private static String members(int count) {
        var text = new StringBuilder("{\"k0\":0");
        for (int i = 1; i < count; i++) text.append(",\"k").append(i).append("\":0");
        return text.append('}').toString();
    }
}
