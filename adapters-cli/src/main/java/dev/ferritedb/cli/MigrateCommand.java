package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.Table;
import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.ports.persistence.MigrationState;
import dev.ferritedb.ports.persistence.RecordStore;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        description = "Brings the data folder's own tables to this version, or back.",
        footer = {"  ferritedb migrate status", "  ferritedb migrate run"})
final class MigrateCommand {
    private final CommandContext context;

    MigrateCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "run",
            description = "Applies the migrations that are missing, each in a transaction of its own.",
            footer = "  ferritedb migrate run --data ./ferritedb_data")
    int run(@Option(names = "--json", description = "Answer with the names as a JSON array.") boolean json) {
        try (RecordStore store = open()) {
            return tell(store.migrate(), "applied", "nothing to do: all migrations are applied", json);
        }
    }

    @Command(
            name = "status",
            description = "Lists the migrations, oldest first, and whether they are applied.",
            footer = "  ferritedb migrate status --json")
    int status(@Option(names = "--json", description = "Answer with a JSON array.") boolean json) {
        try (RecordStore store = open()) {
            List<MigrationState> migrations = store.migrations();
            if (json) Documents.print(context.terminal().out(), buffer -> states(buffer, migrations));
            else table(migrations).printTo(context.terminal().out());
            return 0;
        }
    }

    @Command(
            name = "revert",
            description = "Undoes the newest migrations. What they made goes, the records in it too.",
            footer = {"  ferritedb migrate revert", "  ferritedb migrate revert --count 2"})
    int revert(
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "How many (default: ${DEFAULT-VALUE}).")
                    int count,
            @Option(names = "--json", description = "Answer with the names as a JSON array.") boolean json) {
        if (count < 1) throw CommandFailure.usage("--count must be 1 or more");
        try (RecordStore store = open()) {
            return tell(store.revert(count), "reverted", "nothing to do: no migration is applied", json);
        }
    }

    private RecordStore open() {
        return context.program().openStore(context.globalOptions().get());
    }

    private int tell(List<String> names, String what, String nothing, boolean json) {
        var out = context.terminal().out();
        if (json) Documents.printTexts(out, names);
        else if (names.isEmpty()) context.terminal().err().println(nothing);
        else names.forEach(name -> out.println(what + " " + name));
        return 0;
    }

    private static Table table(List<MigrationState> migrations) {
        var table = new Table("MIGRATION", "APPLIED");
        migrations.forEach(state -> table.row(state.name(), state.applied() ? state.appliedAt() : "no"));
        return table;
    }

    private static void states(JsonBuffer buffer, List<MigrationState> migrations) {
        buffer.array();
        for (MigrationState state : migrations) {
            buffer.object().name("name").text(state.name());
            buffer.name("applied").truth(state.applied());
            buffer.name("appliedAt").text(state.appliedAt()).endObject();
        }
        buffer.endArray();
    }
}
