package dev.ferritedb.kernel.settings;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
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
    private volatile Known known;

    /// @param fixed members that the operator has decided on, as one would send them to change them
    /// @throws IllegalArgumentException when `fixed` can't be settings
    public SettingsService(RecordStore store, Value.Members fixed) {
        this.store = store;
        this.fixed = fixed;
        this.known = known(Optional.empty());
        if (!SettingsValidator.problems(SettingsDocument.over(SettingsDocument.DEFAULT, fixed, new ArrayList<>()))
                .isEmpty())
            throw new IllegalArgumentException(
                    "not settings: " + fixed.members().keySet());
    }

    /// @param stored as the store gave it
    private record Known(
            Optional<Value.Members> stored, Value.Members settings, BatchSettings batch, MailSettings mail) {}

    private Known known(Optional<Value.Members> stored) {
        Value.Members settings = inForce(stored.map(SettingsDocument::completed).orElse(SettingsDocument.DEFAULT));
        return new Known(stored, settings, SettingsDocument.batch(settings), SettingsDocument.mail(settings));
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
        Value.Members updated = store.write(writes -> {
            Value.Members before =
                    writes.settings().map(SettingsDocument::completed).orElse(SettingsDocument.DEFAULT);
            var problems = new ArrayList<FieldProblem>();
            Value.Members after = SettingsDocument.over(before, patch, problems);
            problems.addAll(SettingsValidator.problems(after));
            demandNone(problems);
            writes.keepSettings(after);
            return after;
        });
        return SettingsDocument.withoutSecrets(inForce(updated));
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
