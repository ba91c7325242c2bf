package dev.ferritedb.benchmarks;

import dev.ferritedb.benchmarks.PostsWorkload.Operation;
import dev.ferritedb.benchmarks.PostsWorkload.Step;
import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Measures what people do with many records: lists with and without totals, text search, related records, and
/// rules that walk over relations. `benchmarks/README.md` says how to run it and what the figures mean.
final class PostsBenchmark {
    /// What a fresh server takes until the code that all requests run through is compiled.
    private static final Duration COMPILING = Duration.ofSeconds(10);

    private final Options options;
    private final PrintStream out;

    private PostsBenchmark(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        Options.run(arguments, Options.POSTS, (options, work) -> new PostsBenchmark(options, System.out).run(work));
    }

    private void run(Path work) throws IOException, InterruptedException {
        var ferrite = new FerriteHome(options.distribution(), Files.createDirectory(work.resolve("data")), work);
        ferrite.requireThere();
        ferrite.createSuperuser();
        var sample = new PostsSample(options.rows());
        try (ServerProcess server = ferrite.serve()) {
            ServerApi superuser = ferrite.asSuperuser(server);
            superuser.send("PUT", "/api/collections/import", PostsSample.COLLECTIONS);
            Duration loaded = load(ferrite, sample, Files.createDirectory(work.resolve("files")));
            out.printf(
                    Locale.ROOT,
                    "%d cores, JDK %d, %,d posts by %d users in %d organizations, imported in %.1f s; %d in flight, %d rounds"
                            + " of %d s, medians%n%n",
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version().feature(),
                    sample.posts(),
                    PostsSample.USERS,
                    PostsSample.ORGANIZATIONS,
                    loaded.toMillis() / 1e3,
                    options.inFlight(),
                    options.rounds(),
                    options.seconds().toSeconds());
            out.println("| Operation |" + Round.COLUMNS + "target |");
            out.println("|---|" + "---:|".repeat(6));
            String token = ServerApi.signIn(server.address(), "users", PostsSample.EMAIL, PostsSample.PASSWORD)
                    .token();
            List<Step> steps = new PostsWorkload(sample, token).steps();
            Operation first = steps.getFirst().operations().getFirst();
            Round.run(server, options.inFlight(), first.requests(), COMPILING);
            for (Step step : steps) measure(server, superuser, step);
        }
    }

    private static Duration load(FerriteHome ferrite, PostsSample sample, Path files)
            throws IOException, InterruptedException {
        sample.write(files);
        long began = System.nanoTime();
        for (String file : PostsSample.FILES) ferrite.importRecords(file, files.resolve(file));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void measure(ServerProcess server, ServerApi superuser, Step step)
            throws IOException, InterruptedException {
        List<Operation> chosen = step.operations().stream()
                .filter(operation -> operation.name().contains(options.only()))
                .toList();
        if (chosen.isEmpty()) return;
        String rule = Json.write(new Value.Members(Map.of("listRule", Value.text(step.listRule()))));
        superuser.send("PATCH", "/api/collections/posts", rule);
        for (Operation operation : chosen) row(server, operation);
    }

    private void row(ServerProcess server, Operation operation) throws IOException, InterruptedException {
        Round.run(server, options.inFlight(), operation.requests(), options.warmUp());
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) rounds.add(round(server, operation));
        double perSecond = Round.median(rounds, Round::perSecond);
        String verdict = operation.target() == 0
                ? ""
                : String.format(
                        Locale.ROOT, "%,d %s", operation.target(), perSecond < operation.target() ? "missed" : "met");
        out.printf("| %s | %s | %s |%n", operation.name(), Round.cells(rounds), verdict);
    }

    private Round round(ServerProcess server, Operation operation) throws IOException, InterruptedException {
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Measured>> beside = operation.beside().stream()
                    .map(requests ->
                            others.submit(() -> new LoadDriver(server.address(), 1).run(requests, options.seconds())))
                    .toList();
            Round round = Round.run(server, options.inFlight(), operation.requests(), options.seconds());
            for (Future<Measured> other : beside) other.get().requireAnswered();
            return round;
        } catch (ExecutionException e) {
            throw new IOException("beside: " + e.getCause(), e);
        }
    }
}
