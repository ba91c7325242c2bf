package dev.ferritedb.kernel.mail;

import dev.ferritedb.ports.events.ChangeListener;
import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.record.StoredRecord;
import java.util.List;

/// Tells accounts that their password or address was changed, whichever way it was, once the change is kept.
public final class CredentialNotices implements ChangeListener {
    private final AccountMails mails;

    public CredentialNotices(AccountMails mails) {
        this.mails = mails;
    }

    @Override
    public void committed(List<RecordChange> changes) {
        for (RecordChange change : changes) {
            switch (change) {
                case RecordChange.Updated updated -> told(updated.before(), updated.after());
                case RecordChange.Created _, RecordChange.Deleted _ -> {}
            }
        }
    }

    private void told(StoredRecord before, StoredRecord after) {
        if (after.collection().auth().isEmpty()) return;
        // A hash alone changes when a known password is hashed anew.
        boolean ended = !before.value("tokenKey").equals(after.value("tokenKey"));
        boolean signsIn = after.collection().auth().get().passwordAuth().enabled();
        if (ended && signsIn && !before.value("password").equals(after.value("password"))) {
            mails.notice(after, Notice.PasswordChanged.PASSWORD_CHANGED);
        }
        if (!before.value("email").equals(after.value("email"))) {
            mails.notice(after, new Notice.EmailChanged(before.text("email")));
        }
    }
}
