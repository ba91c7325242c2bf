package dev.ferritedb.ports.mail;

/// Sends mails. Safe for concurrent use. Blocks until the mail is handed over.
public interface Mailer extends AutoCloseable {
    /// @throws dev.ferritedb.ports.problem.PortFailure when it can't be handed over; it may be tried again
    void send(MailMessage message);

    @Override
    void close();
}
