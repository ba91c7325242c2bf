package dev.ferritedb.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A built distribution, and a data folder of its own.
record FerriteHome(Path home, Path data, Path logs) {
    /// A limit for each caller would measure the limit.
    private static final Map<String, String> ENVIRONMENT = Map.of("FERRITEDB_SERVER_RATE_LIMIT_ENABLED", "false");

    private static final String EMAIL = "bench@example.com";
    private static final String PASSWORD = "granite-lantern-42-orbit";

    void requireThere() throws IOException {
        if (Files.isExecutable(program())) return;
        throw new IOException(
                "there is no distribution at " + home + ": build it first, or name it with --distribution");
    }

    private Path program() {
        return home.resolve("bin/ferritedb");
    }

    ServerProcess serve() throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        List<String> command =
                List.of(program().toString(), "serve", "--data", data.toString(), "--port", Integer.toString(port));
        return ServerProcess.start(command, ENVIRONMENT, port, logs.resolve("ferritedb.log"));
    }

    void createSuperuser() throws IOException, InterruptedException {
        run("admin", "create", EMAIL, "--password", PASSWORD);
    }

    /// Brings the records of `file`, an object a line, into a collection.
    void importRecords(String collection, Path file) throws IOException, InterruptedException {
        run("import", collection, file.toString(), "--format", "ndjson");
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        Path log = logs.resolve("command.log");
        List<String> command = new ArrayList<>();
        command.add(program().toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(ENVIRONMENT);
        if (builder.start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + "\n" + Files.readString(log));
        }
    }

    ServerApi asSuperuser(ServerProcess server) throws IOException, InterruptedException {
        return ServerApi.signIn(server.address(), "_superusers", EMAIL, PASSWORD);
    }

    /// The Java and its flags that the distribution runs with, so that the baseline gets the same.
    List<String> java() throws IOException {
        List<String> command = new ArrayList<>();
        Path own = home.resolve("runtime/bin/java");
        command.add(
                Files.isExecutable(own)
                        ? own.toString()
                        : Path.of(System.getProperty("java.home"), "bin/java").toString());
        Path flags = home.resolve("lib/jvm.options");
        command.add(Files.isRegularFile(flags) ? "@" + flags : "-XX:+UseSerialGC");
        return command;
    }
}
