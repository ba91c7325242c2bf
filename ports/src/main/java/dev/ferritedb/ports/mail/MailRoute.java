package dev.ferritedb.ports.mail;

import java.util.Objects;

/// How mails leave.
public sealed interface MailRoute {
    MailSender sender();

    /// No mail server is known: mails are kept as files, for people who develop or have yet to set one up.
    record Files(MailSender sender) implements MailRoute {
        public Files {
            Objects.requireNonNull(sender);
        }
    }

    /// An SMTP server.
    ///
    /// @param username empty when it asks for none
    /// @param tls encrypted from the first byte; otherwise encrypted as soon as the server offers it, which it must
    /// where a password crosses the network
    /// @param localName what to call ourselves; empty for `localhost`
    record Server(
            String host,
            int port,
            String username,
            String password,
            AuthMethod authMethod,
            boolean tls,
            String localName,
            MailSender sender)
            implements MailRoute {
        public Server {
            Objects.requireNonNull(username);
            Objects.requireNonNull(password);
            Objects.requireNonNull(authMethod);
            Objects.requireNonNull(localName);
            Objects.requireNonNull(sender);
            if (host.isBlank()) throw new IllegalArgumentException("a mail server has a host name");
            if (port < 1 || port > 65_535) throw new IllegalArgumentException("a port is from 1 to 65535");
        }

        public enum AuthMethod {
            /// Whichever of the others the server offers.
            ANY,
            PLAIN,
            LOGIN
        }

        /// Without the password.
        @Override
        public String toString() {
            return "Server[" + username + "@" + host + ":" + port + (tls ? " over TLS" : "") + " from " + sender + "]";
        }
    }
}
