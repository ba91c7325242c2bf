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
import java.util.function.ToDoubleFunction;

/// Runs FerriteDB's distribution and the bare server side by side, in turns on the same machine, and prints a table in
/// Markdown. `benchmarks/README.md` says how to run it and what the figures mean.
final class Comparison {
    private final Options options;
    private final PrintStream out;

    private Comparison(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        Files.createDirectories(options.work());
        Path work = Files.createTempDirectory(options.work(), "run");
        try {
            new Comparison(options, System.out).run(work);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } finally {
            deleteAll(work);
        }
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
            ferrite.createCollection(server.address());
            fill(server, workload);
            fill(bare, workload);
            table(server, bare, workload);
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
        requireAnswered(filled);
    }

    private record Operation(String name, LoadDriver.Requests ferrite, LoadDriver.Requests bare) {}

    private void table(ServerProcess server, ServerProcess bare, Workload workload) throws IOException {
        out.printf(
                "%d cores, %s, %d records, %d in flight, %d rounds of %d s each in turns, medians%n%n",
                Runtime.getRuntime().availableProcessors(),
                "JDK " + Runtime.version().feature(),
                options.rows(),
                options.inFlight(),
                options.rounds(),
                options.seconds().toSeconds());
        String columns = " /s | p50 ms | p99 ms | max ms | CPU µs | ";
        out.println("| Operation | FerriteDB" + columns + "bare" + columns + "ratio | driver's cores |");
        out.println("|---|" + "---:|".repeat(12));
        for (Operation operation : List.of(
                new Operation("get by id", workload::find, workload::find),
                new Operation("list of 30", workload::list, workload::list),
                new Operation("list of 30 with totals", workload::countedList, workload::countedList),
                new Operation("durable create", workload::create, workload::create),
                new Operation("durable create (bare: a commit each)", workload::create, workload::createAlone))) {
            row(operation, server, bare);
        }
    }

    private void row(Operation operation, ServerProcess server, ServerProcess bare) throws IOException {
        run(server, operation.ferrite(), options.warmUp());
        run(bare, operation.bare(), options.warmUp());
        List<Round> ours = new ArrayList<>();
        List<Round> bares = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            boolean oursFirst = round % 2 == 0;
            if (oursFirst) ours.add(run(server, operation.ferrite(), options.seconds()));
            bares.add(run(bare, operation.bare(), options.seconds()));
            if (!oursFirst) ours.add(run(server, operation.ferrite(), options.seconds()));
        }
        double ratio = median(ours, Round::perSecond) / median(bares, Round::perSecond);
        double driver = Math.max(median(ours, Round::driverCores), median(bares, Round::driverCores));
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %.2f |%n",
                operation.name(),
                cells(ours),
                cells(bares),
                ratio,
                driver);
    }

    /// `serverCpu` and `driverCpu`: what each took of the processors meanwhile.
    private record Round(Measured measured, Duration serverCpu, Duration driverCpu) {
        double perSecond() {
            return measured.perSecond();
        }

        double serverMicros() {
            return serverCpu.toNanos() / 1e3 / measured.answers();
        }

        /// Near 1 the driver's one thread is what is measured.
        double driverCores() {
            return (double) driverCpu.toNanos() / measured.time().toNanos();
        }
    }

    private Round run(ServerProcess server, LoadDriver.Requests requests, Duration duration) throws IOException {
        Duration serverBefore = server.cpu();
        Duration driverBefore = ServerProcess.cpu(ProcessHandle.current());
        Measured measured = new LoadDriver(server.address(), options.inFlight()).run(requests, duration);
        requireAnswered(measured);
        Duration driver = ServerProcess.cpu(ProcessHandle.current()).minus(driverBefore);
        return new Round(measured, server.cpu().minus(serverBefore), driver);
    }

    private static String cells(List<Round> rounds) {
        return String.format(
                Locale.ROOT,
                "%,.0f | %.2f | %.2f | %.0f | %.0f",
                median(rounds, Round::perSecond),
                median(rounds, round -> round.measured().millis(0.5)),
                median(rounds, round -> round.measured().millis(0.99)),
                rounds.stream()
                        .mapToDouble(round -> round.measured().millis(1))
                        .max()
                        .orElse(0),
                median(rounds, Round::serverMicros));
    }

    private static void requireAnswered(Measured measured) {
        if (measured.refused() == 0) return;
        throw new IllegalStateException(measured.refused() + " of " + measured.answers() + " requests were refused");
    }

    private void report(List<Duration> starts, List<ServerProcess.Memory> memories) {
        List<Double> millis =
                starts.stream().map(start -> start.toNanos() / 1e6).sorted().toList();
        out.printf(
                Locale.ROOT,
                "%nStart to the first 200 of /healthz: median %.0f ms of %d starts (%.0f to %.0f)%n",
                median(millis),
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

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return median(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(path);
        }
    }
}
