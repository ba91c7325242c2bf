package dev.ferritedb.ports.plugin;

import java.util.List;

/// An optional feature in JARs of its own, named in `META-INF/services/dev.ferritedb.ports.plugin.Plugin`.
/// It sees this module and the JDK alone. Nothing is started before a factory of [Extension] is called.
public interface Plugin {
    /// Lower-case letters, digits and hyphens: the name of its section, `[plugins.NAME]`.
    String name();

    List<Extension> extensions();
}
