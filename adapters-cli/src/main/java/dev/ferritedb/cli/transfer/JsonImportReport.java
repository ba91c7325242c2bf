package dev.ferritedb.cli.transfer;

import dev.ferritedb.cli.terminal.Progress;
import dev.ferritedb.cli.terminal.Table;
import dev.ferritedb.cli.transfer.RowOutcome.Done;
import dev.ferritedb.cli.transfer.RowOutcome.Failed;
import dev.ferritedb.cli.transfer.RowOutcome.Reason;
import dev.ferritedb.json.JsonBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// For scripts: `{"collection", "rows": [{"row", "line", "id", "outcome", "problems"?}], "created", "updated",
/// "skipped", "failed", "interrupted"}`, written as it happens.
public final class JsonImportReport implements ImportReport {
    private final OutputStream out;
    private final Progress progress;
    private final JsonBuffer buffer = JsonBuffer.plain(256);
    private boolean first = true;

    public JsonImportReport(String collection, OutputStream out, Progress progress) {
        this.out = out;
        this.progress = progress;
        write("{\"collection\":");
        buffer.text(collection);
        flush();
        write(",\"rows\":[");
    }

    @Override
    public void row(RowOutcome outcome) {
        write(first ? "\n" : ",\n");
        first = false;
        buffer.object().name("row").number(outcome.row()).name("line").number(outcome.line());
        buffer.name("id").text(outcome.id()).name("outcome");
        switch (outcome.result()) {
            case Done.CREATED -> buffer.text("created");
            case Done.UPDATED -> buffer.text("updated");
            case Done.UNCHANGED -> buffer.text("unchanged");
            case Done.SKIPPED -> buffer.text("skipped");
            case Failed failed -> {
                buffer.text("failed").name("problems").array();
                for (Reason reason : failed.reasons()) {
                    buffer.object().name("field").text(reason.field());
                    buffer.name("code").text(reason.code());
                    buffer.name("message").text(reason.message()).endObject();
                }
                buffer.endArray();
            }
        }
        buffer.endObject();
        flush();
    }

    @Override
    public void warning(String message) {
        progress.say("warning: " + Table.printable(message));
    }

    @Override
    public void end(Totals totals) {
        write("\n],\"created\":" + totals.created() + ",\"updated\":" + totals.updated() + ",\"skipped\":"
                + totals.skipped() + ",\"failed\":" + totals.failed() + ",\"interrupted\":" + totals.interrupted()
                + "}\n");
    }

    private void flush() {
        try {
            buffer.writeTo(out);
            buffer.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
