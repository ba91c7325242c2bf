package dev.ferritedb.cli;

import dev.ferritedb.cli.transfer.Format;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Whose records are exported or imported, and how they are written.
final class TransferOptions {
    @Parameters(index = "0", paramLabel = "COLLECTION", description = "Whose records.")
    private String collectionName = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "json, ndjson or csv (default: by the file's name, else json; an import looks into the file).")
    private Optional<Format> format = Optional.empty();

    CollectionSchema collection(Workspace workspace) {
        return workspace
                .kernel()
                .schema()
                .catalog()
                .find(collectionName)
                .orElseThrow(() -> new Refusal(Problem.NotFound.collection(collectionName)));
    }

    Optional<Format> format() {
        return format;
    }
}
