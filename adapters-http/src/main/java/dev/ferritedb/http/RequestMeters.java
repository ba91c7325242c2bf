package dev.ferritedb.http;

import dev.ferritedb.ports.metering.Meters;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts and times each request by route template, method and status class: `http_requests` and `http_request_time`.
final class RequestMeters {
    private static final String OTHER = "other";

    private final Meters meters;
    private final Map<Route, String[][]> labels = new ConcurrentHashMap<>();

    RequestMeters(Meters meters) {
        this.meters = meters;
    }

    boolean measuring() {
        return meters != Meters.NONE;
    }

    void answered(Route route, int status, long nanos) {
        String[] its = labels.computeIfAbsent(route, RequestMeters::labels)[status / 100];
        meters.count("http_requests", 1, its);
        meters.time("http_request_time", Duration.ofNanos(nanos), its);
    }

    private static String[][] labels(Route route) {
        var byClass = new String[6][];
        for (int i = 0; i < byClass.length; i++) {
            String statusClass = i < 2 ? OTHER : i + "xx";
            byClass[i] = new String[] {"route", route.template(), "method", route.method(), "status", statusClass};
        }
        return byClass;
    }
}
