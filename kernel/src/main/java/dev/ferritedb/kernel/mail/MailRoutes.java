package dev.ferritedb.kernel.mail;

import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.mail.MailRoute;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.value.Value;
import java.util.function.Supplier;

/// How mails are to leave at the moment, for the mail adapter that a kernel stands on.
public final class MailRoutes implements Supplier<MailRoute> {
    private final SettingsService settings;

    /// @param fixedSettings what the operator has decided on, as in [dev.ferritedb.kernel.KernelPorts]
    public MailRoutes(RecordStore store, Value.Members fixedSettings) {
        this.settings = new SettingsService(store, fixedSettings);
    }

    @Override
    public MailRoute get() {
        return settings.mail().route();
    }
}
