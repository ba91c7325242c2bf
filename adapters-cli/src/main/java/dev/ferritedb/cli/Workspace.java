package dev.ferritedb.cli;

import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.ports.identity.PasswordHasher;

/// An open data folder.
public interface Workspace extends AutoCloseable {
    Kernel kernel();

    PasswordHasher passwords();

    /// Safe to call twice.
    @Override
    void close();
}
