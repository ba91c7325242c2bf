package dev.ferritedb.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, as its users run it.
final class ServerProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final byte[] HEALTH = LoadDriver.get("/healthz");

    private final Process process;
    private final int port;
    private final Duration startTime;

    private ServerProcess(Process process, int port, Duration startTime) {
        this.process = process;
        this.port = port;
        this.startTime = startTime;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Returns when `/healthz` answers 200 for the first time.
    static ServerProcess start(List<String> command, Map<String, String> environment, int port, Path log)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        Process process = builder.start();
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - began > START_MAX.toNanos()) {
                process.destroyForcibly();
                throw new IOException("did not start: " + String.join(" ", command) + "\n" + Files.readString(log));
            }
            Thread.sleep(1);
        }
        return new ServerProcess(process, port, Duration.ofNanos(System.nanoTime() - began));
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(HEALTH);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /// Processor time taken since the start.
    Duration cpu() {
        return cpu(process.toHandle());
    }

    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// From the start of the process to the first 200.
    Duration startTime() {
        return startTime;
    }

    /// Resident memory: all of it, and its share when pages used by several processes are split among them. In MB of
    /// 1,000,000 bytes.
    record Memory(double resident, double proportional) {}

    Memory memory() throws IOException {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        return new Memory(
                kibibytes(folder.resolve("status"), "VmRSS:") * 1024 / 1e6,
                kibibytes(folder.resolve("smaps_rollup"), "Pss:") * 1024 / 1e6);
    }

    private static double kibibytes(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name)) return Double.parseDouble(line.replaceAll("[^0-9]", ""));
        }
        throw new IOException(file + " has no " + name);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
