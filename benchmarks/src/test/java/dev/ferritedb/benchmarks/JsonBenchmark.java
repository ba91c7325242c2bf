package dev.ferritedb.benchmarks;

import dev.ferritedb.json.Json;
import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.json.JsonName;
import dev.ferritedb.ports.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What JSON takes of a request: reading a record's body, and writing a list of 30.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class JsonBenchmark {
    private static final JsonName TITLE = JsonName.of("title");
    private static final JsonName BODY = JsonName.of("body");
    private static final JsonName COUNT = JsonName.of("count");
    private static final String TEXT = "The quick brown fox jumps over the lazy dog. ".repeat(4);

    private final byte[] record = ("{\"title\":\"Entry 7\",\"body\":\"" + TEXT + "\",\"count\":7.25,\"done\":true}")
            .getBytes(StandardCharsets.UTF_8);

    @Benchmark
    public Value readsARecord() {
        return Json.readFirst(record);
    }

    @Benchmark
    public int writesAListOf30() {
        JsonBuffer buffer = JsonBuffer.wire(16 * 1024).array();
        for (int i = 0; i < 30; i++) {
            buffer.object().name(BODY).text(TEXT);
            buffer.name(COUNT).number(i + 0.25).name(TITLE).text("Entry");
            buffer.endObject();
        }
        return buffer.endArray().length();
    }
}
