package dev.ferritedb.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What was given on the command line for every command.
///
/// @param configFile `--config`
/// @param dataFolder `--data`
/// @param debug `--debug`: more in the log, and stack traces
/// @param settings a setting's key and the text given for it by an option of the command, such as `server.port`
public record GlobalOptions(
        Optional<Path> configFile, Optional<Path> dataFolder, boolean debug, Map<String, String> settings) {
    public GlobalOptions {
        settings = Map.copyOf(settings);
    }

    GlobalOptions with(Map<String, String> newSettings) {
        return new GlobalOptions(configFile, dataFolder, debug, newSettings);
    }
}
