package dev.ferritedb.distribution.plugin;

import dev.ferritedb.ports.plugin.Plugin;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks through `plugins/<name>/*.jar` and `plugins/<name>.jar`, in the order of their names.
final class PluginFolder {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Set<String> RESERVED = Set.of("local", "ferritedb");
    private static final String SERVICE_FILE = "META-INF/services/" + Plugin.class.getName();

    private final ClassLoader api = new ApiClassLoader(PluginFolder.class.getClassLoader());
    private final Map<String, LoadedPlugin> found = new LinkedHashMap<>();
    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /// @throws PluginError when two plug-ins have one name, or one a reserved name
    void scan(Path folder) {
        for (Path place : children(folder)) {
            List<Path> jars = Files.isDirectory(place) ? children(place) : List.of(place);
            jars = jars.stream()
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList();
            if (!jars.isEmpty()) load(place, jars);
        }
    }

    List<LoadedPlugin> found() {
        return List.copyOf(found.values());
    }

    List<URLClassLoader> loaders() {
        return List.copyOf(loaders);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void load(Path place, List<Path> jars) {
        var loader = new URLClassLoader(
                "plugin:" + place.getFileName(),
                jars.stream().map(PluginFolder::url).toArray(URL[]::new),
                api);
        loaders.add(loader);
        var providers = ServiceLoader.load(Plugin.class, loader).iterator();
        try {
            if (!providers.hasNext()) {
                problems.add(place + ": none of its JARs has a " + SERVICE_FILE + "; it is not loaded");
            }
            while (providers.hasNext()) add(place, providers.next(), loader);
        } catch (ServiceConfigurationError | RuntimeException | LinkageError broken) {
            if (broken instanceof PluginError contradiction) throw contradiction;
            problems.add(place + ": the plug-in cannot be made; it is not loaded: " + reason(broken));
        }
    }

    private void add(Path place, Plugin plugin, URLClassLoader loader) {
        String name = plugin.name();
        if (name == null || !NAME.matcher(name).matches()) {
            problems.add(place + ": '" + name + "' is no name for a plug-in (lower-case letters, digits, hyphens);"
                    + " it is not loaded");
            return;
        }
        if (RESERVED.contains(name)) throw new PluginError(place + ": the name '" + name + "' is reserved");
        LoadedPlugin other = found.putIfAbsent(name, new LoadedPlugin(name, place, plugin, loader));
        if (other != null) {
            throw new PluginError("two plug-ins are named '" + name + "': " + other.place() + " and " + place);
        }
    }

    /// What went wrong and why, on one line: a service loader's own message only says that something did.
    static String reason(Throwable failure) {
        var text = new StringBuilder(failure.toString());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; cause: ").append(cause);
        }
        return text.toString();
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            throw new PluginError(folder + ": cannot be read: " + unreadable.getMessage());
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
