package dev.ferritedb.kernel.settings;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// IP addresses and subnets of either kind. An IPv4 address and the IPv6 address it is mapped to are the same.
final class AddressList {
    private static final int BITS = 8 * Networks.ADDRESS_BYTES;
    private static final int BITS_BEFORE_FOUR = 96;

    private final List<Subnet> subnets;

    private AddressList(List<Subnet> subnets) {
        this.subnets = List.copyOf(subnets);
    }

    /// @param bits how many of the address count
    private record Subnet(String address, int bits) {
        boolean holds(byte[] other) {
            byte[] own = Networks.bytes(address).orElseThrow();
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (own[i] != other[i]) return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((own[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
        }
    }

    /// @param texts addresses, or subnets such as `10.0.0.0/8`
    static AddressList of(Value texts) {
        var subnets = new ArrayList<Subnet>();
        if (texts instanceof Value.Items items) {
            for (Value item : items.items()) {
                if (item instanceof Value.Text(String text)) subnet(text).ifPresent(subnets::add);
            }
        }
        return new AddressList(subnets);
    }

    private static Optional<Subnet> subnet(String text) {
        if (!Networks.isAddressOrSubnet(text)) return Optional.empty();
        int slash = text.indexOf('/');
        if (slash < 0) return Optional.of(new Subnet(text, BITS));
        String address = text.substring(0, slash);
        int bits = Integer.parseInt(text.substring(slash + 1));
        return Optional.of(new Subnet(address, address.indexOf(':') < 0 ? BITS_BEFORE_FOUR + bits : bits));
    }

    boolean isEmpty() {
        return subnets.isEmpty();
    }

    /// Refuses with `Forbidden` (`address_not_listed`) what is not in it, and what is no address.
    void demand(String address) {
        int zone = address.indexOf('%');
        boolean listed = Networks.bytes(zone < 0 ? address : address.substring(0, zone))
                .filter(bytes -> subnets.stream().anyMatch(subnet -> subnet.holds(bytes)))
                .isPresent();
        if (!listed) {
            throw new Refusal(
                    new Problem.Forbidden("address_not_listed", "You are not allowed to perform this request."));
        }
    }
}
