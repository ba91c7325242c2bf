package dev.ferritedb.kernel.settings;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The settings that superusers change while the server runs. What is in force is kept in memory: asking costs no
/// statement, and a change binds the next request. What the operator's configuration fixes is shown and in force
/// whatever is stored. Source of the document: the wire contract, section 14.
public final class SettingsService {
    private final RecordStore store;
    private final Value.Members fixed;
    private final Audit audit;
    private volatile Known known;

    /// For who only asks.
    public SettingsService(RecordStore store, Value.Members fixed) {
        this(store, fixed, Audit.NONE);
    }

    /// @param fixed members that the operator has decided on, as one would send them to change them
    /// @throws IllegalArgumentException when `fixed` can't be settings
    public SettingsService(RecordStore store, Value.Members fixed, Audit audit) {
        this.store = store;
        this.audit = audit;
        this.fixed = fixed;
        this.known = known(Optional.empty());
        if (!SettingsValidator.problems(SettingsDocument.over(SettingsDocument.DEFAULT, fixed, new ArrayList<>()))
                .isEmpty())
            throw new IllegalArgumentException(
                    "not settings: " + fixed.members().keySet());
    }

    /// @param stored as the store gave it
    private record Known(
            Optional<Value.Members> stored,
            Value.Members settings,
            BatchSettings batch,
            MailSettings mail,
            AddressList superusers) {}

    private Known known(Optional<Value.Members> stored) {
        Value.Members settings = inForce(stored.map(SettingsDocument::completed).orElse(SettingsDocument.DEFAULT));
        return new Known(
                stored,
                settings,
                SettingsDocument.batch(settings),
                SettingsDocument.mail(settings),
                AddressList.of(settings.get("superuserIPs")));
    }

    private Value.Members inForce(Value.Members settings) {
        return fixed.members().isEmpty() ? settings : SettingsDocument.over(settings, fixed, new ArrayList<>());
    }

    private Known known() {
        Optional<Value.Members> stored = store.settings();
        Known current = known;
        if (current.stored.equals(stored)) return current;
        Known now = known(stored);
        known = now;
        return now;
    }

    /// Whether and how batches are taken.
    public BatchSettings batch() {
        return known().batch;
    }

    /// How mails leave, and what they say of this server.
    public MailSettings mail() {
        return known().mail;
    }

    /// Whether superusers may come from some addresses only.
    public boolean hasSuperuserAddresses() {
        return !known().superusers.isEmpty();
    }

    /// Refuses with `Forbidden` (`address_not_listed`) a superuser that asks from an address that is not listed.
    /// Accounts of other collections may come from anywhere, and the operator is at this machine.
    ///
    /// @param account that asks, or that is about to sign in
    public void demandListed(Request request, StoredRecord account) {
        AddressList listed = known().superusers;
        if (listed.isEmpty() || request.caller() == Caller.OPERATOR) return;
        if (account.collection().name().equals(Caller.SUPERUSERS))
            listed.demand(request.origin().address());
    }

    /// As the other, of a caller at `address`.
    public void demandListed(Caller caller, String address) {
        AddressList listed = known().superusers;
        if (!listed.isEmpty() && caller instanceof Caller.Superuser) listed.demand(address);
    }

    /// All settings but the secrets. For superusers.
    public Value.Members view(Request request) {
        request.demandSuperuser();
        return SettingsDocument.withoutSecrets(known().settings);
    }

    /// Lays `patch` over the settings, member by member. For superusers; refuses with `Invalid`
    /// (`settings_invalid`) what can't be a setting.
    /// @return all settings but the secrets
    public Value.Members update(Request request, Value.Members patch) {
        request.demandSuperuser();
        Written written = store.write(writes -> {
            Value.Members before =
                    writes.settings().map(SettingsDocument::completed).orElse(SettingsDocument.DEFAULT);
            var problems = new ArrayList<FieldProblem>();
            Value.Members after = SettingsDocument.over(before, patch, problems);
            problems.addAll(SettingsValidator.problems(after));
            demandNone(problems);
            writes.keepSettings(after);
            return new Written(before, after);
        });
        audit.note(
                request,
                AuditAction.SETTINGS_CHANGE,
                "settings",
                "",
                AuditDetails.difference(written.before, written.after));
        return SettingsDocument.withoutSecrets(inForce(written.after));
    }

    private record Written(Value.Members before, Value.Members after) {
        @Override
        public String toString() {
            return "Written[]";
        }
    }

    /// Of each place only the first problem is told.
    private static void demandNone(List<FieldProblem> problems) {
        if (problems.isEmpty()) return;
        var first = new LinkedHashMap<List<String>, FieldProblem>();
        for (FieldProblem problem : problems) first.putIfAbsent(problem.path(), problem);
        throw new Refusal(new Problem.Invalid(
                "settings_invalid",
                "An error occurred while validating the submitted data.",
                List.copyOf(first.values())));
    }
}
