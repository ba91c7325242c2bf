package dev.ferritedb.mail;

import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailRoute;
import dev.ferritedb.ports.mail.Mailer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;

/// Sends each mail the way that is set at that moment, so that a change of the settings binds the next mail.
public final class RoutedMailer implements Mailer {
    private final Supplier<MailRoute> route;
    private final Path folder;
    private final InstantSource clock;

    /// @param folder where mails go while no mail server is set
    public RoutedMailer(Supplier<MailRoute> route, Path folder, InstantSource clock) {
        this.route = Objects.requireNonNull(route);
        this.folder = Objects.requireNonNull(folder);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public void send(MailMessage message) {
        try (Mailer mailer = switch (route.get()) {
            case MailRoute.Server server -> new SmtpMailer(server, clock);
            case MailRoute.Files files -> new FolderMailer(folder, files.sender(), clock);
        }) {
            mailer.send(message);
        }
    }

    @Override
    public void close() {}
}
