import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassTransform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Puts the distribution together: `target/ferritedb/` with a run-time image and an AOT cache, and two zips of it.
///
/// Run by Maven on the JDK of the toolchain, in the folder of this module: `java src/build/Pack.java VERSION PLUGINS
/// ZIPS`, PLUGINS being names with commas between, ZIPS `true` or `false`.
final class Pack {
    /// One time for all files, so that the same sources make the same zip; the AOT cache knows its JARs by their time.
    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    /// What programs and plug-ins may need of the JDK: its whole standard library and a few more.
    private static final String MODULES = "java.se,jdk.unsupported,jdk.crypto.ec,jdk.crypto.cryptoki,jdk.zipfs,"
            + "jdk.naming.dns,jdk.localedata,jdk.management,jdk.httpserver,jdk.jfr,jdk.charsets,jdk.net";

    private static final Path TARGET = Path.of("target");
    private static final Path HOME = TARGET.resolve("ferritedb");
    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    private final String version;

    private Pack(String version) {
        this.version = version;
    }

    static void main(String[] arguments) throws Exception {
        var pack = new Pack(arguments[0]);
        List<String> plugins =
                Stream.of(arguments[1].split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
        pack.layOut(plugins);
        if (Boolean.parseBoolean(arguments[2])) pack.zip("", false);
        pack.addRuntime();
        pack.useOneNative();
        pack.fitForTheCache();
        pack.train();
        if (Boolean.parseBoolean(arguments[2])) pack.zip("-" + platform(), true);
    }

    private void layOut(List<String> plugins) throws IOException {
        for (String part : List.of("bin", "lib", "plugins", "conf")) delete(HOME.resolve(part));
        copyTree(Path.of("src/dist"), HOME);
        Files.copy(Path.of("../LICENSE"), HOME.resolve("LICENSE"), StandardCopyOption.REPLACE_EXISTING);
        Path lib = HOME.resolve("lib");
        copyTree(TARGET.resolve("lib"), lib);
        Files.copy(TARGET.resolve("ferritedb-distribution-" + version + ".jar"), lib.resolve("ferritedb.jar"));
        Files.createDirectories(HOME.resolve("plugins"));
        for (String plugin : plugins) {
            Path built = Path.of("..", "plugin-" + plugin, "target");
            Path jar = built.resolve("ferritedb-plugin-" + plugin + "-" + version + ".jar");
            if (!Files.exists(jar)) throw new IOException("there is no plug-in '" + plugin + "' (looked for " + jar + ")");
            Path folder = Files.createDirectories(HOME.resolve("plugins").resolve(plugin));
            Files.copy(jar, folder.resolve(jar.getFileName()));
            if (Files.isDirectory(built.resolve("plugin-lib"))) copyTree(built.resolve("plugin-lib"), folder);
        }
        for (Path file : files(HOME)) if (!file.startsWith(HOME.resolve("runtime"))) Files.setLastModifiedTime(file, TIME);
    }

    private void addRuntime() throws IOException, InterruptedException {
        Path runtime = HOME.resolve("runtime");
        Path stamp = TARGET.resolve("runtime.stamp");
        String wanted = System.getProperty("java.home") + " " + Runtime.version() + " " + MODULES;
        if (Files.isDirectory(runtime) && Files.exists(stamp) && Files.readString(stamp).equals(wanted)) return;
        delete(runtime);
        run(List.of(tool("jlink"), "--add-modules", MODULES, "--strip-java-debug-attributes", "--no-header-files",
                "--no-man-pages", "--output", runtime.toString()), TARGET.resolve("jlink.log"));
        Files.writeString(stamp, wanted);
    }

    /// Lays this platform's SQLite library beside the JARs and takes all the others out: the JAR shrinks to a tenth,
    /// and no start has to unpack it into a temporary folder.
    private void useOneNative() throws IOException {
        if (!LINUX) return;
        Path jar = files(HOME.resolve("lib")).stream()
                .filter(file -> file.getFileName().toString().startsWith("sqlite-jdbc"))
                .findFirst()
                .orElseThrow();
        String wanted = "org/sqlite/native/Linux/" + (arch().equals("x64") ? "x86_64" : arch()) + "/libsqlitejdbc.so";
        Path natives = Files.createDirectories(HOME.resolve("lib/native"));
        Path slim = TARGET.resolve("sqlite-slim.jar");
        try (var in = new ZipInputStream(Files.newInputStream(jar));
                var out = new ZipOutputStream(Files.newOutputStream(slim))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(wanted)) Files.copy(in, natives.resolve("libsqlitejdbc.so"));
                if (entry.getName().startsWith("org/sqlite/native/")) continue;
                var copy = new ZipEntry(entry.getName());
                copy.setLastModifiedTime(TIME);
                out.putNextEntry(copy);
                in.transferTo(out);
                out.closeEntry();
            }
        }
        if (!Files.exists(natives.resolve("libsqlitejdbc.so"))) {
            throw new IOException(jar + " has no " + wanted);
        }
        Files.move(slim, jar, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(jar, TIME);
        Files.setLastModifiedTime(natives.resolve("libsqlitejdbc.so"), TIME);
    }

    /// The AOT cache takes no classes of a signed JAR and none compiled for Java 5 or older. So signatures go, which
    /// nothing checks (Bouncy Castle is called directly, not through the JDK's list of providers), and old classes,
    /// picocli's, are written anew in the form of Java 8.
    private void fitForTheCache() throws IOException {
        for (Path jar : files(HOME.resolve("lib"))) {
            if (!jar.toString().endsWith(".jar")) continue;
            try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                for (Path file : files(inside.getPath("/"))) {
                    if (file.toString().matches("/META-INF/[^/]+\\.(SF|RSA|DSA|EC)")) Files.delete(file);
                    if (file.toString().endsWith(".class")) modernise(file);
                }
            }
            Files.setLastModifiedTime(jar, TIME);
        }
    }

    private static void modernise(Path file) throws IOException {
        byte[] old = Files.readAllBytes(file);
        int major = (old[6] & 0xff) << 8 | old[7] & 0xff;
        if (major >= ClassFile.JAVA_6_VERSION) return;
        var format = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
        Files.write(
                file,
                format.transformClass(
                        format.parse(old),
                        ClassTransform.dropping(ClassFileVersion.class::isInstance)
                                .andThen(ClassTransform.endHandler(
                                        builder -> builder.withVersion(ClassFile.JAVA_6_VERSION, 0)))));
    }

    /// Starts the server once, uses it a little, stops it: the JVM keeps the classes it loaded, linked, in the AOT
    /// cache.
    private void train() throws Exception {
        Path data = TARGET.resolve("training");
        delete(data);
        Files.createDirectories(data);
        Path cache = HOME.resolve("lib/ferritedb.aot").toAbsolutePath();
        Files.deleteIfExists(cache);
        var builder = new ProcessBuilder(
                HOME.resolve(LINUX ? "bin/ferritedb" : "bin/ferritedb.bat").toAbsolutePath().toString(),
                "--data", data.resolve("data").toAbsolutePath().toString(), "serve", "--port", "0", "--demo");
        builder.directory(data.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FERRITEDB_"));
        builder.environment().put("FERRITEDB_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
        Path log = TARGET.resolve("training.log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process server = builder.start();
        try {
            use(addressIn(log, server));
        } finally {
            server.destroy();
        }
        if (!server.waitFor(120, TimeUnit.SECONDS)) server.destroyForcibly();
        if (!Files.exists(cache)) throw new IOException("no AOT cache was made: " + Files.readString(log));
        Files.setLastModifiedTime(cache, TIME);
        delete(data);
    }

    private static URI addressIn(Path log, Process server) throws Exception {
        Pattern address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            Matcher matcher = address.matcher(Files.readString(log));
            if (matcher.find()) return URI.create(matcher.group());
            if (!server.isAlive()) break;
            Thread.sleep(20);
        }
        throw new IOException("the server did not start: " + Files.readString(log));
    }

    private static void use(URI address) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            String credentials = "{\"identity\":\"admin@ferritedb.dev\",\"password\":\"Admin123!\"}";
            String answer = send(client, address, "POST", "/api/collections/_superusers/auth-with-password", "", credentials);
            String token = member(answer, "token");
            String owner = member(send(client, address, "GET", "/api/collections/users/records?perPage=1", token, ""), "id");
            String post = "{\"title\":\"Training\",\"content\":\"A post to warm up with.\",\"published\":true,"
                    + "\"owner_id\":\"" + owner + "\"}";
            for (int i = 0; i < 200; i++) {
                send(client, address, "GET", "/healthz", "", "");
                send(client, address, "GET", "/readyz", "", "");
                send(client, address, "GET", "/api/health", "", "");
                send(client, address, "GET", "/api/collections", token, "");
                send(client, address, "GET", "/api/collections/posts/records?sort=-created&filter=published%3Dtrue", "", "");
                send(client, address, "POST", "/api/collections/posts/records", token, post);
            }
            send(client, address, "GET", "/admin/", "", "");
            send(client, address, "GET", "/metrics", "", "");
        }
    }

    private static String member(String json, String name) throws IOException {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!matcher.find()) throw new IOException("no " + name + " in " + json);
        return matcher.group(1);
    }

    private static String send(HttpClient client, URI address, String method, String path, String token, String body)
            throws Exception {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) request.header("Content-Type", "application/json");
        if (!token.isEmpty()) request.header("Authorization", token);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private void zip(String suffix, boolean withRuntime) throws IOException {
        Path zip = TARGET.resolve("ferritedb-" + version + suffix + ".zip");
        Files.deleteIfExists(zip);
        URI uri = URI.create("jar:" + zip.toUri());
        try (FileSystem archive = FileSystems.newFileSystem(
                uri, Map.of("create", "true", "enablePosixFileAttributes", LINUX ? "true" : "false"))) {
            for (Path file : files(HOME)) {
                if (!withRuntime && file.startsWith(HOME.resolve("runtime"))) continue;
                Path inside = archive.getPath("ferritedb-" + version).resolve(HOME.relativize(file).toString());
                Files.createDirectories(inside.getParent());
                Files.copy(file, inside);
                Files.setLastModifiedTime(inside, TIME);
                if (LINUX) Files.setPosixFilePermissions(inside, Files.getPosixFilePermissions(file));
            }
        }
    }

    private static void run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int code = process.waitFor();
        if (code != 0) throw new IOException(command.getFirst() + " failed with " + code + ": " + Files.readString(log));
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String platform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return (name.contains("windows") ? "windows" : name.contains("mac") ? "macos" : "linux") + "-" + arch();
    }

    private static String arch() {
        String arch = System.getProperty("os.arch");
        return arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
