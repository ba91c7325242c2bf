package dev.ferritedb.http;

import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.ports.metering.Meters;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A running HTTP server over one kernel.
public final class HttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

    /// Source: the security checklist, HTTP, as the next one.
    private static final int REQUEST_LINE_MAX_BYTES = 8 * 1024;

    private static final int HEADERS_MAX_BYTES = 16 * 1024;

    private final WebServer server;
    private final ConnectionGuard guard;
    private final RealtimeRoutes realtime;
    private final AtomicBoolean closing;
    private final InetAddress address;
    private final List<String> refusedEndpoints;

    private HttpServer(
            WebServer server,
            ConnectionGuard guard,
            RealtimeRoutes realtime,
            AtomicBoolean closing,
            InetAddress address,
            List<String> refusedEndpoints) {
        this.server = server;
        this.guard = guard;
        this.realtime = realtime;
        this.closing = closing;
        this.address = address;
        this.refusedEndpoints = List.copyOf(refusedEndpoints);
    }

    /// Starts listening; requests are answered when this returns.
    ///
    /// @param meters get a count and a duration for each request
    /// @param endpoints those that can't be mounted are left out and logged, see [#refusedEndpoints]
    /// @throws CannotListen when the host is unknown, the port is taken or may not be used
    public static HttpServer start(
            HttpSettings settings, Kernel kernel, Meters meters, List<PluginEndpoint> endpoints) {
        return start(
                settings,
                kernel,
                meters,
                endpoints,
                ConnectionGuard.Patience.with(settings.requestTimeout()),
                RealtimeRoutes.Patience.DEFAULT);
    }

    static HttpServer start(
            HttpSettings settings,
            Kernel kernel,
            Meters meters,
            List<PluginEndpoint> endpoints,
            ConnectionGuard.Patience patience,
            RealtimeRoutes.Patience streams) {
        InetAddress address = address(settings.host());
        requireFree(address, settings);

        var closing = new AtomicBoolean();
        var site = new Site(
                new Authentication(kernel.authenticator(), kernel.settings()),
                new Cors(settings.corsOrigins()),
                new ClientAddress(settings.trustedProxies()),
                closing,
                kernel.audit());
        var routes = new RouteTable();
        var recordJson = new RecordJson();
        new HealthRoutes(kernel).addTo(routes);
        new CollectionRoutes(kernel, recordJson, settings.requestMaxBytes()).addTo(routes);
        new RecordRoutes(kernel, recordJson, settings.requestMaxBytes()).addTo(routes);
        new BatchRoutes(kernel, recordJson).addTo(routes);
        new SettingsRoutes(kernel, settings.requestMaxBytes()).addTo(routes);
        new AuditRoutes(kernel).addTo(routes);
        new SessionRoutes(kernel, recordJson, settings.requestMaxBytes()).addTo(routes);
        new AuthRoutes(kernel, recordJson, settings.requestMaxBytes()).addTo(routes);
        new ConfirmationRoutes(kernel, settings.requestMaxBytes()).addTo(routes);
        var realtime = new RealtimeRoutes(kernel, settings.requestMaxBytes(), streams);
        realtime.addTo(routes);
        var adminUi = new AdminUi();
        if (settings.adminEnabled()) adminUi.addTo(routes);
        new OAuth2RedirectRoutes(kernel, settings.adminEnabled() && adminUi.isThere()).addTo(routes);
        List<String> refused = new PluginEndpoints(settings.requestMaxBytes()).addTo(routes, endpoints);
        for (String line : refused) LOG.log(System.Logger.Level.ERROR, line);

        var requestIds = new RequestId(new SecureRandom().nextLong());
        var dispatcher = new Dispatcher(routes, site, new RequestMeters(meters), requestIds);
        var guard = new ConnectionGuard(http(), dispatcher, patience);
        discoverNoServices();
        WebServer server = WebServer.builder()
                .address(address)
                .port(settings.port())
                .addConnectionSelector(guard)
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false)
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .mediaContext(MediaContext.builder()
                        .mediaSupportsDiscoverServices(false)
                        .build())
                .directHandlers(TransportProblems.handlers())
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                // The other kind of socket sends what is larger than 8 KiB in pieces.
                .useNio(false)
                .shutdownHook(false)
                .shutdownGracePeriod(settings.drainTimeout())
                .build();
        server.start();
        if (!server.isRunning()) {
            guard.close();
            throw new CannotListen(cannot(settings) + "it did not start", new IOException("see the log"));
        }
        return new HttpServer(server, guard, realtime, closing, address, refused);
    }

    /// Helidon asks its registry for services that might add to the server. There are none, and the search
    /// through all JARs takes a tenth of the time to start.
    private static void discoverNoServices() {
        if (GlobalServiceRegistry.configured()) return;
        var none = ServiceRegistryConfig.builder()
                .discoverServices(false)
                .discoverServicesFromServiceLoader(false)
                .useBinding(false)
                .build();
        GlobalServiceRegistry.registry(ServiceRegistryManager.create(none).registry());
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new CannotListen("cannot listen on " + host + ": there is no such host", e);
        }
    }

    /// Helidon only logs that it could not bind; this tells why, before anything is built. The probe binds and
    /// does not listen: nobody can connect to it and be cut off.
    private static void requireFree(InetAddress address, HttpSettings settings) {
        try (var probe = SocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(new InetSocketAddress(address, settings.port()));
        } catch (BindException e) {
            throw new CannotListen(cannot(settings) + reason(e), e);
        } catch (IOException e) {
            throw new CannotListen(cannot(settings) + e.getMessage(), e);
        }
    }

    private static String cannot(HttpSettings settings) {
        return "cannot listen on " + settings.host() + ":" + settings.port() + ": ";
    }

    private static String reason(BindException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("Address already in use") ? "the port is taken" : message;
    }

    private static Http1ConnectionSelector http() {
        Http1Config config = Http1Config.builder()
                .maxPrologueLength(REQUEST_LINE_MAX_BYTES)
                .maxHeadersSize(HEADERS_MAX_BYTES)
                .validateRequestHeaders(true)
                // Path and query are checked where they are cut into their parts.
                .validatePath(false)
                .validatePrologue(false)
                .validateResponseHeaders(false)
                .sendKeepAliveHeader(false)
                .log(HttpLogConfig.builder().receiveLog(false).sendLog(false).build())
                .build();
        return Http1ConnectionSelector.builder().config(config).build();
    }

    public int port() {
        return server.port();
    }

    /// How many connections are being served.
    int connections() {
        return guard.open();
    }

    /// Where the server can be reached, such as `http://127.0.0.1:8090`; one for each address of this machine
    /// when it listens on all of them.
    public List<String> addresses() {
        if (!address.isAnyLocalAddress()) return List.of(url(address));
        var urls = new ArrayList<String>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(own -> !own.isLinkLocalAddress())
                    .forEach(own -> urls.add(url(own)));
        } catch (SocketException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot list the network interfaces", e);
        }
        return urls.isEmpty() ? List.of(url(InetAddress.getLoopbackAddress())) : List.copyOf(urls);
    }

    private String url(InetAddress own) {
        String host = own.getHostAddress();
        int zone = host.indexOf('%');
        if (zone >= 0) host = host.substring(0, zone);
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port();
    }

    /// Why endpoints of plug-ins were left out, a line each that names the plug-in.
    public List<String> refusedEndpoints() {
        return refusedEndpoints;
    }

    /// Stops accepting, lets requests in flight finish until the drain timeout, then closes every connection.
    @Override
    public void close() {
        closing.set(true);
        realtime.close();
        server.stop();
        guard.close();
    }
}
