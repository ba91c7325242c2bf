package dev.ferritedb.http;

import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Optional;

/// Takes each request to its route and makes an answer of whatever the route throws: the one place where refusals
/// and faults end. It stands in for Helidon's own routing, which matches paths with regular expressions, one
/// route after the other, and spells each header anew.
final class Dispatcher implements HttpRouting, Router {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final System.Logger ACCESS_LOG = System.getLogger("dev.ferritedb.http.access");
    private static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");
    private static final HeaderName REQUEST_METHOD = HeaderNames.create("access-control-request-method");
    private static final HeaderName REQUEST_HEADERS = HeaderNames.create("access-control-request-headers");

    /// Helidon lets a header line that begins with its colon pass.
    private static final HeaderName NAMELESS = HeaderNames.create("");

    /// Source: the security checklist, HTTP.
    private static final int HEADERS_MAX = 100;

    private static final Route NO_ROUTE = new Route("*", "*", _ -> {});

    private final RouteTable routes;
    private final Site site;
    private final RequestMeters meters;
    private final RequestId requestIds;
    private final HttpSecurity security = HttpSecurity.create();

    Dispatcher(RouteTable routes, Site site, RequestMeters meters, RequestId requestIds) {
        this.routes = routes;
        this.site = site;
        this.meters = meters;
        this.requestIds = requestIds;
    }

    @Override
    public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
        GuardedConnection connection = (GuardedConnection) context;
        connection.enter(GuardedConnection.Phase.WORK);
        boolean measuring = meters.measuring() || ACCESS_LOG.isLoggable(System.Logger.Level.DEBUG);
        long start = measuring ? System.nanoTime() : 0;
        var exchange = new Exchange(connection, request, site, requestId(request));
        Route route = serve(request, exchange);
        if (measuring) measure(route, exchange, System.nanoTime() - start);
        if (exchange.mustClose()) {
            if (exchange.leftUnread()) connection.linger();
            throw new CloseConnectionException("answered for the last time");
        }
        connection.enter(GuardedConnection.Phase.NEXT_REQUEST);
    }

    private String requestId(RoutingRequest request) {
        if (!request.headers().contains(REQUEST_ID)) return requestIds.next();
        String theirs = request.headers().get(REQUEST_ID).get();
        return RequestId.isSafe(theirs) ? theirs : requestIds.next();
    }

    private Route serve(RoutingRequest request, Exchange exchange) {
        Route route = NO_ROUTE;
        try {
            if (isPreflight(exchange)) {
                answerPreflight(exchange);
                return route;
            }
            int malformed = malformed(request);
            if (malformed != 0) {
                exchange.closeAfterAnswer();
                exchange.send(malformed, TransportProblems.body(malformed));
                return route;
            }
            Optional<RouteTable.Match> match = find(exchange);
            if (match.isEmpty()) throw new Refusal(new Problem.NotFound("route_not_found", Problem.WHAT_IS_MISSING));
            route = match.get().route();
            exchange.parts(match.get().parts());
            exchange.requireQuery();
            site.authentication().demandListed(exchange);
            route.action().answer(exchange);
            if (!exchange.answered()) throw new IllegalStateException("no answer from " + route);
        } catch (Refusal refusal) {
            note(exchange, refusal.problem());
            answerUnlessAnswered(exchange, refusal);
        } catch (CloseConnectionException theClientHungUp) {
            throw theClientHungUp;
        } catch (PortFailure e) {
            fault(exchange, 503, "storage_unavailable", e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError | LinkageError e) {
            fault(exchange, 500, "internal_error", e);
        }
        return route;
    }

    private static int malformed(RoutingRequest request) {
        if (request.headers().size() > HEADERS_MAX) return 431;
        return request.headers().contains(NAMELESS)
                        || request.prologue().fragment().hasValue()
                ? 400
                : 0;
    }

    private Optional<RouteTable.Match> find(Exchange exchange) {
        String[] segments = PathSegments.of(exchange.rawPath());
        String method = exchange.method();
        Optional<RouteTable.Match> match = routes.find(method, segments);
        return match.isEmpty() && method.equals("HEAD") ? routes.find("GET", segments) : match;
    }

    private static boolean isPreflight(Exchange exchange) {
        return exchange.method().equals("OPTIONS")
                && exchange.header(HeaderNames.ORIGIN).isPresent()
                && exchange.header(REQUEST_METHOD).isPresent();
    }

    private void answerPreflight(Exchange exchange) {
        exchange.answerHeaderLines(
                site.cors().preflightHeaders(exchange.header(HeaderNames.ORIGIN), exchange.header(REQUEST_HEADERS)));
        exchange.answerNothing();
    }

    /// Guests may knock as they like: of them it would tell nothing.
    private void note(Exchange exchange, Problem problem) {
        if (!(problem instanceof Problem.Forbidden forbidden) || !exchange.isSignedIn()) return;
        site.audit()
                .note(
                        exchange.asked(),
                        AuditAction.AUTHORIZATION_FAILURE,
                        "request",
                        "",
                        AuditDetails.of("request", exchange.toString(), "reason", forbidden.code()));
    }

    private static void answerUnlessAnswered(Exchange exchange, Refusal refusal) {
        if (exchange.answered()) throw new CloseConnectionException("refused after the answer", refusal);
        exchange.answer(refusal.problem());
    }

    private static void fault(Exchange exchange, int status, String code, Throwable thrown) {
        LOG.log(System.Logger.Level.ERROR, "request " + exchange.requestId() + " failed: " + exchange, thrown);
        if (exchange.answered()) throw new CloseConnectionException("failed after the answer");
        exchange.answerFault(status, code, TransportProblems.WENT_WRONG);
    }

    private void measure(Route route, Exchange exchange, long nanos) {
        if (meters.measuring()) meters.answered(route, exchange.status(), nanos);
        if (ACCESS_LOG.isLoggable(System.Logger.Level.DEBUG)) {
            ACCESS_LOG.log(
                    System.Logger.Level.DEBUG,
                    exchange + " " + exchange.status() + " " + nanos / 1000 + " us " + exchange.requestId());
        }
    }

    @Override
    public HttpSecurity security() {
        return security;
    }

    @Override
    public <T extends Routing> T routing(Class<T> type, T otherwise) {
        return type == HttpRouting.class ? type.cast(this) : otherwise;
    }

    @Override
    public List<? extends Routing> routings() {
        return List.of(this);
    }

    @Override
    public void beforeStart() {}

    @Override
    public void afterStop() {}

    @Override
    public void afterStart(io.helidon.webserver.WebServer webServer) {}
}
