package dev.ferritedb.kernel.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/// Host names, IP addresses and subnets: their syntax and what they stand for.
public final class Networks {
    static final int ADDRESS_BYTES = 16;
    private static final int NAME_MAX = 253;
    private static final Pattern NAME = Pattern.compile(
            "[\\p{L}\\p{N}_]([\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?(\\.[\\p{L}\\p{N}_]([\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?)*\\.?");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    private Networks() {}

    public static boolean isHost(String text) {
        return isAddress(text)
                || text.length() <= NAME_MAX && NAME.matcher(text).matches();
    }

    static boolean isAddressOrSubnet(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) return isAddress(text);
        String address = text.substring(0, slash);
        String prefix = text.substring(slash + 1);
        if (!PREFIX.matcher(prefix).matches()) return false;
        int bits = Integer.parseInt(prefix);
        return isFour(address) && bits <= 32 || isSix(address) && bits <= 128;
    }

    private static boolean isAddress(String text) {
        return isFour(text) || isSix(text);
    }

    /// The 16 bytes of an address of either kind: an IPv4 address is its own mapped one.
    /// @return empty when `text` is no address
    static Optional<byte[]> bytes(String text) {
        var bytes = new byte[ADDRESS_BYTES];
        if (isFour(text)) {
            bytes[10] = (byte) 0xff;
            bytes[11] = (byte) 0xff;
            putFour(text, bytes, 12);
            return Optional.of(bytes);
        }
        if (!isSix(text)) return Optional.empty();
        int gap = text.indexOf("::");
        if (gap < 0) {
            putGroups(text, bytes, 0);
            return Optional.of(bytes);
        }
        String tail = text.substring(gap + 2);
        putGroups(text.substring(0, gap), bytes, 0);
        putGroups(tail, bytes, ADDRESS_BYTES - 2 * groups(tail, true));
        return Optional.of(bytes);
    }

    private static void putFour(String text, byte[] bytes, int at) {
        String[] octets = text.split("\\.", -1);
        for (int i = 0; i < octets.length; i++) bytes[at + i] = (byte) Integer.parseInt(octets[i]);
    }

    private static void putGroups(String text, byte[] bytes, int at) {
        if (text.isEmpty()) return;
        int next = at;
        for (String group : text.split(":", -1)) {
            if (isFour(group)) {
                putFour(group, bytes, next);
                next += 4;
            } else {
                int number = Integer.parseInt(group, 16);
                bytes[next++] = (byte) (number >> 8);
                bytes[next++] = (byte) number;
            }
        }
    }

    private static boolean isFour(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) return false;
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) return false;
        }
        return true;
    }

    private static boolean isSix(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) return groups(text, true) == 8;
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /// @param last whether the text may end with an IPv4 address, which counts as two groups
    /// @return how many groups of 16 bits `text` has, negative when one is none
    private static int groups(String text, boolean last) {
        if (text.isEmpty()) return 0;
        String[] groups = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            if (GROUP.matcher(groups[i]).matches()) count++;
            else if (last && i == groups.length - 1 && isFour(groups[i])) count += 2;
            else return -1;
        }
        return count;
    }
}
