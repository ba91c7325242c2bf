package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The commands as a process of their own, on the data of the working folder.
final class ProcessMain {
    private ProcessMain() {}

    public static void main(String[] arguments) {
        System.exit(new FerriteCli(new TestProgram(Path.of("").toAbsolutePath()), Terminal.ofProcess()).run(arguments));
    }

    /// The words of a shell command that starts it; arguments follow.
    static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ProcessMain.class.getName());
    }

    static Process start(Path folder, String... arguments) throws IOException {
        var command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }
}
