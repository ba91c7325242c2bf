package dev.ferritedb.mail;

import java.util.Objects;

/// How to reach the mail server. An empty `user` means that it asks for none. `from` is the sender's address, with or
/// without a name: `Shop <no-reply@shop.example>`.
public record SmtpSettings(String host, int port, String user, String password, Encryption encryption, String from) {
    public enum Encryption {
        NONE,
        /// A plain connection that must turn into an encrypted one before anything is said.
        STARTTLS,
        /// Encrypted from the first byte.
        TLS
    }

    public SmtpSettings {
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
        Objects.requireNonNull(encryption);
        Objects.requireNonNull(from);
        if (host.isBlank()) throw new IllegalArgumentException("a mail server has a host name");
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("a port is from 1 to 65535");
    }

    /// Without the password.
    @Override
    public String toString() {
        return "SmtpSettings[" + user + "@" + host + ":" + port + " " + encryption + " from " + from + "]";
    }
}
