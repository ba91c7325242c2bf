package dev.ferritedb.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/// Measures reads while others sign in: a sign-in is 20 ms of computing on purpose, and must not keep others
/// waiting. `benchmarks/README.md` says how to run it and what the figures mean.
final class LoginsBenchmark {
    private static final int ACCOUNTS = 20;
    private static final int READS_PER_SECOND = 10_000;
    private static final int LOGINS_PER_SECOND = 60;
    private static final int LOGINS_IN_FLIGHT = 8;

    private final Options options;
    private final PrintStream out;

    private LoginsBenchmark(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        Options.run(arguments, Options.LOGINS, (options, work) -> new LoginsBenchmark(options, System.out).run(work));
    }

    /// A stream of requests to one server, for so long.
    @FunctionalInterface
    private interface Load {
        Measured run(ServerProcess server, Duration duration) throws IOException;
    }

    private record Case(String name, Load reads, Load logins) {}

    /// `serverCores`: how many processors the server kept busy.
    private record Together(Measured reads, Measured logins, double serverCores) {}

    private static final Load NOTHING = (_, duration) -> Measured.of(0, duration, new long[0], 0);

    private void run(Path work) throws IOException, InterruptedException {
        var ferrite = new FerriteHome(options.distribution(), Files.createDirectory(work.resolve("data")), work);
        ferrite.requireThere();
        ferrite.createSuperuser();
        var workload = new Workload(options.rows());
        try (ServerProcess server = ferrite.serve()) {
            ServerApi superuser = ferrite.asSuperuser(server);
            superuser.send("POST", "/api/collections", Comparison.COLLECTION);
            for (int i = 0; i < ACCOUNTS; i++) superuser.account("users", email(i));
            new LoadDriver(server.address(), options.inFlight())
                    .run(workload::fill, workload.rows())
                    .requireAnswered();
            table(server, workload);
        }
    }

    private static String email(int number) {
        return "user" + number + "@example.com";
    }

    private static byte[] login(int index) {
        return LoadDriver.post(
                "/api/collections/users/auth-with-password",
                "{\"identity\":\"" + email(index % ACCOUNTS) + "\",\"password\":\"" + ServerApi.ACCOUNT_PASSWORD
                        + "\"}");
    }

    private void table(ServerProcess server, Workload workload) throws IOException, InterruptedException {
        Load saturating = (target, duration) ->
                new LoadDriver(target.address(), options.inFlight()).run(workload::find, duration);
        Load steady = (target, duration) ->
                new LoadDriver(target.address(), options.inFlight()).runAt(READS_PER_SECOND, workload::find, duration);
        Load logins = (target, duration) -> new LoadDriver(target.address(), options.inFlight())
                .runAt(LOGINS_PER_SECOND, LoginsBenchmark::login, duration);
        Load manyLogins = (target, duration) ->
                new LoadDriver(target.address(), LOGINS_IN_FLIGHT).run(LoginsBenchmark::login, duration);
        String steadily = String.format(Locale.ROOT, "%,d reads/s", READS_PER_SECOND);
        String atOnce = options.inFlight() + " readers who never pause";
        out.printf(
                "%d cores, JDK %d, %d records, %d rounds of %d s, medians%n%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                options.rows(),
                options.rounds(),
                options.seconds().toSeconds());
        out.println("| Load | reads/s | p50 ms | p99 ms | max ms | logins/s | p50 ms | p99 ms | server's cores |");
        out.println("|---|" + "---:|".repeat(8));
        for (Case each : List.of(
                new Case(LOGINS_IN_FLIGHT + " who sign in again and again", NOTHING, manyLogins),
                new Case(steadily, steady, NOTHING),
                new Case(steadily + ", " + LOGINS_PER_SECOND + " logins/s", steady, logins),
                new Case(steadily + ", " + LOGINS_IN_FLIGHT + " who sign in again and again", steady, manyLogins),
                new Case(atOnce, saturating, NOTHING),
                new Case(atOnce + ", " + LOGINS_PER_SECOND + " logins/s", saturating, logins),
                new Case(atOnce + ", " + LOGINS_IN_FLIGHT + " who sign in again and again", saturating, manyLogins))) {
            if (each.name().contains(options.only())) row(server, each);
        }
    }

    private void row(ServerProcess server, Case each) throws IOException, InterruptedException {
        together(server, each, options.warmUp());
        List<Together> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) rounds.add(together(server, each, options.seconds()));
        List<Measured> reads = rounds.stream().map(Together::reads).toList();
        List<Measured> logins = rounds.stream().map(Together::logins).toList();
        out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %.0f | %.1f | %.1f | %.1f | %.2f |%n",
                each.name(),
                median(reads, Measured::perSecond),
                median(reads, measured -> measured.millis(0.5)),
                median(reads, measured -> measured.millis(0.99)),
                median(reads, measured -> measured.millis(1)),
                median(logins, Measured::perSecond),
                median(logins, measured -> measured.millis(0.5)),
                median(logins, measured -> measured.millis(0.99)),
                Round.median(rounds.stream().map(Together::serverCores).toList()));
    }

    private static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return Round.median(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private static Together together(ServerProcess server, Case each, Duration duration)
            throws IOException, InterruptedException {
        Duration before = server.cpu();
        long began = System.nanoTime();
        try (var others = Executors.newSingleThreadExecutor()) {
            Future<Measured> logins = others.submit(() -> each.logins.run(server, duration));
            Measured reads = each.reads.run(server, duration);
            Measured signedIn = logins.get();
            reads.requireAnswered();
            signedIn.requireAnswered();
            double cores = (double) server.cpu().minus(before).toNanos() / (System.nanoTime() - began);
            return new Together(reads, signedIn, cores);
        } catch (ExecutionException e) {
            throw new IOException("logins: " + e.getCause(), e);
        }
    }
}
