package dev.ferritedb.distribution.plugin;

/// What every plug-in sees beside its own JARs: the JDK and the ports. Resources of the host stay hidden.
final class ApiClassLoader extends ClassLoader {
    /// With the last dot, so that a neighbour such as `dev.ferritedb.portsx` isn't shown.
    private static final String SHOWN = "dev.ferritedb.ports.";

    private final ClassLoader host;

    ApiClassLoader(ClassLoader host) {
        super("ferritedb-api", getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.startsWith(SHOWN)) throw new ClassNotFoundException(name);
        return host.loadClass(name);
    }
}
