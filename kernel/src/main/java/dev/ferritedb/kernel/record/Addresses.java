package dev.ferritedb.kernel.record;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The syntax of e-mail addresses and web addresses.
public final class Addresses {
    private static final int EMAIL_MAX = 254;
    private static final Pattern LOCAL_PART =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN = Pattern.compile(
            "([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,61}");
    private static final Set<String> SCHEMES = Set.of("http", "https", "ftp", "ftps", "ws", "wss");

    private Addresses() {}

    public static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        return text.length() <= EMAIL_MAX
                && at > 0
                && at <= 64
                && LOCAL_PART.matcher(text.substring(0, at)).matches()
                && DOMAIN.matcher(text.substring(at + 1)).matches();
    }

    static String domainOf(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }

    /// @return empty when `text` is no absolute web address
    public static Optional<String> hostOf(String text) {
        if (text.length() > 2083) return Optional.empty();
        try {
            var uri = new URI(text);
            boolean web =
                    uri.getScheme() != null && SCHEMES.contains(uri.getScheme().toLowerCase(java.util.Locale.ROOT));
            return web ? Optional.ofNullable(uri.getHost()) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
