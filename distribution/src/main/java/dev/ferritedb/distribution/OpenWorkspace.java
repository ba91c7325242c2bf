package dev.ferritedb.distribution;

import dev.ferritedb.cli.Workspace;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.ports.identity.PasswordHasher;
import java.util.ArrayDeque;
import java.util.Deque;

/// A kernel with what it stands on; closes in reverse order of the opening.
final class OpenWorkspace implements Workspace {
    private final Kernel kernel;
    private final PasswordHasher passwords;
    private final Deque<AutoCloseable> opened;

    /// @param opened the last opened first
    OpenWorkspace(Kernel kernel, PasswordHasher passwords, Deque<AutoCloseable> opened) {
        this.kernel = kernel;
        this.passwords = passwords;
        this.opened = new ArrayDeque<>(opened);
    }

    @Override
    public Kernel kernel() {
        return kernel;
    }

    @Override
    public PasswordHasher passwords() {
        return passwords;
    }

    @Override
    public void close() {
        closeAll(opened);
    }

    /// Closes and takes out each, whatever the one before threw.
    static void closeAll(Deque<AutoCloseable> opened) {
        synchronized (opened) {
            while (!opened.isEmpty()) {
                try {
                    opened.pop().close();
                } catch (Exception failure) {
                    System.getLogger(OpenWorkspace.class.getName())
                            .log(System.Logger.Level.ERROR, "closing failed", failure);
                }
            }
        }
    }
}
