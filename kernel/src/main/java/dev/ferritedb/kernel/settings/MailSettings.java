package dev.ferritedb.kernel.settings;

import dev.ferritedb.ports.mail.MailRoute;
import java.util.Objects;

/// How mails leave, and what they say of this server. No line breaks anywhere.
///
/// @param appUrl where this server is reached by those who get mails, without a slash at its end
public record MailSettings(String appName, String appUrl, MailRoute route) {
    /// What stands for a server that nobody gave an address.
    public static final String APP_URL_DEFAULT = "http://localhost:8090";

    public MailSettings {
        Objects.requireNonNull(appName);
        Objects.requireNonNull(appUrl);
        Objects.requireNonNull(route);
    }
}
