package dev.ferritedb.distribution.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that is set: a flag before the environment before the file. Remembers each key that was asked for, so that what
/// nobody asked for can be named.
final class Sources {
    static final String PREFIX = "FERRITEDB_";
    /// Read before the configuration is: where it lies, and what the start script gives to the JVM.
    private static final Set<String> NOT_SETTINGS = Set.of("FERRITEDB_CONFIG", "FERRITEDB_DATA", "FERRITEDB_JAVA_OPTS");

    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Map<String, Given> file;
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, Entry> shown = new LinkedHashMap<>();

    Sources(Map<String, String> flags, Map<String, String> environment, Map<String, Given> file) {
        this.flags = Map.copyOf(flags);
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    Optional<Given> find(String path) {
        known.add(path);
        String flag = flags.get(path);
        if (flag != null) return Optional.of(new Given(new Given.Untyped(flag), "flag"));
        String variable = variableOf(path);
        String set = environment.get(variable);
        if (set != null) return Optional.of(new Given(new Given.Untyped(set), variable));
        return Optional.ofNullable(file.get(path));
    }

    /// Counts all below `prefix` as read: whoever would have read it isn't there.
    void leaveOut(String prefix) {
        file.keySet().stream().filter(path -> path.startsWith(prefix)).forEach(known::add);
    }

    void show(Entry entry) {
        shown.put(entry.key(), entry);
    }

    List<Entry> shown() {
        return List.copyOf(shown.values());
    }

    /// A line for each key and variable that nothing asked for.
    List<String> unused() {
        var lines = new ArrayList<String>();
        for (var leaf : file.entrySet()) {
            if (!known.contains(leaf.getKey()))
                lines.add(unknownKey(leaf.getKey(), leaf.getValue().origin()));
        }
        var variables = known.stream().map(Sources::variableOf).toList();
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !NOT_SETTINGS.contains(name))
                .filter(name -> !variables.contains(name))
                .sorted()
                .map(name -> "environment: " + name + " is not a setting" + didYouMean(name, variables))
                .forEach(lines::add);
        return lines;
    }

    private String unknownKey(String path, String origin) {
        String section = path.startsWith("plugins.") ? path.split("\\.", 3)[1] : "";
        if (!section.isEmpty() && known.stream().noneMatch(key -> key.startsWith("plugins." + section + "."))) {
            return origin + ": " + path + " is set, but no plug-in '" + section + "' that reads settings is installed";
        }
        if (path.startsWith("storage.s3.") && known.stream().noneMatch(key -> key.startsWith("storage.s3."))) {
            return origin + ": " + path + " is set, but no plug-in that reads it is installed and in use";
        }
        return origin + ": " + path + " is not a setting" + didYouMean(path, known);
    }

    private static String didYouMean(String misspelt, Collection<String> known) {
        return Nearest.to(misspelt, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    static String variableOf(String path) {
        return PREFIX + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
