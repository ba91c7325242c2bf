package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.ports.problem.PortFailure;

/// Whether the server is alive and whether it can do its work.
final class HealthRoutes {
    private static final System.Logger LOG = System.getLogger(HealthRoutes.class.getName());

    private final Kernel kernel;

    HealthRoutes(Kernel kernel) {
        this.kernel = kernel;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", "/api/health", this::health)
                .add("GET", "/healthz", this::alive)
                .add("GET", "/api/healthz", this::alive)
                .add("GET", "/readyz", this::ready)
                .add("GET", "/api/readyz", this::ready);
    }

    private void health(Exchange exchange) {
        JsonBuffer out = JsonBuffer.wire(128).object();
        out.name("message")
                .text("API is healthy.")
                .name("code")
                .number(200)
                .name("data")
                .object();
        if (exchange.caller().isSuperuser()) {
            out.name("canBackup").truth(true);
            out.name("possibleProxyHeader").text("");
            out.name("realIP").text(exchange.remoteAddress());
        }
        exchange.answer(out.endObject().endObject());
    }

    private void alive(Exchange exchange) {
        exchange.send(200, status("ok"));
    }

    private void ready(Exchange exchange) {
        try {
            kernel.probe();
        } catch (PortFailure e) {
            LOG.log(System.Logger.Level.ERROR, "not ready: {0}", e.getMessage());
            exchange.send(503, status("unavailable"));
            return;
        }
        exchange.send(200, status("ok"));
    }

    private static JsonBuffer status(String status) {
        return JsonBuffer.wire(32)
                .object()
                .name("status")
                .text(status)
                .endObject()
                .newline();
    }
}
