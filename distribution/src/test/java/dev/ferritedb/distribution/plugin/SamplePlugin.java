package dev.ferritedb.distribution.plugin;

import dev.ferritedb.ports.plugin.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Compiles a plug-in of `src/test/plugins` against the ports alone and packs it, as its author would.
public final class SamplePlugin {
    private static final String SERVICE_FILE = "META-INF/services/dev.ferritedb.ports.plugin.Plugin";

    private SamplePlugin() {}

    /// @param className of the plug-in, named in the service file; empty for a JAR without one
    public static Path pack(String name, String className, Path jar) {
        try {
            Files.createDirectories(jar.toAbsolutePath().getParent());
            Path classes = Files.createTempDirectory(name);
            compile(Path.of("src/test/plugins", name), classes);
            try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (Path file : files(classes)) {
                    add(out, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
                if (!className.isEmpty()) add(out, SERVICE_FILE, className.getBytes(StandardCharsets.UTF_8));
            }
            delete(classes);
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-d", classes.toString(), "-cp", portsPath(), "-proc:none");
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(files(sources)))
                    .call();
            if (!compiled) throw new IllegalStateException(sources + " does not compile");
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static String portsPath() {
        try {
            return Path.of(Plugin.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
