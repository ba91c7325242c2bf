package dev.ferritedb.oauth2;

import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import dev.ferritedb.ports.plugin.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/// Sign-in through OAuth2 and OpenID Connect.
///
/// Settings, in `[plugins.oauth2]`: `allow_loopback`, whether providers on this machine may be asked (`true` by
/// default, for development: it takes an address that says so); `internal_hosts`, further hosts that need not be
/// public.
public final class OAuth2Plugin implements Plugin {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "oauth2";
    }

    @Override
    public List<Extension> extensions() {
        return List.of((Extension.IdentityProvidersFactory) OAuth2Plugin::providers);
    }

    private static List<IdentityProvider> providers(Settings settings) {
        var tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var outbound = new Outbound(policy(settings), TIMEOUT, tls);
        return providers(outbound, InstantSource.system());
    }

    static List<IdentityProvider> providers(Outbound outbound, InstantSource clock) {
        var idTokens = new IdTokens(outbound, clock);
        return Declarations.all().stream()
                .<IdentityProvider>map(declaration -> new OAuth2Provider(declaration, outbound, idTokens, clock))
                .toList();
    }

    private static AddressPolicy policy(Settings settings) {
        Set<String> hosts = new HashSet<>();
        for (String host : settings.list("internal_hosts")) hosts.add(host.toLowerCase(Locale.ROOT));
        return new AddressPolicy(settings.truth("allow_loopback", true), hosts);
    }
}
