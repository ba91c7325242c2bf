package dev.ferritedb.oauth2;

import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import java.util.List;

/// The place of sign-in through OAuth2 and OpenID Connect. It loads and adds nothing yet: identity providers are to
/// come.
public final class OAuth2Plugin implements Plugin {
    @Override
    public String name() {
        return "oauth2";
    }

    @Override
    public List<Extension> extensions() {
        return List.of();
    }
}
