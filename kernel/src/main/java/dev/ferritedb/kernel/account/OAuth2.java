package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.value.JsonDocuments;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// Signing in with accounts that are kept elsewhere.
public final class OAuth2 {
    private final OAuth2Methods methods;
    private final OAuth2SignIn signIn;

    public OAuth2(
            Accounts accounts,
            RecordStore store,
            AccountChanges changes,
            List<IdentityProvider> providers,
            SettingsService settings,
            Audit audit,
            JsonDocuments json,
            InstantSource clock,
            RandomGenerator random) {
        this.methods = new OAuth2Methods(providers, random);
        this.signIn = new OAuth2SignIn(
                accounts.signIn(),
                accounts.admission(),
                methods,
                new OAuth2Accounts(store, changes, new OAuth2Registration(changes, random)),
                new RedirectUrls(settings),
                audit,
                new ToldNames(json, clock),
                clock);
    }

    public OAuth2Methods methods() {
        return methods;
    }

    public OAuth2SignIn signIn() {
        return signIn;
    }
}
