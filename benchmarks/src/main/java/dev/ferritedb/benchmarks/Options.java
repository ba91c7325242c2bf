package dev.ferritedb.benchmarks;

import java.nio.file.Path;
import java.time.Duration;

/// How the comparison is run.
record Options(
        Path distribution,
        Path work,
        int rows,
        int inFlight,
        int rounds,
        Duration seconds,
        Duration warmUp,
        int starts,
        Duration idle) {
    static final String USAGE = """
            options, each with a value:
              --distribution DIR  the built distribution (distribution/target/ferritedb)
              --work DIR          where databases are made: on the disk to be measured (benchmarks/target)
              --rows N            records to start with (10000)
              --in-flight N       requests at once (64)
              --rounds N          for each operation and server (3)
              --seconds N         a round (3)
              --warm-up N         seconds before the first round (4)
              --starts N          of the server, to time them (5)""";

    static Options read(String[] arguments) {
        var options = new Options(
                Path.of("distribution/target/ferritedb"),
                Path.of("benchmarks/target"),
                10_000,
                64,
                3,
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                5,
                Duration.ofSeconds(2));
        if (arguments.length % 2 != 0) throw new IllegalArgumentException("an option without a value");
        for (int i = 0; i < arguments.length; i += 2) options = options.with(arguments[i], arguments[i + 1]);
        return options;
    }

    private Options with(String name, String value) {
        Path folder = name.equals("--distribution") ? Path.of(value).toAbsolutePath() : distribution;
        return switch (name) {
            case "--distribution" -> new Options(folder, work, rows, inFlight, rounds, seconds, warmUp, starts, idle);
            case "--work" -> new Options(folder, Path.of(value), rows, inFlight, rounds, seconds, warmUp, starts, idle);
            case "--rows" -> new Options(folder, work, whole(value), inFlight, rounds, seconds, warmUp, starts, idle);
            case "--in-flight" -> new Options(folder, work, rows, whole(value), rounds, seconds, warmUp, starts, idle);
            case "--rounds" -> new Options(folder, work, rows, inFlight, whole(value), seconds, warmUp, starts, idle);
            case "--seconds" -> new Options(folder, work, rows, inFlight, rounds, time(value), warmUp, starts, idle);
            case "--warm-up" -> new Options(folder, work, rows, inFlight, rounds, seconds, time(value), starts, idle);
            case "--starts" -> new Options(folder, work, rows, inFlight, rounds, seconds, warmUp, whole(value), idle);
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    private static Duration time(String seconds) {
        return Duration.ofSeconds(whole(seconds));
    }

    private static int whole(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) throw new IllegalArgumentException("not a positive number: " + value);
        return number;
    }
}
