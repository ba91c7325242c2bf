package dev.ferritedb.ports.problem;

/// A disk, network or process behind a port failed. What was asked for happened whole or not at all.
public final class PortFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PortFailure(String message) {
        super(message);
    }

    public PortFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
