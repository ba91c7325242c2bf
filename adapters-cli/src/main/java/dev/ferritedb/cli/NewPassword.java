package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a new password comes from.
final class NewPassword {
    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "The password. Other users of this machine can see it while the command runs.")
    private Optional<String> password = Optional.empty();

    @Option(names = "--password-stdin", description = "Read the password from the first line of standard input.")
    private boolean fromStandardInput;

    /// @param given null when none of the options was used
    static NewPassword of(NewPassword given) {
        return Optional.ofNullable(given).orElseGet(NewPassword::new);
    }

    /// @return empty when neither option was used
    Optional<String> read(Terminal terminal) {
        if (!fromStandardInput) return password;
        try {
            String line = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
            return Optional.of(
                    Optional.ofNullable(line).orElseThrow(() -> new CommandFailure("no password on standard input")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks twice, without echo.
    static String prompt(Terminal terminal) {
        String password = ask(terminal, "Password: ");
        if (!ask(terminal, "The same again: ").equals(password)) {
            throw new CommandFailure("the two passwords are not the same; nothing was changed");
        }
        return password;
    }

    private static String ask(Terminal terminal, String prompt) {
        return terminal.secrets()
                .ask(prompt)
                .orElseThrow(() -> CommandFailure.usage(
                        "no terminal to ask for the password on: use --password-stdin or --password"));
    }
}
