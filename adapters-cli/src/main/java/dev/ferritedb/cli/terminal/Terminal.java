package dev.ferritedb.cli.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a command reads and writes. Data goes to `out`, everything else to `err`.
///
/// @param errIsTerminal whether a person watches `err`, so that progress may be drawn
/// @param interruptions watches for Ctrl-C from each call on, until closed
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean errIsTerminal,
        SecretPrompt secrets,
        Supplier<Interruption> interruptions) {

    /// The streams of this process.
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                errorStreamIsTerminal(),
                prompt -> console()
                        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", prompt)))
                        .map(String::new),
                Interruption::ofProcess);
    }

    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    /// The JDK tells only of standard input and output together; Linux tells of each stream.
    private static boolean errorStreamIsTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException | SecurityException _) {
            return console().isPresent();
        }
    }

    @FunctionalInterface
    public interface SecretPrompt {
        /// Shows `prompt` and reads a line without echo.
        ///
        /// @return empty when no person can be asked
        Optional<String> ask(String prompt);
    }
}
