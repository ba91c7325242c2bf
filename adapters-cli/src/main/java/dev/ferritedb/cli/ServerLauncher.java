package dev.ferritedb.cli;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/// Starts the server.
public interface ServerLauncher {
    /// Opens the data folder, hands it to `beforePortsOpen`, then opens the port.
    ///
    /// Throws [dev.ferritedb.cli.terminal.CommandFailure] when the configuration is wrong, the data folder can't be
    /// used or the port is taken; then everything is closed again.
    ///
    /// @return once it answers
    Serving launch(GlobalOptions options, Consumer<Workspace> beforePortsOpen);

    interface Serving {
        List<Address> addresses();

        Workspace workspace();

        /// Blocks until the server was told to stop and has drained and closed.
        void awaitStop();
    }

    /// @param what a few words for people, such as `API`
    record Address(String what, URI uri) {}
}
