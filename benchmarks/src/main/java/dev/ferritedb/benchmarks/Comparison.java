package dev.ferritedb.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs FerriteDB's distribution and the bare server side by side, in turns on the same machine, and prints a
/// table in Markdown. `benchmarks/README.md` says how to run it and what the figures mean.
final class Comparison {
    /// Everyone may read and create, so that both servers do the same for a request.
    static final String COLLECTION = """
            {"name": "bench", "type": "base", "listRule": "", "viewRule": "", "createRule": "",
             "fields": [
               {"name": "title", "type": "text"},
               {"name": "body", "type": "text"},
               {"name": "count", "type": "number"},
               {"name": "done", "type": "bool"},
               {"name": "created", "type": "autodate", "onCreate": true},
               {"name": "updated", "type": "autodate", "onCreate": true, "onUpdate": true}]}
            """;

    private final Options options;
    private final PrintStream out;

    private Comparison(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        Options.run(arguments, Options.COMPARISON, (options, work) -> new Comparison(options, System.out).run(work));
    }

    private void run(Path work) throws IOException, InterruptedException {
        var ferrite = new FerriteHome(options.distribution(), Files.createDirectory(work.resolve("data")), work);
        ferrite.requireThere();
        Path bareData = Files.createDirectory(work.resolve("bare"));
        var workload = new Workload(options.rows());

        ferrite.createSuperuser();
        List<Duration> starts = new ArrayList<>();
        List<ServerProcess.Memory> memories = new ArrayList<>();
        for (int i = 0; i < options.starts(); i++) {
            try (ServerProcess server = ferrite.serve()) {
                starts.add(server.startTime());
                if (i > 0) continue;
                Thread.sleep(options.idle());
                memories.add(server.memory());
            }
        }
        try (ServerProcess server = ferrite.serve();
                ServerProcess bare = bare(ferrite, bareData, work)) {
            ServerApi superuser = ferrite.asSuperuser(server);
            superuser.send("POST", "/api/collections", COLLECTION);
            String token = superuser.account("users", "ann@example.com").token();
            fill(server, workload);
            fill(bare, workload);
            table(server, bare, workload, token);
            memories.add(server.memory());
        }
        report(starts, memories);
    }

    private static ServerProcess bare(FerriteHome ferrite, Path data, Path logs)
            throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        List<String> command = ferrite.java();
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareServer.class.getName()));
        command.addAll(List.of(Integer.toString(port), data.toString()));
        return ServerProcess.start(command, Map.of(), port, logs.resolve("bare.log"));
    }

    private void fill(ServerProcess server, Workload workload) throws IOException {
        Measured filled = new LoadDriver(server.address(), options.inFlight()).run(workload::fill, workload.rows());
        filled.requireAnswered();
    }

    private record Operation(String name, LoadDriver.Requests ferrite, LoadDriver.Requests bare) {}

    private void table(ServerProcess server, ServerProcess bare, Workload workload, String token) throws IOException {
        out.printf(
                "%d cores, %s, %d records, %d in flight, %d rounds of %d s each in turns, medians%n%n",
                Runtime.getRuntime().availableProcessors(),
                "JDK " + Runtime.version().feature(),
                options.rows(),
                options.inFlight(),
                options.rounds(),
                options.seconds().toSeconds());
        out.println("| Operation | FerriteDB" + Round.COLUMNS + "bare" + Round.COLUMNS + "ratio | driver's cores |");
        out.println("|---|" + "---:|".repeat(12));
        LoadDriver.Requests signedIn = workload.findAs(token);
        for (Operation operation : List.of(
                new Operation("get by id", workload::find, workload::find),
                new Operation("get by id, signed in", signedIn, signedIn),
                new Operation("list of 30", workload::list, workload::list),
                new Operation("list of 30 with totals", workload::countedList, workload::countedList),
                new Operation("durable create", workload::create, workload::create),
                new Operation("durable create (bare: a commit each)", workload::create, workload::createAlone))) {
            row(operation, server, bare);
        }
    }

    private void row(Operation operation, ServerProcess server, ServerProcess bare) throws IOException {
        Round.run(server, options.inFlight(), operation.ferrite(), options.warmUp());
        Round.run(bare, options.inFlight(), operation.bare(), options.warmUp());
        List<Round> ours = new ArrayList<>();
        List<Round> bares = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            boolean oursFirst = round % 2 == 0;
            if (oursFirst) ours.add(Round.run(server, options.inFlight(), operation.ferrite(), options.seconds()));
            bares.add(Round.run(bare, options.inFlight(), operation.bare(), options.seconds()));
            if (!oursFirst) ours.add(Round.run(server, options.inFlight(), operation.ferrite(), options.seconds()));
        }
        double ratio = Round.median(ours, Round::perSecond) / Round.median(bares, Round::perSecond);
        double driver = Math.max(Round.median(ours, Round::driverCores), Round.median(bares, Round::driverCores));
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %.2f |%n",
                operation.name(),
                Round.cells(ours),
                Round.cells(bares),
                ratio,
                driver);
    }

    private void report(List<Duration> starts, List<ServerProcess.Memory> memories) {
        List<Double> millis =
                starts.stream().map(start -> start.toNanos() / 1e6).sorted().toList();
        out.printf(
                Locale.ROOT,
                "%nStart to the first 200 of /healthz: median %.0f ms of %d starts (%.0f to %.0f)%n",
                Round.median(millis),
                millis.size(),
                millis.getFirst(),
                millis.getLast());
        out.printf(
                Locale.ROOT,
                "Memory: idle after the start %.0f MB resident (%.0f MB proportional), after the load %.0f MB (%.0f MB)%n",
                memories.getFirst().resident(),
                memories.getFirst().proportional(),
                memories.getLast().resident(),
                memories.getLast().proportional());
    }
}
