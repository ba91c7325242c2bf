package dev.ferritedb.distribution.plugin;

/// The plug-ins contradict one another, so that no start makes sense. The message names the JARs.
public final class PluginError extends RuntimeException {
    private static final long serialVersionUID = 1;

    PluginError(String message) {
        super(message, null, false, false);
    }
}
