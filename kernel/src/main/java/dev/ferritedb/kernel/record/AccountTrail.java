package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs transactions and audits what became of accounts in those that were committed.
final class AccountTrail {
    private static final String EXTERNAL_IDENTITIES = "_externalAuths";

    private final RecordStore store;
    private final Audit audit;

    AccountTrail(RecordStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
    }

    <T> T write(Request request, RecordStore.WriteBody<T> body) {
        var watched = new ArrayList<WatchedWrites>(1);
        T result = store.write(writes -> body.run(watching(writes, watched)));
        note(request, watched);
        return result;
    }

    <T> T write(Request request, Duration atMost, RecordStore.WriteBody<T> body) {
        var watched = new ArrayList<WatchedWrites>(1);
        T result = store.write(atMost, writes -> body.run(watching(writes, watched)));
        note(request, watched);
        return result;
    }

    private static RecordWrites watching(RecordWrites writes, List<WatchedWrites> watched) {
        watched.clear();
        var watching = new WatchedWrites(writes, AccountTrail::concerns);
        watched.add(watching);
        return watching;
    }

    private static boolean concerns(CollectionSchema collection) {
        return collection.auth().isPresent() || collection.name().equals(EXTERNAL_IDENTITIES);
    }

    private void note(Request request, List<WatchedWrites> watched) {
        List<WatchedWrites.Change> changes = watched.getFirst().changes();
        for (WatchedWrites.Change change : changes) {
            switch (change) {
                case WatchedWrites.Created(StoredRecord after) -> created(request, after);
                case WatchedWrites.Updated(StoredRecord before, StoredRecord after) -> updated(request, before, after);
                case WatchedWrites.Deleted(StoredRecord before) -> deleted(request, before, changes);
            }
        }
    }

    private void created(Request request, StoredRecord after) {
        if (after.collection().auth().isEmpty()) {
            noteLink(request, AuditAction.OAUTH2_LINK, after);
            return;
        }
        Value.Members details = AuditDetails.of("email", after.text("email"));
        boolean byItself = request.caller() instanceof Caller.Guest;
        if (byItself) audit.noteOwn(request, AuditAction.REGISTRATION, after, details);
        else audit.note(request, AuditAction.USER_CREATE, after.collection(), after.id(), details);
    }

    private void updated(Request request, StoredRecord before, StoredRecord after) {
        if (after.collection().auth().isEmpty()) return;
        Map<String, Field> changed = changedFields(before, after);
        if (changed.remove("password") != null) note(request, AuditAction.PASSWORD_CHANGE, before, after, Map.of());
        one(request, AuditAction.EMAIL_CHANGE, "email", before, after, changed);
        one(request, AuditAction.ROLE_CHANGE, "role", before, after, changed);
        boolean proven = after.truth("verified") && changed.remove("verified") != null;
        if (proven) note(request, AuditAction.VERIFICATION, before, after, Map.of());
        if (!changed.isEmpty()) note(request, AuditAction.USER_UPDATE, before, after, changed);
    }

    private void one(
            Request request,
            AuditAction action,
            String name,
            StoredRecord before,
            StoredRecord after,
            Map<String, Field> changed) {
        Field field = changed.remove(name);
        if (field != null) note(request, action, before, after, Map.of(name, field));
    }

    private static Map<String, Field> changedFields(StoredRecord before, StoredRecord after) {
        var changed = new LinkedHashMap<String, Field>();
        List<Field> fields = after.collection().fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            boolean byItself =
                    field.type() instanceof FieldType.Autodate || field.name().equals("tokenKey");
            if (!byItself && !before.value(field.name()).equals(after.value(i))) changed.put(field.name(), field);
        }
        return changed;
    }

    private void note(
            Request request, AuditAction action, StoredRecord before, StoredRecord after, Map<String, Field> fields) {
        Value.Members details = fields.isEmpty()
                ? AuditDetails.NONE
                : new Value.Members(Map.of("before", shown(before, fields), "after", shown(after, fields)));
        audit.note(request, action, after.collection(), after.id(), details);
    }

    private static Value shown(StoredRecord record, Map<String, Field> fields) {
        var shown = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> {
            boolean secret = field.type() instanceof FieldType.Password;
            shown.put(name, secret ? Value.text("[redacted]") : record.value(name));
        });
        return new Value.Members(shown);
    }

    /// An identity elsewhere that goes with its account is not unlinked.
    private void deleted(Request request, StoredRecord before, List<WatchedWrites.Change> all) {
        if (before.collection().auth().isPresent()) {
            audit.note(
                    request,
                    AuditAction.USER_DELETE,
                    before.collection(),
                    before.id(),
                    AuditDetails.of("email", before.text("email")));
            return;
        }
        String account = before.text("recordRef");
        boolean goesAlong = all.stream()
                .anyMatch(change -> change instanceof WatchedWrites.Deleted(StoredRecord other)
                        && other.collection().auth().isPresent()
                        && other.id().equals(account));
        if (!goesAlong) noteLink(request, AuditAction.OAUTH2_UNLINK, before);
    }

    private void noteLink(Request request, AuditAction action, StoredRecord link) {
        audit.note(
                request,
                action,
                store.catalog()
                        .byId(link.text("collectionRef"))
                        .map(CollectionSchema::name)
                        .orElse(""),
                link.text("recordRef"),
                AuditDetails.of("provider", link.text("provider")));
    }
}
