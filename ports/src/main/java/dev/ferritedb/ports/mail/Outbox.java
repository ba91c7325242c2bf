package dev.ferritedb.ports.mail;

import java.util.function.Supplier;

/// Where mails are left to be sent. Safe for concurrent use.
public interface Outbox extends AutoCloseable {
    /// Sends nothing and tells nobody.
    Outbox NONE = new Outbox() {
        @Override
        public void post(Supplier<MailMessage> mail) {}

        @Override
        public void sendNow(MailMessage message) {}

        @Override
        public void close() {}
    };

    /// Takes a mail to be sent soon, and returns at once, whatever becomes of it. A mail that can't be delivered is
    /// tried again for a while, then given up and told to the log alone.
    ///
    /// @param mail makes it; asked once, later, on another thread, so that nobody waits for it either
    void post(Supplier<MailMessage> mail);

    /// Sends a mail before this returns, past those that wait.
    ///
    /// @throws MailRefused as [Mailer#send]
    /// @throws dev.ferritedb.ports.problem.PortFailure as [Mailer#send]
    void sendNow(MailMessage message);

    /// Takes no more, tries what waits once more, and gives up what is not sent within a few seconds.
    @Override
    void close();
}
