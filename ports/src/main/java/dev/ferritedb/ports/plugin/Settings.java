package dev.ferritedb.ports.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A plug-in's own section of the configuration. Keys read are remembered: one that nobody read stops the start.
/// Each reader throws [InvalidSetting], naming the key, when what stands there is not of that kind.
public interface Settings {
    Optional<String> text(String key);

    /// @throws InvalidSetting when it is missing
    String required(String key);

    /// As [#text]; what it holds is never printed.
    Optional<String> secret(String key);

    long whole(String key, long otherwise);

    boolean truth(String key, boolean otherwise);

    /// Seconds, or a number with `ms`, `s`, `m`, `h` or `d`.
    Duration duration(String key, Duration otherwise);

    List<String> list(String key);

    /// A setting is missing or wrong; the message names it and says what is expected.
    final class InvalidSetting extends RuntimeException {
        private static final long serialVersionUID = 1;

        public InvalidSetting(String message) {
            super(message);
        }
    }
}
