package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.mail.AccountMails;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;

/// Remembers from where accounts sign in, and writes to those that sign in from elsewhere. Source: the wire
/// contract, section 10.
final class LoginAlerts {
    private static final System.Logger LOG = System.getLogger(LoginAlerts.class.getName());
    private static final int ORIGINS_MAX = 5;

    private final RecordStore store;
    private final AccountChanges changes;
    private final AccountMails mails;
    private final InstantSource clock;

    LoginAlerts(RecordStore store, AccountChanges changes, AccountMails mails, InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.mails = mails;
        this.clock = clock;
    }

    /// Never fails a sign-in.
    void signedIn(Request request, StoredRecord account) {
        boolean wanted = account.collection().auth().orElseThrow().authAlert().enabled();
        if (!wanted || request.origin().address().isEmpty()) return;
        try {
            if (!store.read(reads -> KnownPlaces.knows(account, request.origin(), reads))
                    && !isFirst(account, request.origin())) {
                mails.loginAlert(account, info(request.origin()));
            }
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "cannot keep where " + account + " signed in", failure);
        }
    }

    /// Keeps the place, and lets the oldest go.
    /// @return whether there is nothing to be told: it is the first place, or came up at the same moment
    private boolean isFirst(StoredRecord account, Origin origin) {
        return changes.write(writes -> {
            if (writes.find(account.collection(), account.id()).isEmpty()) return true;
            List<StoredRecord> origins = Belongings.ORIGINS.of(account, writes);
            if (KnownPlaces.knows(account, origin, writes)) return true;
            var values = new LinkedHashMap<>(Belongings.referenceTo(account));
            values.put("fingerprint", Value.text(KnownPlaces.fingerprint(origin)));
            changes.keep(writes, Belongings.ORIGINS.collection(), values);
            for (int i = 0; i <= origins.size() - ORIGINS_MAX; i++) changes.delete(writes, origins.get(i));
            return origins.isEmpty();
        });
    }

    private String info(Origin origin) {
        String agent = KnownPlaces.shortened(origin.agent());
        return DateText.of(clock.instant()) + " - " + origin.address() + (agent.isEmpty() ? "" : " - " + agent);
    }
}
