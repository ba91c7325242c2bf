package dev.ferritedb.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// One stretch of load on one server. `serverCpu` and `driverCpu`: what each took of the processors meanwhile.
record Round(Measured measured, Duration serverCpu, Duration driverCpu) {
    static final String COLUMNS = " /s | p50 ms | p99 ms | max ms | CPU µs | ";

    /// @throws IllegalStateException when a request was refused: the figures would be of something else
    static Round run(ServerProcess server, int inFlight, LoadDriver.Requests requests, Duration duration)
            throws IOException {
        Duration serverBefore = server.cpu();
        Duration driverBefore = ServerProcess.cpu(ProcessHandle.current());
        Measured measured = new LoadDriver(server.address(), inFlight).run(requests, duration);
        measured.requireAnswered();
        Duration driver = ServerProcess.cpu(ProcessHandle.current()).minus(driverBefore);
        return new Round(measured, server.cpu().minus(serverBefore), driver);
    }

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

    /// What stands below [#COLUMNS]: medians, but of the longest latency the longest.
    static String cells(List<Round> rounds) {
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

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return median(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
