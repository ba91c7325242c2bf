package dev.ferritedb.http;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.ports.plugin.Endpoint;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// Routes of plug-ins. What one throws costs that request only.
final class PluginEndpoints {
    private static final System.Logger LOG = System.getLogger(PluginEndpoints.class.getName());
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> RESERVED = List.of(
            "/admin",
            "/_",
            "/api/auth",
            "/api/backups",
            "/api/batch",
            "/api/collections",
            "/api/crons",
            "/api/files",
            "/api/health",
            "/api/healthz",
            "/api/logs",
            "/api/oauth2-redirect",
            "/api/readyz",
            "/api/realtime",
            "/api/settings",
            "/api/sql",
            "/docs",
            "/healthz",
            "/openapi.json",
            "/readyz",
            "/realtime");

    private final long requestMaxBytes;

    PluginEndpoints(long requestMaxBytes) {
        this.requestMaxBytes = requestMaxBytes;
    }

    /// Adds those that can be mounted.
    /// @return what is wrong with the others, a line each that names the plug-in
    List<String> addTo(RouteTable routes, List<PluginEndpoint> endpoints) {
        var refused = new ArrayList<String>();
        for (PluginEndpoint added : endpoints) {
            try {
                add(routes, added);
            } catch (RuntimeException | LinkageError e) {
                refused.add("plug-in " + added.plugin() + ": its endpoint is left out: " + e.getMessage());
            }
        }
        return refused;
    }

    private void add(RouteTable routes, PluginEndpoint added) {
        Endpoint endpoint = added.endpoint();
        String method = endpoint.method();
        String path = endpoint.path();
        if (!METHODS.contains(method))
            throw new IllegalArgumentException("its method " + method + " is none of " + METHODS);
        if (!path.startsWith("/"))
            throw new IllegalArgumentException("its path " + path + " does not start with a slash");
        for (String reserved : RESERVED) {
            if (path.equals(reserved) || path.startsWith(reserved + "/")) {
                throw new IllegalArgumentException("its path " + path + " is reserved for the server");
            }
        }
        List<String> names = names(path);
        Endpoint.Access access = endpoint.access();
        routes.add(method, path, exchange -> answer(added, names, access, exchange));
    }

    private static List<String> names(String path) {
        var names = new ArrayList<String>();
        for (String segment : path.split("/", -1)) {
            if (segment.startsWith("{") && segment.endsWith("}")) names.add(segment.substring(1, segment.length() - 1));
        }
        return names;
    }

    private void answer(PluginEndpoint added, List<String> names, Endpoint.Access access, Exchange exchange) {
        Access.demand(access, exchange.caller());
        Endpoint.Call call = call(names, exchange);
        Endpoint.Answer answer;
        try {
            answer = inItsOwnContext(added.endpoint(), call);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "plug-in " + added.plugin() + " failed on request " + exchange.requestId(),
                    e);
            exchange.answerFault(500, "plugin_failed", TransportProblems.WENT_WRONG);
            return;
        }
        send(added, answer, exchange);
    }

    private Endpoint.Call call(List<String> names, Exchange exchange) {
        var parts = new HashMap<String, String>();
        for (int i = 0; i < names.size(); i++) parts.put(names.get(i), exchange.part(i));
        Caller caller = exchange.caller();
        return new Endpoint.Call(
                exchange.method(),
                exchange.rawPath(),
                parts,
                exchange.query().all(),
                exchange.headers(),
                caller.signedIn().map(StoredRecord::id),
                Bodies.utf8(Bodies.bytes(exchange, requestMaxBytes)));
    }

    private static Endpoint.Answer inItsOwnContext(Endpoint endpoint, Endpoint.Call call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(endpoint.getClass().getClassLoader());
        try {
            return endpoint.answer(call);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void send(PluginEndpoint added, Endpoint.Answer answer, Exchange exchange) {
        boolean sane = answer != null
                && answer.status() >= 200
                && answer.status() < 600
                && isHeaderValue(answer.mediaType())
                && answer.body() != null;
        if (!sane) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "plug-in {0} gave no valid answer to request {1}",
                    added.plugin(),
                    exchange.requestId());
            exchange.answerFault(500, "plugin_failed", TransportProblems.WENT_WRONG);
        } else if (answer.status() == 204) {
            exchange.answerNothing();
        } else {
            exchange.send(
                    answer.status(),
                    answer.mediaType(),
                    answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static boolean isHeaderValue(String text) {
        return text != null && text.chars().allMatch(c -> c >= ' ' && c < 127);
    }
}
