package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.identity.ProviderOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which redirect URLs a code may have come back to: those that equal, character for character, what the operator
/// or a superuser has named. Some providers let through more than the one that was registered (other paths, other
/// ports), and whoever makes such a place of somebody's own hand codes on gets them from it; such a code is good
/// for nothing here.
///
/// Named are `/api/oauth2-redirect` at the server's public URL, and the provider's `extra.redirectURLs`. Where
/// the server has no public URL yet, or is asked at this machine, its own address as the request has it will do.
final class RedirectUrls {
    private static final String PATH = "/api/oauth2-redirect";
    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final SettingsService settings;

    RedirectUrls(SettingsService settings) {
        this.settings = settings;
    }

    boolean allow(String redirectUrl, ProviderOptions provider, Request request) {
        if (provider.extraTexts("redirectURLs").contains(redirectUrl)) return true;
        String publicUrl = settings.mail().appUrl();
        if (redirectUrl.equals(publicUrl + PATH)) return true;
        String host = request.headers().getOrDefault("host", "");
        if (!isLoopback(host) && !isLoopback(authority(publicUrl))) return false;
        return AUTHORITY.matcher(host).matches()
                && (redirectUrl.equals("http://" + host + PATH) || redirectUrl.equals("https://" + host + PATH));
    }

    private static String authority(String url) {
        String rest = url.substring(url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    private static boolean isLoopback(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() && LOOPBACK.matcher(parts.group(1)).matches();
    }
}
