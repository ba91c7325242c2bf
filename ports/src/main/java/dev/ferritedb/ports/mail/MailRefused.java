package dev.ferritedb.ports.mail;

/// A mail that nobody takes however often it is tried. Its message names neither the recipient nor what the mail
/// says; its causes may.
public final class MailRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MailRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
