package dev.ferritedb.ports.mail;

/// Sends mails. Safe for concurrent use. Blocks until the mail is handed over.
public interface Mailer extends AutoCloseable {
    /// @throws MailRefused when no further try can help
    /// @throws dev.ferritedb.ports.problem.PortFailure when it can't be handed over now; it may be tried again. Its
    /// message names neither the recipient nor what the mail says; its causes may.
    void send(MailMessage message);

    @Override
    void close();
}
