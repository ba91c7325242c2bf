package dev.ferritedb.kernel;

import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.ports.audit.AuditLog;
import dev.ferritedb.ports.identity.CommonPasswords;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.mail.Outbox;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// What the kernel stands on. Whoever made these closes them, after the kernel.
///
/// @param random a cryptographically strong source
/// @param hooks in the order they are called
/// @param fixedSettings members of the settings document that the operator has decided on
/// @param identityProviders each of a name of its own, in the order they are shown
public record KernelPorts(
        RecordStore store,
        PasswordHasher passwords,
        CommonPasswords commonPasswords,
        AccountPolicy policy,
        TokenCodec tokens,
        JsonDocuments json,
        InstantSource clock,
        RandomGenerator random,
        List<RecordHook> hooks,
        Outbox outbox,
        Value.Members fixedSettings,
        AuditLog audit,
        List<IdentityProvider> identityProviders) {
    public KernelPorts {
        hooks = List.copyOf(hooks);
        identityProviders = List.copyOf(identityProviders);
        Objects.requireNonNull(outbox);
        Objects.requireNonNull(fixedSettings);
        Objects.requireNonNull(audit);
    }

    /// Sends no mail, fixes no setting, keeps no audit log and knows no identity provider.
    public KernelPorts(
            RecordStore store,
            PasswordHasher passwords,
            CommonPasswords commonPasswords,
            AccountPolicy policy,
            TokenCodec tokens,
            JsonDocuments json,
            InstantSource clock,
            RandomGenerator random,
            List<RecordHook> hooks) {
        this(
                store,
                passwords,
                commonPasswords,
                policy,
                tokens,
                json,
                clock,
                random,
                hooks,
                Outbox.NONE,
                Value.Members.EMPTY,
                AuditLog.NONE,
                List.of());
    }

    public KernelPorts withMails(Outbox newOutbox, Value.Members newFixedSettings) {
        return new KernelPorts(
                store,
                passwords,
                commonPasswords,
                policy,
                tokens,
                json,
                clock,
                random,
                hooks,
                newOutbox,
                newFixedSettings,
                audit,
                identityProviders);
    }

    public KernelPorts withAudit(AuditLog newAudit) {
        return new KernelPorts(
                store,
                passwords,
                commonPasswords,
                policy,
                tokens,
                json,
                clock,
                random,
                hooks,
                outbox,
                fixedSettings,
                newAudit,
                identityProviders);
    }

    public KernelPorts withIdentityProviders(List<IdentityProvider> newProviders) {
        return new KernelPorts(
                store,
                passwords,
                commonPasswords,
                policy,
                tokens,
                json,
                clock,
                random,
                hooks,
                outbox,
                fixedSettings,
                audit,
                newProviders);
    }
}
