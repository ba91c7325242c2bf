package dev.ferritedb.distribution;

import dev.ferritedb.ports.plugin.Plugin;
import java.util.ServiceLoader;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
final class CodeThatLooksUpServices {
    private CodeThatLooksUpServices() {}

    static ServiceLoader<Plugin> plugins() {
        return ServiceLoader.load(Plugin.class);
    }
}
