package dev.ferritedb.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a benchmark is run.
///
/// @param only a part of the names of the operations that are wanted; empty for all
record Options(
        Path distribution,
        Path work,
        int rows,
        int inFlight,
        int rounds,
        Duration seconds,
        Duration warmUp,
        int starts,
        Duration idle,
        String only) {
    static final Options COMPARISON = new Options(
            Path.of("distribution/target/ferritedb"),
            Path.of("benchmarks/target"),
            10_000,
            64,
            3,
            Duration.ofSeconds(3),
            Duration.ofSeconds(4),
            5,
            Duration.ofSeconds(2),
            "");

    static final Options POSTS = new Options(
            COMPARISON.distribution,
            COMPARISON.work,
            100_000,
            16,
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            COMPARISON.starts,
            COMPARISON.idle,
            "");

    static final Options LOGINS = new Options(
            COMPARISON.distribution,
            COMPARISON.work,
            COMPARISON.rows,
            COMPARISON.inFlight,
            3,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            COMPARISON.starts,
            COMPARISON.idle,
            "");

    private static final String USAGE = """
            options, each with a value:
              --distribution DIR  the built distribution (distribution/target/ferritedb)
              --work DIR          where databases are made: on the disk to be measured (benchmarks/target)
              --rows N            records to start with (%d)
              --in-flight N       requests at once (%d)
              --rounds N          for each operation and server (%d)
              --seconds N         a round (%d)
              --warm-up N         seconds before the first round (%d)
              --starts N          of the server, to time them (%d; not with posts or logins)
              --only TEXT         operations whose name has it (all; posts only)""";

    @FunctionalInterface
    interface Benchmark {
        void run(Options options, Path work) throws IOException, InterruptedException;
    }

    /// Runs `benchmark` with what the arguments say, in a folder that is gone afterwards; ends the process when
    /// they are wrong or it fails.
    static void run(String[] arguments, Options defaults, Benchmark benchmark)
            throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.println(defaults.usage());
            return;
        }
        Options options;
        try {
            options = read(arguments, defaults);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + defaults.usage());
            System.exit(2);
            return;
        }
        Files.createDirectories(options.work());
        Path work = Files.createTempDirectory(options.work(), "run");
        try {
            benchmark.run(options, work);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } finally {
            deleteAll(work);
        }
    }

    static Options read(String[] arguments, Options defaults) {
        Options options = defaults;
        if (arguments.length % 2 != 0) throw new IllegalArgumentException("an option without a value");
        for (int i = 0; i < arguments.length; i += 2) options = options.with(arguments[i], arguments[i + 1]);
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--distribution" ->
                new Options(
                        Path.of(value).toAbsolutePath(),
                        work,
                        rows,
                        inFlight,
                        rounds,
                        seconds,
                        warmUp,
                        starts,
                        idle,
                        only);
            case "--work" ->
                new Options(distribution, Path.of(value), rows, inFlight, rounds, seconds, warmUp, starts, idle, only);
            case "--rows" ->
                new Options(distribution, work, whole(value), inFlight, rounds, seconds, warmUp, starts, idle, only);
            case "--in-flight" ->
                new Options(distribution, work, rows, whole(value), rounds, seconds, warmUp, starts, idle, only);
            case "--rounds" ->
                new Options(distribution, work, rows, inFlight, whole(value), seconds, warmUp, starts, idle, only);
            case "--seconds" ->
                new Options(distribution, work, rows, inFlight, rounds, time(value), warmUp, starts, idle, only);
            case "--warm-up" ->
                new Options(distribution, work, rows, inFlight, rounds, seconds, time(value), starts, idle, only);
            case "--starts" ->
                new Options(distribution, work, rows, inFlight, rounds, seconds, warmUp, whole(value), idle, only);
            case "--only" ->
                new Options(distribution, work, rows, inFlight, rounds, seconds, warmUp, starts, idle, value);
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    private String usage() {
        return USAGE.formatted(rows, inFlight, rounds, seconds.toSeconds(), warmUp.toSeconds(), starts);
    }

    private static Duration time(String seconds) {
        return Duration.ofSeconds(whole(seconds));
    }

    private static int whole(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) throw new IllegalArgumentException("not a positive number: " + value);
        return number;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(path);
        }
    }
}
