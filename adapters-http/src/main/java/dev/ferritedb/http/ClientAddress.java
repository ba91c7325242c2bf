package dev.ferritedb.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a request really comes from. What a client writes into headers is believed only as far as proxies that
/// the operator names passed it on: of `X-Forwarded-For`, the last hop that is none of them.
final class ClientAddress {
    private final List<Network> trusted;

    ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream()
                .map(text -> Network.read(text)
                        .orElseThrow(() -> new IllegalArgumentException("no address and no network: " + text)))
                .toList();
    }

    static boolean isAddressOrNetwork(String text) {
        return Network.read(text).isPresent();
    }

    /// @param peer who is at the other end of the connection
    /// @param forwardedFor the whole `X-Forwarded-For` list, empty when there is none
    String of(InetAddress peer, String forwardedFor) {
        InetAddress client = peer;
        String[] hops = forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            Optional<InetAddress> hop = address(hops[i].strip());
            if (hop.isEmpty()) break;
            client = hop.get();
        }
        return text(client);
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.holds(address));
    }

    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /// No name is looked up.
    private static Optional<InetAddress> address(String text) {
        String bare = text;
        if (text.startsWith("[") && text.indexOf(']') > 0) bare = text.substring(1, text.indexOf(']'));
        else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0)
            bare = text.substring(0, text.indexOf(':'));
        if (bare.indexOf('%') >= 0) return Optional.empty();
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /// Addresses that begin alike.
    private record Network(InetAddress start, int bits) {
        static Optional<Network> read(String text) {
            int slash = text.indexOf('/');
            Optional<InetAddress> start = address(slash < 0 ? text : text.substring(0, slash));
            if (start.isEmpty()) return Optional.empty();
            int all = start.get().getAddress().length * 8;
            return bits(slash < 0 ? Integer.toString(all) : text.substring(slash + 1))
                    .filter(bits -> bits <= all)
                    .map(bits -> new Network(start.get(), bits));
        }

        private static Optional<Integer> bits(String digits) {
            boolean number = !digits.isEmpty()
                    && digits.length() <= 3
                    && Stream.of(digits.split("")).allMatch(digit -> digit.charAt(0) >= '0' && digit.charAt(0) <= '9');
            return number ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
        }

        boolean holds(InetAddress address) {
            byte[] theirs = address.getAddress();
            byte[] ours = start.getAddress();
            if (theirs.length != ours.length) return false;
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((theirs[bit / 8] & mask) != (ours[bit / 8] & mask)) return false;
            }
            return true;
        }
    }
}
