package dev.ferritedb.cli;

import dev.ferritedb.ports.persistence.RecordStore;
import java.util.List;

/// What the commands need of the program around them: it reads the configuration and puts the parts together.
///
/// Each method throws [dev.ferritedb.cli.terminal.CommandFailure] when the configuration is wrong or the data folder
/// can't be used; what the store and the kernel throw comes through.
public interface Program {
    /// Such as `0.1.0`.
    String version();

    /// The store as it stands, not migrated. The caller closes it.
    RecordStore openStore(GlobalOptions options);

    /// The store migrated and the kernel on it. The caller closes it.
    Workspace openWorkspace(GlobalOptions options);

    ServerLauncher server();

    /// Every setting in force, in the order of the documentation.
    List<Setting> settings(GlobalOptions options);

    /// What is wrong with the configuration, a line each; empty when nothing is.
    List<String> configurationProblems(GlobalOptions options);

    /// @param value as text; never a secret, `…` stands for one that is set
    /// @param origin where the value comes from: a file, a variable, `flag` or `default`
    record Setting(String key, String value, String origin) {}
}
