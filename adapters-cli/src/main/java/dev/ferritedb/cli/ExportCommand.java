package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.ExitCode;
import dev.ferritedb.cli.terminal.Interruption;
import dev.ferritedb.cli.terminal.Progress;
import dev.ferritedb.cli.transfer.Exporter;
import dev.ferritedb.cli.transfer.Format;
import dev.ferritedb.cli.transfer.ReplacedFile;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Writes the records of a collection to a file or to standard output, as 'import' reads them.",
            "",
            "All fields, hidden ones too; never passwords and token keys. Records come in the order they were created in,"
                    + " unless --sort says otherwise. A file appears under its name only once it is complete."
        },
        footer = {
            "  ferritedb export notes -o notes.json",
            "  ferritedb export notes --format csv --spreadsheet --filter 'done = true' --sort=-created > notes.csv"
        })
final class ExportCommand implements Callable<Integer> {
    private static final int WRITE_BUFFER_BYTES = 1 << 16;

    private final CommandContext context;

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file (default: standard output).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--filter", paramLabel = "FILTER", defaultValue = "", description = "Only records it lets through.")
    private String filter = "";

    @Option(
            names = "--sort",
            paramLabel = "FIELDS",
            defaultValue = "",
            description = "Fields to sort by, separated by commas; - before one turns it round, as in --sort=-created.")
    private String sort = "";

    @Option(
            names = "--fields",
            paramLabel = "FIELDS",
            split = ",",
            description = "Only these fields, separated by commas, in this order.")
    private List<String> fieldNames = new ArrayList<>();

    @Option(
            names = "--spreadsheet",
            description = "CSV: put an apostrophe before text that a spreadsheet would run as a formula.")
    private boolean spreadsheet;

    ExportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Workspace workspace = context.openWorkspace();
                Interruption interruption = context.terminal().interruptions().get()) {
            CollectionSchema collection = transfer.collection(workspace);
            List<Field> fields = fields(collection);
            Format chosen =
                    transfer.format().or(() -> output.flatMap(Format::of)).orElse(Format.JSON);
            if (output.isEmpty())
                return write(
                        workspace.kernel(),
                        collection,
                        fields,
                        chosen,
                        context.terminal().out(),
                        interruption);
            try (var file = ReplacedFile.of(output.get())) {
                int code = write(workspace.kernel(), collection, fields, chosen, file.out(), interruption);
                if (code == ExitCode.DONE) file.complete();
                return code;
            }
        }
    }

    private List<Field> fields(CollectionSchema collection) {
        List<Field> exportable = RecordSource.exportable(collection);
        if (fieldNames.isEmpty()) return exportable;
        return fieldNames.stream()
                .map(name -> exportable.stream()
                        .filter(field -> field.name().equals(name.strip()))
                        .findFirst()
                        .orElseThrow(() ->
                                CommandFailure.usage(collection.name() + " has no field '" + name + "' to export")))
                .toList();
    }

    private int write(
            Kernel kernel,
            CollectionSchema collection,
            List<Field> fields,
            Format chosen,
            OutputStream target,
            Interruption interruption)
            throws IOException {
        var out = new BufferedOutputStream(target, WRITE_BUFFER_BYTES);
        Exporter exporter = Exporter.of(chosen, collection, fields, spreadsheet, out);
        var source = new RecordSource(kernel, collection, filter, sort);
        try (Progress progress = Progress.start(context.terminal(), "export " + collection.name(), "records", -1)) {
            var count = new long[1];
            exporter.begin();
            source.each(progress::expect, row -> {
                if (interruption.requested()) throw new Interrupted();
                exporter.record(row);
                progress.reached(++count[0]);
            });
            exporter.end();
            out.flush();
            progress.say(collection.name() + ": exported " + count[0]);
            return ExitCode.DONE;
        } catch (Interrupted _) {
            context.terminal().err().println("interrupted: the export is not complete");
            return ExitCode.INTERRUPTED;
        }
    }

    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted() {
            super("interrupted", null, false, false);
        }
    }
}
