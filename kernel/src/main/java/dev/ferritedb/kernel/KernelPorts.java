package dev.ferritedb.kernel;

import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.ports.identity.CommonPasswords;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.value.JsonDocuments;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// What the kernel stands on. Whoever made these closes them, after the kernel.
///
/// @param random a cryptographically strong source
/// @param hooks in the order they are called
public record KernelPorts(
        RecordStore store,
        PasswordHasher passwords,
        CommonPasswords commonPasswords,
        AccountPolicy policy,
        TokenCodec tokens,
        JsonDocuments json,
        InstantSource clock,
        RandomGenerator random,
        List<RecordHook> hooks) {
    public KernelPorts {
        hooks = List.copyOf(hooks);
    }
}
