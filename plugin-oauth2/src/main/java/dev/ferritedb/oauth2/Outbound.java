package dev.ferritedb.oauth2;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Asks other servers: http(s), no redirects, one deadline for the whole of it, answers of a bounded size. It
/// connects to the very address that was checked, so that no second look-up of the name leads elsewhere; the
/// JDK's clients don't let us say that.
final class Outbound {
    private static final int URL_MAX = 8 * 1024;

    private final AddressPolicy policy;
    private final Duration timeout;
    private final SSLSocketFactory tls;

    Outbound(AddressPolicy policy, Duration timeout, SSLSocketFactory tls) {
        this.policy = policy;
        this.timeout = timeout;
        this.tls = tls;
    }

    record Answer(int status, String body) {
        boolean succeeded() {
            return status >= 200 && status < 300;
        }
    }

    /// @param headers without those that frame the message
    Answer send(String method, String address, Map<String, String> headers, byte[] body) throws IOException {
        URI url = url(address);
        InetAddress machine = policy.checked(url);
        try (var socket = new Socket()) {
            Thread deadline = Thread.ofVirtual().start(() -> closeAfterTimeout(socket));
            try {
                return exchange(socket, machine, url, request(method, url, headers, body));
            } finally {
                deadline.interrupt();
            }
        }
    }

    private static URI url(String address) throws IOException {
        if (address.length() > URL_MAX) throw new IOException("an address of more than " + URL_MAX + " characters");
        try {
            return new URI(address);
        } catch (URISyntaxException wrong) {
            throw new IOException("not an http(s) address", wrong);
        }
    }

    /// A timeout of single reads would let a server that trickles hold us for ever.
    private void closeAfterTimeout(Socket socket) {
        try {
            Thread.sleep(timeout);
            socket.close();
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        } catch (IOException unclosable) {
            System.getLogger(Outbound.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot close a connection", unclosable);
        }
    }

    private Answer exchange(Socket socket, InetAddress machine, URI url, byte[] request) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(millis);
        socket.connect(new InetSocketAddress(machine, AddressPolicy.port(url)), millis);
        if (!AddressPolicy.isHttps(url)) return talk(socket, request);
        try (SSLSocket secured = secured(socket, url)) {
            return talk(secured, request);
        }
    }

    private SSLSocket secured(Socket socket, URI url) throws IOException {
        var secured = (SSLSocket) tls.createSocket(socket, url.getHost(), AddressPolicy.port(url), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static Answer talk(Socket socket, byte[] request) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request);
        out.flush();
        InputStream in = socket.getInputStream();
        return new AnswerReader(in).read();
    }

    private static byte[] request(String method, URI url, Map<String, String> headers, byte[] body) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        var all = new LinkedHashMap<String, String>();
        all.put("Host", url.getRawAuthority());
        all.put("User-Agent", "FerriteDB");
        all.put("Accept", "application/json");
        all.putAll(headers);
        all.put("Accept-Encoding", "identity");
        all.put("Connection", "close");
        if (body.length > 0 || method.equals("POST")) all.put("Content-Length", Integer.toString(body.length));
        var head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        all.forEach((name, value) ->
                head.append(name).append(": ").append(oneLine(value)).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }

    /// A value with a line break would begin another header.
    private static String oneLine(String value) {
        return value.replaceAll("\\p{Cntrl}", "");
    }
}
