package dev.ferritedb.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PrometheusMetersTest {
    private final PrometheusMeters meters = new PrometheusMeters();

    @Test
    void writesACounterForEachCombinationOfLabels() {
        meters.count("http_requests", 1, "method", "GET", "status", "200");
        meters.count("http_requests", 2, "method", "GET", "status", "200");
        meters.count("http_requests", 1, "method", "GET", "status", "404");

        assertThat(meters.text()).isEqualTo("""
                # TYPE ferritedb_http_requests_total counter
                ferritedb_http_requests_total{method="GET",status="200"} 3
                ferritedb_http_requests_total{method="GET",status="404"} 1
                """);
    }

    @Test
    void writesAHistogramWhoseBucketsCountWhatIsBelow() {
        meters.time("write", Duration.ofNanos(500_000));
        meters.time("write", Duration.ofMillis(3));
        meters.time("write", Duration.ofSeconds(60));

        assertThat(meters.text().lines())
                .startsWith("# TYPE ferritedb_write_seconds histogram")
                .contains(
                        "ferritedb_write_seconds_bucket{le=\"5.0E-4\"} 1",
                        "ferritedb_write_seconds_bucket{le=\"0.0025\"} 1",
                        "ferritedb_write_seconds_bucket{le=\"0.005\"} 2",
                        "ferritedb_write_seconds_bucket{le=\"10\"} 2",
                        "ferritedb_write_seconds_bucket{le=\"+Inf\"} 3",
                        "ferritedb_write_seconds_sum 60.0035",
                        "ferritedb_write_seconds_count 3");
    }

    @Test
    void escapesWhatALabelHoldsAndKeepsNamesPlain() {
        meters.count("odd name", 1, "a-b", "say \"hi\"\\\n");

        assertThat(meters.text()).endsWith("ferritedb_odd_name_total{a_b=\"say \\\"hi\\\"\\\\\\n\"} 1\n");
    }

    @Test
    void leavesOutSeriesBeyondItsLimit() {
        for (int i = 0; i < PrometheusMeters.SERIES_MAX + 10; i++) {
            meters.count("requests", 1, "path", "/" + i);
            meters.time("request", Duration.ZERO, "path", "/" + i);
        }

        assertThat(meters.text().lines().filter(line -> line.startsWith("ferritedb_requests_total")))
                .hasSize(PrometheusMeters.SERIES_MAX);
        assertThat(meters.text().lines().filter(line -> line.startsWith("ferritedb_request_seconds_count")))
                .hasSize(PrometheusMeters.SERIES_MAX);
    }
}
