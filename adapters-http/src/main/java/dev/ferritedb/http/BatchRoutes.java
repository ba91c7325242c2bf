package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.record.BatchOutcome;
import dev.ferritedb.kernel.record.Expansion;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.kernel.settings.BatchSettings;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.problem.Problem;
import java.util.List;
import java.util.Optional;

/// Many writes in one transaction. Source: the wire contract, section 13.
final class BatchRoutes {
    /// Where the settings say nothing.
    private static final long BODY_BYTES_USUAL_MAX = 128L << 20;

    /// A body is held in one array, and its values beside it.
    private static final long BODY_BYTES_MAX = 1L << 30;

    private static final int ANSWER_BYTES_USUAL = 512;
    private static final String FAILED = "Batch transaction failed.";

    private final RecordService records;
    private final SettingsService settings;
    private final RecordJson recordJson;
    private final RecordTags tags;

    BatchRoutes(Kernel kernel, RecordJson recordJson) {
        this.records = kernel.records();
        this.settings = kernel.settings();
        this.recordJson = recordJson;
        this.tags = new RecordTags(recordJson);
    }

    void addTo(RouteTable routes) {
        routes.add("POST", "/api/batch", this::run);
    }

    private void run(Exchange exchange) {
        BatchSettings limits = settings.batch();
        limits.demandEnabled();
        var body = new BatchBody(exchange, tags, Bodies.read(exchange, bodyMaxBytes(limits)), limits);
        List<BatchBody.Inner> inner = body.requests();
        switch (records.batch(inner.stream().map(BatchBody.Inner::request).toList(), limits.timeout())) {
            case BatchOutcome.Done done -> exchange.answer(answers(inner, done.answers()));
            case BatchOutcome.Failed failed ->
                exchange.send(400, failure(exchange, failed).newline());
            case BatchOutcome.TimedOut _ -> exchange.answer(Problem.Invalid.of("batch_timed_out", FAILED));
        }
    }

    /// As long as nobody chose a limit, one body takes at most an eighth of the memory.
    private static long bodyMaxBytes(BatchSettings limits) {
        long chosen = limits.maxBodyBytes();
        if (chosen > 0) return Math.min(chosen, BODY_BYTES_MAX);
        return Math.min(BODY_BYTES_USUAL_MAX, Runtime.getRuntime().maxMemory() / 8);
    }

    private JsonBuffer answers(List<BatchBody.Inner> inner, List<Optional<Expansion.Expanded>> answers) {
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL * inner.size()).array();
        for (int i = 0; i < inner.size(); i++) {
            Optional<FieldPicker> picker = inner.get(i).picker();
            out.object().name("body");
            answers.get(i).ifPresentOrElse(record -> write(record, picker, out), out::nothing);
            out.name("status").number(answers.get(i).isPresent() ? 200 : 204).endObject();
        }
        return out.endArray();
    }

    private void write(Expansion.Expanded record, Optional<FieldPicker> picker, JsonBuffer out) {
        if (picker.isEmpty()) {
            recordJson.write(record, out);
            return;
        }
        JsonBuffer whole = JsonBuffer.wire(ANSWER_BYTES_USUAL);
        recordJson.write(record, whole);
        out.raw(picker.get().pick(whole));
    }

    private static JsonBuffer failure(Exchange exchange, BatchOutcome.Failed failed) {
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL);
        out.object().name("data").object().name("requests").object();
        out.name(Integer.toString(failed.index())).object();
        out.name("code").text("batch_request_failed");
        out.name("message").text("Batch request failed.");
        out.name("response");
        ProblemAnswers.write(failed.problem(), out);
        out.endObject().endObject().endObject();
        ProblemAnswers.writeEnd(400, "batch_failed", FAILED, exchange.requestId(), out);
        return out;
    }
}
