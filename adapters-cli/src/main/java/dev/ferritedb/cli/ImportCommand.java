package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.ExitCode;
import dev.ferritedb.cli.terminal.Interruption;
import dev.ferritedb.cli.terminal.Progress;
import dev.ferritedb.cli.transfer.CountingInput;
import dev.ferritedb.cli.transfer.Format;
import dev.ferritedb.cli.transfer.ImportReport;
import dev.ferritedb.cli.transfer.ImportReport.Totals;
import dev.ferritedb.cli.transfer.Importer;
import dev.ferritedb.cli.transfer.JsonImportReport;
import dev.ferritedb.cli.transfer.PlainImportReport;
import dev.ferritedb.json.JsonInvalid;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.ImportOutcome.OnExisting;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Brings records from a file into a collection.",
            "",
            "JSON is an array of objects, NDJSON an object a line, CSV starts with a line of field names; in CSV an empty"
                    + " cell is not set, and lists, json values and points are written as JSON. Ids and the times in autodate"
                    + " fields are kept. A row whose id is there already is skipped, or changed with --update. Every row that"
                    + " is not created is reported; a wrong one does not stop the others."
        },
        footer = {
            "  ferritedb import notes notes.csv",
            "  ferritedb import languages /usr/share/iso-codes/json/iso_639-3.json --at /639-3",
            "  ferritedb import countries countries.json --id alpha_2",
            "  curl -s https://example.com/notes.ndjson | ferritedb import notes - --format ndjson --update"
        })
final class ImportCommand implements Callable<Integer> {
    private static final int READ_BUFFER_BYTES = 1 << 16;
    private static final int BATCH_SIZE_MAX = 10_000;

    private final CommandContext context;

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    @Parameters(index = "1", paramLabel = "FILE", description = "The file; - is standard input.")
    private String file = "";

    @Option(
            names = "--at",
            paramLabel = "POINTER",
            defaultValue = "",
            description = "JSON pointer to the array inside the document, such as /data/items.")
    private String pointer = "";

    @Option(
            names = "--id",
            paramLabel = "NAME",
            defaultValue = "id",
            description = "The member or column that holds a record's id (default: ${DEFAULT-VALUE}).")
    private String idName = "";

    @Option(names = "--update", description = "Change records that are there already.")
    private boolean update;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Records written in one transaction, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(names = "--json", description = "Report each row and the totals as a JSON document on standard output.")
    private boolean json;

    ImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        refuseWrongUsage();
        try (Workspace workspace = context.openWorkspace()) {
            CollectionSchema collection = transfer.collection(workspace);
            if (collection.isView()) {
                throw new CommandFailure(collection.name() + " is a view: import into the collections it shows");
            }
            return run(workspace.kernel().records(), collection);
        }
    }

    private void refuseWrongUsage() {
        if (batchSize < 1 || batchSize > BATCH_SIZE_MAX) {
            throw CommandFailure.usage("--batch-size must be 1 to " + BATCH_SIZE_MAX);
        }
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw CommandFailure.usage("--at starts with a slash, as in /data/items");
        }
        if (!pointer.isEmpty()
                && transfer.format().filter(given -> given != Format.JSON).isPresent()) {
            throw CommandFailure.usage("--at is for JSON documents only");
        }
    }

    private int run(RecordService records, CollectionSchema collection) throws IOException {
        boolean standardInput = file.equals("-");
        long size = standardInput ? -1 : Files.size(Path.of(file));
        try (var input = new CountingInput(
                        standardInput ? context.terminal().in() : Files.newInputStream(Path.of(file)));
                var in = new BufferedInputStream(input, READ_BUFFER_BYTES);
                Progress progress = Progress.start(context.terminal(), "import " + collection.name(), "bytes", size);
                Interruption interruption = context.terminal().interruptions().get()) {
            var out = new BufferedOutputStream(context.terminal().out());
            ImportReport report = json
                    ? new JsonImportReport(collection.name(), out, progress)
                    : new PlainImportReport(collection.name(), progress);
            Importer.Batches batches = (bodies, onExisting) -> {
                progress.reached(input.count());
                return records.importBatch(Request.ofOperator(), collection.name(), bodies, onExisting);
            };
            var choices = new Importer.Choices(update ? OnExisting.UPDATE : OnExisting.SKIP, batchSize, idName);
            var importer = new Importer(collection, batches, report, choices);
            Totals totals = importer.run(in, formatOf(in), pointer, interruption);
            out.flush();
            if (totals.interrupted()) return ExitCode.INTERRUPTED;
            return totals.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE;
        } catch (JsonInvalid e) {
            throw new CommandFailure(file + ": " + e.getMessage(), e);
        }
    }

    private Format formatOf(BufferedInputStream in) throws IOException {
        if (!pointer.isEmpty()) return Format.JSON;
        Optional<Format> known = transfer.format().or(() -> Format.of(Path.of(file)));
        return known.isPresent() ? known.get() : Format.of(in);
    }
}
