package dev.ferritedb.http;

/// The server can't listen where it should. The message is one line for people: where, and why not.
public final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotListen(String message, Throwable cause) {
        super(message, cause);
    }
}
