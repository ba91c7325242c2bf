package dev.ferritedb.oauth2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which machines may be asked. Public ones, by https; those of one's own network only when the operator lists
/// them, and this machine when the address says so in plain sight (`localhost`, `127.…`, `[::1]`) and the
/// operator lets it.
///
/// @param loopback whether this machine may be asked
/// @param internalHosts `host` or `host:port`, in lower case
record AddressPolicy(boolean loopback, Set<String> internalHosts) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final List<Network> RESERVED = List.of(
            Network.of("0.0.0.0", 8),
            Network.of("10.0.0.0", 8),
            Network.of("100.64.0.0", 10),
            Network.of("127.0.0.0", 8),
            Network.of("169.254.0.0", 16),
            Network.of("172.16.0.0", 12),
            Network.of("192.0.0.0", 24),
            Network.of("192.0.2.0", 24),
            Network.of("192.88.99.0", 24),
            Network.of("192.168.0.0", 16),
            Network.of("198.18.0.0", 15),
            Network.of("198.51.100.0", 24),
            Network.of("203.0.113.0", 24),
            Network.of("224.0.0.0", 3),
            Network.of("::", 96),
            Network.of("64:ff9b::", 96),
            Network.of("64:ff9b:1::", 48),
            Network.of("100::", 64),
            Network.of("2001::", 23),
            Network.of("2001:db8::", 32),
            Network.of("2002::", 16),
            Network.of("3fff::", 20),
            Network.of("5f00::", 16),
            Network.of("fc00::", 7),
            Network.of("fe80::", 9),
            Network.of("ff00::", 8));

    AddressPolicy {
        internalHosts = Set.copyOf(internalHosts);
    }

    /// @return where to connect to
    /// @throws IOException when it may not be asked, is no http(s) address or unknown
    InetAddress checked(URI url) throws IOException {
        String host = host(url);
        boolean mayBeInternal = mayBeInternal(url, host);
        if (!isHttps(url) && !mayBeInternal) throw new IOException("only https is spoken with " + host);
        InetAddress[] addresses = resolved(host);
        for (InetAddress address : addresses) {
            if (!mayBeInternal && !isPublic(address)) {
                throw new IOException(host + " is not a public address; plugins.oauth2.internal_hosts may list it");
            }
        }
        return addresses[0];
    }

    private static String host(URI url) throws IOException {
        String host = url.getHost();
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || isHttps(url);
        if (!web || host == null || url.getRawUserInfo() != null) throw new IOException("not an http(s) address");
        return host.toLowerCase(Locale.ROOT);
    }

    static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    static int port(URI url) {
        if (url.getPort() >= 0) return url.getPort();
        return isHttps(url) ? 443 : 80;
    }

    private boolean mayBeInternal(URI url, String host) {
        if (internalHosts.contains(host) || internalHosts.contains(host + ":" + port(url))) return true;
        return loopback && LOOPBACK.matcher(host).matches();
    }

    private static InetAddress[] resolved(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new IOException("there is no host " + host, unknown);
        }
    }

    static boolean isPublic(InetAddress address) {
        return RESERVED.stream().noneMatch(network -> network.holds(address));
    }

    /// The first `bits` of an address.
    private record Network(List<Byte> start, int bits) {
        static Network of(String address, int bits) {
            return new Network(bytes(InetAddress.ofLiteral(address)), bits);
        }

        boolean holds(InetAddress address) {
            List<Byte> own = bytes(address);
            if (own.size() != start.size()) return false;
            for (int bit = 0; bit < bits; bit += 8) {
                int kept = 0xff << Math.max(0, 8 - (bits - bit));
                if (((own.get(bit / 8) ^ start.get(bit / 8)) & kept & 0xff) != 0) return false;
            }
            return true;
        }

        private static List<Byte> bytes(InetAddress address) {
            byte[] raw = address.getAddress();
            var bytes = new Byte[raw.length];
            Arrays.setAll(bytes, i -> raw[i]);
            return List.of(bytes);
        }
    }
}
