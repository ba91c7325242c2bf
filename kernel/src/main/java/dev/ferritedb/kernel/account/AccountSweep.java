package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes away what accounts left behind and what is good for nothing any more: codes and begun sign-ins that are
/// too old, sessions that have ended. Nothing depends on it but the size of the database.
public final class AccountSweep implements Extension.Job {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private static final int AT_ONCE = 500;

    private final RecordStore store;
    private final AccountChanges changes;
    private final InstantSource clock;

    AccountSweep(RecordStore store, AccountChanges changes, InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public void run() {
        int _ = sweep();
    }

    /// @return how many records went
    public int sweep() {
        List<StoredRecord> old = store.read(this::tooOld);
        for (int from = 0; from < old.size(); from += AT_ONCE) {
            List<StoredRecord> some = old.subList(from, Math.min(old.size(), from + AT_ONCE));
            changes.write(writes -> {
                for (StoredRecord record : some) {
                    writes.find(record.collection(), record.id()).ifPresent(found -> changes.delete(writes, found));
                }
                return some;
            });
        }
        return old.size();
    }

    private List<StoredRecord> tooOld(RecordReads reads) {
        var old = new ArrayList<StoredRecord>();
        for (CollectionSchema owners : reads.catalog().collections()) {
            Optional<AuthOptions> options = owners.auth();
            if (options.isEmpty()) continue;
            old.addAll(Belongings.CODES.olderThan(before(options.get().otp().durationSeconds()), owners, reads));
            old.addAll(Belongings.BEGUN_SIGN_INS.olderThan(
                    before(options.get().mfa().durationSeconds()), owners, reads));
        }
        old.addAll(Belongings.SESSIONS.before(before(0), "expires", reads));
        return old;
    }

    private String before(long seconds) {
        return DateText.of(clock.instant().minusSeconds(seconds));
    }
}
