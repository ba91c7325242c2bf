package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedBodiesTest {
    private static final String OPEN = "/api/collections/open/records";
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        server.collection("""
                {"name":"open","createRule":"","listRule":"","fields":[{"name":"text","type":"text"},{"name":"any","type":"json"}]}""");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void refusesThreeHundredMalformedBodies() {
        List<byte[]> bodies = bodies(new Random(SEED));
        assertThat(bodies).as("seed %d", SEED).hasSizeGreaterThanOrEqualTo(300);

        for (byte[] body : bodies) {
            HttpCase.post("seed " + SEED + ": " + printable(body), OPEN, "")
                    .bytes(body)
                    .answers(400, "\"data\":{}", "\"code\":\"invalid_json\"")
                    .not("Exception", "jackson", "dev.ferritedb")
                    .run(server);
        }
        HttpCase.get("nothing was stored", OPEN)
                .answers(200, "\"totalItems\":0")
                .run(server);
    }

    private static List<byte[]> bodies(Random random) {
        var bodies = new ArrayList<byte[]>();
        String whole = "{\"text\":\"a\\u00e9\\n\",\"any\":{\"list\":[1,-2.5e3,true,false,null],\"o\":{}}}";
        for (int end = 1; end < whole.length(); end++) bodies.add(utf8(whole.substring(0, end)));
        for (String value : List.of(
                "[]",
                "1",
                "\"x\"",
                "null",
                "true",
                "NaN",
                "Infinity",
                "-Infinity",
                "undefined",
                "'x'",
                "{]",
                "[}",
                "{{}}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":0x1}",
                "{\"a\":1 2}",
                "{\"a\":tru}",
                "{\"a\":nul}",
                "{\"a\":True}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":1e999}",
                "{\"a\":-1e999}",
                "// x\n{}",
                "/* x */{}",
                "{\"a\":1;}",
                "{\"a\" 1}",
                "{\"a\"=1}",
                "<xml/>",
                "a=b",
                "%7B%7D",
                "#",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":{\"b\"}}",
                "{\"\\u0000\":1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}")) {
            bodies.add(utf8(value));
        }
        for (int depth : new int[] {65, 66, 100, 1000, 10_000, 100_000}) {
            bodies.add(utf8("{\"any\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
            bodies.add(utf8("{\"any\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth + 1)));
            bodies.add(utf8("[".repeat(depth)));
        }
        bodies.add(utf8("{\"" + "n".repeat(257) + "\":1}"));
        bodies.add(utf8("{\"any\":" + "1".repeat(101) + "}"));
        bodies.add(utf8("{\"any\":0." + "1".repeat(100_000) + "}"));
        for (int[] bytes : new int[][] {
            {0xff},
            {0xc0, 0xaf},
            {0xe0, 0x80, 0x80},
            {0xed, 0xa0, 0x80},
            {0xf4, 0x90, 0x80, 0x80},
            {0xf8},
            {0x80},
            {0xc3},
            {0xe2, 0x82}
        }) {
            bodies.add(inText(bytes));
        }
        bodies.add("{\"text\":\"x\"}".getBytes(StandardCharsets.UTF_16LE));
        bodies.add("{\"text\":\"x\"}".getBytes(StandardCharsets.UTF_16BE));
        while (bodies.size() < 320) {
            int at = random.nextInt(whole.length() - 1);
            char control = (char) (1 + random.nextInt(8));
            bodies.add(utf8(whole.substring(0, at) + control + whole.substring(at)));
        }
        return bodies;
    }

    private static byte[] inText(int... bytes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(utf8("{\"text\":\"a"));
        for (int b : bytes) out.write(b);
        out.writeBytes(utf8("b\"}"));
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String printable(byte[] body) {
        var text = new StringBuilder();
        IntStream.range(0, Math.min(body.length, 80))
                .map(i -> body[i] & 0xff)
                .forEach(b -> text.append(b >= 32 && b < 127 ? String.valueOf((char) b) : String.format("\\x%02x", b)));
        return text + " (" + body.length + " bytes)";
    }

    @Test
    void refusesMalformedForms() {
        for (String body :
                List.of("a=%", "a=%2", "a=%zz", "a=%ff", "%ff=a", "a=%00", "@jsonPayload=%7B", "@jsonPayload=[1]")) {
            HttpCase.of(body, "POST", OPEN, "application/x-www-form-urlencoded", body)
                    .answers(400, "\"data\":{}", "\"code\":\"invalid_")
                    .run(server);
        }
        String part = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n";
        for (String body : List.of(
                "x",
                part,
                part + "--X",
                "--X\r\n\r\nb\r\n--X--\r\n",
                "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n" + "H: " + "y".repeat(20_000)
                        + "\r\n\r\nb\r\n--X--\r\n",
                part.repeat(1001) + "--X--\r\n")) {
            HttpCase.of("multipart " + body.length(), "POST", OPEN, "multipart/form-data; boundary=X", body)
                    .answers(400, "\"code\":\"invalid_form\"")
                    .run(server);
        }
        HttpCase.of("no boundary", "POST", OPEN, "multipart/form-data", part)
                .answers(400, "\"code\":\"invalid_form\"")
                .run(server);
    }
}
