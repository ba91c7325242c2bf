package dev.ferritedb.metrics;

import dev.ferritedb.ports.metering.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/// Sums up what the server counts, and writes it in Prometheus' text form, version 0.0.4.
///
/// A count `http_requests` becomes the counter `ferritedb_http_requests_total`, a duration `http_request` the histogram
/// `ferritedb_http_request_seconds`.
final class PrometheusMeters implements Meters {
    /// Most combinations of a name and its labels; what comes after is left out, so that no label can fill the memory.
    static final int SERIES_MAX = 2_000;

    /// Upper bounds in seconds. Source: those of Prometheus' own client libraries, and two below for a local database.
    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^a-zA-Z0-9_]");
    private static final Comparator<Series> ORDER = Comparator.comparing(Series::name)
            .thenComparing(series -> series.labels().toString());

    private final ConcurrentHashMap<Series, LongAdder> counters = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Series, Histogram> histograms = new ConcurrentHashMap<>();

    /// @param labels name, value, name, value …
    private record Series(String name, List<String> labels) {}

    private static final class Histogram {
        private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
        private final LongAdder nanoseconds = new LongAdder();

        Histogram() {
            for (int i = 0; i < buckets.length; i++) buckets[i] = new LongAdder();
        }

        void add(Duration duration) {
            double seconds = duration.toNanos() / 1e9;
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) bucket++;
            buckets[bucket].increment();
            nanoseconds.add(duration.toNanos());
        }
    }

    @Override
    public void count(String name, long amount, String... labels) {
        var series = new Series(name, List.of(labels));
        LongAdder counter = counters.get(series);
        if (counter == null) {
            if (counters.size() >= SERIES_MAX) return;
            counter = counters.computeIfAbsent(series, _ -> new LongAdder());
        }
        counter.add(amount);
    }

    @Override
    public void time(String name, Duration duration, String... labels) {
        var series = new Series(name, List.of(labels));
        Histogram histogram = histograms.get(series);
        if (histogram == null) {
            if (histograms.size() >= SERIES_MAX) return;
            histogram = histograms.computeIfAbsent(series, _ -> new Histogram());
        }
        histogram.add(duration);
    }

    String text() {
        var text = new StringBuilder(4096);
        String last = "";
        for (var counter : counters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .toList()) {
            Series series = counter.getKey();
            String name = "ferritedb_" + NOT_IN_A_NAME.matcher(series.name()).replaceAll("_") + "_total";
            if (!name.equals(last)) text.append("# TYPE ").append(name).append(" counter\n");
            last = name;
            sample(text, name, series.labels(), counter.getValue().sum());
        }
        for (var histogram : histograms.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .toList()) {
            Series series = histogram.getKey();
            String name = "ferritedb_" + NOT_IN_A_NAME.matcher(series.name()).replaceAll("_") + "_seconds";
            if (!name.equals(last)) text.append("# TYPE ").append(name).append(" histogram\n");
            last = name;
            write(text, name, series.labels(), histogram.getValue());
        }
        return text.toString();
    }

    private static void write(StringBuilder text, String name, List<String> labels, Histogram histogram) {
        long below = 0;
        for (int i = 0; i < histogram.buckets.length; i++) {
            below += histogram.buckets[i].sum();
            var withBound = new ArrayList<>(labels);
            withBound.add("le");
            withBound.add(i < BOUNDS.length ? number(BOUNDS[i]) : "+Inf");
            sample(text, name + "_bucket", withBound, below);
        }
        text.append(name).append("_sum");
        labels(text, labels);
        text.append(' ').append(histogram.nanoseconds.sum() / 1e9).append('\n');
        sample(text, name + "_count", labels, below);
    }

    private static void sample(StringBuilder text, String name, List<String> labels, long value) {
        text.append(name);
        labels(text, labels);
        text.append(' ').append(value).append('\n');
    }

    private static void labels(StringBuilder text, List<String> labels) {
        if (labels.size() < 2) return;
        for (int i = 0; i + 1 < labels.size(); i += 2) {
            text.append(i == 0 ? '{' : ',')
                    .append(NOT_IN_A_NAME.matcher(labels.get(i)).replaceAll("_"))
                    .append("=\"")
                    .append(labels.get(i + 1)
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n"))
                    .append('"');
        }
        text.append('}');
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
