package dev.ferritedb.http;

import dev.ferritedb.ports.plugin.Endpoint;
import java.util.Objects;

/// A route that the plug-in by that name adds.
public record PluginEndpoint(String plugin, Endpoint endpoint) {
    public PluginEndpoint {
        Objects.requireNonNull(plugin);
        Objects.requireNonNull(endpoint);
    }
}
